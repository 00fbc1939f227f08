"""Makers: valid rows with one line, each detail open to change. Names in tests are marks to look for, not people."""

from tests.makers.actions import approve_action, make_action, make_message
from tests.makers.alerts import make_alert
from tests.makers.campaigns import approve_campaign, make_campaign, make_participation
from tests.makers.cases import (
    approve_case,
    make_case,
    make_event,
    make_own_words,
    make_status,
    publish_unchecked,
)
from tests.makers.network import Network, administrator_of, make_key, make_network, make_partner, make_person
from tests.makers.pictures import make_jpeg
from tests.makers.signing_in import code_now, enter_workspace, make_second_factor

__all__ = [
    "Network",
    "administrator_of",
    "approve_action",
    "approve_campaign",
    "approve_case",
    "code_now",
    "enter_workspace",
    "make_action",
    "make_alert",
    "make_campaign",
    "make_case",
    "make_event",
    "make_jpeg",
    "make_key",
    "make_message",
    "make_network",
    "make_own_words",
    "make_participation",
    "make_partner",
    "make_person",
    "make_second_factor",
    "make_status",
    "publish_unchecked",
]
