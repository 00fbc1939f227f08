"""One thing more that a campaign asks: what stands in the way of opening it, and what is shown of it once it is open."""

import pytest
from django.test import Client
from django.utils import timezone

from campaigns import consumers
from campaigns.flows.campaign import acting, closing, launching, offering
from campaigns.flows.gate import pausing, silencing
from campaigns.kinds.call.options import CallOptionsForm
from campaigns.kinds.contract import registered
from campaigns.kinds.following import Follows
from campaigns.kinds.pledge.answers import PledgeAnswers
from campaigns.models import Action, Campaign
from campaigns.publishing import campaign as published
from campaigns.publishing.audiences import Audience
from campaigns.refusals import ActionClosed, ActionNotReady, CallsTheState, WordsAreLocked
from network.models import OutboxEvent, PublicationChange
from network.refusals import ContentChanged, SamePersonApproves
from tests.makers import approve_action, approve_campaign, enter_workspace, make_action, make_campaign

pytestmark = pytest.mark.django_db
OWN = [kind.name for kind in registered() if not kind.stands_on_the_campaign]


@pytest.fixture
def campaign(network) -> Campaign:
    return make_campaign(network, slug="lake")


def shown(campaign: Campaign, language: str = "en") -> list[str]:
    form = published.find_by_id(campaign.pk, audience=Audience.PUBLIC, language=language, at=timezone.now())
    return [action.kind for action in form.actions] if form else []


@pytest.mark.parametrize("kind", OWN)
def test_it_is_shown_from_the_moment_it_is_opened_and_not_before(network, campaign, kind):
    action = make_action(network, campaign, kind, opened=False)
    assert shown(campaign) == ["petition"]
    approve_action(network, action)
    assert shown(campaign) == ["petition"]
    marks = PublicationChange.objects.count()
    offering.open_(action.pk, by=network.approver, at=timezone.now())
    assert shown(campaign) == ["petition", kind]
    assert PublicationChange.objects.count() > marks  # kept pages go
    assert (
        OutboxEvent.objects.named("CampaignChanged").filter(subject_id=str(campaign.pk)).exists()
    )  # partners read anew


@pytest.mark.parametrize(
    ("kind", "change", "missing"),
    [
        ("pledge", {"words": {"en": {"body": ""}}}, ["empty:en"]),
        ("pledge", {"words": {"en": {"body": "Golnar Sabzrud did."}}}, ["unfit:en:name:Golnar Sabzrud"]),
        ("pledge", {"words": {"fa": {"title": "به گلنار سبزرود"}}}, ["unfit:fa:name:گلنار سبزرود"]),
        (
            "pledge",
            {"words": {"en": {"body": "Write to ali@people.example."}}},
            ["unfit:en:contact:ali@people.example"],
        ),
        ("pledge", {"words": {"en": {"body": "{nobody} did."}}}, ["unknown-slot:en:nobody"]),
        ("share", {"words": {"en": {"text": "Bomb them now."}}}, ["conduct:en:force:bomb"]),
        ("call", {"options": {"country": "NL", "number": ""}}, ["number"]),
        ("letter", {"options": {"country": "NL"}}, ["way-to-write"]),
    ],
)
def test_a_missing_item_is_named(network, campaign, kind, change, missing):
    action = make_action(network, campaign, kind, opened=False, **change)
    approve_action(network, action)
    with pytest.raises(ActionNotReady) as refused:
        offering.open_(action.pk, by=network.approver, at=timezone.now())
    assert list(refused.value.missing) == missing
    assert shown(campaign) == ["petition"]


def test_nobody_is_made_to_call_the_state_concerned(network, campaign):
    campaign.case.country = "QF"
    campaign.case.save()
    action = make_action(network, campaign, "call", opened=False, options={"country": "QF", "number": "+31201234567"})
    assert "calls-the-state" in offering.missing_for_opening(Action.objects.get(pk=action.pk), at=timezone.now())
    demand = campaign.demands.get()
    demand.target.country = "QF"
    demand.target.save()
    with pytest.raises(CallsTheState):  # said before anybody writes it
        offering.offer(campaign.pk, "call", demand_id=demand.pk, by=network.writer, at=timezone.now())
    assert offering.offer(campaign.pk, "letter", demand_id=demand.pk, by=network.writer, at=timezone.now())


