"""The gate: nothing leaves unless consent, risk, approval and time all permit it, at the moment of rendering."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from campaigns.flows.gate import publishing, silencing
from campaigns.models import Campaign, GuardedWord, PublicationConsent, RiskAssessment
from campaigns.publishing import campaign as published
from campaigns.publishing import case as published_case
from campaigns.publishing.audiences import Audience
from campaigns.publishing.permitting import permits
from network.models import Approval, OutboxEvent
from tests.makers import approve_campaign, approve_case, make_campaign, make_case
from tests.makers.cases import DAY, make_event, make_status

pytestmark = pytest.mark.django_db


def find(campaign: Campaign, language: str = "en", at=None):
    return published.find(campaign.slug, audience=Audience.PUBLIC, language=language, at=at or timezone.now())


def test_with_everything_in_place_it_is_published(network):
    form = find(make_campaign(network))
    assert (form.title, form.language, form.defender.name_in("en").text) == ("The lake", "en", "Golnar Sabzrud")
    assert form.deck == "Golnar Sabzrud measured a lake. We ask for the charge to be dropped."


def test_persian_readers_get_persian(network):
    form = find(make_campaign(network), "fa")
    assert (form.title, form.language) == ("دریاچه", "fa")
    assert form.deck.startswith("گلنار سبزرود")


@pytest.mark.parametrize(
    "missing",
    [
        {"scopes": None},
        {"scopes": ("name", "narrative")},
        {"scopes": ("narrative", "petition")},
        {"consent_until": timezone.now() - timedelta(seconds=1)},
        {"risk": None},
        {"risk": "stop"},
        {"risk_until": timezone.now() - timedelta(seconds=1)},
        {"approved": False},
        {"launched": False},
    ],
)
def test_with_one_condition_missing_there_is_nothing(network, visitor, missing):
    beside = make_campaign(network, slug="beside", name="Somebody Else", name_fa="دیگری")  # whose papers are in order
    campaign = make_campaign(network, **missing)
    assert find(campaign) is None
    listed = published.listed(audience=Audience.PUBLIC, language="en", at=timezone.now())
    assert [form.id for form in listed] == [beside.pk]
    page = visitor.get(f"/campaigns/{campaign.slug}/")
    assert page.status_code == (410 if campaign.launched_at else 404)  # what was never there stays unknown
    assert "Golnar" not in page.content.decode()
    assert "Golnar" not in visitor.get("/").content.decode()


def test_the_clock_alone_silences_at_the_moment_consent_ends(network):
    ends = timezone.now() + timedelta(hours=1)
    campaign = make_campaign(network, consent_until=ends)
    assert find(campaign, at=ends - timedelta(seconds=1)) is not None
    assert find(campaign, at=ends) is None


def test_an_embargo_holds_until_its_moment(network):
    campaign = make_campaign(network)
    lifts = timezone.now() + timedelta(hours=1)
    publishing.embargo(campaign.case_id, until=lifts, by=network.writer, at=timezone.now())
    assert find(campaign) is None
    assert find(campaign, at=lifts) is None  # its moment is among what a second person approves
    approve_campaign(network, campaign)
    assert find(campaign) is None
    assert find(campaign, at=lifts) is not None


def test_a_stop_among_several_assessments_wins(network):
    campaign = make_campaign(network)
    now = timezone.now()
    RiskAssessment.objects.create(
        case=campaign.case, result="stop", assessed_at=now, valid_until=now + timedelta(days=1)
    )
    assert find(campaign) is None


def test_the_narrowest_of_several_consents_wins(network):
    campaign = make_campaign(network, alias="Baran")
    now = timezone.now()
    PublicationConsent.objects.create(
        case=campaign.case,
        scopes=["alias", "narrative", "petition"],
        given_by="lawyer",
        given_on=now,
        expires_at=now + timedelta(days=1),
    )
    assert find(campaign) is None  # name and alias contradict each other: silence


def test_alias_only_shows_the_alias_everywhere_and_the_name_nowhere(network, visitor):
    campaign = make_campaign(network, alias="Baran", scopes=("alias", "narrative", "petition"))
    for url in (f"/campaigns/{campaign.slug}/", f"/fa/campaigns/{campaign.slug}/", "/", "/campaigns/"):
        page = visitor.get(url).content.decode()
        assert "Baran" in page
        for planted in ("Golnar", "Sabzrud", "گلنار", "سبزرود"):
            assert planted not in page, url


def test_a_text_that_names_someone_outright_is_not_shown(network):
    campaign = make_campaign(network, deck="Golnar Sabzrud measured a lake.")
    form = find(campaign)
    assert form.language == "fa"  # the English text fell, the Persian one may stand
    assert find(make_campaign(network, name="Other Name", deck="OTHER-NAME did.")).language == "fa"


def test_an_edit_after_approval_voids_it(network):
    campaign = make_campaign(network)
    text = campaign.texts.get(language="en")
    text.deck = "{person} measured two lakes."
    text.save()
    assert find(campaign) is None


def test_approval_by_the_writer_is_no_approval(network):
    campaign = make_campaign(network)
    Approval.objects.update(by=network.writer)
    assert find(campaign) is None


def test_withdrawing_consent_silences_at_the_next_request(network, visitor):
    campaign = make_campaign(network)
    url = f"/campaigns/{campaign.slug}/"
    assert visitor.get(url).status_code == 200
    epoch = campaign.case.epoch
    silencing.withdraw_consent(campaign.case.consents.get().pk, by=network.writer, at=timezone.now())
    page = visitor.get(url)
    assert page.status_code == 410
    assert "Golnar" not in page.content.decode()
    campaign.case.refresh_from_db()
    assert campaign.case.epoch == epoch + 1


def test_a_page_is_never_kept_past_the_end_of_its_consent(network, visitor):
    with time_machine.travel(timezone.now(), tick=False):
        campaign = make_campaign(network, consent_until=timezone.now() + timedelta(seconds=2.5))
        assert visitor.get(f"/campaigns/{campaign.slug}/").headers["Cache-Control"] == "public, max-age=2"
    other = make_campaign(network)
    assert visitor.get(f"/campaigns/{other.slug}/").headers["Cache-Control"] == "public, max-age=5"


def test_hostile_markdown_is_inert(network, visitor):
    campaign = make_campaign(network, approved=False)
    text = campaign.texts.get(language="en")
    text.letter = "<script>alert(1)</script> [x](javascript:alert(1)) ![i](https://evil.example/i.png) **{person}**"
    text.save()
    approve_campaign(network, campaign)
    page = visitor.get(f"/campaigns/{campaign.slug}/").content.decode()
    assert re.findall(r"<script(?! type=\"(?:module|application/ld\+json)\")", page) == []
    assert 'href="javascript' not in page
    assert "<img" not in page
    assert "<strong><bdi>Golnar Sabzrud</bdi></strong>" in page


def test_one_withdrawal_closes_the_gate_whoever_else_consents(network):
    campaign = make_campaign(network)
    now = timezone.now()
    PublicationConsent.objects.create(
        case=campaign.case,
        scopes=["name", "narrative", "petition"],
        given_by="lawyer",
        given_on=now,
        expires_at=now + timedelta(days=9),
    )
    assert find(campaign) is not None
    silencing.withdraw_consent(campaign.case.consents.get(given_by="family").pk, by=None, at=timezone.now())
    assert find(campaign) is None
    assert permits(campaign.pk, at=timezone.now()) is False


def test_a_partners_consent_opens_nothing_to_the_public(network):
    campaign = make_campaign(network, scopes=None)
    now = timezone.now()
    PublicationConsent.objects.create(
        case=campaign.case,
        audience="partners",
        scopes=["name", "narrative", "petition"],
        given_by="family",
        given_on=now,
        expires_at=now + timedelta(days=9),
    )
    assert find(campaign) is None
    assert permits(campaign.pk, at=timezone.now()) is False


def test_a_new_consent_after_silence_needs_a_new_approval(network):
    campaign = make_campaign(network)
    silencing.withdraw_consent(campaign.case.consents.get().pk, by=None, at=timezone.now())
    now = timezone.now()
    PublicationConsent.objects.create(
        case=campaign.case,
        scopes=["name", "narrative", "petition"],
        given_by="family",
        given_on=now,
        expires_at=now + timedelta(days=9),
    )
    assert find(campaign) is None  # the case's epoch moved: what was approved is no longer this


def test_a_lapse_never_widens(network):
    ends = timezone.now() + timedelta(hours=1)
    campaign = make_campaign(network, alias="Baran", scopes=("name", "alias", "narrative", "petition"))
    PublicationConsent.objects.create(
        case=campaign.case,
        scopes=["alias", "narrative", "petition"],
        given_by="lawyer",
        given_on=timezone.now(),
        expires_at=ends,
    )
    approve_campaign(network, campaign)
    assert find(campaign).defender.is_alias
    assert find(campaign, at=ends + timedelta(minutes=1)).defender.is_alias


def test_a_stop_that_lapses_does_not_republish(network):
    campaign = make_campaign(network)
    now = timezone.now()
    RiskAssessment.objects.create(
        case=campaign.case, result="stop", assessed_at=now, valid_until=now + timedelta(hours=1)
    )
    assert find(campaign, at=now + timedelta(hours=2)) is None


def test_a_name_added_later_is_not_shown_unapproved(network):
    campaign = make_campaign(network)
    campaign.case.defender.names.create(kind="legal", language="en", text="Another Name", is_display=True)
    assert find(campaign) is None


def test_an_emergency_does_not_outlast_its_day_while_nothing_is_verified(network):
    """Every part approved, and nobody has verified anything: it says so for a day, and is silent after it."""
    case, now = make_case(network, verified=False, published=False), timezone.now()
    publishing.publish(case.pk, is_emergency=True, by=network.approver, at=now)
    form = published_case.find(case.public_id, audience=Audience.PUBLIC, language="en", at=now)
    assert form is not None and form.is_unchecked
    later = now + timedelta(hours=25)
    assert published_case.find(case.public_id, audience=Audience.PUBLIC, language="en", at=later) is None
    silencing.silence_lapsed(at=later)
    assert OutboxEvent.objects.filter(name="CaseSilenced", subject_id=str(case.pk)).exists()
    make_status(network, case, "liberty", "detained")
    approve_case(network, case)
    assert published_case.find(case.public_id, audience=Audience.PUBLIC, language="en", at=later) is not None


def test_a_day_never_to_be_told_is_told_as_its_month(network):
    case = make_case(network)
    GuardedWord.objects.create(defender=case.defender, kind="date", text=DAY.isoformat())
    make_event(network, case)
    form = published_case.find(case.public_id, audience=Audience.PUBLIC, language="en", at=timezone.now())
    assert form is not None
    first, last = DAY.replace(day=1), (DAY.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    assert [(one.from_earliest, one.from_latest) for one in (*form.statuses, *form.timeline)] == [(first, last)] * 2
    page = Client().get(f"/api/v1/cases/{case.public_id}/").content.decode()
    assert DAY.isoformat() not in page
