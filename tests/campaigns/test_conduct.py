"""What no campaign of ours asks for: words that ask for it stop the launch, words that only tell of it need a second reader."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from campaigns.flows.campaign import approving, launching
from campaigns.models import Campaign
from campaigns.publishing import conduct
from campaigns.publishing.conduct import PHRASES, breaches
from campaigns.refusals import CampaignNotReady
from campaigns.workspace.missing import in_words
from network.flows import adopting
from network.refusals import ContentChanged, SamePersonApproves
from notifications.flows import opening
from tests.makers import enter_workspace, make_alert, make_campaign

pytestmark = pytest.mark.django_db

EVERY_PHRASE = [(rule, phrase) for rule, phrases in PHRASES.items() for phrase in phrases]
# What the words of a list are part of, or near to, and what asks for nothing of the kind.
INNOCENT = [
    "She is on hunger strike for the ninth day and calls for a lawyer.",
    "The court heard neither party. The teachers' union called for a strike.",
    "They were forced to sign. The police used force at the gate.",
    "Please elect to hear her lawyer, or let her go home; order her release.",
    "Lead by example: let the family visit. She asked for a vote of the council.",
    "Er wählte seinen Anwalt selbst. Die Bombe war nie die seine, sagt das Gericht.",
    "Elle a été condamnée pour propagande. Nous demandons un procès équitable.",
    "Pedimos su libertad y atención médica. Su partido de fútbol fue cancelado.",
    "ما خواهان آزادی او و رسیدگی پزشکی هستیم. او معلم حزب ندارد.",
    "نطالب بالافراج عنها وبمحاکمه عادله.",
]


@pytest.fixture(autouse=True)
def shipped_principles(network):
    texts = json.loads((adopting.SHIPPED / "1.json").read_text(encoding="utf-8"))["texts"]
    for language, text in texts.items():
        network.principles.texts.update_or_create(language=language, defaults={"clauses": text["clauses"]})


def draft(network, **words: str) -> Campaign:
    """A campaign with English words changed, approved in every part but what stands out, and not launched."""
    campaign = make_campaign(network, launched=False)
    campaign.texts.filter(language="fa").delete()
    text = campaign.texts.get(language="en")
    for field, value in words.items():
        setattr(text, field, value)
    text.save()
    campaign = Campaign.objects.get(pk=campaign.pk)
    for part in campaign.parts():
        approving.approve(campaign.pk, part.name, digest=part.digest, by=network.approver, at=timezone.now())
    return campaign


def missing(campaign: Campaign) -> list[str]:
    return launching.missing_for_launch(Campaign.objects.get(pk=campaign.pk), at=timezone.now())


@pytest.mark.parametrize(("rule", "phrase"), EVERY_PHRASE)
def test_each_phrase_is_found_as_people_write_it(rule, phrase):
    written = phrase.replace("…", "the very").replace("*", "")
    assert rule in {one.rule for one in breaches(f"We say: {written.upper()}, today.", PHRASES)}


@pytest.mark.parametrize("text", INNOCENT)
def test_what_only_sounds_like_it_is_left_alone(text):
    assert breaches(text) == []


@pytest.mark.parametrize("field", conduct.ASKING)
@pytest.mark.parametrize(
    ("words", "rule", "clause"),
    [
        ("We ask that they invade and free {person}", "force", "No call for force"),
        ("Support the Green Party for {person}", "party", "No party, no leader"),
        ("Free {person}, or you will pay for this", "threat", "Respect"),
        ("Storm the prison for {person}", "force", "No call for force"),
        ("به زندان حملهٔ مسلحانه کنید تا {person} آزاد شود", "force", "No call for force"),
    ],
)
def test_what_is_never_asked_stops_the_launch_and_quotes_the_principle(network, field, words, rule, clause):
    campaign = draft(network, **{field: words})
    codes = [code for code in missing(campaign) if code.startswith("conduct:")]
    assert [code.split(":")[1:3] for code in codes] == [["en", rule]]
    with pytest.raises(CampaignNotReady):
        launching.launch(campaign.pk, by=network.approver, at=timezone.now())
    assert clause in in_words(codes)[0]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("deck", "{person} was arrested for speaking against military intervention."),
        ("letter", "They say {person} called “death to” somebody. There is no witness."),
        ("ask", "Refuse a visa ban to nobody who ordered this, and freeze their assets"),
        ("ask", "Kill the judge"),
        ("title", "زندانبان‌ها را بکشید"),
    ],
)
def test_what_is_only_told_and_measures_need_a_second_reader(network, field, words):
    campaign = draft(network, **{field: words})
    assert missing(campaign) == ["approval:conduct:en"]
    part = conduct.parts_of(Campaign.objects.get(pk=campaign.pk))[0]
    approving.approve(campaign.pk, part.name, digest=part.digest, by=network.approver, at=timezone.now())
    assert missing(campaign) == []
    launching.launch(campaign.pk, by=network.approver, at=timezone.now())


@pytest.mark.parametrize("field", ["deck", "context", "letter"])
def test_violence_may_be_told_of_without_one(network, field):
    assert missing(draft(network, **{field: "The guards attack and kill; {person} was there."})) == []


def test_an_edit_voids_what_the_second_reader_said(network):
    campaign = draft(network, deck="{person} was arrested for speaking against military intervention.")
    part = conduct.parts_of(Campaign.objects.get(pk=campaign.pk))[0]
    approving.approve(campaign.pk, part.name, digest=part.digest, by=network.approver, at=timezone.now())
    text = campaign.texts.get(language="en")
    text.deck = "{person} was arrested. We think military intervention is right."
    text.save()
    assert "approval:conduct:en" in missing(campaign)
    with pytest.raises(ContentChanged):
        approving.approve(campaign.pk, part.name, digest=part.digest, by=network.approver, at=timezone.now())


def test_its_writer_is_no_second_reader(network):
    campaign = draft(network, deck="{person} was arrested for speaking against military intervention.")
    campaign.texts.update(written_by=network.writer)
    part = conduct.parts_of(Campaign.objects.get(pk=campaign.pk))[0]
    with pytest.raises(SamePersonApproves):
        approving.approve(campaign.pk, part.name, digest=part.digest, by=network.writer, at=timezone.now())
    assert "approval:conduct:en" in missing(campaign)


def test_an_alert_asks_for_none_of_it_either(network):
    alert = make_alert(network, make_campaign(network))
    alert.variants.filter(language="en").update(subject="Support the Green Party")
    codes = [code for code in opening.missing_for_opening(alert, at=timezone.now()) if code.startswith("conduct:")]
    assert codes == ["conduct:en:party:support the green party"]


def test_the_page_shows_what_stands_out_beside_the_clause(network, deliver_all):
    campaign = draft(network, deck="{person} was arrested for speaking against military intervention.")
    page = enter_workspace(network.approver, deliver_all).get(f"/organise/campaigns/{campaign.pk}/").content.decode()
    assert "military intervention</q>" in page and "No call for force" in page
