"""What goes along when a page's address is shared: words, a picture of the name, facts for machines, a sheet to print."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from campaigns.flows.campaign import offering
from campaigns.open.sharing import picture
from campaigns.open.sharing.lettering import width_of, wrapped
from campaigns.publishing import paper
from campaigns.publishing.paper import paragraphs_of
from tests.makers import approve_campaign, make_action, make_campaign, make_case

pytestmark = pytest.mark.django_db


def test_the_words_of_a_picture_end_within_it_and_lose_none_while_they_fit():
    room = picture.WIDTH - 2 * picture.EDGE
    middling, endless = "A court hears an appeal on 8 December. " * 5, "A court hears an appeal. " * 40
    for text in (middling, endless):
        size, lines = picture._fitted(text, height=240, direction="ltr")
        assert all(width_of(line, size=size) <= room for line in lines)
    assert " ".join(picture._fitted(middling, height=240, direction="ltr")[1]) == middling.strip()
    assert picture._fitted(endless, height=240, direction="ltr")[1][-1].endswith(" …")


@pytest.mark.parametrize(("prefix", "way"), [("/ar", False), ("/fa", True), ("", False)])
def test_a_sheet_sets_the_campaigns_words_in_their_own_direction(network, monkeypatch, prefix, way):
    make_campaign(network, slug="lake")  # English and Persian: an Arabic reader gets the English words
    said: list[tuple[str, bool | None]] = []
    say = paper.Paper.say

    def heard(self, text, size, **how):
        said.append((text, how.get("rtl", self.rtl)))
        return say(self, text, size, **how)

    monkeypatch.setattr(paper.Paper, "say", heard)
    assert Client().get(f"{prefix}/campaigns/lake/sheet.pdf").status_code == 200
    ways = dict(said)
    words = [text for text in ways if ("lake" in text or "دریاچه" in text) and "://" not in text]
    assert words and {ways[text] for text in words} == {way}
    target = next(text for text in ways if "Court" in text or "دادگاه" in text)
    assert ways[target] is way and not re.search("إلى", target)


def linked_data(page: str) -> dict:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])


def test_a_campaign_tells_machines_what_it_tells_people(network, settings):
    make_campaign(network, slug="lake")
    page = Client().get("/campaigns/lake/").content.decode()
    facts = linked_data(page)
    assert (facts["@type"], facts["headline"], facts["inLanguage"]) == ("Article", "The lake", "en")
    assert facts["about"]["name"] == "Golnar Sabzrud"
    assert facts["url"] == f"{settings.SITE_URL}/campaigns/lake/"
    assert f'<meta property="og:image" content="{settings.SITE_URL}/campaigns/lake/share.png">' in page
    persian = linked_data(Client().get("/fa/campaigns/lake/").content.decode())
    assert (persian["headline"], persian["inLanguage"]) == ("دریاچه", "fa")


def test_a_title_that_would_end_the_script_does_not(network):
    campaign = make_campaign(network, slug="lake", approved=False)
    campaign.texts.filter(language="en").update(title="</script><b>{person}")
    fresh = type(campaign).objects.get(pk=campaign.pk)
    approve_campaign(network, fresh)
    assert linked_data(Client().get("/campaigns/lake/").content.decode())["headline"].startswith("</script><b>")


@pytest.mark.parametrize("prefix", ["", "/fa", "/ar", "/ckb", "/fr", "/de", "/es"])
def test_every_page_has_its_picture_and_its_sheet_in_every_language(network, prefix):
    make_campaign(network, slug="lake")
    make_case(network, name="Open Name", name_fa="نام باز")
    slug = re.search(r'href="/(?:\w+/)?defenders/([\w-]+)/"', Client().get("/defenders/").content.decode()).group(1)
    for path in ("/campaigns/lake/share.png", f"/defenders/{slug}/share.png"):
        answer = Client().get(f"{prefix}{path}")
        assert answer.headers["Content-Type"] == "image/png"
        assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
        assert len(answer.content) < 120_000
    sheet = Client().get(f"{prefix}/campaigns/lake/sheet.pdf")
    assert sheet.headers["Content-Type"] == "application/pdf"
    assert sheet.content.startswith(b"%PDF-") and sheet.content.rstrip().endswith(b"%%EOF")


def test_a_picture_holds_no_face(network):
    """Only letters in three shades and one line: a palette no photograph has."""
    make_case(network, scopes=("name", "narrative", "photo"))
    answer = Client().get("/defenders/golnar-sabzrud/share.png")
    colours = Image.open(io.BytesIO(answer.content)).convert("RGB").getcolors(maxcolors=256)
    assert colours is not None and len(colours) <= 64


def test_lines_break_between_words_in_both_directions():
    for text, way in (("Put your name to it and be counted", "ltr"), ("نام خود را پای آن بگذارید", "rtl")):
        lines = wrapped(text, size=40, width=300, direction=way)
        assert " ".join(lines) == text and len(lines) > 1
        assert all(width_of(line, size=40, direction=way) <= 300 for line in lines)
    assert width_of("می‌خواهم", size=40, direction="rtl") != width_of(
        "میخواهم", size=40, direction="rtl"
    )  # the half-space


def test_a_letter_can_be_sent_by_post(network, monkeypatch):
    campaign = make_campaign(network, slug="lake")
    options = {"postal": "12 Hill Road\nSarvabad", "mailbox": ""}
    words = {"fa": {"sample": "جناب رئیس\n\n{person} خطایی نکرد.", "whom": "رئیس دادگاه"}}
    action = make_action(network, campaign, "letter", options=options, words=words)
    inked: list[str] = []
    say = paper.Paper.say
    monkeypatch.setattr(
        paper.Paper, "say", lambda pdf, text, *size, **how: (inked.append(text), say(pdf, text, *size, **how))
    )
    page = f"/fa/campaigns/lake/{action.position}/"
    assert f"{page}letter.pdf" in Client().get(page).content.decode()
    answer = Client().get(f"{page}letter.pdf")
    assert answer.headers["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")
    for said in ("رئیس دادگاه", "12 Hill Road\nSarvabad", "جناب رئیس", "گلنار سبزرود خطایی نکرد."):
        assert said in inked
    assert "Hamseda" not in "".join(inked)  # it is its writer's
    for kind in ("pledge", "appeal"):  # nothing to send by post
        other = make_action(network, campaign, kind)
        assert Client().get(f"/campaigns/lake/{other.position}/letter.pdf").status_code == 302
    assert Client().get("/campaigns/lake/9/letter.pdf").status_code == 404
    offering.end(action.pk, by=network.writer, at=timezone.now())
    assert Client().get(f"{page}letter.pdf").status_code == 302
    assert "letter.pdf" not in Client().get(page).content.decode()


def test_a_letter_becomes_plain_paragraphs():
    html = "<p>To <b>you</b> &amp; all</p><ol><li>one</li><li>two</li></ol>"
    assert paragraphs_of(html) == ["To you & all", "– one", "– two"]
