"""Every address, walked as everybody: who gets in, who is asked to sign in, who is told there is no such page.

An address without an expectation fails the test.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from network.models import Membership
from notifications.links import Subscription, unsubscribe_token
from tests.makers import enter_workspace, make_alert, make_campaign, make_participation, make_person
from tests.makers.signing_in import make_second_factor

ROLES = ["viewer", "editor", "approver", "steward", "administrator"]
CAST = ["stranger", "supporter", *ROLES]

# What each address answers to a GET: everybody alike (a status), or by who asks.
EVERYBODY = "everybody"
SIGNED_IN = "signed-in"  # strangers are sent to sign in
READERS = "readers"  # any role in the host
EDITORS = "editors"
POST_ONLY = "post-only"  # a GET changes nothing: 405, or the door's own answer first

EXPECTED: dict[str, tuple[str, int]] = {
    "home": (EVERYBODY, 200),
    "campaigns": (EVERYBODY, 200),
    "campaign": (EVERYBODY, 200),
    "campaign_sent": (EVERYBODY, 200),
    "confirm": (EVERYBODY, 404),
    "reject": (EVERYBODY, 405),
    "principles": (EVERYBODY, 200),
    "join": (EVERYBODY, 200),
    "join_sent": (EVERYBODY, 200),
    "join_confirm": (EVERYBODY, 404),
    "join_reject": (EVERYBODY, 405),
    "erased": (EVERYBODY, 200),
    "unsubscribe": (EVERYBODY, 200),
    "unsubscribe_mute": (EVERYBODY, 405),
    "enrol": (EVERYBODY, 404),
    "mailbox": (EVERYBODY, 200),  # a trial's only
    "mailbox_message": (EVERYBODY, 404),
    "mailbox_html": (EVERYBODY, 404),
    "trial_sign_in": (EVERYBODY, 404),
    "me": (SIGNED_IN, 200),
    "me_export": (SIGNED_IN, 200),
    "me_erase": (SIGNED_IN, 200),
    "me_leave": (SIGNED_IN, 405),
    "me_join_campaign": (SIGNED_IN, 200),
    "me_leave_campaign": (SIGNED_IN, 405),
    "me_mute_campaign": (SIGNED_IN, 405),
    "me_unmute_campaign": (SIGNED_IN, 405),
    "me_withdraw": (SIGNED_IN, 405),
    "me_mail_stop": (SIGNED_IN, 405),
    "me_mail_resume": (SIGNED_IN, 405),
    "desk": (READERS, 200),
    "cases": (READERS, 200),
    "case_new": (EDITORS, 200),
    "drafts": (READERS, 200),
    "draft": (READERS, 200),
    "draft_new": (EDITORS, 405),
    "draft_edit": (EDITORS, 200),
    "draft_approve": ("approvers", 405),
    "draft_launch": ("approvers", 405),
    "draft_pause": (EDITORS, 405),
    "alerts": (READERS, 200),
    "alert": (READERS, 200),
    "alert_new": (EDITORS, 405),
    "alert_edit": (EDITORS, 200),
    "alert_preview": (READERS, 200),
    "alert_test": (EDITORS, 405),
    "alert_approve": ("approvers", 405),
    "alert_open": ("approvers", 405),
    "alert_pause": (EDITORS, 405),
    "alert_cancel": (EDITORS, 405),
    "alert_resume": ("approvers", 405),
    "alert_resend": ("approvers", 405),
}
# allauth's own pages answer by the state of signing in; their doors are tried in tests/journeys.
ALLAUTH = {
    "account_request_login_code",
    "account_confirm_login_code",
    "account_logout",
    "account_login",
    "account_signup",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_view_recovery_codes",
    "mfa_index",
    "mfa_deactivate_totp",
}
MAY = {
    SIGNED_IN: {"supporter", *ROLES},
    READERS: set(ROLES),
    EDITORS: {"editor", "approver"},
    "approvers": {"approver"},
}


def names() -> set[str]:
    found = set()

    def walk(patterns) -> None:
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns)
            elif pattern.name:
                found.add(pattern.name)

    walk(get_resolver().url_patterns)
    return found


def test_every_address_has_an_expectation():
    assert names() == set(EXPECTED) | ALLAUTH


@pytest.fixture
def world(network):
    campaign = make_campaign(network, slug="lake")
    draft = make_campaign(network, slug="draft", launched=False)
    alert = make_alert(network, campaign, audience=1)
    row = make_participation(campaign, "signer@people.example")
    return {"campaign": campaign, "draft": draft, "alert": alert, "row": row, "host": network.host}


def address(name: str, world) -> str:
    """The address of a name with arguments that exist."""
    token = unsubscribe_token(Subscription(world["row"].person.public_id, world["campaign"].pk))
    candidates = {
        "campaign": ["lake"],
        "campaign_sent": ["lake"],
        "me_join_campaign": ["lake"],
        "me_withdraw": [world["row"].pk],
        "unsubscribe": [token],
        "unsubscribe_mute": [token],
        "alert_preview": [world["alert"].pk, "english"],
        "alert_new": [world["campaign"].pk],
        "draft_new": [world["campaign"].case_id],
    }
    if name in candidates:
        return reverse(name, args=candidates[name])
    if name.startswith("alert"):
        return reverse(name, args=[world["alert"].pk] if name != "alerts" else [])
    if name.startswith("draft") and name != "drafts":
        return reverse(name, args=[world["draft"].pk])
    if name.endswith("_campaign"):
        return reverse(name, args=[world["campaign"].pk])
    for arguments in ([], ["x"]):
        try:
            return reverse(name, args=arguments)
        except Exception:
            continue
    raise AssertionError(name)


def client_of(who: str, world, deliver_all) -> Client:
    if who == "stranger":
        return Client(headers={"Sec-Fetch-Site": "same-origin"})
    person = make_person(f"{who}@cast.example")
    if who != "supporter":
        Membership.objects.create(organisation=world["host"], person=person, role=who, created_at=timezone.now())
        return enter_workspace(person, deliver_all)
    make_second_factor(person)  # a supporter with a second factor is still no organiser
    return enter_workspace(person, deliver_all)


@pytest.mark.django_db
@pytest.mark.parametrize("who", CAST)
def test_everybody_at_every_door(world, deliver_all, who):
    client = client_of(who, world, deliver_all)
    wrong = []
    for name, (audience, status) in EXPECTED.items():
        url = address(name, world)
        if audience == EVERYBODY or who in MAY.get(audience, set()):
            expected = {status}
        elif who == "stranger":
            expected = {302}
        else:
            expected = {404}
        answer = client.get(url)
        asked_again = answer.status_code == 302 and answer.url.startswith("/accounts/second-factor/again/")
        if answer.status_code not in expected and not asked_again:
            wrong.append((name, url, answer.status_code, expected))
        if who not in MAY.get(audience, {who}) and answer.status_code == 200:
            wrong.append((name, "let in", who))
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["stranger", "supporter", "viewer", "steward", "administrator"])
def test_nobody_decides_without_the_role(world, deliver_all, who):
    client = client_of(who, world, deliver_all)
    for name, (audience, _) in EXPECTED.items():
        if audience not in {EDITORS, "approvers"}:
            continue
        answer = client.post(address(name, world))
        assert answer.status_code == (302 if who == "stranger" else 404), name
    world["alert"].refresh_from_db()
    world["draft"].refresh_from_db()
    assert (world["alert"].state, world["draft"].state) == ("draft", "draft")
