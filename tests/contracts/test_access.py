"""Every address, walked as everybody: who gets in, who is asked to sign in, who is told there is no such page.

An address without an expectation fails the test. Most of the file is that one table, which is read as a whole or not at all.
"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from campaigns.flows.campaign import cohosting, moderating
from campaigns.flows.gate import correcting
from network.flows import inviting
from network.flows.relaying import relay
from network.models import Membership, Person
from notifications.links import Subscription, unsubscribe_token
from tests.makers import (
    administrator_of,
    enter_workspace,
    make_action,
    make_alert,
    make_campaign,
    make_key,
    make_message,
    make_participation,
    make_partner,
    make_person,
)
from tests.makers.signing_in import make_second_factor

ROLES = ["viewer", "editor", "approver", "steward", "administrator"]
PARTNERS = ["administrator of the partner", "administrator of another partner"]
CAST = ["stranger", "supporter", *ROLES, *PARTNERS]

# What each address answers to a GET: everybody alike (a status), or by who asks.
EVERYBODY = "everybody"
SIGNED_IN = "signed-in"  # strangers are sent to sign in
READERS = "readers"  # any role in the host
EDITORS = "editors"
VETTERS = "vetters"
APPROVERS = "approvers"
STEWARDS = "stewards"  # people's data
OURS = "ours"  # administrators of the organisation the address names
POST_ONLY = "post-only"  # a GET changes nothing: 405, or the door's own answer first

EXPECTED: dict[str, tuple[str, int]] = {
    "home": (EVERYBODY, 200),
    "campaigns": (EVERYBODY, 200),
    "campaign": (EVERYBODY, 200),
    "campaign_action": (EVERYBODY, 200),
    "action_letter": (EVERYBODY, 302),  # there is none to print there
    "action_words": (EVERYBODY, 405),
    "campaign_sent": (EVERYBODY, 200),
    "campaign_report_open": (EVERYBODY, 404),  # it is not over
    "counting": (EVERYBODY, 200),
    "campaign_nameless": (EVERYBODY, 200),
    "campaign_count": (EVERYBODY, 200),
    "confirm": (EVERYBODY, 404),
    "reject": (EVERYBODY, 405),
    "confirm_calendar": (EVERYBODY, 404),
    "principles": (EVERYBODY, 200),
    "join": (EVERYBODY, 200),
    "join_sent": (EVERYBODY, 200),
    "join_confirm": (EVERYBODY, 404),
    "join_reject": (EVERYBODY, 405),
    "erased": (EVERYBODY, 200),
    "unsubscribe": (EVERYBODY, 200),
    "unsubscribe_mute": (EVERYBODY, 405),
    "unsubscribe_keep_here": (EVERYBODY, 405),
    "unsubscribe_choose": (EVERYBODY, 405),
    "enrol": (EVERYBODY, 404),
    "mailbox": (EVERYBODY, 200),  # a trial's only
    "mailbox_message": (EVERYBODY, 404),
    "mailbox_html": (EVERYBODY, 404),
    "trial_error": (EVERYBODY, 404),
    "trial_sign_in": (EVERYBODY, 404),
    "correct": (EVERYBODY, 200),
    "silence": (EVERYBODY, 200),
    "safety": (EVERYBODY, 200),
    "law": (EVERYBODY, 200),
    "defenders": (EVERYBODY, 200),
    "defender_page": (EVERYBODY, 404),
    "case_page": (EVERYBODY, 404),
    "correct_case": (EVERYBODY, 404),
    "photo": (EVERYBODY, 404),
    "campaign_picture": (EVERYBODY, 200),
    "campaign_sheet": (EVERYBODY, 200),
    "defender_picture": (EVERYBODY, 404),
    "case_picture": (EVERYBODY, 404),
    "feed_campaigns": (EVERYBODY, 200),
    "feed_cases": (EVERYBODY, 200),
    "feed_letters": (EVERYBODY, 404),
    "partners": (EVERYBODY, 200),
    "partner_apply": (EVERYBODY, 200),
    "partner_apply_sent": (EVERYBODY, 200),
    "partner_apply_confirm": (EVERYBODY, 404),
    "partner_apply_reject": (EVERYBODY, 405),
    "invitation": (EVERYBODY, 404),
    "invitation_decline": (EVERYBODY, 405),
    "api": (EVERYBODY, 200),
    "api_reference": (EVERYBODY, 200),
    "api_openapi": (EVERYBODY, 200),
    "api_cases": (EVERYBODY, 200),
    "api_case": (EVERYBODY, 404),
    "api_granted_cases": (EVERYBODY, 401),
    "api_granted_picture": (EVERYBODY, 401),
    "api_campaigns": (EVERYBODY, 200),
    "api_campaign": (EVERYBODY, 200),
    "api_actions": (EVERYBODY, 200),
    "api_action": (EVERYBODY, 200),
    "api_tallies": (EVERYBODY, 200),
    "api_defenders": (EVERYBODY, 200),
    "api_defender": (EVERYBODY, 200),
    "api_partners": (EVERYBODY, 200),
    "api_partner": (EVERYBODY, 200),
    "api_changes": (EVERYBODY, 200),
    "api_organisation": (EVERYBODY, 401),  # a session is no key, whoever's it is
    "api_own_campaigns": (EVERYBODY, 401),
    "me": (SIGNED_IN, 200),
    "me_export": (SIGNED_IN, 200),
    "me_preferences": (SIGNED_IN, 200),
    "me_erase": (SIGNED_IN, 200),
    "me_quiet": (SIGNED_IN, 200),
    "me_safe_again": (SIGNED_IN, 405),
    "me_leave": (SIGNED_IN, 405),
    "me_join_campaign": (SIGNED_IN, 200),
    "me_leave_campaign": (SIGNED_IN, 405),
    "me_mute_campaign": (SIGNED_IN, 405),
    "me_unmute_campaign": (SIGNED_IN, 405),
    "me_withdraw": (SIGNED_IN, 405),
    "me_mail_stop": (SIGNED_IN, 405),
    "me_mail_resume": (SIGNED_IN, 405),
    "me_mail_ways": (SIGNED_IN, 405),
    "me_letters": (SIGNED_IN, 200),
    "me_letter": (SIGNED_IN, 404),  # that of somebody else
    "desk": (READERS, 200),
    "keep_words": (EDITORS, 405),
    "style": (READERS, 200),
    "vetting": (READERS, 200),
    "vetting_application": (VETTERS, 200),
    "vetting_partner": (READERS, 200),
    "vetting_check": (VETTERS, 405),
    "vetting_refuse": (VETTERS, 405),
    "vetting_suspend": (VETTERS, 405),
    "vetting_admit": (APPROVERS, 405),
    "vetting_reinstate": (APPROVERS, 405),
    "vetting_promote": (APPROVERS, 405),
    "colleague_agree": (APPROVERS, 405),
    "cohosting_accept": (APPROVERS, 405),
    "cohosting_decline": (APPROVERS, 405),
    "organisation": (OURS, 200),
    "key_issue": (OURS, 405),
    "key_rotate": (OURS, 405),
    "key_revoke": (OURS, 405),
    "colleague_invite": (OURS, 405),
    "colleague_withdraw": (OURS, 405),
    "colleague_end": (OURS, 405),
    "cohosting_ask": (OURS, 405),
    "statement": (OURS, 404),  # none is to be signed
    "statement_enter": (OURS, 405),
    "statement_confirm": (OURS, 405),
    "statement_withdraw": (OURS, 405),
    "cohosting_leave": (OURS, 405),
    "cases": (EDITORS, 200),
    "case_new": (EDITORS, 200),
    "case": (EDITORS, 200),
    "case_withdraw": (EDITORS, 405),
    "case_consent": (EDITORS, 405),
    "case_assess": (EDITORS, 405),
    "case_law": (EDITORS, 200),
    "case_cite": (EDITORS, 405),
    "case_concern": (EDITORS, 405),
    "case_statuses": (EDITORS, 200),
    "status_record": (EDITORS, 405),
    "status_verify": (APPROVERS, 405),
    "status_end": (EDITORS, 405),
    "citation_take_back": (EDITORS, 405),
    "ratification": (EDITORS, 200),
    "provinces": (EDITORS, 200),
    "ratification_decide": (APPROVERS, 405),
    "consent_withdraw": (EDITORS, 405),
    "consent_code": (EDITORS, 405),
    "correction_answer": (APPROVERS, 405),
    "cases_neglected": (EDITORS, 200),
    "case_sealed": (APPROVERS, 200),
    "case_silence": (EDITORS, 404),  # nothing was silenced
    "case_copies": (EDITORS, 200),
    "case_copy_ask": (EDITORS, 405),
    "copy_answer": (EDITORS, 405),
    "copy_ask_again": (EDITORS, 405),
    "case_person": (EDITORS, 200),
    "case_words": (EDITORS, 200),
    "case_timeline": (EDITORS, 200),
    "event_record": (EDITORS, 405),
    "own_words_record": (EDITORS, 405),
    "source_record": (EDITORS, 405),
    "correction_record": (EDITORS, 405),
    "claim_verify": (APPROVERS, 405),
    "case_link": (EDITORS, 405),
    "link_verify": (APPROVERS, 405),
    "link_end": (EDITORS, 405),
    "claim_take_back": (EDITORS, 405),
    "case_photos": (EDITORS, 200),
    "photo_picture": (EDITORS, 404),
    "photo_change": (EDITORS, 405),
    "photo_approve": (APPROVERS, 405),
    "photo_remove": (EDITORS, 405),
    "case_gate": (EDITORS, 200),
    "case_preview": (EDITORS, 200),
    "case_submit": (EDITORS, 405),
    "case_approve": (APPROVERS, 405),
    "case_publish": (APPROVERS, 405),
    "case_publish_emergency": (APPROVERS, 405),
    "case_unpublish": (EDITORS, 405),
    "case_archive": (EDITORS, 405),
    "case_embargo": (APPROVERS, 405),
    "case_grant": (EDITORS, 405),
    "grant_agree": (APPROVERS, 405),
    "grant_revoke": (EDITORS, 405),
    "drafts": (READERS, 200),
    "draft": (READERS, 200),
    "campaign_results": (READERS, 200),
    "draft_preview": (READERS, 200),
    "draft_throw_away": (EDITORS, 405),
    "draft_language": (EDITORS, 404),  # in which language?
    "draft_new": (EDITORS, 405),
    "draft_edit": (EDITORS, 200),
    "draft_approve": (APPROVERS, 405),
    "draft_launch": (APPROVERS, 405),
    "draft_close": (APPROVERS, 404),
    "draft_archive": (EDITORS, 405),
    "draft_duplicate": (EDITORS, 405),
    "draft_remind": (APPROVERS, 405),
    "draft_pause": (EDITORS, 405),
    "sifts": (APPROVERS, 200),
    "sifts_part": (APPROVERS, 200),
    "sift_begin": (APPROVERS, 405),
    "sift_cancel": (APPROVERS, 405),
    "sift_undo": (APPROVERS, 405),
    "template_save": (EDITORS, 405),
    "template_drop": (EDITORS, 405),
    "draft_include": (EDITORS, 405),
    "draft_leave_out": (EDITORS, 405),
    "demand_new": (EDITORS, 409),
    "demand": (EDITORS, 409),
    "demand_remove": (EDITORS, 405),
    "demand_meet": (EDITORS, 405),
    "demand_see_met": (APPROVERS, 405),
    "demand_take_back": (EDITORS, 405),
    "updates": (READERS, 200),
    "update_new": (EDITORS, 405),
    "update": (READERS, 404),
    "update_edit": (EDITORS, 404),
    "update_approve": (APPROVERS, 405),
    "update_publish": (APPROVERS, 405),
    "update_take_back": (EDITORS, 405),
    "plan": (EDITORS, 200),
    "plan_cadence": (EDITORS, 405),
    "plan_delivery": (EDITORS, 405),
    "plan_delivered": (EDITORS, 405),
    "plan_step": (EDITORS, 405),
    "plan_end": (EDITORS, 405),
    "paper": (EDITORS, 200),
    "paper_verify": (APPROVERS, 405),
    "paper_take_back": (EDITORS, 405),
    "handover": (EDITORS, 200),
    "handover_ask": (EDITORS, 405),
    "handover_agree": (APPROVERS, 405),
    "handover_pdf": (APPROVERS, 405),
    "handover_csv": (APPROVERS, 405),
    "outcomes": (EDITORS, 200),
    "outcome_record": (EDITORS, 405),
    "outcome_verify": (APPROVERS, 405),
    "outcome_take_back": (EDITORS, 405),
    "outcome_rate": (EDITORS, 405),
    "harm_record": (EDITORS, 405),
    "harm_review": (APPROVERS, 405),
    "campaign_report": (READERS, 200),
    "action": (READERS, 200),
    "action_offer": (EDITORS, 405),
    "action_language": (EDITORS, 404),
    "action_edit": (EDITORS, 409),  # it is open, and its words are locked
    "action_approve": (APPROVERS, 405),
    "action_open": (APPROVERS, 405),
    "action_end": (EDITORS, 405),
    "messages": (EDITORS, 200),
    "message": (EDITORS, 200),
    "message_take": (EDITORS, 405),
    "message_accept": (EDITORS, 405),
    "message_decline": (EDITORS, 405),
    "message_skip": (EDITORS, 405),
    "batch": (EDITORS, 200),
    "batch_make": (EDITORS, 405),
    "batch_hand_over": (EDITORS, 405),
    "letter_lane": (EDITORS, 200),
    "letters_test": (EDITORS, 405),
    "letters_let_go": (APPROVERS, 405),
    "letters_hold": (EDITORS, 405),
    "send_limits": (STEWARDS, 200),
    "send_limit_set": (STEWARDS, 405),
    "send_limit_lift": (STEWARDS, 405),
    "suppressions": (STEWARDS, 200),
    "suppression_add": (STEWARDS, 405),
    "suppression_release": (STEWARDS, 405),
    "suppressions_release": (STEWARDS, 405),
    "alerts": (READERS, 200),
    "alert": (READERS, 200),
    "alert_part": (READERS, 200),
    "alert_new": (EDITORS, 405),
    "alert_edit": (EDITORS, 200),
    "alert_preview": (READERS, 200),
    "alert_test": (EDITORS, 405),
    "alert_approve": (APPROVERS, 405),
    "alert_open": (APPROVERS, 405),
    "alert_follow_up": (EDITORS, 405),
    "alert_take_back": (EDITORS, 405),
    "alert_let_go": (APPROVERS, 405),
    "alert_pause": (EDITORS, 405),
    "alert_cancel": (EDITORS, 405),
    "alert_resume": (APPROVERS, 405),
    "alert_resend": (APPROVERS, 405),
    "alert_send_again": (APPROVERS, 405),
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
    SIGNED_IN: {"supporter", *ROLES, *PARTNERS},
    VETTERS: {"steward", "approver"},
    OURS: {"administrator of the partner"},
    READERS: set(ROLES),
    EDITORS: {"editor", "approver"},
    APPROVERS: {"approver"},
    STEWARDS: {"steward"},
}


def each(cast: list[str]) -> list:
    """Who gets in is no matter of the database; what a page asks of it is, and those two reach them all."""
    return [pytest.param(who, marks=() if who in {"stranger", "approver"} else pytest.mark.once) for who in cast]


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
    now = timezone.now()
    action = make_action(network, campaign)
    appeal = make_action(network, campaign, "appeal")
    relay()
    message = make_message(action, "writer@people.example")
    moderating.accept(message.pk, digest=message.digest_now(), by=network.approver, at=now)
    batch = moderating.make_batch(action.pk, by=network.approver, at=now)
    partner = make_partner(network, address="ours@partner.example")
    make_partner(network, name="Another", address="theirs@partner.example")
    make_key(partner)
    ours = administrator_of(partner)
    invitation = inviting.invite(
        partner.pk, address="colleague@partner.example", role="viewer", language="en", by=ours, at=now
    )
    return {
        "campaign": campaign,
        "draft": draft,
        "alert": alert,
        "row": row,
        "action": action,
        "appeal": appeal,
        "message": message,
        "batch": batch,
        "host": network.host,
        "partner": partner,
        "key": partner.api_keys.get(),
        "invitation": invitation,
        "correction": correcting.ask(
            campaign.case_id, campaign_id=campaign.pk, wish="remove", words="Please.", address="", language="en", at=now
        ),
        "cohosting": cohosting.ask(campaign.pk, partner, by=ours, at=now),
    }


def address(name: str, world) -> str:
    """The address of a name with arguments that exist."""
    token = unsubscribe_token(Subscription(world["row"].person.public_id, world["campaign"].pk))
    candidates = {
        "campaign": ["lake"],
        "campaign_action": ["lake", 2],
        "action_letter": ["lake", 2],
        "action_words": ["lake", 2],
        "campaign_sent": ["lake"],
        "campaign_report_open": ["lake"],
        "campaign_nameless": ["lake"],
        "campaign_report": [world["campaign"].pk],
        "sifts": [world["campaign"].pk],
        "sifts_part": [world["campaign"].pk],
        "sift_begin": [world["campaign"].pk],
        "sift_cancel": [1],
        "sift_undo": [1],
        "template_save": [world["campaign"].pk],
        "template_drop": [1],
        "draft_include": [world["campaign"].pk],
        "draft_leave_out": [world["campaign"].pk, world["campaign"].case_id],
        "demand_new": [world["campaign"].pk],
        **{
            name: [world["campaign"].demands.get().pk]
            for name in ("demand", "demand_remove", "demand_meet", "demand_see_met", "demand_take_back")
        },
        "updates": [world["campaign"].pk],
        "update_new": [world["campaign"].pk],
        **{name: [1] for name in ("update", "update_edit", "update_approve", "update_publish", "update_take_back")},
        "plan": [world["campaign"].pk],
        "plan_cadence": [world["campaign"].pk],
        "plan_delivery": [world["campaign"].pk],
        "plan_delivered": [world["campaign"].pk],
        "plan_step": [world["campaign"].pk],
        "plan_end": [1],
        "paper": [world["campaign"].pk],
        "paper_verify": [1],
        "paper_take_back": [1],
        "handover": [world["campaign"].pk],
        "handover_ask": [world["campaign"].pk],
        "handover_agree": [world["campaign"].pk],
        "handover_pdf": [world["campaign"].pk],
        "handover_csv": [world["campaign"].pk],
        "outcomes": [world["campaign"].pk],
        "outcome_record": [world["campaign"].pk],
        "outcome_verify": [1],
        "outcome_take_back": [1],
        "outcome_rate": [1],
        "harm_record": [world["campaign"].pk],
        "harm_review": [1],
        "action_offer": [world["campaign"].pk],
        "letter_lane": [world["appeal"].pk],
        "letters_test": [world["appeal"].pk],
        "letters_let_go": [world["appeal"].pk],
        "letters_hold": [world["appeal"].pk],
        "batch_make": [world["action"].pk],
        "messages": [],
        "message_take": [],
        "campaign_count": ["lake"],
        "me_join_campaign": ["lake"],
        "me_withdraw": [world["row"].pk],
        "unsubscribe": [token],
        "unsubscribe_mute": [token],
        "unsubscribe_keep_here": [token],
        "unsubscribe_choose": [token],
        "alert_preview": [world["alert"].pk, "english"],
        "alert_new": [world["campaign"].pk],
        "draft_new": [world["campaign"].case_id],
        "campaign_results": [world["campaign"].pk],
        "correct": ["lake"],
        "citation_take_back": [1],
        "status_verify": [1],
        "status_end": [1],
        "claim_verify": ["event", 1],
        "claim_take_back": ["event", 1],
        "photo_picture": [1, 480],
        "photo_change": [1],
        "suppression_release": [1],
        "me_letter": [1],
        "send_limit_lift": [1],
        "copy_answer": [1],
        "copy_ask_again": [1],
        "link_verify": [1],
        "link_end": [1],
        "photo_approve": [1],
        "ratification_decide": [1],
        "photo_remove": [1],
        "photo": [uuid4(), 480],
        "grant_agree": [1],
        "grant_revoke": [1],
        "case_page": ["unknown"],
        "case_picture": ["unknown"],
        "defender_picture": ["unknown"],
        "campaign_picture": ["lake"],
        "campaign_sheet": ["lake"],
        "correct_case": ["unknown"],
        "consent_withdraw": [world["campaign"].case_id, world["campaign"].case.consents.get().pk],
        "consent_code": [world["campaign"].case_id, world["campaign"].case.consents.get().pk],
        "correction_answer": [world["correction"].pk],
        "api_case": [uuid4()],
        "api_granted_picture": [uuid4(), 480],
        "api_campaign": [world["campaign"].public_id],
        "api_action": [world["action"].public_id],
        "api_defender": [world["campaign"].case.defender.public_id],
        "api_partner": [world["partner"].public_id],
        "vetting": [],
        "vetting_application": [world["partner"].application.public_id],
        "vetting_check": [world["partner"].application.public_id],
        "vetting_refuse": [world["partner"].application.public_id],
        "vetting_admit": [world["partner"].application.public_id],
        "colleague_agree": [world["invitation"].pk],
        "colleague_withdraw": [world["partner"].public_id, world["invitation"].pk],
        "colleague_end": [world["partner"].public_id, world["partner"].memberships.get().pk],
        "key_rotate": [world["partner"].public_id, world["key"].pk],
        "key_revoke": [world["partner"].public_id, world["key"].pk],
        "statement": [world["partner"].public_id, world["action"].pk],
        "statement_enter": [world["partner"].public_id, world["action"].pk],
        "statement_confirm": [world["partner"].public_id, world["action"].pk],
        "statement_withdraw": [world["partner"].public_id, world["action"].pk],
        "cohosting_ask": [world["partner"].public_id, "lake"],
        "cohosting_leave": [world["partner"].public_id, world["cohosting"].pk],
        "cohosting_accept": [world["cohosting"].pk],
        "cohosting_decline": [world["cohosting"].pk],
    }
    if name in candidates:
        return reverse(name, args=candidates[name])
    if name in {"organisation", "key_issue", "colleague_invite"} or name.startswith("vetting_"):
        return reverse(name, args=[world["partner"].public_id])
    of_case = {"case", "status_record", "event_record", "own_words_record", "source_record", "correction_record"}
    if name in of_case or (name.startswith("case_") and name != "case_new"):
        return reverse(name, args=[world["campaign"].case_id])
    if name.startswith(("action", "message", "batch")):
        return reverse(name, args=[world[name.split("_")[0]].pk])
    if name.startswith("alert"):
        return reverse(name, args=[world["alert"].pk] if name != "alerts" else [])
    if name.startswith("draft") and name != "drafts":
        return reverse(name, args=[world["draft"].pk])
    if name.endswith("_campaign"):
        return reverse(name, args=[world["campaign"].pk])
    for arguments in ([], ["x"], ["en", "x"]):
        try:
            return reverse(name, args=arguments)
        except Exception:
            continue
    raise AssertionError(name)


def client_of(who: str, world, deliver_all) -> Client:
    if who == "stranger":
        return Client(headers={"Sec-Fetch-Site": "same-origin"})
    if who in PARTNERS:
        address = "ours@partner.example" if who == PARTNERS[0] else "theirs@partner.example"
        return enter_workspace(Person.objects.get(email=address), deliver_all)
    person = make_person(f"{who}@cast.example")
    if who != "supporter":
        Membership.objects.create(organisation=world["host"], person=person, role=who, created_at=timezone.now())
        return enter_workspace(person, deliver_all)
    make_second_factor(person)  # a supporter with a second factor is still no organiser
    return enter_workspace(person, deliver_all)


@pytest.mark.django_db
@pytest.mark.parametrize("who", each(CAST))
def test_everybody_at_every_door(world, deliver_all, who):
    client = client_of(who, world, deliver_all)
    wrong = []
    for name, (audience, status) in EXPECTED.items():
        url = address(name, world)
        if name == "desk" and who in PARTNERS:
            expected = {302}  # to their own organisation's page
        elif audience == EVERYBODY or who in MAY.get(audience, set()):
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
@pytest.mark.parametrize("who", each(["stranger", "supporter", "viewer", "steward", "administrator", *PARTNERS]))
def test_nobody_decides_without_the_role(world, deliver_all, who):
    client = client_of(who, world, deliver_all)
    for name, (audience, _) in EXPECTED.items():
        if audience not in {EDITORS, APPROVERS, VETTERS, OURS} or who in MAY[audience]:
            continue
        answer = client.post(address(name, world))
        assert answer.status_code == (302 if who == "stranger" else 404), name
    world["alert"].refresh_from_db()
    world["draft"].refresh_from_db()
    assert (world["alert"].state, world["draft"].state) == ("draft", "draft")
    assert world["campaign"].case.consents.get().withdrawn_at is None
    world["correction"].refresh_from_db()
    assert world["correction"].answered_at is None
    for row in ("partner", "key", "cohosting", "invitation"):
        world[row].refresh_from_db()
    assert (world["partner"].standing, world["partner"].memberships.count()) == ("probation", 1)
    assert (world["key"].revoked_at, world["cohosting"].state, world["invitation"].state) == (None, "asked", "sent")
