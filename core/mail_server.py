"""The school's mail server: how it is reached, and handing it one letter."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Any

import yagmail
from yagmail.error import YagAddressError, YagInvalidEmailAddress

from core import clock, machine

PORT = 587
TIMEOUT = 10  # seconds; without one a silent server blocks for ever (measured)

MISSPELT = (YagAddressError, YagInvalidEmailAddress, ValueError)


class Unwritable(OSError):
    """An address or a password that mail cannot spell; it must not hold up the mails behind it."""


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in. `security` is `starttls`, `tls`, or `none` on the same machine."""

    host: str
    port: int = PORT
    sender: str = ""
    password: str = ""
    security: str = "starttls"
    certificate: str = ""

    def hand_in(self, letter: Letter) -> None:
        """Hands in one letter in one try. Raises `OSError` unless the server took it whole.

        Not more than one try: after a dropped connection nobody knows whether it was taken, and
        only the repetition with the same Message-ID is recognised by the receiver.
        """
        try:
            answer = self._sent(letter)
        except OSError:
            raise  # ssl's errors are ValueErrors as well
        except MISSPELT as error:
            raise Unwritable(type(error).__name__) from None
        if answer != {}:
            raise OSError("the mail server did not take the letter")

    def _sent(self, letter: Letter) -> Any:
        message = self._written(letter)
        with yagmail.Client(
            user=self.sender,
            password=self.password,
            host=self.host,
            port=self.port,
            timeout=TIMEOUT,
            smtp_skip_login=not self.password,
            **self._secured(),
        ) as client:
            client.login()
            return client.smtp.send_message(message)

    def _written(self, letter: Letter) -> EmailMessage:
        """Plain text and nothing else. yagmail's own message would hold `<br>` in its plain part,
        and attach a file whose path the text happens to be (both measured)."""
        message = EmailMessage()
        message["From"] = formataddr(("Bigger Picture", self.sender))
        message["To"] = letter.to
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = f"<{letter.id}@{self.sender.partition('@')[2]}>"
        message.set_content(letter.text)
        return message

    def _secured(self) -> dict[str, Any]:
        """Certificates are checked: by default yagmail gives the password to whoever answers."""
        if self.security == "none":
            return {"smtp_ssl": False, "smtp_starttls": False}
        context = ssl.create_default_context(cafile=self.certificate or None)
        if self.security == "tls":
            return {"smtp_ssl": True, "context": context}
        return {"smtp_ssl": False, "smtp_starttls": {"context": context}}


@dataclass(frozen=True)
class Letter:
    """One mail to one person; `id` makes its Message-ID."""

    id: str
    to: str
    subject: str
    text: str


def configured() -> MailServer | None:
    """The mail server of the settings, None where the school has none.

    `[mail]` in `.streamlit/secrets.toml`; `MAIL_HOST`, `MAIL_PORT` … win over it.
    """
    chosen = {name: value for name in _names() if (value := machine.value(f"MAIL_{name.upper()}"))}
    if not chosen.get("host") or not chosen.get("sender"):
        return None
    chosen.pop("port", None)
    return MailServer(**chosen, port=int(machine.sound("MAIL_PORT") or PORT))


def address() -> str:
    """The address at which staff open the app, for the links in mails; `ADDRESS` wins."""
    return (machine.sound("ADDRESS") or "http://localhost:8501").rstrip("/")


def _names() -> tuple[str, ...]:
    return tuple(MailServer.__dataclass_fields__)
