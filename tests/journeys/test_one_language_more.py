"""A language is added to what is out already: readers have it once it is approved, and what they have does not wait for it."""

import pytest
from django.utils import timezone

from campaigns.flows.campaign import approving, closing, drafting, including, launching, translating
from campaigns.flows.gate import pausing
from campaigns.models import Action, Campaign
from campaigns.publishing import action as published
from campaigns.publishing import conduct
from campaigns.refusals import LanguageNotReady, SignedInEveryLanguage, WordsAreLocked
from network.models import OutboxEvent
from network.refusals import SamePersonApproves
from tests.makers import approve_campaign, enter_workspace, make_action, make_campaign, make_case

pytestmark = [pytest.mark.django_db, pytest.mark.once]
GERMAN = {
    "title": "Der See",
    "context": "",
    "deck": "{person} hat einen See vermessen.",
    "ask": "Lassen Sie die Anklage fallen.",
    "letter": "{person} hat nichts verbrochen.",
}


@pytest.fixture
def editor(network, deliver_all):
    return enter_workspace(network.writer, deliver_all)


@pytest.fixture
def campaign(network):
    return make_campaign(network, slug="lake")


def written(network, campaign, **changes):
    words = GERMAN | changes
    translating.write_campaign(campaign.pk, "de", words, by=network.writer, at=timezone.now())


def approved(campaign, *names, by):
    fresh = Campaign.objects.get(pk=campaign.pk)
    for part in (*fresh.parts(), *conduct.parts_of(fresh)):
        if part.name in names:
            approving.approve(campaign.pk, part.name, digest=part.digest, by=by, at=timezone.now())


def test_it_is_read_once_approved_and_the_others_do_not_wait(network, campaign, editor, visitor):
    there = f"/organise/campaigns/{campaign.pk}/languages/?language=de"
    assert (
        f"/organise/campaigns/{campaign.pk}/languages/"
        in editor.get(f"/organise/campaigns/{campaign.pk}/").content.decode()
    )
    page = editor.get(there).content.decode()
    assert "The lake" in page and 'name="title_de"' in page and 'name="title_en"' not in page
    answer = editor.post(there, {f"{field}_de": words for field, words in GERMAN.items()})
    assert answer.status_code == 302
    assert "not on the page yet" in editor.get(answer["Location"]).content.decode()
    assert "Der See" in editor.get(f"/organise/campaigns/{campaign.pk}/preview/?language=de").content.decode()
    assert "The lake" in visitor.get("/de/campaigns/lake/").content.decode()
    with pytest.raises(SamePersonApproves):
        approved(campaign, "text:de", by=network.writer)
    approved(campaign, "text:de", by=network.approver)
    assert OutboxEvent.objects.filter(name="CampaignChanged").exists()
    page = visitor.get("/de/campaigns/lake/").content.decode()
    assert "Der See" in page and "Golnar" in page
    assert "The lake" in visitor.get("/campaigns/lake/").content.decode()
    page = editor.get(f"/organise/campaigns/{campaign.pk}/").content.decode()
    assert "not on the page yet" not in page
    assert editor.get(there).status_code == 409  # read by people: it does not change any more
    with pytest.raises(WordsAreLocked):
        written(network, campaign, title="Etwas anderes")


def test_nothing_half_written_or_telling_is_approved(network, campaign, visitor):
    for wrong in ({"letter": ""}, {"deck": "Golnar Sabzrud hat einen See vermessen."}, {"deck": "{nobody} war da."}):
        written(network, campaign, **wrong)
        with pytest.raises(LanguageNotReady):
            approved(campaign, "text:de", by=network.approver)
    assert "Der See" not in visitor.get("/de/campaigns/lake/").content.decode()


def test_what_is_wrong_is_said_to_whoever_wrote_it_and_to_whoever_would_approve_it(
    network, campaign, editor, deliver_all
):
    there = f"/organise/campaigns/{campaign.pk}/languages/?language=de"
    half = {f"{field}_de": words for field, words in GERMAN.items()} | {"letter_de": ""}
    kept = editor.post(there, half, follow=True).content.decode()
    assert "The words in German are not complete." in kept
    part = next(one for one in Campaign.objects.get(pk=campaign.pk).parts() if one.name == "text:de")
    approver = enter_workspace(network.approver, deliver_all)
    answer = approver.post(f"/organise/campaigns/{campaign.pk}/approving/", {"part": part.name, "digest": part.digest})
    assert answer.status_code == 409 and "The words in German are not complete." in answer.content.decode()


def test_what_stands_out_is_read_too_before_it_is_shown(network, campaign, visitor):
    written(network, campaign, deck="{person} sprach von Sanktionen.")
    approved(campaign, "text:de", by=network.approver)
    assert "Der See" not in visitor.get("/de/campaigns/lake/").content.decode()
    approved(campaign, "conduct:de", by=network.approver)
    assert "Der See" in visitor.get("/de/campaigns/lake/").content.decode()


def test_it_can_be_mended_and_thrown_away_until_it_is_read(network, campaign, editor):
    written(network, campaign)
    there = f"/organise/campaigns/{campaign.pk}/languages/?language=de"
    assert "Der See" in editor.get(there).content.decode()
    wrong = editor.post(there, {f"{field}_de": words for field, words in (GERMAN | {"title": "{nobody}"}).items()})
    assert wrong.status_code == 400 and GERMAN["deck"] in wrong.content.decode()
    assert editor.post(there, {"away": "1"}).status_code == 302
    assert not campaign.texts.filter(language="de").exists()


