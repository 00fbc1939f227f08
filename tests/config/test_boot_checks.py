"""What must not boot says so, by name."""

import pytest
from django.utils import timezone

from config.checks import trial_database, unsafe_combinations
from network.flows.installing import install


def ids(found) -> list[str]:
    return [message.id for message in found]


@pytest.fixture
def production(settings):
    settings.TRIAL = False
    settings.DEBUG = False
    settings.SITE_URL = "https://real.example"
    settings.DEFAULT_FROM_EMAIL = "a@real.example"
    settings.OPERATOR_NAME = settings.OPERATOR_ADDRESS = "Real"
    return settings


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DEBUG", True, "hamseda.E001"),
        ("SITE_URL", "http://real.example", "hamseda.E002"),
        ("DEFAULT_FROM_EMAIL", "", "hamseda.E003"),
        ("OPERATOR_ADDRESS", "", "hamseda.E004"),
    ],
)
def test_unsafe_settings_are_errors(production, name, value, expected):
    setattr(production, name, value)
    assert expected in ids(unsafe_combinations(None))


def test_safe_settings_are_none(production):
    assert [i for i in ids(unsafe_combinations(None)) if i.startswith("hamseda.E")] == []


@pytest.mark.django_db
def test_production_refuses_a_database_that_a_trial_marked(production):
    assert ids(trial_database(None, databases=["default"])) == []
    install(trial=True, at=timezone.now())
    assert ids(trial_database(None, databases=["default"])) == ["hamseda.E005"]
