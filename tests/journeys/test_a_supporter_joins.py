"""Walk 2: joining the network, signing in by a code, joining a campaign, unsubscribing by one click, leaving."""

import re

import pytest
from django.test import Client

from campaigns.flows.campaign import counting
from campaigns.models import Joining
from network.models import ContactConsent, Endorsement, Person
from tests.makers import make_campaign, make_participation, make_person

pytestmark = pytest.mark.django_db


def path_in(mail, pattern: str) -> str:
    return re.search(rf"http://testserver(/\S*{pattern}\S*)", mail.get_body(("plain",)).get_content()).group(1)


def join_network(visitor: Client, deliver_all, address: str, *, prefix: str = "", alerts: bool = True) -> None:
    data = {"name": "Nasrin", "email": address, "endorse": "on", **({"alerts": "on"} if alerts else {})}
    assert visitor.post(f"{prefix}/join/", data).status_code == 302
    link = path_in(deliver_all().last(address), "join/confirm/")
    assert Person.objects.filter(email=address).exists() is False
    visitor.get(link)
    assert Person.objects.filter(email=address).exists() is False
    assert visitor.post(link, {"name": "Nasrin"}).status_code == 302
    assert "Welcome" in visitor.get(link).content.decode() or prefix


def sign_in(visitor: Client, deliver_all, address: str) -> None:
    visitor.post("/accounts/code/", {"email": address})
    answer = visitor.post("/accounts/code/confirm/", {"code": codes_for(deliver_all, address)[-1]})
    assert (answer.status_code, answer.url) == (302, "/me/")


def codes_for(deliver_all, address: str) -> list[str]:
    """Every code that was mailed there, the newest last."""
    mails = [mail for mail in deliver_all().mails(address) if mail["Subject"] == "Your sign-in code"]
    texts = [mail.get_body(("plain",)).get_content() for mail in mails]
    return [re.search(r"^(\d{6})\s*$", text, re.MULTILINE).group(1) for text in texts]


