"""A message on its way past a moderator: nothing unseen goes anywhere, and what was taken back goes nowhere."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from campaigns import consumers
from campaigns.flows.campaign import acting, closing, moderating, offering
from campaigns.flows.gate import silencing
from campaigns.kinds.message.answers import MessageAnswers
from campaigns.models import Message, Participation
from campaigns.publishing import campaign as published
from campaigns.publishing.audiences import Audience
from campaigns.publishing.message import shown
from campaigns.publishing.message_rules import unfit
from campaigns.publishing.messages import batch_of
from campaigns.refusals import AlreadyDecided, CampaignIsSilent, MessageHeldBack, MessageUnfit
from network.flows import erasing, quieting
from network.models import Person
from tests.makers import enter_workspace, make_action, make_campaign, make_message, make_partner

pytestmark = pytest.mark.django_db
KIND_WORDS = "The almond tree at our gate is in flower, and we think of you."


@pytest.fixture
def campaign(network):
    return make_campaign(network, slug="lake")


@pytest.fixture
def action(network, campaign):
    return make_action(network, campaign)


def accept(message, network) -> Message:
    message.refresh_from_db()
    return moderating.accept(message.pk, digest=message.digest_now(), by=network.approver, at=timezone.now())


def read_on_the_page(campaign, action) -> list[tuple[str, str]]:
    form = published.find_by_id(campaign.pk, audience=Audience.PUBLIC, language="en", at=timezone.now())
    return [(one.words, one.name) for one in shown(form, action.pk)]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Amnesty and all of us greet you.", "organisations"),
        ("سلام از طرف سازمان ما", "organisations"),
        ("We know the court was unjust.", "case"),
        ("به امید آزادی از زندان", "case"),
        ("Down with the government!", "politics"),
        ("حقوق بشر برای همه", "politics"),
        ("Schreib mir: ali@people.example", "contact"),
        ("See www.people.example", "contact"),
        ("Take up arms!", "conduct"),
    ],
)
def test_what_would_not_get_through_is_told_at_once_with_its_words(words, why, action):
    found = unfit(words, ("organisations", "case", "politics"))
    assert why in {one.why for one in found}
    assert all(one.words and one.words in one.says for one in found)


@pytest.mark.parametrize(
    "words", [KIND_WORDS, "به یادت هستیم. بهار نزدیک است.", "Wir denken an dich. Der Schnee schmilzt."]
)
def test_kind_words_get_through(words, action):
    assert unfit(words, ("organisations", "case", "politics")) == []


def test_our_own_partners_are_organisations_too(network, action):
    make_partner(network, name="Lanterns of Qaf")
    assert [one.why for one in unfit("Greetings from Lanterns of Qaf", ("organisations",))] == ["organisations"]


def test_a_rule_that_an_organiser_took_off_does_not_hold(network, campaign):
    action = make_action(network, campaign, options={"organisations": True, "case": False, "politics": True})
    assert make_message(action, "a@people.example", "The judge was wrong.").state == "waiting"


def test_what_breaks_a_rule_is_not_even_kept(action):
    with pytest.raises(MessageUnfit):
        make_message(action, "a@people.example", "The judge was wrong.")
    assert not Participation.objects.exists()


def test_a_refusal_tells_nothing_that_is_on_record_as_never_to_be_told(network, campaign, action):
    campaign.case.defender.guarded_words.create(kind="place", text="Almond Street")
    message = make_message(action, "a@people.example", "I walked down Almond Street today.")
    with pytest.raises(MessageHeldBack) as refused:
        accept(message, network)
    assert refused.value.words == ("Almond Street",)


def test_the_person_may_be_called_by_the_name_that_readers_know(network, action):
    assert (
        accept(make_message(action, "a@people.example", "Dear Golnar Sabzrud, spring is near."), network).state
        == "accepted"
    )


def test_behind_an_alias_the_name_goes_nowhere(network):
    campaign = make_campaign(network, alias="A Gardener", scopes=("alias", "narrative", "petition"))
    action = make_action(network, campaign)
    with pytest.raises(MessageHeldBack):
        accept(make_message(action, "a@people.example", "Dear Golnar, spring is near."), network)


def test_nothing_is_read_by_others_before_a_moderator_has_read_it_and_only_if_its_writer_lets_it(
    network, campaign, action
):
    open_one = make_message(action, "a@people.example", KIND_WORDS, show_words=True, show_name=True, name="Ava")
    private = make_message(action, "b@people.example", "Another wish.")
    nameless = make_message(action, "c@people.example", "A third wish.", show_words=True)
    assert read_on_the_page(campaign, action) == []
    for message in (open_one, private, nameless):
        accept(message, network)
    assert read_on_the_page(campaign, action) == [("A third wish.", ""), (KIND_WORDS, "")]  # nobody is listed


def test_words_written_anew_are_read_anew(network, campaign, action):
    message = accept(make_message(action, "a@people.example", KIND_WORDS, show_words=True), network)
    answers = MessageAnswers(words="Other words.", show_words=True)
    entry = acting.Entry(address="a@people.example", name="A Writer", language="en", answers=answers)
    acting.enter(action.pk, entry, at=timezone.now())
    assert read_on_the_page(campaign, action) == [(KIND_WORDS, "")]  # until its owner has confirmed the others
    acting.confirm(message.participation_id, name="A Writer", answers=answers, at=timezone.now())
    assert read_on_the_page(campaign, action) == []
    message.refresh_from_db()
    assert message.state == "waiting"
    accept(message, network)
    assert read_on_the_page(campaign, action) == [("Other words.", "")]


def test_the_same_words_again_are_not_read_again(network, action):
    message = make_message(action, "a@people.example", KIND_WORDS)
    moderating.decline(
        message.pk, digest=message.digest_now(), reason="off_topic", by=network.approver, at=timezone.now()
    )
    answers = MessageAnswers(words=KIND_WORDS)
    later = timezone.now() + timedelta(hours=1)
    acting.enter(
        action.pk, acting.Entry(address="a@people.example", name="A Writer", language="en", answers=answers), at=later
    )
    acting.confirm(message.participation_id, name="A Writer", answers=answers, at=later)
    message.refresh_from_db()
    assert message.state == "declined"


def test_a_moderator_decides_about_the_words_on_the_screen(network, action):
    message = make_message(action, "a@people.example", KIND_WORDS)
    seen = message.digest_now()
    Participation.objects.filter(pk=message.participation_id).update(name="Somebody Else")
    with pytest.raises(AlreadyDecided):
        moderating.accept(message.pk, digest=seen, by=network.approver, at=timezone.now())


def test_a_decision_from_a_page_that_is_old_is_refused_and_who_reads_it_is_named(network, action, deliver_all):
    message = make_message(action, "w@people.example")
    first, second = enter_workspace(network.writer, deliver_all), enter_workspace(network.approver, deliver_all)
    first.post("/organise/messages/next/")
    assert "is reading it at this moment" in second.get(f"/organise/messages/{message.pk}/").content.decode()
    digest = message.digest_now()
    second.post(f"/organise/messages/{message.pk}/accepting/", {"digest": digest})
    said = {"digest": digest, "state": "waiting", "reason": "unkind"}
    assert first.post(f"/organise/messages/{message.pk}/declining/", said).status_code == 409
    assert first.post(f"/organise/messages/{message.pk}/declining/", {**said, "state": "accepted"}).status_code == 302


def test_what_was_accepted_can_be_taken_off_and_out_of_a_batch_that_has_not_left(network, campaign, action):
    message = accept(make_message(action, "a@people.example", KIND_WORDS, show_words=True), network)
    batch = moderating.make_batch(action.pk, by=network.approver, at=timezone.now())
    moderating.decline(message.pk, digest=message.digest_now(), reason="may_harm", by=network.writer, at=timezone.now())
    assert read_on_the_page(campaign, action) == [] and batch_of(batch.pk, at=timezone.now()).messages == ()


def test_who_hides_is_read_anew_and_no_hash_of_their_name_stays(network, campaign, action):
    message = accept(make_message(action, "a@people.example", KIND_WORDS, show_name=True), network)
    moderating.make_batch(action.pk, by=network.approver, at=timezone.now())
    quieting.be_quiet(message.participation.person_id, at=timezone.now())
    message.refresh_from_db()
    assert (message.state, message.digest, message.batch) == ("waiting", "", None)
    accept(message, network)
    batch = moderating.make_batch(action.pk, by=network.approver, at=timezone.now())
    assert [(one.words, one.name) for one in batch_of(batch.pk, at=timezone.now()).messages] == [(KIND_WORDS, "")]


def test_a_restore_shows_nothing_that_was_reworded_or_declined_since(network, campaign, action):
    message = accept(make_message(action, "a@people.example", KIND_WORDS, show_words=True), network)
    for payload in (
        {"message_id": message.pk},
        {"participation_id": str(message.participation_id), "action_id": action.pk},
    ):
        consumers._read_message_again(payload, timezone.now())
        assert read_on_the_page(campaign, action) == []
        accept(message, network)
    assert len(read_on_the_page(campaign, action)) == 1


def test_two_moderators_do_not_read_the_same_one(network, action):
    first = make_message(action, "a@people.example", "First wish.")
    second = make_message(action, "b@people.example", "Second wish.")
    now = timezone.now()
    taken = moderating.claim(by=network.writer, at=now)
    other = moderating.claim(by=network.approver, at=now)
    assert (taken.pk, other.pk) == (first.pk, second.pk)
    assert moderating.claim(by=network.approver, at=now + timedelta(minutes=16)).pk == first.pk


def test_nobody_reads_their_own(network, action):
    message = make_message(action, network.approver.email, KIND_WORDS)
    assert moderating.claim(by=network.approver, at=timezone.now()) is None
    with pytest.raises(AlreadyDecided):
        moderating.accept(message.pk, digest=message.digest_now(), by=network.approver, at=timezone.now())
    assert moderating.claim(by=network.writer, at=timezone.now()).pk == message.pk


def test_its_writer_is_told_why_it_does_not_go_once(network, action, deliver_all):
    message = make_message(action, "a@people.example", KIND_WORDS)
    deliver_all()
    moderating.decline(message.pk, digest=message.digest_now(), reason="unkind", by=network.approver, at=timezone.now())
    mails = [mail for mail in deliver_all().mails("a@people.example") if mail["Subject"] == "About your message"]
    assert len(mails) == 1
    text = mails[0].get_body(("plain",)).get_content()
    assert "It attacks somebody." in text and "/campaigns/lake/2/" in text and KIND_WORDS not in text


def test_a_batch_holds_what_was_accepted_once(network, action):
    for number in range(3):
        accept(make_message(action, f"{number}@people.example", f"Wish {number}."), network)
    make_message(action, "late@people.example", "Unread.")
    batch = moderating.make_batch(action.pk, by=network.approver, at=timezone.now())
    assert [one.words for one in batch_of(batch.pk, at=timezone.now()).messages] == ["Wish 0.", "Wish 1.", "Wish 2."]
    assert moderating.make_batch(action.pk, by=network.approver, at=timezone.now()) is None


def test_what_is_taken_back_erased_or_hidden_is_in_no_batch_any_more(network, campaign, action):
    messages = [
        accept(
            make_message(action, f"{name}@people.example", f"From {name}.", show_name=True, show_words=True), network
        )
        for name in ("stays", "back", "erased", "quiet")
    ]
    batch = moderating.make_batch(action.pk, by=network.approver, at=timezone.now())
    people = {message.participation.person.email.split("@")[0]: message.participation.person for message in messages}
    acting.withdraw(messages[1].participation_id, by=people["back"], at=timezone.now())
    erasing.erase(people["erased"], at=timezone.now())
    quieting.be_quiet(people["quiet"].pk, at=timezone.now())
    assert [one.words for one in batch_of(batch.pk, at=timezone.now()).messages] == ["From stays."]
    assert [words for words, _ in read_on_the_page(campaign, action)] == ["From stays."]


def test_nothing_is_handed_over_while_there_is_silence(network, campaign, action, deliver_all):
    accept(make_message(action, "a@people.example", KIND_WORDS), network)
    batch = moderating.make_batch(action.pk, by=network.approver, at=timezone.now())
    silencing.withdraw_case(campaign.case_id, by=network.writer, at=timezone.now())
    assert batch_of(batch.pk, at=timezone.now()) is None
    with pytest.raises(CampaignIsSilent):
        moderating.make_batch(action.pk, by=network.approver, at=timezone.now())
    editor = enter_workspace(network.writer, deliver_all)
    for answer in (
        editor.get(f"/organise/batches/{batch.pk}/"),
        editor.post(f"/organise/actions/{action.pk}/batches/"),
    ):
        assert answer.status_code == 409 and "shown to nobody at the moment" in answer.content.decode()
    assert editor.get("/organise/batches/999999/").status_code == 404


def test_the_words_lie_sealed(network, action):
    message = make_message(action, "a@people.example", KIND_WORDS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, answers FROM campaigns_participation WHERE words <> ''")
        rows = cursor.fetchall()
    assert len(rows) == 1 and "almond" not in str(rows)
    assert Participation.objects.get(pk=message.participation_id).words == KIND_WORDS


def test_a_pending_message_is_before_nobody(action):
    answers = MessageAnswers(words=KIND_WORDS)
    acting.enter(
        action.pk,
        acting.Entry(address="a@people.example", name="A", language="en", answers=answers),
        at=timezone.now(),
    )
    assert not Message.objects.exists()


def test_the_export_of_a_writer_holds_their_words(action, network):
    message = make_message(action, "a@people.example", KIND_WORDS)
    person = Person.objects.get(pk=message.participation.person_id)
    assert KIND_WORDS in str(erasing.disclose(person))


def test_an_ended_action_still_takes_confirmations(network, action):
    answers = MessageAnswers(words=KIND_WORDS)
    row = acting.enter(
        action.pk,
        acting.Entry(address="a@people.example", name="A", language="en", answers=answers),
        at=timezone.now(),
    )
    offering.end(action.pk, by=network.writer, at=timezone.now())
    acting.confirm(row.pk, name="A", answers=answers, at=timezone.now())
    assert Message.objects.waiting().count() == 1


def test_what_nobody_read_before_the_end_is_no_work_any_more(network, campaign, action, deliver_all):
    make_message(action, "late@people.example")
    editor = enter_workspace(network.approver, deliver_all)
    assert "1 message waits to be read" in editor.get("/organise/messages/").content.decode()
    closing.close(campaign.pk, ending="ended", by=network.approver, at=timezone.now())
    assert "No message waits for you." in editor.get("/organise/messages/").content.decode()
    assert moderating.claim(by=network.approver, at=timezone.now()) is None
