"""Walk 1: a stranger reads a live campaign, signs without account or JavaScript, confirms by mail, is counted."""

import re

import pytest
from django.test import Client

from network.flows.relaying import relay
from network.models import Person
from tests.makers import make_campaign, make_participation

pytestmark = pytest.mark.django_db


def link_in(mail) -> str:
    text = mail.get_body(("plain",)).get_content()
    return re.search(r"http://testserver(/\S*confirm/\S+)", text).group(1)


def count_on(client: Client, url: str) -> str:
    return re.search(r'class="count">([^<]+)<', client.get(url).content.decode()).group(1)


@pytest.mark.parametrize(
    ("prefix", "zero", "one", "subject"),
    [
        ("", "0", "1", "Please confirm: is this your signature?"),
        ("/fa", "۰", "۱", None),
    ],
)
def test_signature_is_counted_after_one_button(network, visitor, deliver_all, prefix, zero, one, subject):
    campaign = make_campaign(network)
    url = f"{prefix}/campaigns/{campaign.slug}/"
    page = visitor.get(url).content.decode()
    assert "Golnar Sabzrud" in page and "گلنار سبزرود" in page
    assert ('dir="rtl"' in page.split("<head>")[0]) == (prefix == "/fa")
    assert count_on(visitor, url) == zero

    answer = visitor.post(url, {"name": "Nasrin", "email": "nasrin@people.example", "show_name": "on"})
    assert (answer.status_code, answer.url) == (302, f"{prefix}/campaigns/{campaign.slug}/sent/")
    assert visitor.get(answer.url).status_code == 200
    assert Person.objects.filter(email="nasrin@people.example").exists() is False

    mail = deliver_all().last("nasrin@people.example")
    assert subject is None or mail["Subject"] == subject
    assert mail["Content-Language"] == ("fa" if prefix else "en")
    link = link_in(mail)
    assert link.startswith(f"{prefix}/confirm/")

    shown = visitor.get(link).content.decode()
    assert "Nasrin" in shown and "n····n@people.example" in shown
    assert shown.count('class="button"') == 1
    assert count_on(visitor, url) == zero

    thanked = visitor.post(link, {"name": "Nasrin", "show_name": "on"}, follow=True).content.decode()
    assert f'class="count">{one}<' in thanked
    assert f"{prefix}/join/" in thanked
    relay()
    assert count_on(visitor, url) == one
    assert Person.objects.get(email="nasrin@people.example").display_name == "Nasrin"


def test_a_receipt_follows_the_signature(network, deliver_all):
    make_participation(make_campaign(network), "nasrin@people.example")
    assert [mail["Subject"] for mail in deliver_all().mails("nasrin@people.example")] == ["Your signature is counted"]


def test_dates_stand_in_both_calendars_in_persian(network, visitor):
    campaign = make_campaign(network)
    page = visitor.get(f"/fa/campaigns/{campaign.slug}/").content.decode()
    shown = re.search(
        r'<time datetime="([\d-]+)"><span class="day">([^<]+)</span> <span class="day" lang="en" dir="ltr">\(([^)]+)\)',
        page,
    )
    assert shown.group(1) == campaign.launched_at.date().isoformat()
    assert re.fullmatch(r"[۰-۹]+ \S+ [۰-۹]{4}", shown.group(2))
    assert shown.group(3).endswith(str(campaign.launched_at.year))


def test_words_can_be_corrected_on_the_confirmation_page(network, visitor, deliver_all):
    campaign = make_campaign(network)
    visitor.post(f"/campaigns/{campaign.slug}/", {"name": "Nasrim", "email": "n@people.example"})
    link = link_in(deliver_all().last("n@people.example"))
    visitor.post(link, {"name": "Nasrin"})
    row = campaign.actions.get().participations.get()
    assert (row.state, row.name, row.address) == ("confirmed", "Nasrin", "")


def test_not_me_forgets_the_address_at_once(network, visitor, deliver_all):
    campaign = make_campaign(network)
    visitor.post(f"/campaigns/{campaign.slug}/", {"name": "Nasrin", "email": "n@people.example"})
    link = link_in(deliver_all().last("n@people.example"))
    assert visitor.post(f"{link}rejecting/").status_code == 200
    row = campaign.actions.get().participations.get()
    assert (row.state, row.name, row.address, row.answers) == ("rejected", "", "", {})
    assert visitor.get(link).status_code == 410


def test_a_long_list_of_campaigns_is_read_a_page_at_a_time(network, settings):
    settings.LIST_ROWS = 2
    for number in range(5):
        make_campaign(network, slug=f"lake-{number}")
    seen: list[str] = []
    path = "/campaigns/"
    for _page in range(3):
        page = Client().get(path).content.decode()
        seen += re.findall(r'href="/campaigns/(lake-\d)/"', page)
        further = re.search(r'rel="next" href="([^"]+)"', page)
        path = f"/campaigns/{further.group(1)}" if further else ""
    assert sorted(set(seen)) == [f"lake-{number}" for number in range(5)] and path == ""
    assert 'rel="prev" href="?from=0"' in Client().get("/campaigns/?from=2").content.decode()
    for odd in ("-1", "x", "9" * 30):
        assert Client().get(f"/campaigns/?from={odd}").status_code == 200
