"""Words and demands that are kept, to begin other campaigns from; and campaigns that ask for other things than a signature."""

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import (
    approving,
    demanding,
    drafting,
    including,
    launching,
    papering,
    planning,
    templating,
)
from campaigns.flows.gate import silencing
from campaigns.models import Cadence, Campaign, CampaignTemplate, Tally
from campaigns.refusals import PetitionIsSigned, SomebodyAskedForSilence, WordsUnfit
from network.models import Approval
from tests.makers import approve_campaign, enter_workspace, make_action, make_campaign, make_participation

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FACTS = {"demand": "release", "target_titles": {"en": "the Court", "fa": "دادگاه"}}


@pytest.fixture
def campaign(network):
    return make_campaign(network, slug="lake")


def fresh(campaign: Campaign) -> Campaign:
    return Campaign.objects.get(pk=campaign.pk)


def save(network, campaign: Campaign) -> CampaignTemplate:
    return templating.save(campaign.pk, "For teachers", by=network.writer, at=timezone.now())


def test_another_begins_from_all_that_was_kept_and_nothing_is_approved(network, campaign):
    planning.set_cadence(campaign.pk, 5, by=network.writer, at=timezone.now())
    other = make_campaign(network, slug="river", launched=False)
    demanding.add(other.pk, demanding.Wanted(asks="release", titles={"en": "it"}), by=network.writer, at=timezone.now())
    for model in (campaign, other):
        row = save(network, model)
        model.texts.update(title="Changed since")
        case = make_campaign(network, name="Mehri Darya", name_fa="مهری دریا", launched=False).case
        begun = templating.draft_from(row.pk, case.pk, network.host, by=network.writer, at=timezone.now())
        assert (begun.state, begun.cases, begun.cases_epoch) == ("draft", [case], 0)
        assert [row.case for row in begun.left] == model.cases
        assert [one.facts() for one in begun.demands.all()] == [one.facts() for one in model.demands.all()]
        assert begun.texts.get(language="en").title == "The lake"
        assert "approval:text:en" in launching.missing_for_launch(begun, at=timezone.now())
    assert Cadence.objects.filter(every_days=5).count() == 2


def test_it_is_gone_with_the_person_whom_its_words_were_written_for(network, campaign):
    beside = make_campaign(network, name="Mehri Darya", name_fa="مهری دریا", launched=False).case
    draft = make_campaign(network, slug="river", launched=False)
    including.include(draft.pk, beside.pk, by=network.writer, at=timezone.now())
    rows = [save(network, campaign), save(network, draft)]
    assert list(CampaignTemplate.objects.by_name()) == rows
    silencing.withdraw_case(beside.pk, by=None, at=timezone.now())
    assert list(CampaignTemplate.objects.by_name()) == rows[:1]
    silencing.withdraw_case(campaign.case_id, by=None, at=timezone.now())
    assert not CampaignTemplate.objects.by_name().exists()


def test_it_goes_with_a_consent_and_with_words_that_were_begun_from_it(network, campaign):
    case = make_campaign(network, name="Mehri Darya", name_fa="مهری دریا", launched=False).case
    begun = templating.draft_from(
        save(network, campaign).pk, case.pk, network.host, by=network.writer, at=timezone.now()
    )
    begun.texts.filter(language="en").update(deck="As Golnar Sabzrud did, {person} measured a lake.")
    found = launching.missing_for_launch(begun, at=timezone.now())
    assert "unfit:en:name:Golnar Sabzrud" in found
    with pytest.raises(WordsUnfit):
        save(network, begun)
    begun.texts.filter(language="en").update(deck="{person} measured a lake.")
    save(network, fresh(begun))
    silencing.withdraw_consent(campaign.case.consents.get().pk, by=None, at=timezone.now())
    assert not CampaignTemplate.objects.exists()  # also the one that began from words about them
    for model in (campaign, begun):
        with pytest.raises(SomebodyAskedForSilence):
            save(network, fresh(model))
    late = templating.draft_from(999, case.pk, network.host, by=network.writer, at=timezone.now())
    assert not late.texts.exists()  # dropped meanwhile: an empty page


