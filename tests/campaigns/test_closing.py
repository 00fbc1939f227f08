"""A campaign that is over asks nothing, says how it ended, and stays under the gate as before."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from campaigns.events import CampaignClosed, CampaignSilenced
from campaigns.flows.campaign import acting, closing, launching
from campaigns.flows.gate import pausing, silencing
from campaigns.kinds.petition.answers import PetitionAnswers
from campaigns.models import Action, Campaign, Joining, Participation
from campaigns.refusals import ActionClosed
from network.flows.relaying import relay
from network.models import OutboxEvent
from notifications.flows import opening
from notifications.models import Alert
from tests.journeys.test_a_stranger_signs import link_in
from tests.makers import approve_campaign, enter_workspace, make_alert, make_campaign, make_participation, make_person
from tests.notifications.test_opening import open_fully

pytestmark = pytest.mark.django_db
PAGE = "/campaigns/lake/"
NEW = {"name": "Nasrin", "email": "nasrin@people.example"}


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def campaign(network) -> Campaign:
    campaign = make_campaign(network, slug="lake")
    for number in range(3):
        make_participation(campaign, f"signed-{number}@people.example")
    relay()
    return campaign


def close(campaign: Campaign, ending: str = "handed_over", **given) -> Campaign:
    return closing.close(campaign.pk, ending=ending, by=None, at=timezone.now(), **given)


@pytest.mark.parametrize(
    ("prefix", "over", "words", "counted"),
    [
        ("", "This campaign is over", "The letter was handed over.", "3"),
        ("/fa", "این کارزار پایان یافته است", "نامه تحویل داده شد.", "۳"),
    ],
)
def test_its_page_says_so_and_asks_nothing(campaign, visitor, prefix, over, words, counted):
    assert 'id="sign"' in visitor.get(prefix + PAGE).content.decode()
    close(campaign)
    page = visitor.get(prefix + PAGE).content.decode()
    assert over in page and words in page and f'<p class="count">{counted}</p>' in page
    assert 'id="sign"' not in page and "joining" not in page and "sheet.pdf" not in page
    assert "Golnar" in page or "گلنار" in page


def test_who_presses_a_page_of_before_is_told_and_nothing_is_kept(campaign, visitor):
    close(campaign)
    answer = visitor.post(PAGE, NEW)
    assert answer.status_code == 409
    assert "This action is closed. Nothing was recorded." in answer.content.decode()
    assert Participation.objects.count() == 3
    with pytest.raises(ActionClosed):
        entry = acting.Entry(address=NEW["email"], name="Nasrin", language="en", answers=PetitionAnswers())
        acting.enter(campaign.actions.get().pk, entry, at=timezone.now())


def test_what_was_entered_before_can_still_be_confirmed(campaign, visitor):
    row = make_participation(campaign, "late@people.example", confirmed=False)
    close(campaign)
    acting.confirm(row.pk, name="Late", answers=PetitionAnswers(follow=True), at=timezone.now())
    relay()
    assert '<p class="count">4</p>' in visitor.get(PAGE).content.decode()


def test_nobody_joins_it_and_whoever_joined_stays(campaign, network, deliver_all):
    make_participation(campaign, "member@people.example", follow=True)
    close(campaign)
    assert Joining.objects.current().filter(campaign=campaign).count() == 1
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    client.force_login(
        make_person("other@people.example"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    answer = client.post("/me/campaigns/lake/joining/")
    assert "This action is closed" in answer.content.decode()
    assert Joining.objects.current().filter(campaign=campaign).count() == 1


def test_it_is_listed_apart_and_no_more_on_the_front_page_or_in_the_feed(campaign, network, visitor):
    make_campaign(network, slug="other", name="Other Name", name_fa="نام دیگر")
    assert visitor.get("/").content.decode().count('href="/campaigns/lake/') > 0
    close(campaign, "met")
    assert 'href="/campaigns/lake/' not in visitor.get("/").content.decode().split("timeline")[0]
    asking, _over, over = visitor.get("/campaigns/").content.decode().partition('id="over"')
    assert "/campaigns/lake/" not in asking and "/campaigns/lake/" in over
    assert "What it asked for has happened." in over
    feed = visitor.get("/feeds/campaigns.atom").content.decode()
    assert "/campaigns/other/" in feed and "/campaigns/lake/" not in feed
    assert visitor.get("/campaigns/lake/sheet.pdf").url == PAGE
    assert visitor.get("/campaigns/lake/share.png").status_code == 200


def test_partners_are_told_to_read_it_again_and_read_how_it_ended(campaign, visitor):
    close(campaign, "met_in_part")
    relay()
    assert OutboxEvent.objects.named(CampaignClosed.__name__).count() == 1
    (found,) = visitor.get("/api/v1/campaigns/", headers={"Accept-Language": "en"}).json()["results"]
    assert found["closed_on"] == timezone.now().date().isoformat()
    assert found["ending"] == "Part of what it asked for has happened."
    assert [action["is_open"] for action in found["actions"]] == [False]


def test_silence_silences_it_too(campaign, visitor):
    close(campaign)
    assert visitor.get(PAGE).status_code == 200
    silencing.withdraw_case(campaign.case_id, by=None, at=timezone.now())
    assert visitor.get(PAGE).status_code == 410
    assert "Golnar" not in visitor.get("/campaigns/").content.decode()
    assert OutboxEvent.objects.named(CampaignSilenced.__name__).count() == 1


def test_a_consent_that_ends_ends_its_page_and_is_told(network, visitor):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        campaign = make_campaign(network, slug="lake", consent_until=now + timedelta(days=2))
        close(campaign)
    with time_machine.travel(now + timedelta(days=3), tick=False):
        assert visitor.get(PAGE).status_code == 410
        assert silencing.silence_lapsed(at=timezone.now()) == [campaign.pk]


def test_taken_off_and_shown_again_it_is_over_as_before(campaign, network, visitor):
    close(campaign)
    pausing.pause(campaign.pk, by=None, at=timezone.now())
    assert visitor.get(PAGE).status_code == 410
    approve_campaign(network, campaign)
    launching.launch(campaign.pk, by=network.approver, at=timezone.now())
    assert Campaign.objects.get(pk=campaign.pk).state == Campaign.State.CLOSED
    assert "This campaign is over" in visitor.get(PAGE).content.decode()


def test_closing_twice_changes_nothing(campaign):
    close(campaign, "met")
    assert close(campaign, "moot").ending == "met"
    assert OutboxEvent.objects.named(CampaignClosed.__name__).count() == 1
    with pytest.raises(ValueError, match="nothing"):
        close(campaign, "nothing")


def test_after_its_days_an_address_of_nobody_of_ours_cannot_be_found(campaign):
    make_participation(campaign, "never@people.example", confirmed=False)
    close(campaign)
    at = timezone.now()
    assert closing.forget_keys(at=at + timedelta(days=settings.FINGERPRINT_KEY_DAYS - 1)) == 0
    assert closing.forget_keys(at=at + timedelta(days=settings.FINGERPRINT_KEY_DAYS, seconds=1)) == 1
    assert Action.objects.get(campaign=campaign).fingerprint_key is None
    acting.expire(at=at + timedelta(days=settings.FINGERPRINT_KEY_DAYS))
    row = Participation.objects.get(person=None)
    assert (row.state, row.address, row.name) == ("expired", "", "")
    assert Participation.objects.confirmed().count() == 3  # they are people of ours, and find it on their own page


@pytest.mark.parametrize(
    ("severity", "state"), [("action", "paused"), ("urgent", "paused"), ("info", "sending"), ("stand_down", "sending")]
)
def test_what_asks_for_it_stops_and_what_tells_of_it_goes_on(campaign, network, severity, state):
    alert = make_alert(network, campaign, audience=2)
    open_fully(alert)
    Alert.objects.filter(pk=alert.pk).update(severity=severity)
    close(campaign)
    relay()
    assert Alert.objects.get(pk=alert.pk).state == state


@pytest.mark.parametrize(("severity", "missing"), [("action", ["campaign-over"]), ("info", [])])
def test_nothing_that_asks_for_it_begins_afterwards(campaign, network, severity, missing):
    alert = make_alert(network, campaign, audience=2)
    Alert.objects.filter(pk=alert.pk).update(severity=severity)
    close(campaign)
    alert.refresh_from_db()
    codes = opening.missing_for_opening(alert, at=timezone.now())
    assert [code for code in codes if not code.startswith("approval:")] == missing


def test_a_paused_one_is_ended_too_and_stays_off_every_page(campaign, visitor):
    pausing.pause(campaign.pk, by=None, at=timezone.now())
    close(campaign, "moot")
    kept = Campaign.objects.get(pk=campaign.pk)
    assert (kept.state, kept.ending) == ("paused", "moot") and not Action.objects.open(timezone.now()).exists()
    assert visitor.get(PAGE).status_code == 410


def test_a_draft_is_not_ended(network):
    draft = make_campaign(network, launched=False)
    assert close(draft).closed_at is None and Action.objects.open(timezone.now()).exists()


def test_who_confirms_late_is_led_to_nothing_that_is_closed(campaign, network, visitor, deliver_all):
    visitor.post(PAGE, {**NEW, "show_name": "on"})
    link = link_in(deliver_all().mails(NEW["email"])[-1])
    close(campaign)
    visitor.post(link, {"name": "Nasrin", "show_name": "on"})
    page = visitor.get(link).content.decode()
    assert "You are among them" in page
    assert "joining" not in page and "ask one person" not in page and "handed over" not in page


def test_an_approver_ends_it_and_says_how(campaign, network, deliver_all):
    approver = enter_workspace(network.approver, deliver_all)
    url = f"/organise/campaigns/{campaign.pk}/"
    assert "End the campaign" in approver.get(url).content.decode()
    assert "Nobody can sign any more" in approver.get(f"{url}closing/").content.decode()
    assert approver.post(f"{url}closing/").status_code == 400
    assert approver.post(f"{url}closing/", {"ending": "moot"}).status_code == 302
    page = approver.get(url).content.decode()
    assert "What it asked for can no longer be done." in page and "End the campaign" not in page
    assert approver.get(f"{url}closing/").status_code == 404
    assert approver.post(f"/organise/campaigns/{campaign.pk}/alerts/").status_code == 302  # to tell those who joined


def test_what_is_over_can_be_put_away_and_its_page_stays(network, deliver_all):
    campaign = make_campaign(network, slug="lake")
    editor = enter_workspace(network.writer, deliver_all)
    editor.post(f"/organise/campaigns/{campaign.pk}/archiving/")
    assert Campaign.objects.get(pk=campaign.pk).state == "live"  # only what is over
    closing.close(campaign.pk, ending="handed_over", by=network.approver, at=timezone.now())
    visitor = Client()
    assert "/campaigns/lake/" in visitor.get("/campaigns/").content.decode()
    assert "Put it away" in editor.get(f"/organise/campaigns/{campaign.pk}/").content.decode()
    editor.post(f"/organise/campaigns/{campaign.pk}/archiving/")
    assert "/campaigns/lake/" not in visitor.get("/campaigns/").content.decode()
    page = visitor.get("/campaigns/lake/")
    assert page.status_code == 200 and "no longer kept up to date" in page.content.decode()
    assert visitor.get("/campaigns/lake/report/").status_code == 200
    assert "archived" in editor.get("/organise/campaigns/").content.decode()
    silencing.withdraw_case(campaign.case_id, by=network.writer, at=timezone.now())
    assert visitor.get("/campaigns/lake/").status_code == 410
