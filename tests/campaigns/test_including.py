"""A campaign for several people: shown while each of them may be shown, silent with the first who asks for silence."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import approving, drafting, including, launching, offering
from campaigns.flows.gate import silencing
from campaigns.models import Campaign, CampaignCase, CampaignText
from campaigns.publishing import attention, case_parts, people
from campaigns.publishing import campaign as published
from campaigns.publishing.audiences import Audience
from campaigns.publishing.case_file import case_file
from campaigns.publishing.permitting import permits
from campaigns.refusals import CaseIsTheOnlyOne, TooManyCases, WordsAreLocked
from network.models import OutboxEvent
from network.refusals import ContentChanged
from tests.makers import approve_campaign, enter_workspace, make_action, make_campaign

pytestmark = pytest.mark.django_db
PAGE = "/campaigns/lake/"


def fresh(campaign: Campaign) -> Campaign:
    return Campaign.objects.get(pk=campaign.pk)


def other_case(network, name: str = "Sohrab Kuhestan", name_fa: str = "سهراب کوهستان", **how):
    """Of somebody whose own campaign is a draft that nobody reads."""
    return make_campaign(network, name=name, name_fa=name_fa, launched=False, **how).case


def include(network, campaign, case) -> Campaign:
    return including.include(campaign.pk, case.pk, by=network.writer, at=timezone.now())


def missing(campaign) -> list[str]:
    return launching.missing_for_launch(fresh(campaign), at=timezone.now())


def launch(network, campaign) -> None:
    approve_campaign(network, fresh(campaign))
    for case in fresh(campaign).cases:
        part = case_parts.safety_of(case, at=timezone.now())
        if not case_parts.is_judged_by_two(case, at=timezone.now()):
            approving.approve(
                campaign.pk, f"safety:{case.pk}", digest=part.digest, by=network.approver, at=timezone.now()
            )
    launching.launch(campaign.pk, by=network.approver, at=timezone.now())


def find(campaign, language: str = "en"):
    return published.find_by_id(campaign.pk, audience=Audience.PUBLIC, language=language, at=timezone.now())


@pytest.fixture
def draft(network):
    return make_campaign(network, slug="lake", launched=False)


@pytest.fixture
def beside(network):
    return other_case(network)


@pytest.fixture
def live(network, draft, beside):
    include(network, draft, beside)
    launch(network, draft)
    return fresh(draft)


@pytest.fixture
def visitor():
    return Client()


def test_one_more_needs_everything_read_anew(network, draft, beside):
    assert missing(draft) == []
    include(network, draft, beside)
    assert missing(draft) == [
        "approval:facts",
        "approval:case",
        f"approval:case:{beside.pk}",
        "approval:text:en",
        "approval:text:fa",
    ]


def test_all_of_them_are_named_everywhere(network, live, visitor):
    form = find(live)
    assert form.defender.name_in("en").text == "Golnar Sabzrud and Sohrab Kuhestan"
    assert find(live, "fa").defender.name_in("fa").text == "گلنار سبزرود و سهراب کوهستان"
    page = visitor.get(PAGE).content.decode()
    assert "Golnar Sabzrud and Sohrab Kuhestan measured a lake." in page.replace("<bdi>", "").replace("</bdi>", "")
    assert page.count("<span") and "For whom it is" in page
    [told] = visitor.get("/api/v1/campaigns/").json()["results"]
    assert told["defenders"] == [str(one.public_id) for one in form.people] and len(told["defenders"]) == 2
    assert told["defender"] == told["defenders"][0]
    defenders = visitor.get("/api/v1/defenders/").json()["results"]
    assert sorted(one["names"][0]["text"] for one in defenders) == ["Golnar Sabzrud", "Sohrab Kuhestan"]
    assert all(one["campaigns"] == [str(live.public_id)] for one in defenders)
    assert "Golnar Sabzrud and Sohrab Kuhestan" in visitor.get("/feeds/campaigns.atom").content.decode()
    for prefix in ("", "/fa"):
        for path in ("/", "/campaigns/", PAGE, f"{PAGE}share.png", f"{PAGE}sheet.pdf"):
            assert visitor.get(f"{prefix}{path}").status_code in {200, 404}, path


def test_each_has_a_slot_of_their_own(network, draft, beside, visitor):
    include(network, draft, beside)
    draft.texts.filter(language="en").update(deck="{person_2} taught {person_short_1}; {they} measured a lake.")
    launch(network, draft)
    assert "Sohrab Kuhestan taught Golnar; they measured a lake." in find(draft).deck


def test_a_slot_for_nobody_is_named_and_never_shown(network, draft):
    draft.texts.filter(language="en").update(deck="{person_2} measured a lake.")
    assert "unfit:en:slot:{person_2}" in missing(draft)
    approve_campaign(network, fresh(draft))
    Campaign.objects.filter(pk=draft.pk).update(state="live", launched_at=timezone.now())
    assert find(draft).language == "fa"  # the language whose words may stand


def test_no_text_names_any_of_them_outright(network, draft, beside):
    include(network, draft, beside)
    draft.texts.filter(language="en").update(deck="Sohrab Kuhestan measured a lake.")
    assert "unfit:en:name:Sohrab Kuhestan" in missing(draft)
    action = make_action(network, draft, "pledge", opened=False, words={"en": {"body": "For Sohrab Kuhestan."}})
    assert "unfit:en:name:Sohrab Kuhestan" in offering.missing_for_opening(action, at=timezone.now())


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"scopes": None}, "consent"),
        ({"scopes": ("name",)}, "consent-scope"),
        ({"risk": None}, "risk-assessment"),
        ({"risk": "stop"}, "risk-assessment"),
        ({"approved": False}, None),
    ],
)
def test_what_is_missing_for_one_of_them_says_for_whom(network, draft, how, code):
    beside = other_case(network, "Mehri Darya", "مهری دریا", **how)
    include(network, draft, beside)
    found = missing(draft)
    assert (f"of:2:{code}" in found) if code else ("approval:safety" in found)


def silence_by_withdrawing_the_case(case, now):
    silencing.withdraw_case(case.pk, by=None, at=now)


def silence_by_taking_consent_back(case, now):
    silencing.withdraw_consent(case.consents.get().pk, by=None, at=now)


def silence_by_an_embargo(case, now):
    case.embargo_until = now + timedelta(days=1)
    case.save()


def silence_by_time(case, now):
    case.consents.update(expires_at=now - timedelta(minutes=1))


@pytest.mark.parametrize(
    "silence",
    [
        silence_by_withdrawing_the_case,
        silence_by_taking_consent_back,
        silence_by_an_embargo,
        silence_by_time,
    ],
)
@pytest.mark.parametrize("leads", [True, False])
def test_it_is_silent_with_the_first_who_asks_for_silence(network, live, beside, visitor, silence, leads):
    now = timezone.now()
    epoch = live.epoch
    assert permits(live.pk, at=now) and permits(live.pk, at=now, epoch=epoch)
    case = live.case if leads else beside
    case.refresh_from_db()
    silence(case, now)
    silencing.silence_lapsed(at=timezone.now())
    assert visitor.get(PAGE).status_code == 410
    assert visitor.get("/api/v1/campaigns/").json()["results"] == []
    assert visitor.get(f"/api/v1/campaigns/{live.public_id}/").status_code == 410
    assert not permits(live.pk, at=timezone.now())
    if silence is not silence_by_an_embargo:  # which hides what was out, and tells nobody that it did
        assert OutboxEvent.objects.named("CampaignSilenced").filter(subject_id=str(live.pk)).exists()
        assert str(live.public_id) in visitor.get("/feeds/campaigns.atom").content.decode()


def test_what_narrows_for_one_stops_mail_that_was_compiled_before(network, live, beside):
    epoch = find(live).epoch
    assert epoch == live.epoch and permits(live.pk, at=timezone.now(), epoch=epoch)
    silencing.narrow(beside, was="name", by=network.writer, at=timezone.now())
    assert not permits(live.pk, at=timezone.now(), epoch=epoch)
    assert find(live) is None  # until it is approved again


@pytest.mark.parametrize("leads", [True, False])
def test_it_goes_on_without_them_once_it_was_read_again(network, live, beside, visitor, leads):
    gone, stays = (live.case, beside) if leads else (beside, live.case)
    name = "Golnar" if leads else "Sohrab"
    silencing.withdraw_case(gone.pk, by=None, at=timezone.now())
    epoch = fresh(live).epoch
    including.leave_out(live.pk, gone.pk, by=network.writer, at=timezone.now())
    row = fresh(live)
    assert (row.case_id, row.cases, row.state) == (stays.pk, [stays], Campaign.State.REVIEW)
    assert row.epoch > epoch
    assert visitor.get(PAGE).status_code == 410
    assert {"approval:facts", "approval:case", "approval:text:en", "approval:text:fa"} <= set(missing(live))
    drafting.write(
        live.pk,
        facts=drafting.Facts(demand="release", target_titles={"en": "the Court", "fa": "دادگاه"}),
        texts={},
        by=network.writer,
        at=timezone.now(),
    )
    launch(network, live)
    page = visitor.get(PAGE)
    assert page.status_code == 200 and name not in page.content.decode()


def test_one_person_leaves_one_out_and_it_is_silent_at_once(network, live, beside, visitor):
    assert visitor.get(PAGE).status_code == 200
    including.leave_out(live.pk, beside.pk, by=network.writer, at=timezone.now())
    assert visitor.get(PAGE).status_code == 410
    with pytest.raises(CaseIsTheOnlyOne):
        including.leave_out(live.pk, live.case_id, by=network.writer, at=timezone.now())


def test_an_approval_of_before_never_counts_for_others(network, draft, beside):
    """Words that were read as of some people are read again as of others; and mail of before never leaves after."""
    third = other_case(network, "Mehri Darya", "مهری دریا")
    seen = [fresh(draft).epoch]
    for case in (beside, third):
        include(network, draft, case)
        assert {"approval:facts", "approval:text:en", "approval:text:fa"} <= set(missing(draft))
        approve_campaign(network, fresh(draft))
        seen.append(fresh(draft).epoch)
        including.leave_out(draft.pk, case.pk, by=network.writer, at=timezone.now())
        seen.append(fresh(draft).epoch)
    assert seen == sorted(set(seen))
    include(network, draft, third)
    assert "approval:text:en" in missing(draft)  # also where the same people come back
    action = make_action(network, draft, "pledge", opened=False)
    before = action.parts()[0].digest
    include(network, draft, beside)
    assert fresh(draft).actions.get(pk=action.pk).parts()[0].digest != before


def test_what_is_live_is_for_whom_it_is_and_there_is_an_end(network, live, draft):
    with pytest.raises(WordsAreLocked):
        include(network, live, other_case(network, "Mehri Darya", "مهری دریا"))
    other = make_campaign(network, slug="river", launched=False)
    for number in range(settings.CAMPAIGN_CASES_MOST - 1):
        include(network, other, other_case(network, f"Name{number} Surname{number}", f"نام{number} خانوادگی{number}"))
    with pytest.raises(TooManyCases):
        include(network, other, live.case)
    include(network, other, other.case)  # who is in it already
    assert len(fresh(other).cases) == settings.CAMPAIGN_CASES_MOST


def test_its_parts_are_approved_each_as_it_stood(network, draft, beside):
    include(network, draft, beside)
    with pytest.raises(ContentChanged):
        approving.approve(draft.pk, f"case:{beside.pk}", digest="0" * 64, by=network.approver, at=timezone.now())
    with pytest.raises(ContentChanged):
        approving.approve(draft.pk, "case:999999", digest="0" * 64, by=network.approver, at=timezone.now())


def test_the_file_of_each_knows_it_and_counts_what_was_done(network, live, beside):
    now = timezone.now()
    for case in (live.case, beside):
        assert [one.id for one in case_file(case.pk, at=now).leaning if one.is_shown] == [live.pk]
        assert case.pk in attention.last_acts()
    silencing.withdraw_case(beside.pk, by=None, at=now)
    assert case_file(beside.pk, at=timezone.now()).silence is not None


def test_each_is_found_under_their_own_id(network, live):
    for one in find(live).people:
        person = people.find(one.public_id, audience=Audience.PUBLIC, language="en", at=timezone.now())
        assert person.defender.names == one.names and person.campaigns == (live.public_id,)
        assert people.was_shown(one.public_id)


def test_another_like_it_is_for_the_same_people(network, live):
    again = drafting.duplicate(live.pk, network.host, by=network.writer, at=timezone.now())
    assert again.cases == live.cases


def test_an_organiser_adds_one_and_goes_on_without_them(network, draft, beside, deliver_all):
    editor = enter_workspace(network.writer, deliver_all)
    there = f"/organise/campaigns/{draft.pk}/"
    assert "It is for them too" in editor.get(there).content.decode()
    assert editor.post(f"{there}people/", {"case": str(beside.pk)}).status_code == 302
    page = editor.get(there).content.decode()
    assert "{person_2}" in page and "سهراب کوهستان" in page
    assert editor.post(f"{there}people/", {"case": "999"}).status_code == 400
    approver = enter_workspace(network.approver, deliver_all)
    for part in fresh(draft).parts():
        approver.post(f"{there}approving/", {"part": part.name, "digest": part.digest})
    assert approver.post(f"{there}launching/").status_code == 302
    for prefix in ("", "/fa"):
        assert approver.get(f"{prefix}{there}preview/").status_code == 200
    assert editor.post(f"{there}people/{beside.pk}/leaving-out/").status_code == 302
    assert not CampaignCase.objects.standing().exists() and CampaignText.objects.filter(campaign=draft).count() == 2
    assert editor.post(f"{there}people/{draft.case_id}/leaving-out/").status_code == 409
