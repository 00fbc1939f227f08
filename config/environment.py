"""Every setting read from the environment, typed once, with its unit in its name.

Secrets may come as files: for FOO the environment may hold FOO or FOO_FILE (a path, as Docker secrets do).
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent


class Misconfigured(Exception):
    """The environment contradicts itself; the message names what to change."""


def _text(name: str, default: str = "") -> str:
    from_file = os.environ.get(f"{name}_FILE")
    if from_file:
        if name in os.environ:
            raise Misconfigured(f"Set {name} or {name}_FILE, not both.")
        try:
            return Path(from_file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise Misconfigured(f"{name}_FILE names {from_file}, which cannot be read: {error.strerror}.") from error
    return os.environ.get(name, default).strip()


def broker_url() -> str:
    """Where tasks are rung: all that the clock wants to know."""
    return _text("BROKER_URL", "redis://127.0.0.1:6379/0")


def _whole(name: str, default: int) -> int:
    text = _text(name, str(default))
    try:
        return int(text)
    except ValueError:
        raise Misconfigured(f"{name} must be a whole number, not {text!r}.") from None


def _yes(name: str, default: bool = False) -> bool:
    text = _text(name, "1" if default else "0")
    meant = _meant(text)
    if meant is None:
        raise Misconfigured(f"{name} must be yes or no, not {text!r}.")
    return meant


def _meant(text: str) -> bool | None:
    """Yes, no, or neither."""
    words = dict.fromkeys(("1", "true", "yes", "on"), True) | dict.fromkeys(("0", "false", "no", "off", ""), False)
    return words.get(text.lower())


def _tls(said: str, *, port: int) -> str:
    """How the relay is spoken to: starttls, implicit, or not encrypted."""
    way = said.lower()
    if way not in {"starttls", "implicit"}:
        meant = _meant(said)
        if meant is None:
            raise Misconfigured(f"SMTP_TLS must be starttls, implicit or 0, not {said!r}.")
        way = "starttls" if meant else ""
    if (way == "implicit" and port in {25, 587}) or (way == "starttls" and port == 465):
        raise Misconfigured(f"SMTP_TLS={said} is not what is spoken on port {port}: the relay would never answer.")
    return way


def _list(name: str) -> list[str]:
    return [part.strip() for part in _text(name).split(",") if part.strip()]


# Those whose reports are signed, or come with a password of ours, without our calling out to anybody.
MAIL_PROVIDERS = (
    "brevo", "mailersend", "mailgun", "mailjet", "mailtrap", "mandrill", "postal", "postmark", "sparkpost",
    "unisender_go",
)  # fmt: skip


def _mail_provider() -> tuple[str, dict[str, str]]:
    name = _text("MAIL_PROVIDER").lower()
    if name and name not in MAIL_PROVIDERS:
        raise Misconfigured(f"MAIL_PROVIDER is one of {', '.join(MAIL_PROVIDERS)}; not {name!r}.")
    try:
        secrets = json.loads(_text("MAIL_PROVIDER_SECRETS", "{}") or "{}")
    except ValueError:
        secrets = None
    if not isinstance(secrets, dict) or not all(isinstance(one, str) for one in secrets.values()):
        raise Misconfigured('MAIL_PROVIDER_SECRETS is JSON, such as {"WEBHOOK_SECRET": "name:password"}.')
    if name and not secrets:
        raise Misconfigured("MAIL_PROVIDER_SECRETS is not set: reports that nobody signed would be believed.")
    return name, secrets


def _mail_through(provider: str) -> str:
    through = _text("MAIL_THROUGH", "smtp").lower()
    if through not in {"smtp", "provider"}:
        raise Misconfigured(f"MAIL_THROUGH is smtp or provider, not {through!r}.")
    if through == "provider" and not provider:
        raise Misconfigured("MAIL_THROUGH=provider wants MAIL_PROVIDER too.")
    return through


LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What the operator decided. README.md lists each with its default."""

    trial: bool
    debug: bool
    secret_key: str
    secret_keys_before: list[str]  # links mailed under them still work
    field_keys: list[str]  # seal names, evidence and photographs; the first seals, all open
    var_dir: Path
    site_url: str  # scheme and host, no trailing slash; every link in a mail starts with it
    onion_url: str  # http://….onion, where an onion service of ours answers; advertised on every page
    allowed_hosts: list[str]
    database_url: str
    database_owner_url: str  # PostgreSQL: who owns the tables and migrates; empty: the application's own role does
    as_owner: bool  # this process migrates, restores or upgrades
    broker_url: str
    cache_url: str
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str
    smtp_tls: str  # "": none; "starttls"; "implicit": from the first byte on, as on port 465
    mail_from: str
    letters_from: str
    mail_return: str  # the envelope sender: what cannot be delivered comes back there; empty: to MAIL_FROM
    returned_mail_dir: Path | None  # the Maildir in which it arrives
    forms_want_work: bool  # under attack: whoever sends an open form works or waits first
    trusted_proxies: int  # how many proxies of ours stand in front and append to X-Forwarded-For
    metrics_token: str  # lets somebody beyond loopback read /metrics
    journal_dir: Path  # what relays have accepted and the database has not heard of yet; on a local disk
    ledger_dir: Path  # what must stay silent after a restore; on a volume of its own
    mail_through: str  # "smtp", or "provider": by its HTTP interface
    mail_provider: str  # whose signed reports of bounces and complaints are heard; empty: nobody's
    mail_provider_secrets: dict[str, str]  # what signs them, by the names the library for it has
    operator_name: str
    operator_address: str  # the postal address printed under every alert
    operator_money: str  # where its money comes from, in its own words; published beside the principles

    @classmethod
    def read(cls) -> Environment:
        trial = _yes("HAMSEDA_TRIAL")
        var_dir = Path(_text("VAR_DIR", str(BASE_DIR / "var")))
        site_url = _text("SITE_URL", "http://127.0.0.1:8000" if trial else "").rstrip("/")
        allowed_hosts = _list("ALLOWED_HOSTS") or (LOOPBACK_HOSTS if trial else [])
        secret_key = _text("SECRET_KEY")
        if trial and not set(allowed_hosts) <= set(LOOPBACK_HOSTS):
            raise Misconfigured("HAMSEDA_TRIAL serves this machine only: remove ALLOWED_HOSTS, or leave the trial.")
        if not secret_key:
            raise Misconfigured(
                "SECRET_KEY is not set. Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
            )
        if len(secret_key) < 32:
            raise Misconfigured("SECRET_KEY is shorter than 32 characters.")
        field_keys = [line.strip() for line in _text("FIELD_KEYS").replace(",", "\n").splitlines() if line.strip()]
        if any(len(key) < 32 for key in field_keys):
            raise Misconfigured("One of FIELD_KEYS is shorter than 32 characters.")
        if not site_url:
            raise Misconfigured("SITE_URL is not set; links in mails start with it (https://your.host).")
        if not trial and not allowed_hosts:
            raise Misconfigured("ALLOWED_HOSTS is not set; name the hosts this installation answers to.")
        onion_url = _text("ONION_URL").rstrip("/")
        onion_host = urlsplit(onion_url).hostname or ""
        if onion_url and not onion_host.endswith(".onion"):
            raise Misconfigured("ONION_URL names an onion service (http://….onion).")
        if onion_host and onion_host not in allowed_hosts:
            allowed_hosts = [*allowed_hosts, onion_host]
        mail_provider, mail_provider_secrets = _mail_provider()
        debug = _yes("DEBUG")
        if debug and not trial:
            raise Misconfigured("DEBUG shows names and queries to strangers; it is refused outside a trial.")
        return cls(
            trial=trial,
            debug=debug,
            journal_dir=Path(_text("JOURNAL_DIR", str(var_dir / "journal"))),
            ledger_dir=Path(_text("LEDGER_DIR", str(var_dir / "ledger"))),
            metrics_token=_text("METRICS_TOKEN"),
            forms_want_work=_yes("FORMS_WANT_WORK"),
            trusted_proxies=_whole("TRUSTED_PROXIES", 0),
            secret_key=secret_key,
            secret_keys_before=_list("SECRET_KEY_FALLBACKS"),
            field_keys=[*field_keys, secret_key],
            var_dir=var_dir,
            site_url=site_url,
            onion_url=onion_url,
            allowed_hosts=allowed_hosts,
            database_url=_text("DATABASE_URL", f"sqlite:///{var_dir / 'hamseda.sqlite3'}"),
            database_owner_url=_text("DATABASE_OWNER_URL"),
            as_owner=_yes("DATABASE_AS_OWNER"),
            broker_url=broker_url(),
            cache_url=_text("CACHE_URL", "redis://127.0.0.1:6379/1"),
            smtp_host=_text("SMTP_HOST", "127.0.0.1"),
            smtp_port=_whole("SMTP_PORT", 25),
            smtp_user=_text("SMTP_USER"),
            smtp_password=_text("SMTP_PASSWORD"),
            smtp_tls=_tls(_text("SMTP_TLS"), port=_whole("SMTP_PORT", 25)),
            mail_from=_text("MAIL_FROM", "Hamseda <alerts@localhost>" if trial else ""),
            letters_from=_text("LETTERS_FROM"),
            mail_return=_text("MAIL_RETURN"),
            returned_mail_dir=Path(text) if (text := _text("RETURNED_MAIL_DIR")) else None,
            mail_through=_mail_through(mail_provider),
            mail_provider=mail_provider,
            mail_provider_secrets=mail_provider_secrets,
            operator_name=_text("OPERATOR_NAME", "Almond Street Foundation" if trial else ""),
            operator_address=_text("OPERATOR_ADDRESS", "4 Almond Street, Port Corvela" if trial else ""),
            operator_money=_text("OPERATOR_MONEY", "Gifts of its members. No government, no party." if trial else ""),
        )