def test_languages_there_are_and_drafts_are_not_written_this_way(network, campaign, editor):
    for language, status in (("en", 409), ("xx", 404), ("", 404)):
        assert editor.get(f"/organise/campaigns/{campaign.pk}/languages/?language={language}").status_code == status
    draft = make_campaign(network, slug="river", launched=False)
    assert editor.get(f"/organise/campaigns/{draft.pk}/languages/?language=de").status_code == 409
    for row in (campaign, draft):
        with pytest.raises(WordsAreLocked):
            translating.write_campaign(row.pk, "en", GERMAN, by=network.writer, at=timezone.now())


def test_a_campaign_comes_back_without_waiting_for_it(network, campaign, visitor):
    written(network, campaign)
    pausing.pause(campaign.pk, by=network.writer, at=timezone.now())
    approved(campaign, "facts", by=network.approver)
    launching.launch(campaign.pk, by=network.approver, at=timezone.now())
    assert "The lake" in visitor.get("/de/campaigns/lake/").content.decode()


def test_once_somebody_left_every_language_is_read_anew(network, campaign, visitor):
    other = make_case(network)
    Campaign.objects.filter(pk=campaign.pk).update(state=Campaign.State.REVIEW)
    including.include(campaign.pk, other.pk, by=network.writer, at=timezone.now())
    approve_campaign(network, campaign)
    Campaign.objects.filter(pk=campaign.pk).update(state=Campaign.State.LIVE)
    written(network, campaign)
    including.leave_out(campaign.pk, other.pk, by=network.writer, at=timezone.now())
    assert not campaign.texts.filter(is_later=True).exists()
    missing = launching.missing_for_launch(Campaign.objects.get(pk=campaign.pk), at=timezone.now())
    assert "approval:text:de" in missing


def test_what_was_approved_before_of_other_rows_counts_for_nothing(network, visitor):
    """Words that were approved in the draft, where nobody looks what they ask for before the launch, and thrown away again."""
    draft = make_campaign(network, slug="lake", launched=False)
    facts = drafting.Facts(demand="drop_charges", target_titles={})
    threat = {"title": "Tod dem Richter"}
    drafting.write(draft.pk, facts=facts, texts={"de": GERMAN | threat}, by=network.writer, at=timezone.now())
    approve_campaign(network, draft)
    drafting.write(draft.pk, facts=facts, texts={"de": {}}, by=network.writer, at=timezone.now())
    approve_campaign(network, draft)
    launching.launch(draft.pk, by=network.approver, at=timezone.now())
    written(network, draft, **threat)
    assert "Tod dem" not in visitor.get("/de/campaigns/lake/").content.decode()
    with pytest.raises(LanguageNotReady):
        approved(draft, "text:de", by=network.approver)
    written(network, draft)  # and it can be mended
    written(network, draft, title="Der schöne See")
    approved(draft, "text:de", by=network.approver)
    assert "Der schöne See" in visitor.get("/de/campaigns/lake/").content.decode()


def test_half_read_it_can_still_be_mended(network, campaign):
    written(network, campaign, deck="{person} sprach von Sanktionen.")
    approved(campaign, "text:de", by=network.approver)
    written(network, campaign, deck="{nobody} war da.")
    written(network, campaign)
    approved(campaign, "text:de", by=network.approver)
    with pytest.raises(WordsAreLocked):
        written(network, campaign, title="Etwas anderes")


def test_what_is_over_takes_none_and_what_nobody_read_goes_with_its_end(network, campaign, editor):
    written(network, campaign)
    closing.close(campaign.pk, ending="ended", by=network.writer, at=timezone.now())
    assert not campaign.texts.filter(language="de").exists()
    assert editor.get(f"/organise/campaigns/{campaign.pk}/languages/?language=de").status_code == 409
    assert "/languages/" not in editor.get(f"/organise/campaigns/{campaign.pk}/").content.decode()


def test_an_action_that_is_open_takes_one_more(network, campaign, editor, visitor, deliver_all):
    action = make_action(network, campaign, "pledge")
    there = f"/organise/actions/{action.pk}/languages/?language=de"
    assert "/languages/" in editor.get(f"/organise/actions/{action.pk}/").content.decode()
    words = {f"{name}_de": f"Deutsch {name}" for name in action.texts.first().words}
    assert editor.post(there, words).status_code == 302
    page = f"/de/campaigns/lake/{action.position}/"
    assert "Deutsch title" not in visitor.get(page).content.decode()
    part = next(one for one in published.parts_of(Action.objects.get(pk=action.pk)) if one.name == "text:de")
    other = enter_workspace(network.approver, deliver_all)
    answer = other.post(f"/organise/actions/{action.pk}/approving/", {"part": part.name, "digest": part.digest})
    assert answer.status_code == 302
    assert "Deutsch title" in visitor.get(page).content.decode()
    assert editor.get(there).status_code == 409


def test_what_organisations_sign_takes_none(network, campaign):
    statement = make_action(network, campaign, "sign_on")
    with pytest.raises(SignedInEveryLanguage):
        translating.write_action(statement.pk, "de", {"title": "Der See"}, by=network.writer, at=timezone.now())
