"""News of a campaign: written by one, approved by another, on the page, in the feed and in the API, and off them at once."""

import pytest
from django.test import Client
from django.utils import timezone

from campaigns import consumers
from campaigns.flows.campaign import closing, updating
from campaigns.flows.gate import silencing
from campaigns.models import Update
from campaigns.publishing.update import missing_for_publishing, parts_of
from campaigns.refusals import UpdateNotReady, WordsAreLocked
from network.models import OutboxEvent
from network.refusals import ContentChanged, SamePersonApproves
from notifications.models import Alert
from tests.makers import enter_workspace, make_campaign

pytestmark = pytest.mark.django_db
EN = {"title": "A day in court is set", "body": "{person} is **heard** in December."}
FA = {"title": "روز دادگاه معلوم شد", "body": "{person} در آذر به دادگاه می‌رود."}
FEED, PAGE, API = "/feeds/campaigns.atom", "/campaigns/lake/", "/api/v1/campaigns/"


@pytest.fixture
def campaign(network):
    return make_campaign(network, slug="lake")


@pytest.fixture
def visitor():
    return Client()


def write(network, campaign, **texts) -> Update:
    row = updating.draft(campaign.pk, by=network.writer, at=timezone.now())
    updating.write(row.pk, texts=texts or {"en": EN, "fa": FA}, by=network.writer, at=timezone.now())
    return row


def approve(network, row: Update) -> None:
    row = Update.objects.get(pk=row.pk)
    for part in parts_of(row):
        updating.approve(row.pk, part.name, digest=part.digest, by=network.approver, at=timezone.now())


def publish(network, row: Update) -> Update:
    approve(network, row)
    return updating.publish(row.pk, by=network.approver, at=timezone.now())


def missing(row: Update) -> list[str]:
    return missing_for_publishing(Update.objects.get(pk=row.pk), at=timezone.now())


def read(visitor, address: str) -> str:
    return visitor.get(address).content.decode()


def test_begun_twice_it_is_one_draft_until_something_stands_in_it(network, campaign):
    one = updating.begin(campaign.pk, by=network.writer, at=timezone.now())
    assert updating.begin(campaign.pk, by=network.writer, at=timezone.now()).pk == one.pk
    assert updating.begin(campaign.pk, by=network.approver, at=timezone.now()).pk != one.pk
    updating.write(one.pk, texts={"en": EN}, by=network.writer, at=timezone.now())
    assert updating.begin(campaign.pk, by=network.writer, at=timezone.now()).pk != one.pk


def test_it_is_told_from_the_moment_it_is_published_everywhere_in_the_readers_language(network, campaign, visitor):
    row = write(network, campaign)
    assert missing(row) == ["approval:facts", "approval:text:en", "approval:text:fa"]
    with pytest.raises(UpdateNotReady):
        updating.publish(row.pk, by=network.approver, at=timezone.now())
    approve(network, row)
    for address in (PAGE, FEED, API):
        assert EN["title"] not in read(visitor, address)
    updating.publish(row.pk, by=network.approver, at=timezone.now())
    page = read(visitor, PAGE)
    assert EN["title"] in page and "<strong>heard</strong>" in page and "<bdi>Golnar Sabzrud</bdi> is" in page
    assert FA["title"] in read(visitor, f"/fa{PAGE}") and EN["title"] not in read(visitor, f"/fa{PAGE}")
    assert EN["title"] in read(visitor, FEED) and f"urn:uuid:{row.public_id}" in read(visitor, FEED)
    [told] = visitor.get(API).json()["results"][0]["updates"]
    assert (told["id"], told["title"], told["language"]) == (str(row.public_id), EN["title"], "en")
    assert OutboxEvent.objects.named("CampaignChanged").filter(subject_id=str(campaign.pk)).exists()
    with pytest.raises(WordsAreLocked):
        updating.write(row.pk, texts={"en": EN}, by=network.writer, at=timezone.now())


def test_whoever_wrote_it_does_not_approve_it_and_an_edit_voids_the_yes(network, campaign):
    row = write(network, campaign)
    [facts, english, _persian] = parts_of(Update.objects.get(pk=row.pk))
    with pytest.raises(SamePersonApproves):
        updating.approve(row.pk, "text:en", digest=english.digest, by=network.writer, at=timezone.now())
    with pytest.raises(ContentChanged):
        updating.approve(row.pk, "text:en", digest=facts.digest, by=network.approver, at=timezone.now())
    approve(network, row)
    assert missing(row) == []
    updating.write(row.pk, texts={"en": EN | {"title": "Another day"}}, by=network.writer, at=timezone.now())
    assert missing(row) == ["approval:text:en"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"body": "Golnar Sabzrud is heard."}, "unfit:en:name:Golnar Sabzrud"),
        ({"body": "Write to ali@people.example."}, "unfit:en:contact:ali@people.example"),
        ({"title": ""}, "empty:en"),
        ({"body": "{nobody} is heard."}, "unknown-slot:en:nobody"),
    ],
)
def test_words_that_may_not_stand_are_named(network, campaign, words, code):
    row = write(network, campaign, en=EN | words)
    approve(network, row)
    assert missing(row) == [code]