def test_from_joining_to_leaving(network, visitor, deliver_all, mailbox):
    campaign = make_campaign(network)
    join_network(visitor, deliver_all, "nasrin@people.example", alerts=False)
    person = Person.objects.get(email="nasrin@people.example")
    assert Endorsement.objects.confirmed().filter(person=person).count() == 1
    assert ContactConsent.objects.filter(person=person).count() == 0
    assert person.has_usable_password() is False

    assert visitor.get("/me/").status_code == 302
    sign_in(visitor, deliver_all, "nasrin@people.example")
    assert visitor.get(f"/me/campaigns/{campaign.slug}/joining/").status_code == 200
    visitor.post(f"/me/campaigns/{campaign.slug}/joining/")
    assert "The lake" in visitor.get("/me/").content.decode()

    notice = [m for m in deliver_all().mails("nasrin@people.example") if "joined" in m["Subject"]][-1]
    assert notice["Subject"] == "You have joined: The lake"
    assert notice["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = path_in(notice, "unsubscribe/")
    assert notice["List-Unsubscribe"] == f"<http://testserver{link}>"

    assert Client().get(link).status_code == 200  # a scanner opens it
    assert ContactConsent.objects.in_force().filter(person=person).count() == 1
    assert Client().post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200  # a mail provider, no headers
    assert ContactConsent.objects.in_force().filter(person=person).count() == 0

    visitor.post(f"/me/campaigns/{campaign.pk}/leaving/")
    assert Joining.objects.current().filter(person=person).exists() is False
    assert "The lake" not in visitor.get("/me/").content.decode()


def test_joining_without_endorsing_is_refused_and_loses_nothing(network, visitor):
    answer = visitor.post("/join/", {"name": "Nasrin", "email": "nasrin@people.example"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="Nasrin"' in page and 'value="nasrin@people.example"' in page
    assert Endorsement.objects.count() == 0


def test_another_code_comes_and_only_the_newest_works(network, visitor, deliver_all):
    address = make_person("nasrin@people.example").email
    visitor.post("/accounts/code/", {"email": address})
    again = visitor.post("/accounts/code/confirm/", {"action": "resend"})
    assert "Another code is on its way" in visitor.get(again.url).content.decode()
    first, newest = codes_for(deliver_all, address)
    assert visitor.post("/accounts/code/confirm/", {"code": first}).status_code == 200
    assert visitor.post("/accounts/code/confirm/", {"code": newest}).url == "/me/"


def test_codes_are_sent_again_so_often_and_no_more(network, visitor, deliver_all, settings):
    settings.ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 1
    address = make_person("nasrin@people.example").email
    visitor.post("/accounts/code/", {"email": address})
    for _time in range(3):
        visitor.post("/accounts/code/confirm/", {"action": "resend"})
    assert len(codes_for(deliver_all, address)) == 2
    assert "Send another code" not in visitor.get("/accounts/code/confirm/").content.decode()


def test_a_mistyped_address_is_left_by_one_press(network, visitor, deliver_all):
    visitor.post("/accounts/code/", {"email": "nasrin@poeple.example"})
    page = visitor.get("/accounts/code/confirm/").content.decode()
    action, back = re.search(
        r'<form id="other" method="post" action="([^"]+)">.*?name="next" value="([^"]+)"', page
    ).groups()
    assert visitor.post(action, {"next": back}).url == back
    make_person("nasrin@people.example")
    sign_in(visitor, deliver_all, "nasrin@people.example")


def test_who_tried_too_often_is_told_so(network, visitor, settings):
    settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 1
    make_person("nasrin@people.example")
    visitor.post("/accounts/code/", {"email": "nasrin@people.example"})
    answer = visitor.post("/accounts/code/confirm/", {"code": "000000"})
    assert "Too many tries" in visitor.get(answer.url).content.decode()


def test_unknown_and_known_addresses_get_the_same_screens(network, deliver_all):
    make_person("known@people.example")
    screens = []
    for address in ("known@people.example", "unknown@people.example"):
        client = Client(headers={"Sec-Fetch-Site": "same-origin"})
        asked = client.post("/accounts/code/", {"email": address})
        shown = client.get(asked.url).content.decode()
        shown += client.post(asked.url, {"action": "resend"}, follow=True).content.decode()
        joined = client.post("/join/", {"name": "N", "email": address, "endorse": "on"})
        tokens = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
        screens.append((asked.status_code, asked.url, tokens.sub("", shown), joined.status_code, joined.url))
    assert screens[0] == screens[1]
    assert deliver_all().last("unknown@people.example") is not None


def test_erasing_leaves_totals_and_nothing_else(network, visitor, deliver_all):
    campaign = make_campaign(network)
    row = make_participation(campaign, "nasrin@people.example", name="Nasrin-to-forget", follow=True)
    deliver_all()
    sign_in(visitor, deliver_all, "nasrin@people.example")
    disclosed = visitor.get("/me/export/").json()
    assert disclosed["person"]["email"] == "nasrin@people.example"
    assert disclosed["participations"][0]["name"] == "Nasrin-to-forget"

    assert visitor.post("/me/erasing/", follow=True).status_code == 200
    assert Person.objects.filter(email="nasrin@people.example").exists() is False
    row.refresh_from_db()
    assert (row.state, row.name, row.person_id, row.answers) == ("confirmed", "", None, {})
    assert counting.tally_of(campaign.actions.get().pk).confirmed == 1
    assert visitor.get("/me/").status_code == 302


def test_one_cannot_withdraw_what_another_signed(network, visitor, deliver_all):
    campaign = make_campaign(network)
    row = make_participation(campaign, "other@people.example")
    make_person("nasrin@people.example")
    sign_in(visitor, deliver_all, "nasrin@people.example")
    assert visitor.post(f"/me/actions/{row.pk}/withdrawing/").status_code == 404
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_withdrawing_lowers_the_count(network, visitor, deliver_all):
    campaign = make_campaign(network)
    row = make_participation(campaign, "nasrin@people.example", name="Nasrin")
    make_participation(campaign, "other@people.example")
    deliver_all()
    sign_in(visitor, deliver_all, "nasrin@people.example")
    visitor.post(f"/me/actions/{row.pk}/withdrawing/")
    deliver_all()
    row.refresh_from_db()
    assert (row.state, row.name) == ("withdrawn", "")
    assert counting.tally_of(campaign.actions.get().pk).confirmed == 1