def test_an_organiser_keeps_begins_and_drops(network, campaign, deliver_all):
    editor = enter_workspace(network.writer, deliver_all)
    there = f"/organise/campaigns/{campaign.pk}/"
    assert editor.post(f"{there}template/", {"name": " "}).status_code == 400
    assert not CampaignTemplate.objects.exists()
    assert editor.post(f"{there}template/", {"name": "For teachers"}).status_code == 302
    row = CampaignTemplate.objects.get()
    assert "For teachers" in editor.get("/organise/campaigns/").content.decode()
    case = make_campaign(network, name="Mehri Darya", name_fa="مهری دریا", launched=False).case
    assert "For teachers" in editor.get(f"/organise/cases/{case.pk}/").content.decode()
    edit = editor.post(f"/organise/cases/{case.pk}/campaigns/", {"template": str(row.pk)})["Location"]
    assert "The lake" in editor.get(edit).content.decode()
    for strange in ("999999", "x" * 40, "1" * 40):
        empty = editor.post(f"/organise/cases/{case.pk}/campaigns/", {"template": strange})["Location"]
        assert "The lake" not in editor.get(empty).content.decode()
    assert editor.post(f"/organise/templates/{row.pk}/dropping/").status_code == 302
    assert not CampaignTemplate.objects.exists()


def test_one_without_a_petition_asks_for_other_things(network, campaign):
    case = make_campaign(
        network, name="Mehri Darya", name_fa="مهری دریا", scopes=("name", "narrative"), launched=False
    ).case
    draft = make_campaign(network, slug="river", launched=False)
    Campaign.objects.filter(pk=draft.pk).update(case=case)
    assert "consent-scope" in launching.missing_for_launch(fresh(draft), at=timezone.now())
    drafting.write(
        draft.pk, facts=drafting.Facts(**FACTS, petition=False), texts={}, by=network.writer, at=timezone.now()
    )
    assert "action" in launching.missing_for_launch(fresh(draft), at=timezone.now())
    pledge = make_action(network, draft, "pledge", opened=False)
    draft.texts.update(letter="")
    approve_campaign(network, fresh(draft))
    launching.launch(draft.pk, by=network.approver, at=timezone.now())
    visitor = Client()
    for prefix in ("", "/fa"):
        page = visitor.get(f"{prefix}/campaigns/river/")
        assert page.status_code == 200 and "sheet.pdf" not in page.content.decode()
        for path in ("/", "/campaigns/"):
            assert visitor.get(f"{prefix}{path}").status_code == 200
    assert visitor.get("/campaigns/river/sheet.pdf").status_code == 302
    assert [one["kind"] for one in visitor.get("/api/v1/campaigns/").json()["results"][-1]["actions"]] == []
    assert pledge.position == 1


def test_a_petition_that_people_signed_stays(network, campaign):
    make_participation(campaign, "signer@people.example")
    Campaign.objects.filter(pk=campaign.pk).update(state="review")
    with pytest.raises(PetitionIsSigned):
        drafting.write(
            campaign.pk, facts=drafting.Facts(**FACTS, petition=False), texts={}, by=network.writer, at=timezone.now()
        )
    other = make_campaign(network, slug="river", launched=False)
    for is_wanted, number in ((False, 0), (True, 1), (True, 1)):
        facts = drafting.Facts(**FACTS, petition=is_wanted)
        drafting.write(other.pk, facts=facts, texts={}, by=network.writer, at=timezone.now())
        assert other.actions.count() == number


def test_whoever_says_that_people_sign_wrote_the_facts(network, campaign):
    draft = make_campaign(network, slug="river", launched=False)
    drafting.write(
        draft.pk, facts=drafting.Facts(**FACTS, petition=False), texts={}, by=network.writer, at=timezone.now()
    )
    drafting.write(draft.pk, facts=drafting.Facts(**FACTS), texts={}, by=network.approver, at=timezone.now())
    facts = next(part for part in fresh(draft).parts() if part.name == "facts")
    approving.approve(draft.pk, "facts", digest=facts.digest, by=network.approver, at=timezone.now())
    assert Approval.objects.missing("campaign", draft.pk, [facts]) == ["facts"]  # theirs alone is not enough


@pytest.mark.parametrize("stood", ["on paper", "nameless"])
def test_a_petition_that_others_stand_under_stays_too(network, campaign, stood):
    petition = campaign.actions.get()
    if stood == "on paper":
        papering.enter(petition.pk, signatures=4, reason="At the gate.", by=network.writer, at=timezone.now())
    else:
        Tally.objects.update_or_create(action=petition, defaults={"nameless": 3, "as_of": timezone.now()})
    Campaign.objects.filter(pk=campaign.pk).update(state="review")
    with pytest.raises(PetitionIsSigned):
        drafting.write(
            campaign.pk, facts=drafting.Facts(**FACTS, petition=False), texts={}, by=network.writer, at=timezone.now()
        )
