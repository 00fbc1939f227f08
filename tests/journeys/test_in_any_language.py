"""Words are written in the two working languages and any other of ours, and reach readers in it."""

import pytest
from django.utils import timezone

from campaigns.flows.campaign import drafting, launching
from campaigns.models import Campaign, Update
from tests.makers import approve_campaign, enter_workspace, make_action, make_alert, make_campaign, make_case

pytestmark = [pytest.mark.django_db, pytest.mark.once]
GERMAN = {
    "title_de": "Warme Klassen",
    "context_de": "Lehrerinnen · Republik Qaf",
    "deck_de": "{person} hat einen See vermessen.",
    "ask_de": "Lassen Sie die Anklage fallen.",
    "letter_de": "Sehr geehrte Damen und Herren, {person} hat nichts verbrochen.",
    "target_de": "das Gericht",
}


@pytest.fixture
def editor(network, deliver_all):
    return enter_workspace(network.writer, deliver_all)


def test_one_language_more_loses_nothing_and_its_readers_read_it(network, editor, visitor):
    campaign = make_campaign(network, slug="lake", launched=False)
    there = f"/organise/campaigns/{campaign.pk}/editing/"
    page = editor.get(there).content.decode()
    assert 'name="title_de"' not in page and "Deutsch" in page
    words = {f"title_{code}": "Half written" for code in ("en", "fa")}
    answer = editor.post(there, {**words, "demand": "release", "also": "de", "another_language": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200 and 'name="title_de"' in page and page.count("Half written") == 2
    assert not Campaign.objects.get(pk=campaign.pk).texts.filter(title="Half written").exists()
    kept = {
        f"{field}_{text.language}": getattr(text, field)
        for text in campaign.texts.all()
        for field in ("title", "context", "deck", "ask", "letter")
    }
    kept |= {"target_en": "the Court", "target_fa": "دادگاه", "demand": "drop_charges", "petition": "on"}
    assert editor.post(there, {**kept, **GERMAN}).status_code == 302
    assert 'name="title_de"' in editor.get(there).content.decode()  # it is there from now on
    preview = editor.get(f"/organise/campaigns/{campaign.pk}/preview/?language=de").content.decode()
    assert "Warme Klassen" in preview and "Deutsch" in preview
    approve_campaign(network, Campaign.objects.get(pk=campaign.pk))
    launching.launch(campaign.pk, by=network.approver, at=timezone.now())
    page = visitor.get("/de/campaigns/lake/").content.decode()
    assert "Warme Klassen" in page and "das Gericht" in page and "Golnar" in page
    assert "Warme Klassen" not in visitor.get("/campaigns/lake/").content.decode()


def test_what_is_in_a_language_that_was_not_on_the_page_stays(network, editor):
    campaign = make_campaign(network, slug="lake", launched=False)
    texts = {"de": {name.removesuffix("_de"): words for name, words in GERMAN.items() if name != "target_de"}}
    facts = drafting.Facts(demand="drop_charges", target_titles={})
    drafting.write(campaign.pk, facts=facts, texts=texts, by=network.writer, at=timezone.now())
    editor.post(f"/organise/campaigns/{campaign.pk}/editing/", {"title_en": "Only English", "demand": "drop_charges"})
    assert campaign.texts.get(language="de").title == "Warme Klassen"


@pytest.mark.parametrize("of", ["action", "update", "alert", "demand", "case"])
def test_every_form_of_words_takes_one_more(network, editor, of):
    campaign = make_campaign(network, slug="lake", launched=of != "demand")
    there = {
        "action": lambda: f"/organise/actions/{make_action(network, campaign, 'pledge', opened=False).pk}/editing/",
        "update": lambda: f"/organise/updates/{update_of(campaign).pk}/editing/",
        "alert": lambda: f"/organise/alerts/{make_alert(network, campaign).pk}/editing/",
        "demand": lambda: f"/organise/demands/{campaign.demands.get().pk}/",
        "case": lambda: f"/organise/cases/{make_case(network).pk}/words/",
    }[of]()
    page = editor.post(there, {"also": "ar", "another_language": "1"})
    assert page.status_code == 200 and '_ar"' in page.content.decode() and 'dir="rtl"' in page.content.decode()
    assert "_xx" not in editor.post(there, {"also": "xx", "another_language": "1"}).content.decode()


def update_of(campaign) -> Update:
    return Update.objects.create(campaign=campaign, created_at=timezone.now())


def test_an_alert_is_previewed_in_each_language_in_which_it_is_written(network, editor):
    alert = make_alert(network, make_campaign(network, slug="lake"))
    alert.variants.create(
        language="de",
        subject="Neues",
        kicker="",
        preheader="",
        body="Liebe {recipient}, {person} wird gehört.",
        button="Los",
    )
    page = editor.get(f"/organise/alerts/{alert.pk}/").content.decode()
    assert "preview/reads-de/" in page and "words in German" in page
    assert "Golnar" in editor.get(f"/organise/alerts/{alert.pk}/preview/reads-de/").content.decode()
    assert editor.get(f"/organise/alerts/{alert.pk}/preview/reads-fr/").status_code == 404
