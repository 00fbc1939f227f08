"""Contradictions in the environment stop the boot, by name."""

import pytest

from config.environment import Environment, Misconfigured

PRODUCTION = {
    "SECRET_KEY": "x" * 50,
    "SITE_URL": "https://real.example",
    "ALLOWED_HOSTS": "real.example",
}


@pytest.fixture
def environment(monkeypatch):
    for name in ("HAMSEDA_TRIAL", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "DATABASE_URL", "SMTP_PORT", "SMTP_TLS"):
        monkeypatch.delenv(name, raising=False)

    def read(**values: str) -> Environment:
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        return Environment.read()

    return read


def test_a_whole_environment_is_read(environment):
    read = environment(**PRODUCTION, SMTP_PORT="2525")
    assert (read.trial, read.site_url, read.allowed_hosts, read.smtp_port) == (
        False,
        "https://real.example",
        ["real.example"],
        2525,
    )


@pytest.mark.parametrize(
    ("said", "port", "way"),
    [
        ("", "25", ""),
        ("0", "25", ""),
        ("1", "587", "starttls"),
        ("STARTTLS", "25", "starttls"),
        ("implicit", "465", "implicit"),
    ],
)
def test_how_a_relay_is_spoken_to(environment, said, port, way):
    assert environment(**PRODUCTION, SMTP_TLS=said, SMTP_PORT=port).smtp_tls == way


@pytest.mark.parametrize("missing", list(PRODUCTION))
def test_what_production_needs_is_named(environment, missing):
    with pytest.raises(Misconfigured, match=missing):
        environment(**{name: value for name, value in PRODUCTION.items() if name != missing})


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SMTP_PORT": "many"}, "SMTP_PORT"),
        ({"SMTP_TLS": "perhaps"}, "SMTP_TLS"),
        ({"SMTP_TLS": "implicit", "SMTP_PORT": "25"}, "port 25"),
        ({"SMTP_TLS": "1", "SMTP_PORT": "465"}, "port 465"),
        ({"DEBUG": "perhaps"}, "DEBUG"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"HAMSEDA_TRIAL": "1"}, "ALLOWED_HOSTS"),
        ({"ONION_URL": "https://example.org"}, "ONION_URL"),
    ],
)
def test_contradictions_are_named(environment, values, named):
    with pytest.raises(Misconfigured, match=named):
        environment(**{**PRODUCTION, **values})


def test_a_secret_may_come_as_a_file(environment, tmp_path):
    file = tmp_path / "secret"
    file.write_text("y" * 50 + "\n")
    values = {name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"}
    assert environment(**values, SECRET_KEY_FILE=str(file)).secret_key == "y" * 50


def test_a_secret_file_that_is_missing_is_named(environment):
    with pytest.raises(Misconfigured, match="SECRET_KEY_FILE"):
        environment(SECRET_KEY_FILE="/nowhere/secret")
