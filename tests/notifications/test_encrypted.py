"""A relay that wants TLS and a password: greeted, spoken to by the same loop, and refused where its certificate is not right."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from notifications.channels.contract import ChannelAway, Fate
from notifications.channels.smtp import SmtpSession
from tests.notifications.test_conversing import Mails
from tests.smtp_server import Server
from tests.trial_run import free_port

pytestmark = pytest.mark.once


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert_path, key_path = folder / "cert.pem", folder / "key.pem"
    cert_path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return cert_path, key_path


class Kept:
    def __init__(self) -> None:
        self.recipients: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.recipients += envelope.rcpt_tos
        return "250 kept"


@pytest.fixture
def relay(settings, tmp_path, monkeypatch) -> Iterator[Kept]:
    cert, key = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    kept, port = Kept(), free_port()

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"us", b"word"))

    controller = Controller(
        kept, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True,
        authenticator=check, auth_required=True, ready_timeout=10,
    )  # fmt: skip
    controller.start()
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    settings.SMTP_PORT, settings.SMTP_TLS, settings.SMTP_USER, settings.SMTP_PASSWORD = port, "starttls", "us", "word"
    settings.SMTP_CONNECTIONS, settings.SMTP_TIMEOUT_SECONDS = 3, 30
    yield kept
    controller.stop()


def test_each_arrives_once_over_tls(relay):
    mails, session = Mails(60), SmtpSession()
    session.run(mails)
    session.close()
    assert sorted(relay.recipients) == sorted(f"m{number}@people.example" for number in range(60))
    assert {outcome.fate for outcome in mails.told.values()} == {Fate.SENT}


def test_a_wrong_password_is_the_relay_away(relay, settings):
    settings.SMTP_PASSWORD, settings.SMTP_TIMEOUT_SECONDS = "no", 3  # the relay then says nothing more
    mails, session = Mails(2), SmtpSession()
    with pytest.raises(ChannelAway, match="connect-"):
        session.run(mails)
    session.close()
    assert relay.recipients == [] and mails.told == {}


def test_a_certificate_nobody_vouches_for_gets_nothing(relay, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    session = SmtpSession()
    with pytest.raises(ChannelAway, match="connect-SSLCertVerificationError"):
        session.run(Mails(2))
    session.close()
    assert relay.recipients == []


@pytest.mark.parametrize("pipelining", [True, False])
def test_a_relay_that_is_encrypted_from_the_first_byte_on(settings, tmp_path, monkeypatch, pipelining):
    """Also where commands follow each other without waiting, which STARTTLS relays in tests do not announce."""
    cert, key = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    server = Server(tls=context, pipelining=pipelining)
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    settings.SMTP_PORT, settings.SMTP_TLS, settings.SMTP_CONNECTIONS = server.port, "implicit", 3
    mails, session = Mails(200), SmtpSession()
    session.run(mails)
    session.close()
    server.stop()
    assert sorted(server.accepted) == sorted(f"m{number}@people.example" for number in range(200))
    assert {outcome.fate for outcome in mails.told.values()} == {Fate.SENT}


def test_a_relay_that_speaks_plainly_where_encryption_was_asked_gets_nothing(settings):
    server = Server()
    settings.SMTP_PORT, settings.SMTP_TLS, settings.SMTP_TIMEOUT_SECONDS = server.port, "implicit", 2
    session = SmtpSession()
    with pytest.raises(ChannelAway, match="connect-"):
        session.run(Mails(2))
    session.close()
    server.stop()
    assert server.accepted == []