def test_what_tells_of_force_is_looked_at_by_a_second_person(network, campaign):
    row = write(network, campaign, en=EN | {"body": "They were arrested for speaking against the bombing."})
    assert "approval:conduct:en" in missing(row)
    approve(network, row)
    assert missing(row) == []


def test_silence_takes_the_news_too_and_leaves_tombstones(network, campaign, visitor):
    row = publish(network, write(network, campaign))
    silencing.withdraw_case(campaign.case_id, by=network.writer, at=timezone.now())
    assert EN["title"] not in read(visitor, PAGE) + read(visitor, API)
    feed = read(visitor, FEED)
    assert EN["title"] not in feed and f'ref="urn:uuid:{row.public_id}"' in feed
    assert missing(write(network, campaign))[0] == "update-campaign-silent"


def test_a_narrower_consent_hides_it_until_it_is_approved_again(network, campaign, visitor):
    publish(network, write(network, campaign))
    silencing.narrow(campaign.case, was="name", by=network.writer, at=timezone.now())
    assert EN["title"] not in read(visitor, PAGE)


def test_one_editor_takes_it_back_and_a_restore_does_not_bring_it_back(network, campaign, visitor):
    row = publish(network, write(network, campaign))
    updating.take_back(row.pk, by=network.writer, at=timezone.now())
    assert EN["title"] not in read(visitor, PAGE) + read(visitor, API)
    assert f'ref="urn:uuid:{row.public_id}"' in read(visitor, FEED)
    Update.objects.filter(pk=row.pk).update(taken_back_at=None)  # the database of yesterday
    consumers._take_update_back_again({"update_id": row.pk, "campaign_id": campaign.pk}, timezone.now())
    assert EN["title"] not in read(visitor, PAGE)


def test_it_is_written_approved_and_published_from_the_workspace(network, campaign, visitor, deliver_all):
    editor = enter_workspace(network.writer, deliver_all)
    there = f"/organise/campaigns/{campaign.pk}/updates/"
    assert there in editor.get(f"/organise/campaigns/{campaign.pk}/").content.decode()
    edit = editor.post(f"{there}new/")["Location"]
    wrong = editor.post(edit, {"title_en": EN["title"], "body_en": "{nobody} is heard."})
    assert wrong.status_code == 400 and EN["title"] in wrong.content.decode()
    typed = {"title_en": EN["title"], "body_en": EN["body"], "title_fa": FA["title"], "body_fa": FA["body"]}
    page = editor.post(edit, typed)["Location"]
    approver = enter_workspace(network.approver, deliver_all)
    assert approver.post(f"{page}publishing/").status_code == 409
    row = Update.objects.get()
    for part in parts_of(row):
        answer = approver.post(f"{page}approving/", {"part": part.name, "digest": part.digest})
        assert answer.status_code == 302
    assert approver.post(f"{page}approving/", {"part": "facts", "digest": "stale"}).status_code == 409
    assert approver.post(f"{page}publishing/").status_code == 302
    assert EN["title"] in read(visitor, PAGE) and EN["title"] in approver.get(there).content.decode()
    assert editor.get(edit).status_code == 409
    assert editor.post(f"{page}taking-back/").status_code == 302
    assert EN["title"] not in read(visitor, PAGE)


def test_an_alert_begins_from_its_words(network, campaign, deliver_all):
    row = publish(network, write(network, campaign))
    editor = enter_workspace(network.writer, deliver_all)
    page = editor.get(f"/organise/updates/{row.pk}/").content.decode()
    new = page.split(f'value="{row.pk}"')[0].rsplit('action="', 1)[1].split('"')[0]
    editor.post(new, {"update": str(row.pk)})
    alert = Alert.objects.get()
    assert alert.severity == Alert.Severity.INFO
    assert {one.language: one.subject for one in alert.variants.all()} == {"en": EN["title"], "fa": FA["title"]}
    other = make_campaign(network, slug="river")
    editor.post(new.replace(str(campaign.pk), str(other.pk)), {"update": str(row.pk)})
    assert not Alert.objects.latest("pk").variants.exists()  # news of another campaign is none of this one's


def test_news_of_one_that_is_over_stands_and_has_no_tombstone(network, campaign, visitor):
    row = publish(network, write(network, campaign))
    closing.close(campaign.pk, ending="met", by=network.approver, at=timezone.now())
    assert EN["title"] in read(visitor, PAGE)
    assert str(row.public_id) not in read(visitor, FEED)
