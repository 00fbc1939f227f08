"""Scenario 12: any one organiser withdraws a case, or the family does by its code; it is silent on every edge."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.flows.gate import correcting
from campaigns.flows.record import picturing
from campaigns.models import Case, PageAddress
from campaigns.publishing.case_parts import part_of_photo
from network.flows.relaying import relay
from notifications.engine import dispatching
from notifications.flows import opening
from notifications.models import Delivery
from notifications.refusals import AlertNotReady
from tests.journeys.test_an_organiser_launches import CASE
from tests.makers import (
    enter_workspace,
    make_alert,
    make_campaign,
    make_case,
    make_jpeg,
    make_key,
    make_participation,
    make_partner,
)
from tests.notifications.test_opening import open_fully

pytestmark = pytest.mark.django_db
NAME, NAME_FA = "Plantedname Sabzrud", "نام‌کاشته سبزرود"


@pytest.fixture
def campaign(network):
    return make_campaign(network, slug="lake", name=NAME, name_fa=NAME_FA)


def everywhere(campaign, key: str) -> str:
    """Everything that anybody outside the workspace can read, as one text."""
    paths = ["/", "/fa/", "/campaigns/", "/fa/campaigns/", "/campaigns/lake/", "/fa/campaigns/lake/"]
    paths += ["/campaigns/lake/sent/", "/campaigns/lake/correcting/", "/partners/", "/silence/", "/nowhere/"]
    api = ["campaigns/", "campaigns/?language=fa", "actions/", "tallies/", "defenders/", "organisation/campaigns/"]
    api += [f"campaigns/{campaign.public_id}/", f"defenders/{campaign.case.defender.public_id}/", "changes"]
    api += [f"actions/{campaign.actions.get().public_id}/"]
    keyed = Client(headers={"Authorization": f"Bearer {key}"})
    pages = [Client().get(path) for path in paths] + [keyed.get(f"/api/v1/{path}") for path in api]
    return "\n".join(page.content.decode() for page in pages)


def names_in(text: str) -> list[str]:
    return [name for name in ("Plantedname", "Sabzrud", "کاشته", "سبزرود", "دریاچه", "The lake") if name in text]


def withdraw_as_organiser(campaign, editor: Client) -> None:
    assert editor.post(f"/organise/cases/{campaign.case_id}/withdrawing/").status_code == 302


def withdraw_by_code(campaign, editor: Client) -> None:
    consent = campaign.case.consents.get()
    page = editor.post(f"/organise/cases/{campaign.case_id}/consents/{consent.pk}/code/").content.decode()
    code = re.search(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){4}", page).group()
    assert code not in editor.get(f"/organise/cases/{campaign.case_id}/").content.decode()  # shown once
    relative = Client()  # no script, no cookie, no account; over onion the peer is loopback
    wrong = relative.post("/silence/", {"code": code[:-1]}, headers={"Sec-Fetch-Site": "same-origin"})
    assert wrong.status_code == 400
    typed = f"  {code.lower().replace('-', ' ')} "
    done = relative.post("/fa/silence/", {"code": typed}, headers={"Sec-Fetch-Site": "same-origin"})
    assert done.status_code == 200 and names_in(done.content.decode()) == []


@pytest.mark.parametrize("withdraw", [withdraw_as_organiser, withdraw_by_code])
def test_silence_on_every_edge(network, campaign, deliver_all, mailbox, withdraw):
    key = make_key(make_partner(network))
    editor = enter_workspace(network.writer, deliver_all)  # before anything waits: signing in delivers what is due
    row = make_participation(campaign, "signer@people.example", follow=True)
    pending = make_participation(campaign, "pending@people.example", confirmed=False)
    alert = make_alert(network, campaign, audience=6)
    relay()
    begin = Client().get("/api/v1/changes").json()["latest"]
    assert names_in(everywhere(campaign, key)) != []
    open_fully(alert)
    withdraw(campaign, editor)

    assert names_in(everywhere(campaign, key)) == []
    assert Client().get("/campaigns/lake/").status_code == 410
    assert Client().get("/campaigns/lake/correcting/").status_code == 410
    relay()
    changes = Client().get("/api/v1/changes", {"after": begin}).json()["changes"]
    assert ("campaign.withdrawn", str(campaign.public_id)) in {(change["type"], change["id"]) for change in changes}

    while dispatching.dispatch():
        pass
    late = [mail for mail in mailbox.mails() if names_in(str(mail["Subject"]) + mail.as_string())]
    assert [mail["To"] for mail in late if "News" in str(mail["Subject"])] == []
    assert not Delivery.objects.filter(alert=alert, state="sent").exists()
    assert pending.pk and row.pk

    case = Case.objects.get(pk=campaign.case_id)
    page = enter_workspace(network.approver, deliver_all).get(f"/organise/cases/{case.pk}/").content.decode()
    assert "How far the silence has come" in page
    assert page.count("with the next request") >= 2
    papers = [editor.get(f"/organise/cases/{case.pk}/silence/?language={code}") for code in ("en", "fa", "ar", "de")]
    assert [paper.status_code for paper in papers] == [200] * 4
    assert (
        "What we could not silence" in papers[0].content.decode() and "Still missing" not in papers[0].content.decode()
    )
    assert 'lang="fa" dir="rtl"' in papers[1].content.decode()
    assert names_in("".join(paper.content.decode() for paper in papers)) == []


def test_what_was_mailed_before_leads_to_a_page_that_says_nothing(network, campaign, deliver_all, visitor):
    make_participation(campaign, "pending@people.example", confirmed=False)
    mail = deliver_all().last("pending@people.example").get_body(("plain",)).get_content()
    link = re.search(r"http://testserver(/confirm/\S+)", mail).group(1)
    withdraw_as_organiser(campaign, enter_workspace(network.writer, deliver_all))
    page = visitor.get(link)
    assert page.status_code == 410 and names_in(page.content.decode()) == []
    assert visitor.post(link, {"name": "Nasrin"}).status_code == 410


def test_a_withdrawn_case_stays_silent_whatever_is_put_on_record(network, campaign, deliver_all):
    editor = enter_workspace(network.writer, deliver_all)
    url = f"/organise/cases/{campaign.case_id}/"
    editor.post(f"{url}withdrawing/")
    consent = {**CASE, "given_by": "self"}
    assert editor.post(f"{url}consents/", consent).status_code == 409
    assert Client().get("/campaigns/lake/").status_code == 410


def test_a_withdrawal_that_came_before_the_opening_opens_nothing(network, campaign, deliver_all):
    alert = make_alert(network, campaign, audience=3)
    withdraw_as_organiser(campaign, enter_workspace(network.writer, deliver_all))
    with pytest.raises(AlertNotReady):
        opening.open_alert(alert.pk, by=network.approver, at=timezone.now())
    assert Delivery.objects.count() == 0


def test_asking_hides_nothing_and_pages_an_approver(network, campaign, deliver_all, visitor):
    data = {"wish": "remove", "words": "It endangers my <b>sister</b>.", "email": ""}
    assert visitor.post("/campaigns/lake/correcting/", data).status_code == 200
    assert Client().get("/campaigns/lake/").status_code == 200
    for person in (network.writer, network.approver):
        mail = deliver_all().last(person.email)
        assert "sister" not in mail.as_string() and names_in(mail.as_string()) == []
    approver = enter_workspace(network.approver, deliver_all)
    assert "Somebody asks to remove a case" in approver.get("/organise/").content.decode()
    page = approver.get(f"/organise/cases/{campaign.case_id}/").content.decode()
    assert "&lt;b&gt;sister" in page
    request_id = re.search(r"/organise/corrections/(\d+)/answering/", page).group(1)
    approver.post(f"/organise/corrections/{request_id}/answering/", {"answer": "Withdrawn on their wish."})
    assert "Somebody asks" not in approver.get("/organise/").content.decode()
    assert correcting.forget(at=timezone.now()) == 0


def test_every_edge_of_a_case_of_its_own_is_silent_with_the_next_request(network, deliver_all):
    """One press: page, person, photograph, list, search, feeds, API and what a partner was given."""
    case = make_case(network, scopes=("name", "narrative", "photo"))
    now = timezone.now()
    caption = picturing.Caption(alt={"en": "A lake"}, credit="", licence="")
    photo = picturing.add(case.pk, make_jpeg((600, 400)), caption, by=network.writer, at=now)
    picturing.approve(photo.pk, digest=part_of_photo(photo).digest, by=network.approver, at=now)
    slug = PageAddress.objects.get(page="case", holder=case.public_id).slug
    edges = [f"/cases/{slug}/", "/defenders/golnar-sabzrud/", f"/photos/{photo.token}-480.webp"]
    edges += [f"/api/v1/cases/{case.public_id}/", f"/api/v1/defenders/{case.defender.public_id}/"]
    lists = ["/defenders/", "/fa/defenders/", "/feeds/defenders.atom", "/api/v1/cases/", "/api/v1/defenders/"]
    assert [Client().get(edge).status_code for edge in edges] == [200] * len(edges)
    assert all("Golnar" in Client().get(path).content.decode() for path in lists)
    enter_workspace(network.writer, deliver_all).post(f"/organise/cases/{case.pk}/withdrawing/")
    assert [Client().get(edge).status_code for edge in edges] == [410] * len(edges)
    for path in [*lists, "/defenders/?q=Golnar", *edges]:
        text = Client().get(path).content.decode("utf-8", "replace")
        assert "Golnar" not in text.replace('value="Golnar"', "") and "گلنار" not in text, path
    relay()
    told = [(one["type"], one["id"]) for one in Client().get("/api/v1/changes").json()["changes"]]
    assert ("case.withdrawn", str(case.public_id)) in told
    assert ("defender.withdrawn", str(case.defender.public_id)) in told
    checklist = enter_workspace(network.approver, deliver_all).get(f"/organise/cases/{case.pk}/").content.decode()
    assert "with the next request" in checklist and "Partners told to delete" in checklist
