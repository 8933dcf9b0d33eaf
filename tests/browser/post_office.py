"""A real mail server: STARTTLS with a certificate of its own authority, and a login."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from queue import Queue
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests import day
from tests.web.conftest import free_port

Key = ec.EllipticCurvePrivateKey
PEM = Encoding.PEM

SENDER, PASSWORD = "safeguarding@school.example", "let-the-letters-go"
PATIENCE = 30  # seconds


@dataclass
class PostOffice:
    """What was handed in, by whom it is for."""

    port: int
    certificate: Path
    _letters: Queue[EmailMessage] = field(default_factory=Queue)
    _waiting: list[EmailMessage] = field(default_factory=list)

    @property
    def settings(self) -> dict[str, str]:
        """The app's settings for this mail server."""
        return {
            "MAIL_HOST": "localhost",
            "MAIL_PORT": str(self.port),
            "MAIL_SENDER": SENDER,
            "MAIL_PASSWORD": PASSWORD,
            "MAIL_SECURITY": "starttls",
            "MAIL_CERTIFICATE": str(self.certificate),
        }

    def letter(self, to: str, subject: str) -> EmailMessage:
        """Waits for a letter to somebody; each is handed out once."""
        while True:
            for letter in self._waiting:
                if letter["To"] == to and letter["Subject"] == subject:
                    self._waiting.remove(letter)
                    return letter
            self._waiting.append(self._letters.get(timeout=PATIENCE))

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """What the mail server calls for each letter."""
        assert session.ssl and session.authenticated
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert envelope.rcpt_tos == [letter["To"]]
        self._letters.put(letter)
        return "250 OK"


def words(letter: EmailMessage) -> str:
    """What the receiver reads."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@contextmanager
def open_post_office(folder: Path) -> Iterator[PostOffice]:
    """Takes letters until it is closed."""
    certificate, secured = _secured(folder)
    office = PostOffice(free_port(), certificate)
    controller = Controller(
        office,
        hostname="127.0.0.1",
        port=office.port,
        require_starttls=True,
        auth_required=True,
        authenticator=_admit,
        tls_context=secured,
    )
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def _admit(_server: Any, _session: Any, _envelope: Any, _how: str, given: Any) -> AuthResult:
    return AuthResult(success=given == LoginPassword(SENDER.encode(), PASSWORD.encode()))


def _secured(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for this machine, and the one of the authority that has signed it."""
    root, leaf = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority, own = folder / "authority.pem", folder / "own.pem"
    authority.write_bytes(_certificate("authority", root, root).public_bytes(PEM))
    key = leaf.private_bytes(PEM, PrivateFormat.PKCS8, NoEncryption())
    own.write_bytes(_certificate("localhost", leaf, root).public_bytes(PEM) + key)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(own)
    return authority, context


def _certificate(name: str, key: Key, signing: Key) -> x509.Certificate:
    now, is_root = day.of_the_machine(), key is signing
    builder = x509.CertificateBuilder(
        issuer_name=_called("authority"),
        subject_name=_called(name),
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now - timedelta(hours=1),
        not_valid_after=now + timedelta(hours=1),
    )
    signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
    for extension, critical in (
        (x509.BasicConstraints(ca=is_root, path_length=None), True),
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        (signer, False),
        (x509.SubjectAlternativeName([x509.DNSName(name)]), False),
    ):
        builder = builder.add_extension(extension, critical)
    return builder.sign(signing, hashes.SHA256())


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
