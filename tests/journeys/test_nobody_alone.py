"""What one person alone must not bring about, and what one person alone must be able to end.

The two lists stand together, because what was moved from one to the other must be seen at once.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.flows.gate import consenting, correcting, publishing, silencing
from campaigns.flows.record import describing, documenting, linking, telling, updating
from campaigns.models import Campaign, Case, PageAddress, SpecialCategory
from campaigns.publishing import campaign as campaigns
from campaigns.publishing import case as published
from campaigns.publishing.audiences import Audience
from campaigns.publishing.case_parts import parts_of
from campaigns.publishing.permitting import permits
from campaigns.publishing.prose import findings
from campaigns.publishing.standing import standing_of
from network.flows import approving
from network.flows.relaying import relay
from network.models import OutboxEvent
from network.refusals import SamePersonApproves
from tests.journeys.test_an_organiser_launches import CASE
from tests.makers import (
    approve_campaign,
    approve_case,
    enter_workspace,
    make_campaign,
    make_case,
    make_event,
    make_status,
)

pytestmark = pytest.mark.django_db


def consented(network, case, *scopes: str, by=None, giver: str = "family", audience: str = "public", **more):
    now = timezone.now()
    given = consenting.Consent(
        given_by=giver, scopes=scopes, expires_at=now + timedelta(days=9), audience=audience, **more
    )
    return consenting.record_consent(case.pk, given, by=by or network.writer, at=now)


def described(network, case, *, by=None, **changes) -> None:
    names = [
        describing.Name(kind=row.kind, language=row.language, text=row.text, short=row.short, is_display=row.is_display)
        for row in case.defender.names.order_by("pk")
    ]
    known = {
        "names": names,
        "pronouns": case.defender.pronouns,
        "sectors": [],
        "rights": [],
        "province": "",
        "age_at_event": None,
        "guarded": [(word.kind, word.text) for word in case.defender.guarded_words.all()],
    }
    describing.describe(
        case.pk, describing.Description(**{**known, **changes}), by=by or network.writer, at=timezone.now()
    )


def find(case):
    return published.find(case.public_id, audience=Audience.PUBLIC, language="en", at=timezone.now())


def test_whoever_records_a_wider_consent_cannot_be_the_second_person(network):
    case = make_case(network, alias="Baran", scopes=("alias", "narrative"))
    consented(network, case, "name", "narrative", by=network.approver)
    part = parts_of(Case.objects.get(pk=case.pk), at=timezone.now())[0]
    with pytest.raises(SamePersonApproves):
        publishing.approve(case.pk, part.name, digest=part.digest, by=network.approver, at=timezone.now())
    assert find(case) is None


def test_a_wider_consent_shows_nothing_more_before_somebody_else_looked(network):
    case = make_case(network)
    SpecialCategory.objects.create(defender=case.defender, category="religion", language="en", words="Planted faith")
    approve_case(network, case)
    consented(network, case, "name", "narrative", "religion")
    assert find(case) is None
    approve_case(network, case)
    assert [words for _, words in find(case).special] == ["Planted faith"]


def test_the_facts_of_a_case_are_approved_on_its_campaigns_too(network):
    campaign = make_campaign(network, slug="lake", alias="Baran", scopes=("alias", "narrative", "petition"))
    assert Client().get("/campaigns/lake/").status_code == 200
    described(
        network, campaign.case, by=network.approver, pronouns={"en": {"they": "xe", "them": "xem", "their": "xyr"}}
    )
    assert Client().get("/campaigns/lake/").status_code == 410
    part = next(part for part in Campaign.objects.get(pk=campaign.pk).parts() if part.name == "case")
    with pytest.raises(SamePersonApproves):
        approving.approve("campaign", campaign.pk, part, by=network.approver, at=timezone.now())
    documenting.concern(campaign.case_id, "FR", by=network.approver, at=timezone.now())
    assert Client().get("/campaigns/lake/").status_code == 410


@pytest.mark.parametrize("pronoun", ["Golnar", "S\u0430bzrud", "گلنار"])
def test_no_pronoun_and_no_alias_tells_the_name(network, pronoun):
    case = make_case(network, alias="Baran", scopes=("alias", "narrative"))
    described(network, case, pronouns={"en": {"they": pronoun, "them": "x", "their": "y"}})
    approve_case(network, case)
    assert find(case) is None
    other = make_case(network, alias="G. Sabzrud", scopes=("alias", "narrative"))
    assert find(other) is None


@pytest.mark.parametrize(
    "text",
    [
        "G&#111;lnar S&#97;bzrud",
        "S**abz**rud",
        "Sabz&shy;rud",
        "Sabz&#8203;rud",
        "Sabz\u3164rud",
        "\u0405\u0430bzrud",
        "[here](https://fa.example/wiki/%DA%AF%D9%84%D9%86%D8%A7%D8%B1)",
        "Sabz-rud",
        "In Dezh**ab**ad.",
        "Dezh-abad",
        "D&#101;zhabad",
        "born 21 April",
        "on April 21st, 1999",
        "the 21st of April",
        "19990421",
        "21/4/99",
        "۱ اردیبهشت‌ماه ۱۳۷۸",
        "with Zahra",
        "of the Planted faith",
        "گلنار",
        "ﮔﻠﻨﺎر",
    ],
)
def test_the_guard_reads_a_text_as_its_readers_do(network, text):
    case = make_case(network, alias="Baran", scopes=("alias", "narrative"))
    SpecialCategory.objects.create(defender=case.defender, category="religion", language="en", words="Planted faith")
    guarded = [("place", "Dezhabad"), ("date", "1999-04-21"), ("person", "Zahra Noname")]
    described(network, case, guarded=guarded, special={("religion", "en"): "Planted faith"})
    case = Case.objects.get(pk=case.pk)
    scopes = standing_of(case, audience=Audience.PUBLIC, at=timezone.now()).scopes
    assert findings(text, case, scopes), text
    assert findings("A measurer of lakes, in spring, with friends.", case, scopes) == []


def test_the_addressees_title_is_guarded_too(network):
    campaign = make_campaign(network, slug="lake", alias="Baran", scopes=("alias", "narrative", "petition"))
    campaign.demands.get().target.texts.filter(language="en").update(title="the Court that tries Golnar Sabzrud")
    approve_campaign(network, campaign)
    assert "Golnar" not in Client().get("/campaigns/lake/").content.decode()


def test_nobody_ends_an_embargo_alone(network):
    case = make_case(network, approved=False, published=False)
    now = timezone.now()
    publishing.embargo(case.pk, until=now + timedelta(hours=2), by=network.approver, at=now)
    case = Case.objects.get(pk=case.pk)
    for part in parts_of(case, at=now):
        by = network.writer if part.written_by_id == network.approver.pk else network.approver
        publishing.approve(case.pk, part.name, digest=part.digest, by=by, at=now)
    publishing.publish(case.pk, by=network.writer, at=now)
    publishing.embargo(case.pk, until=None, by=network.approver, at=timezone.now())
    assert find(case) is None


def test_a_day_of_emergency_is_given_once(network):
    case = make_case(network, approved=False, published=False)
    now = timezone.now()
    for part in parts_of(Case.objects.get(pk=case.pk), at=now):
        if part.name != "safety":
            publishing.approve(case.pk, part.name, digest=part.digest, by=network.approver, at=now)
    publishing.publish(case.pk, is_emergency=True, by=network.approver, at=now)
    assert find(case).verified_on is None  # nothing was checked yet, and the page does not say so
    with pytest.raises(publishing.CaseNotReady, match="emergency-used"):
        publishing.publish(case.pk, is_emergency=True, by=network.approver, at=now + timedelta(hours=20))


def test_nobody_revives_the_dead(network):
    case = make_case(network)
    make_status(network, case, "life", "executed")
    row = case.statuses.get(value="executed")
    with pytest.raises(ValueError, match="does not end"):
        updating.end(row.pk, until=row.from_earliest, by=network.writer, at=timezone.now())
    approve_case(network, case)
    assert find(case) is None


@pytest.mark.parametrize("kind", ["death", "execution"])
def test_a_death_is_known_from_what_happened(network, kind):
    case = make_case(network)
    make_event(network, case, kind=kind)
    approve_case(network, case)
    assert find(case) is None


def test_a_child_or_a_death_is_known_from_the_consent(network):
    case = make_case(network, alias="Baran", scopes=None)
    consented(network, case, "name", "alias", "narrative", capacity="minor")
    approve_case(network, case)
    assert find(case).defender.is_alias
    other = make_case(network, scopes=None)
    consented(network, other, "name", "narrative", capacity="deceased")
    approve_case(network, other)
    assert find(other) is None


def test_mail_in_flight_stops_when_less_may_be_told(network):
    campaign = make_campaign(network, slug="lake")
    epoch, now = campaign.case.epoch, timezone.now()
    assert permits(campaign.pk, at=now, epoch=epoch)
    described(network, campaign.case, guarded=[("place", "Dezhabad")])
    assert not permits(campaign.pk, at=timezone.now(), epoch=epoch)
    other = make_campaign(network, slug="river")
    make_status(network, other.case, "life", "killed")
    assert not permits(other.pk, at=timezone.now(), epoch=1)
    assert OutboxEvent.objects.named("CampaignSilenced").filter(subject_id=str(other.pk)).exists()


def test_an_old_paper_silences_what_its_giver_said_anew(network):
    case = make_case(network, scopes=None)
    _row, paper = consented(network, case, "name", "narrative")
    silencing.withdraw_by_code(paper, at=timezone.now())
    consented(network, case, "name", "narrative")
    approve_case(network, case)
    publishing.tell_of_return(case.pk, at=timezone.now())
    assert find(case) is not None
    silencing.withdraw_by_code(paper, at=timezone.now())
    assert find(case) is None


def test_a_former_name_stays_in_no_address(network):
    case = make_case(network)
    assert Client().get("/defenders/golnar-sabzrud/").status_code == 200
    names = [
        describing.Name(kind="known_as", language="en", text="Golnar Sabzrud"),
        describing.Name(kind="pen_name", language="en", text="Lake Writer", is_display=True),
    ]
    described(network, case, names=names)
    approve_case(network, case)
    publishing.tell_of_return(case.pk, at=timezone.now())
    assert Client().get("/defenders/golnar-sabzrud/").status_code == 410
    assert Client().get("/defenders/lake-writer/").status_code == 200


def test_a_lapsed_yes_to_partners_counts_no_more(network):
    now = timezone.now()
    case = make_case(network, alias="Baran", scopes=("alias", "narrative"))
    given = consenting.Consent(
        given_by="family",
        scopes=("name", "narrative", "health"),
        expires_at=now - timedelta(days=1),
        audience="partners",
    )
    consenting.record_consent(case.pk, given, by=network.writer, at=now - timedelta(days=3))
    approve_case(network, case)
    form = published.granted([case.pk], language="en", at=now)[case.pk]
    assert form.defender.is_alias and "health" not in form.scopes


def test_what_was_published_for_partners_alone_stays_theirs(network):
    case = make_case(network, scopes=None, partners=("name", "narrative"), published=False)
    publishing.publish(case.pk, by=network.approver, at=timezone.now())
    assert published.granted([case.pk], language="en", at=timezone.now())
    consented(network, case, "name", "narrative")
    approve_case(network, case)
    assert find(case) is None  # somebody must press publish for everybody
    publishing.publish(case.pk, by=network.approver, at=timezone.now())
    assert find(case) is not None


def test_an_older_longer_yes_does_not_outlast_the_newer(network):
    campaign = make_campaign(network, slug="lake")
    now = timezone.now()
    given = consenting.Consent(
        given_by="family", scopes=("name", "narrative", "petition"), expires_at=now - timedelta(hours=1)
    )
    consenting.record_consent(campaign.case_id, given, by=network.writer, at=now - timedelta(hours=2))
    assert not permits(campaign.pk, at=now)
    assert campaigns.silenced_and_shown(at=now) == []
    silencing.silence_lapsed(at=now)
    assert OutboxEvent.objects.named("CampaignSilenced").filter(subject_id=str(campaign.pk)).exists()


def test_the_world_is_told_under_the_id_by_which_it_knew_somebody(network):
    case = make_case(network)
    veiled = make_case(network, name="Other Name", name_fa="نام دیگر", alias="Baran", scopes=("alias", "narrative"))
    named, aliased = str(case.defender.public_id), str(veiled.public_id)
    for one in (case, veiled):
        silencing.withdraw_case(one.pk, by=network.writer, at=timezone.now())
    relay()
    told = [(one["type"], one["id"]) for one in Client().get("/api/v1/changes").json()["changes"]]
    assert [id for kind, id in told if kind == "defender.withdrawn"] == [named, aliased]


def test_an_embargoed_name_is_no_address_anybody_can_probe(network):
    now = timezone.now()
    case = make_case(network, approved=False, published=False)
    publishing.embargo(case.pk, until=now + timedelta(hours=2), by=network.writer, at=now)
    approve_case(network, case)
    publishing.publish(case.pk, by=network.approver, at=now)
    assert PageAddress.objects.filter(slug="golnar-sabzrud").exists()
    assert Client().get("/defenders/golnar-sabzrud/").status_code == 404


def test_cursors_count_nothing(network):
    for number in range(3):
        make_case(network, name=f"Person {number}", name_fa=f"کس {number}")
    following = Client().get("/api/v1/cases/?limit=1").json()["next"]
    cursor = re.search(r"cursor=([\w%-]+)", following).group(1)
    assert len(cursor) > 24
    answer = Client().get(f"/api/v1/campaigns/?cursor={cursor}")
    assert answer.status_code == 400  # it opens that list and no other


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("person/", {"pronouns_en": ","}),
        ("person/", {"guarded_date": "0001-01-01"}),
        ("person/", {"guarded_date": "1999-04-21 2000-01-01"}),
        ("embargo/", {"until": "9999-12-31T00:00"}),
        ("consents/", {"consent_until": "9999-12-31"}),
        ("timeline/events/", {"event-from_earliest": "0001-01-01", "event-words_en": "x"}),
        ("timeline/events/", {"event-words_en": "{nobody} was here"}),
    ],
)
def test_what_cannot_be_is_said_and_breaks_nothing(network, deliver_all, page, typed):
    case = make_case(network)
    client = enter_workspace(network.approver, deliver_all)
    names = {"names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0", "names-0-kind": "known_as", "names-0-language": "en"}
    answer = client.post(f"/organise/cases/{case.pk}/{page}", {**names, "names-0-text": "Golnar", **typed})
    assert answer.status_code in {302, 400}
    assert Client().get("/defenders/").status_code == 200
    assert client.get("/organise/cases/999999999999999999999999999999/").status_code == 404


def test_the_second_person_finds_on_the_desk_what_waits(network, deliver_all):
    case = make_case(network, approved=False, published=False, verified=False)
    publishing.submit(case.pk, by=network.writer, at=timezone.now())
    telling.record_source(case.pk, kind="media", reliability="unsure", note="", by=network.writer, at=timezone.now())
    gate = f'href="/organise/cases/{case.pk}/gate/"'
    assert gate in enter_workspace(network.approver, deliver_all).get("/organise/").content.decode()
    assert gate not in enter_workspace(network.writer, deliver_all).get("/organise/").content.decode()


def test_reloading_a_new_case_or_going_back_to_it_makes_no_second_one(network, deliver_all):
    client = enter_workspace(network.writer, deliver_all)
    assert client.post("/organise/cases/new/", {**CASE, "name_en": ""} | {"name_fa": ""}).status_code == 400
    assert "Planted Organisername" in client.post("/organise/cases/new/", CASE).content.decode()
    again = client.post("/organise/cases/new/", CASE, follow=True)
    assert "You sent exactly this a while ago" in again.content.decode() and Case.objects.count() == 1
    assert "on record." not in again.content.decode()
    assert client.post("/organise/cases/new/", {**CASE, "name_en": "Another Person"}).status_code == 200
    assert Case.objects.count() == 2


def test_who_asked_and_left_an_address_is_told_that_somebody_looked(network, deliver_all, mailbox):
    case = make_case(network)
    now = timezone.now()
    row = correcting.ask(
        case.pk, wish="correct", words="A Tuesday.", address="reader@people.example", language="en", at=now
    )
    correcting.answer(row.pk, words="Planted answer", by=network.approver, at=now)
    [mail] = deliver_all().mails("reader@people.example")
    text = mail.get_body(("plain",)).get_content()
    assert "has looked at it" in text and "Planted answer" not in text and "Golnar" not in text


def test_who_belongs_together_is_told_only_while_both_are_shown(network, deliver_all):
    first = make_case(network)
    second = make_case(network, name="Aban Other", name_fa="آبان")
    writer, approver = enter_workspace(network.writer, deliver_all), enter_workspace(network.approver, deliver_all)
    asked = {"link-kind": "co_defendant", "link-other": str(second.pk)}
    assert writer.post(f"/organise/cases/{first.pk}/links/", asked).status_code == 302
    link = first.links.get()
    page = f"/cases/{PageAddress.objects.get(page='case', holder=first.public_id).slug}/"
    assert "Aban" not in Client().get(page).content.decode()  # nobody else has looked at it
    assert writer.post(f"/organise/links/{link.pk}/verifying/").status_code == 403
    assert approver.post(f"/organise/links/{link.pk}/verifying/").status_code == 302
    assert "Aban Other" in Client().get(page).content.decode()
    told = Client().get(f"/api/v1/cases/{first.public_id}/").json()["together_with"]
    assert told == [{"kind": "co_defendant", "case": str(second.public_id)}]
    silencing.withdraw_case(second.pk, by=network.writer, at=timezone.now())
    assert "Aban" not in Client().get(page).content.decode()
    assert Client().get(f"/api/v1/cases/{first.public_id}/").json()["together_with"] == []


def test_a_family_is_told_of_only_where_both_say_so(network):
    scopes = ("name", "narrative", "family")
    first = make_case(network, scopes=scopes)
    second = make_case(network, name="Aban Other", name_fa="آبان", scopes=("name", "narrative"))
    row = linking.link(second.pk, first.pk, kind="family", by=network.writer, at=timezone.now())
    linking.verify(row.pk, by=network.approver, at=timezone.now())
    assert Client().get(f"/api/v1/cases/{first.public_id}/").json()["together_with"] == []
    consented(network, second, *scopes)
    approve_case(network, second)
    publishing.tell_of_return(second.pk, at=timezone.now())
    assert len(Client().get(f"/api/v1/cases/{first.public_id}/").json()["together_with"]) == 1
