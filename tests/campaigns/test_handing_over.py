"""What a petition's target is handed: names only of those who let theirs be printed, and only when two people want it."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django.utils.translation import ngettext

from campaigns.flows.campaign import acting, handing_over
from campaigns.flows.gate import silencing
from campaigns.kinds.petition.answers import PetitionAnswers
from campaigns.models import Action, Handover, Participation
from campaigns.publishing.handover import handover_of, petition_of
from campaigns.publishing.paper import Paper
from campaigns.refusals import NamesNotAgreedTo
from network.flows import erasing, quieting
from network.models import OutboxEvent
from network.models.address import stored_form
from network.refusals import SamePersonApproves
from network.templatetags.localization import counted
from tests.makers import enter_workspace, make_action, make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(network):
    return make_campaign(network, slug="lake")


@pytest.fixture
def petition(campaign):
    return Action.objects.get(campaign=campaign)


def sign(petition, number: int, name: str, *, show_name: bool = True, confirmed: bool = True) -> Participation:
    answers = PetitionAnswers(show_name=show_name)
    entry = acting.Entry(
        address=stored_form(f"signer-{number}@people.example"), name=name, language="en", answers=answers
    )
    row = acting.enter(petition.pk, entry, at=timezone.now())
    return acting.confirm(row.pk, name=name, answers=answers, at=timezone.now()) if confirmed else row


def agreed(network, petition) -> None:
    row = handing_over.ask(petition.pk, by=network.writer, at=timezone.now())
    handing_over.agree(row.pk, by=network.approver, at=timezone.now())


def test_only_who_ticked_it_is_printed_in_the_order_of_letters(network, petition):
    sign(petition, 1, "Zohra")
    sign(petition, 2, "Private Person", show_name=False)
    sign(petition, 3, "Åsa")
    sign(petition, 4, "نسرین")
    sign(petition, 5, "Not Confirmed", confirmed=False)
    back = sign(petition, 6, "Taken Back")
    acting.withdraw(back.pk, by=back.person, at=timezone.now())
    apart = sign(petition, 7, "Set Apart")
    Participation.objects.filter(pk=apart.pk).update(state=Participation.State.QUARANTINED)
    quieting.be_quiet(sign(petition, 8, "In Danger").person_id, at=timezone.now())
    erasing.erase(sign(petition, 9, "Erased Person").person, at=timezone.now())
    found = handover_of(petition.pk, language="en", at=timezone.now())
    assert found.names == ("Åsa", "Zohra", "نسرین")
    assert (found.counted, found.unnamed) == (6, 3)


def test_it_takes_two(network, petition):
    now = timezone.now()
    with pytest.raises(NamesNotAgreedTo):
        handing_over.take(petition.pk, language="en", by=network.approver, at=now)
    row = handing_over.ask(petition.pk, by=network.approver, at=now)
    assert handing_over.ask(petition.pk, by=network.writer, at=now).pk == row.pk
    with pytest.raises(SamePersonApproves):
        handing_over.agree(row.pk, by=network.approver, at=now)
    with pytest.raises(NamesNotAgreedTo):
        handing_over.take(petition.pk, language="en", by=network.approver, at=now)
    handing_over.agree(row.pk, by=network.writer, at=now)
    handing_over.take(petition.pk, language="en", by=network.approver, at=now)
    names = list(OutboxEvent.objects.order_by("pk").values_list("name", flat=True))
    assert names[-3:] == ["NamesAskedFor", "NamesAgreedTo", "NamesTaken"]


def test_a_yes_ends_and_what_was_asked_for_long_ago_is_asked_for_anew(network, petition):
    now = timezone.now()
    agreed(network, petition)
    later = now + timedelta(hours=25)
    with pytest.raises(NamesNotAgreedTo):
        handing_over.take(petition.pk, language="en", by=network.approver, at=later)
    row = handing_over.ask(petition.pk, by=network.writer, at=later)
    with pytest.raises(NamesNotAgreedTo):
        handing_over.agree(row.pk, by=network.approver, at=later + timedelta(hours=25))


def test_a_silent_campaign_hands_nothing_over(network, campaign, petition):
    sign(petition, 1, "Zohra")
    agreed(network, petition)
    silencing.withdraw_case(campaign.case_id, by=network.writer, at=timezone.now())
    with pytest.raises(NamesNotAgreedTo):
        handing_over.take(petition.pk, language="en", by=network.approver, at=timezone.now())


def test_what_has_words_of_its_own_is_no_petition(network, campaign, petition):
    action = make_action(network, campaign, "pledge")
    assert handover_of(action.pk, language="en", at=timezone.now()) is None
    assert petition_of(campaign.pk) == petition.pk
    assert petition_of(make_campaign(network, launched=False).pk) is None


@pytest.fixture
def printed(monkeypatch):
    """What is written on paper, line by line."""
    said, say = [], Paper.say
    monkeypatch.setattr(Paper, "say", lambda pdf, text, *size, **how: (said.append(text), say(pdf, text, *size, **how)))
    return said


@pytest.mark.parametrize("prefix", ["", "/fa"])
def test_an_organiser_asks_another_agrees_and_takes_it(network, campaign, petition, deliver_all, printed, prefix):
    for number, name in enumerate(["Zohra", "=HYPERLINK(1)", "نسرین باغبان"]):
        sign(petition, number, name)
    sign(petition, 9, "Private Person", show_name=False)
    url = f"{prefix}/organise/campaigns/{campaign.pk}/handover/"
    writer = enter_workspace(network.writer, deliver_all)
    page = writer.get(url).content.decode()
    assert "Zohra" not in page
    assert writer.post(f"{url}document.pdf").status_code == 409  # nobody agreed
    writer.post(f"{url}asking/")
    assert writer.post(f"{url}agreeing/").status_code == 403
    approver = enter_workspace(network.approver, deliver_all)
    assert approver.post(f"{url}agreeing/").status_code == 302
    answer = approver.post(f"{url}document.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"] and answer["Content-Disposition"].startswith("attachment")
    assert {"Zohra", "نسرین باغبان", "=HYPERLINK(1)"} <= set(printed) and "Private Person" not in printed
    table = approver.post(f"{url}names.csv").content.decode("utf-8-sig")
    assert io.StringIO(table).read().splitlines() == ['"name"', '"\'=HYPERLINK(1)"', '"Zohra"', '"نسرین باغبان"']
    assert approver.get(f"{url}names.csv").status_code == 405  # a link that is followed by itself takes nothing


def test_it_is_printed_in_the_language_of_whoever_gets_it(network, campaign, petition, deliver_all, printed):
    sign(petition, 1, "Zohra")
    now = timezone.now()
    row = handing_over.ask(petition.pk, by=network.writer, at=now)
    handing_over.agree(row.pk, by=network.approver, at=now)
    approver = enter_workspace(network.approver, deliver_all)
    url = f"/organise/campaigns/{campaign.pk}/handover/document.pdf"
    for language in ("fa", "de", "xx", ""):
        printed.clear()
        assert approver.post(url, {"language": language}).content.startswith(b"%PDF")
        with translation.override(language if language in {"fa", "de"} else "en"):
            told = ngettext("%(shown)s person signed this letter.", "%(shown)s people signed this letter.", 1)
            assert told % {"shown": counted(1, translation.get_language())} in printed
        assert ("دریاچه" in printed) is (language == "fa")  # in German it is not written, and stands as it is


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Björn نسرین", "Björn نسرین"),
        ("Ελένη Ελαιώνας", "Eleni Elaionas"),
        ("Оксана Соколов", "Oksana Sokolov"),
        ("李 Chen", "Li Chen"),
        ("می\u200cنویسم", "می\u200cنویسم"),
    ],
)
def test_nobody_is_left_out_because_of_the_letters_of_their_name(name, told):
    assert Paper("en", "").printable(name) == told


def test_the_desk_tells_a_second_person_that_names_are_asked_for(network, campaign, petition, deliver_all):
    link = f'href="/organise/campaigns/{campaign.pk}/handover/"'
    approver, writer = enter_workspace(network.approver, deliver_all), enter_workspace(network.writer, deliver_all)
    assert link not in approver.get("/organise/").content.decode()
    handing_over.ask(petition.pk, by=network.writer, at=timezone.now())
    assert link in approver.get("/organise/").content.decode()
    assert link not in writer.get("/organise/").content.decode()  # they asked themselves
    Handover.objects.update(asked_at=timezone.now() - timedelta(days=30))
    assert link not in approver.get("/organise/").content.decode()