@pytest.mark.once
@pytest.mark.parametrize("typed", ["+31 20 123-4567", "+۳۱ ۲۰ ۱۲۳ ۴۵۶۷", "+٣١٢٠١٢٣٤٥٦٧"])
def test_a_number_is_typed_in_any_figures(typed):
    form = CallOptionsForm({"country": "NL", "number": typed})
    assert form.is_valid() and form.cleaned_data["number"] == "+31201234567"


def test_an_office_of_the_state_concerned_may_be_written_to_and_the_page_says_what_it_sees(network, campaign, visitor):
    campaign.case.country = "QF"
    campaign.case.save()
    approve_campaign(network, campaign)
    make_action(network, campaign, "letter", options={"country": "QF", "mailbox": "court@state.example", "postal": ""})
    page = visitor.get("/campaigns/lake/2/").content.decode()
    assert "This office belongs to the State that this is about." in page


def test_measures_against_persons_are_read_by_a_second_person(network, campaign):
    action = make_action(network, campaign, "pledge", opened=False, words={"en": {"body": "We ask for a travel ban."}})
    found = offering.missing_for_opening(Action.objects.get(pk=action.pk), at=timezone.now())
    assert "approval:conduct:en" in found


def test_a_campaign_nobody_sees_opens_nothing(network, campaign):
    action = make_action(network, campaign, "pledge", opened=False)
    approve_action(network, action)
    pausing.pause(campaign.pk, by=network.writer, at=timezone.now())
    with pytest.raises(ActionNotReady) as refused:
        offering.open_(action.pk, by=network.approver, at=timezone.now())
    assert "campaign-not-live" in refused.value.missing


def test_nobody_approves_what_they_wrote_nor_what_they_did_not_see(network, campaign):
    action = make_action(network, campaign, "pledge", opened=False)
    facts = Action.objects.get(pk=action.pk).parts()[0]
    with pytest.raises(SamePersonApproves):
        offering.approve(action.pk, "facts", digest=facts.digest, by=network.writer, at=timezone.now())
    with pytest.raises(ContentChanged):
        offering.approve(action.pk, "facts", digest="0" * 64, by=network.approver, at=timezone.now())


def test_an_edit_voids_the_approval_of_that_language_alone(network, campaign):
    action = make_action(network, campaign, "pledge", opened=False)
    approve_action(network, action)
    texts = {text.language: dict(text.words) for text in action.texts.all()}
    texts["fa"]["body"] = "واژه‌های دیگر"
    offering.write(action.pk, options={}, texts=texts, by=network.approver, at=timezone.now())
    found = offering.missing_for_opening(Action.objects.get(pk=action.pk), at=timezone.now())
    assert found == ["approval:text:fa"]


def test_words_that_are_open_are_locked(network, campaign):
    action = make_action(network, campaign, "pledge")
    with pytest.raises(WordsAreLocked):
        offering.write(action.pk, options={}, texts={}, by=network.writer, at=timezone.now())


def test_the_campaign_itself_needs_no_new_approval(network, campaign):
    before = campaign.parts()
    make_action(network, campaign, "pledge")
    assert Campaign.objects.get(pk=campaign.pk).parts() == before


def test_words_whose_name_may_no_longer_be_told_are_hidden_with_the_next_request(network, campaign):
    make_action(
        network, campaign, "pledge", words={"en": {"body": "{person_short} and Sabzrud."}, "fa": {"body": "او"}}
    )
    assert shown(campaign) == ["petition", "pledge"]
    consent = campaign.case.consents.get()
    consent.scopes = ["alias", "narrative", "petition"]
    consent.save()
    campaign.case.defender.names.create(kind="alias", language="en", text="A Gardener", is_display=True)
    form = published.preview(campaign.pk, language="en", at=timezone.now())
    assert form is not None
    asked = {action.kind: action.language for action in form.actions}
    assert asked["pledge"] == "fa"  # the English words name somebody who is nameless now


def test_an_action_that_is_over_keeps_its_page_and_takes_nothing(network, campaign, visitor):
    action = make_action(network, campaign, "pledge")
    offering.end(action.pk, by=network.writer, at=timezone.now())
    assert visitor.get("/campaigns/lake/2/").status_code == 200
    assert "This is over" in visitor.get("/campaigns/lake/2/").content.decode()
    answer = visitor.post("/campaigns/lake/2/", {"name": "A", "email": "a@people.example"})
    assert answer.status_code == 409
    entry = acting.Entry(address="a@people.example", name="A", language="en", answers=PledgeAnswers())
    with pytest.raises(ActionClosed):
        acting.enter(action.pk, entry, at=timezone.now())


