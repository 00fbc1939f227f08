"""Makers: valid rows with one line, each detail open to change. Names in tests are marks to look for, not people."""

from tests.makers.alerts import make_alert
from tests.makers.campaigns import make_campaign, make_participation
from tests.makers.network import Network, administrator_of, make_key, make_network, make_partner, make_person
from tests.makers.signing_in import code_now, enter_workspace, make_second_factor

__all__ = [
    "Network",
    "administrator_of",
    "code_now",
    "enter_workspace",
    "make_alert",
    "make_campaign",
    "make_key",
    "make_network",
    "make_participation",
    "make_partner",
    "make_person",
    "make_second_factor",
]
