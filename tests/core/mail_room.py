"""A real mail server for tests: STARTTLS, a login, and every way in which one can fail."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from core.mail_server import MailServer
from tests import day

SENDER, PASSWORD = "safeguarding@school.example", "let-the-letters-go"

Key = ec.EllipticCurvePrivateKey


@dataclass
class MailRoom:
    """What was handed in, and what the server has to say to it.

    `answers` are given to the letters in turn, `DROP` cuts the line instead; then all are taken.
    """

    port: int
    authority: Path
    letters: list[EmailMessage] = field(default_factory=list)
    passwords: list[bytes] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    refuses: bool = False
    drops: bool = False  # the line, before a letter is said
    dropped: Counter[str] = field(default_factory=Counter)  # letters taken, and then the line cut
    slow: float = 0  # seconds until it answers to a letter

    def server(self, **changed: Any) -> MailServer:
        """This server as the school's settings name it."""
        settings: dict[str, Any] = {
            "host": "localhost",
            "port": self.port,
            "sender": SENDER,
            "password": PASSWORD,
            "certificate": str(self.authority),
        }
        return MailServer(**{**settings, **changed})

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Called for each recipient of a letter."""
        if self.drops:
            server.transport.abort()
        if self.refuses:
            return "550 no such box"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Called for each letter."""
        await asyncio.sleep(self.slow)
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer in (DROP, "250 OK"):
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
            self.recipients.append(envelope.rcpt_tos)
        if answer == DROP:
            self.dropped[self.letters[-1]["Message-ID"]] += 1
            server.transport.abort()
        return answer

    def admit(self, server: Any, session: Any, envelope: Any, how: str, given: Any) -> AuthResult:
        """Called for each login."""
        self.passwords.append(given.password)
        right = given == LoginPassword(SENDER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)  # the server is to answer


DROP = "drop"


@contextmanager
def a_mail_room(
    folder: Path, *, host: str = "localhost", secured: str = "starttls"
) -> Iterator[MailRoom]:
    """Takes letters until it is closed; its certificate is made out to `host`."""
    authority, context = certificates(folder, host)
    room = MailRoom(free_port(), authority)
    ways: dict[str, dict[str, Any]] = {
        "starttls": {"tls_context": context, "require_starttls": True},
        "tls": {"ssl_context": context, "auth_require_tls": False},
        "none": {"auth_require_tls": False},
    }
    controller = Controller(
        room,
        hostname="127.0.0.1",
        port=room.port,
        auth_required=True,
        authenticator=room.admit,
        **ways[secured],
    )
    controller.start()
    try:
        yield room
    finally:
        controller.stop()


def free_port() -> int:
    """A port at which nobody answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def words(letter: EmailMessage) -> str:
    """What a letter says, in its head and in all of its parts; not what is counted by machines."""
    counted = ("Content-Type", "Date", "Message-ID")
    head = [str(value) for name, value in letter.items() if name not in counted]
    parts = [part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*head, *parts])


def certificates(folder: Path, host: str) -> tuple[Path, ssl.SSLContext]:
    """A certificate made out to `host`, and the file of the authority that has signed it."""
    root, leaf = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority, own = folder / "authority.pem", folder / "own.pem"
    authority.write_bytes(_signed("authority", root, root).public_bytes(Encoding.PEM))
    secret = leaf.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    own.write_bytes(_signed(host, leaf, root).public_bytes(Encoding.PEM) + secret)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(own)
    return authority, context


def _signed(host: str, key: Key, by: Key) -> x509.Certificate:
    now, is_root = day.of_the_machine(), key is by
    signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(_called(host))
        .issuer_name(_called("authority"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(signer, critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(by, hashes.SHA256())
    )


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