def test_a_draft_that_is_thrown_away_is_gone_and_the_petition_cannot_be(network, campaign):
    action = make_action(network, campaign, "pledge", opened=False)
    offering.end(action.pk, by=network.writer, at=timezone.now())
    assert not Action.objects.filter(pk=action.pk).exists()
    petition = campaign.actions.get()
    offering.end(petition.pk, by=network.writer, at=timezone.now())
    assert Action.objects.get(pk=petition.pk).closed_at is None


def test_nothing_is_entered_into_what_records_nothing_or_is_a_draft(network, campaign, visitor):
    share = make_action(network, campaign, "share")
    draft = make_action(network, campaign, "pledge", opened=False)
    for action in (share, draft):
        entry = acting.Entry(address="a@people.example", name="A", language="en", answers=Follows())
        with pytest.raises(ActionClosed):
            acting.enter(action.pk, entry, at=timezone.now())
    assert visitor.post("/campaigns/lake/2/", {"name": "A", "email": "a@people.example"}).status_code == 409
    assert visitor.get("/campaigns/lake/3/").status_code == 404


def test_a_campaign_that_is_over_ends_them_and_takes_no_new_ones(network, campaign):
    action = make_action(network, campaign, "pledge")
    closing.close(campaign.pk, ending="ended", by=network.approver, at=timezone.now())
    action.refresh_from_db()
    assert action.closed_at is not None
    with pytest.raises(ActionClosed):
        offering.offer(campaign.pk, "pledge", by=network.writer, at=timezone.now())


def test_a_withdrawn_case_takes_its_actions_along(network, campaign, visitor):
    make_action(network, campaign, "pledge")
    silencing.withdraw_case(campaign.case_id, by=network.writer, at=timezone.now())
    assert visitor.get("/campaigns/lake/2/").status_code == 410


def test_what_an_organiser_set_beside_the_words_is_guarded_too(network, visitor):
    campaign = make_campaign(network, slug="veil", alias="A Gardener", scopes=("alias", "narrative", "petition"))
    postal = {"country": "NL", "mailbox": "", "postal": "The Minister, re Golnar Sabzrud"}
    action = make_action(network, campaign, "letter", opened=False, options=postal)
    found = offering.missing_for_opening(Action.objects.get(pk=action.pk), at=timezone.now())
    assert any(one.startswith("unfit-options:") for one in found)
    Action.objects.filter(pk=action.pk).update(is_draft=False)
    approve_action(network, action)
    assert visitor.get("/campaigns/veil/2/").status_code == 404


def test_after_a_pause_each_is_read_again_before_it_is_asked_again(network, campaign, deliver_all):
    action = make_action(network, campaign, "pledge")
    pausing.pause(campaign.pk, by=network.writer, at=timezone.now())
    approve_campaign(network, campaign)
    launching.launch(campaign.pk, by=network.approver, at=timezone.now())
    assert shown(campaign) == ["petition"]
    page = Client().get(f"/campaigns/{campaign.slug}/{action.position}/")
    assert page.status_code == 410  # and not an address that somebody mistyped
    editor = enter_workspace(network.writer, deliver_all).get(f"/organise/campaigns/{campaign.pk}/").content.decode()
    assert "Nobody sees it at the moment" in editor
    approve_action(network, action)
    assert shown(campaign) == ["petition", "pledge"]


def test_after_a_restore_what_was_ended_is_ended_again(network, campaign):
    action = make_action(network, campaign, "pledge")
    consumers._end_action_again({"action_id": action.pk, "campaign_id": campaign.pk}, timezone.now())
    action.refresh_from_db()
    assert action.closed_at is not None


@pytest.mark.parametrize(("kind", "way"), [("letter", "minister@ministry.example"), ("call", "+31201234567")])
def test_what_is_over_says_so_first_and_hands_out_no_way_to_do_it(network, campaign, visitor, kind, way):
    action = make_action(network, campaign, kind)
    assert way in visitor.get("/campaigns/lake/2/").content.decode()
    offering.end(action.pk, by=network.writer, at=timezone.now())
    page = visitor.get("/campaigns/lake/2/").content.decode()
    assert way not in page and "mailto:" not in page and "tel:" not in page
    assert page.index("This is over") < page.index('id="what"')
