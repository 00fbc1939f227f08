"""Somebody whom a campaign was for is left out: nothing written, signed or recorded while it was may still tell of them.

One file, because each test is one more thing that may tell of the same person after the same leaving.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from campaigns import consumers
from campaigns.flows.campaign import (
    acting,
    closing,
    demanding,
    drafting,
    including,
    moderating,
    observing,
    offering,
    updating,
)
from campaigns.flows.gate import silencing
from campaigns.models import Action, Campaign, Case, Message, Participation, Province, Update
from campaigns.publishing import clocks
from campaigns.publishing.action import missing_approvals
from campaigns.publishing.case_file import silence_of
from campaigns.publishing.handover import handover_of, petition_of
from campaigns.publishing.letter import becomes_of
from campaigns.publishing.message import held_back
from campaigns.publishing.outcome import outcomes_of
from campaigns.publishing.report import report_of
from campaigns.publishing.statement import statements_for
from campaigns.publishing.told_of import told_of_today
from campaigns.publishing.update import missing_for_publishing, parts_of
from campaigns.refusals import MessageHeldBack, SamePersonTwice
from notifications.models import Alert, Delivery
from notifications.templatetags.alert_panels import mail_told
from tests.campaigns.test_including import (
    PAGE,
    find,
    fresh,
    include,
    launch,
    missing,
    other_case,
)
from tests.campaigns.test_including import beside as beside  # fixtures
from tests.campaigns.test_including import draft as draft
from tests.campaigns.test_including import live as live
from tests.campaigns.test_including import visitor as visitor
from tests.journeys.test_scenario_19_one_text_one_minute import make_partner, sign
from tests.makers import (
    approve_action,
    enter_workspace,
    make_action,
    make_alert,
    make_campaign,
    make_message,
    make_participation,
    make_person,
)

pytestmark = pytest.mark.django_db
SCOPES = frozenset({"narrative", "petition", "name"})


def leave(network, campaign, case) -> None:
    """They ask for silence, an editor goes on without them, and all of it is read and launched again."""
    silencing.withdraw_consent(case.consents.get().pk, by=None, at=timezone.now())
    including.leave_out(campaign.pk, case.pk, by=network.writer, at=timezone.now())
    launch(network, campaign)
    for action in Action.objects.filter(campaign=campaign, has_own_words=True):
        approve_action(network, action)


def test_what_supporters_wrote_about_them_is_read_again_and_refused(network, live, beside, visitor):
    action = make_action(network, live, "message")
    message = make_message(action, "w@people.example", "Dear Sohrab Kuhestan, we think of you.", show_words=True)
    moderating.accept(message.pk, digest=message.digest_now(), by=network.approver, at=timezone.now())
    page = f"{PAGE}{action.position}/"
    assert "we think of you" in visitor.get(page).content.decode()
    batch = moderating.make_batch(action.pk, by=network.approver, at=timezone.now())
    moderating.hand_over(batch.pk, on=timezone.now().date(), by=network.approver, at=timezone.now())
    leave(network, live, beside)
    assert visitor.get(page).status_code == 200
    assert "we think of you" not in visitor.get(page).content.decode()
    message = Message.objects.get(pk=message.pk)
    assert (message.state, message.batch_id) == ("waiting", batch.pk)
    with pytest.raises(MessageHeldBack):
        moderating.accept(message.pk, digest=message.digest_now(), by=network.approver, at=timezone.now())


def test_what_happened_to_them_is_not_told_of_the_others(network, live, beside):
    row = observing.record_outcome(
        live.pk,
        what="family_visit",
        grade="relief",
        on=timezone.now().date(),
        reporter="family",
        by=network.writer,
        at=timezone.now(),
    )
    observing.verify(row.pk, by=network.approver, at=timezone.now())
    assert len(outcomes_of(live.pk, SCOPES)) == 1
    leave(network, live, beside)
    assert outcomes_of(live.pk, SCOPES) == []
    after = observing.record_outcome(
        live.pk,
        what="reply",
        grade="no_change",
        on=timezone.now().date(),
        reporter="state",
        by=network.writer,
        at=timezone.now(),
    )
    observing.verify(after.pk, by=network.approver, at=timezone.now())
    beside.defender.guarded_words.create(kind="date", text=after.on.isoformat())
    [told] = outcomes_of(live.pk, SCOPES)
    assert told.what == "reply" and told.until is not None  # a day of theirs is told as its month still


def test_no_word_about_them_may_stand_in_it_and_each_text_is_read_anew(network, live, beside):
    row = updating.draft(live.pk, by=network.writer, at=timezone.now())
    told = {"en": {"title": "News", "body": "The second teacher was moved."}}
    updating.write(row.pk, texts=told, by=network.writer, at=timezone.now())
    for part in parts_of(Update.objects.get(pk=row.pk)):
        updating.approve(row.pk, part.name, digest=part.digest, by=network.approver, at=timezone.now())
    updating.publish(row.pk, by=network.approver, at=timezone.now())
    assert "was moved" in Client().get(PAGE).content.decode()
    pledge = make_action(network, live, "pledge")
    including.leave_out(live.pk, beside.pk, by=network.writer, at=timezone.now())
    assert {"facts", "text:en"} <= {
        code.removeprefix("approval:")
        for code in missing_for_publishing(Update.objects.get(pk=row.pk), at=timezone.now())
    }
    assert set(missing_approvals(Action.objects.get(pk=pledge.pk))) == {"facts", "text:en", "text:fa"}
    live.texts.filter(language="en").update(deck="Sohrab Kuhestan measured a lake.")
    assert "unfit:en:name:Sohrab Kuhestan" in missing(live)
    live.texts.filter(language="en").update(deck="{person} measured a lake.")
    launch(network, live)
    page = Client().get(PAGE)
    assert page.status_code == 200 and "was moved" not in page.content.decode()
    feed = Client().get("/feeds/campaigns.atom").content.decode()
    assert "was moved" not in feed and f'ref="urn:uuid:{row.public_id}"' in feed


def test_nobody_hands_over_a_letter_that_people_did_not_sign(network, live, beside):
    make_participation(live, "signer@people.example", show_name=True, name="A Signer")
    first = petition_of(live.pk)
    assert handover_of(first, language="en", at=timezone.now()).names == ("A Signer",)
    leave(network, live, beside)
    second = petition_of(live.pk)
    assert second != first and handover_of(first, language="en", at=timezone.now()) is None
    assert handover_of(second, language="en", at=timezone.now()).names == ()
    assert Action.objects.get(pk=first).closed_at is not None
    make_participation_again(fresh(live), "signer@people.example")
    assert handover_of(second, language="en", at=timezone.now()).names == ("A Signer",)


def make_participation_again(campaign: Campaign, address: str) -> None:
    """The maker takes the only petition; here the first is over."""
    Action.objects.filter(campaign=campaign, kind="petition").exclude(closed_at=None).update(kind="petition-of-before")
    make_participation(campaign, address, show_name=True, name="A Signer")
    Action.objects.filter(kind="petition-of-before").update(kind="petition")


def test_the_new_letter_is_signed_where_the_old_one_was(network, live, beside, visitor):
    make_action(network, live, "pledge")
    pending = make_participation(live, "slow@people.example", confirmed=False)
    leave(network, live, beside)
    form = find(live)
    assert (form.main.kind, form.main.is_open, form.main.position) == ("petition", True, 1)
    page = visitor.get(PAGE).content.decode()
    assert "What you sign" in page and 'name="email"' in page
    pending.refresh_from_db()
    assert (pending.state, pending.address, pending.name) == ("expired", "", "")


def test_their_alias_is_refused_in_a_message_too(network, draft):
    known = other_case(network, "Mehri Darya", "مهری دریا", alias="Tara Abi", scopes=("alias", "narrative", "petition"))
    include(network, draft, known)
    launch(network, draft)
    action = make_action(network, draft, "message")
    message = make_message(action, "w@people.example", "Dear Tara Abi, we think of you.")
    moderating.accept(message.pk, digest=message.digest_now(), by=network.approver, at=timezone.now())
    leave(network, draft, known)
    message = Message.objects.get(pk=message.pk)
    with pytest.raises(MessageHeldBack):
        moderating.accept(message.pk, digest=message.digest_now(), by=network.approver, at=timezone.now())


def test_another_like_it_is_guarded_by_them_too(network, live, beside):
    leave(network, live, beside)
    again = drafting.duplicate(live.pk, network.host, by=network.writer, at=timezone.now())
    assert [row.case for row in again.left] == [beside]


def test_a_letter_that_nobody_signed_stays_one_when_they_come_back(network, live, beside, visitor):
    make_participation(live, "signer@people.example", show_name=True)
    closing.close(live.pk, ending="met", by=network.approver, at=timezone.now())
    including.leave_out(live.pk, beside.pk, by=network.writer, at=timezone.now())
    include(network, live, beside)
    launch(network, live)
    assert "What people signed" not in visitor.get(PAGE).content.decode()
    assert handover_of(petition_of(live.pk), language="en", at=timezone.now()) is None


def test_whoever_was_named_and_left_is_known_to_have_been_named(network, live, beside):
    including.leave_out(live.pk, beside.pk, by=network.writer, at=timezone.now())
    silencing.withdraw_consent(beside.consents.get().pk, by=None, at=timezone.now())
    beside.refresh_from_db()
    assert beside.named_until is not None


def test_another_case_of_whoever_left_excuses_what_it_permits(network, live, beside):
    again = make_campaign(network, name="Someone Else", name_fa="کسی دیگر", launched=False).case
    including.leave_out(live.pk, beside.pk, by=network.writer, at=timezone.now())
    again.defender = beside.defender
    again.save()
    include(network, live, again)
    assert [row.case for row in fresh(live).left] == [beside]
    assert not any(one.has_left for one in told_of_today(fresh(live), at=timezone.now()))


def test_one_that_is_over_is_rewritten_too_and_shows_no_letter_as_signed(network, live, beside, visitor):
    make_participation(live, "signer@people.example")
    closing.close(live.pk, ending="met", by=network.approver, at=timezone.now())
    assert "What people signed" in visitor.get(PAGE).content.decode()
    including.leave_out(live.pk, beside.pk, by=network.writer, at=timezone.now())
    facts = drafting.Facts(demand="release", target_titles={"en": "the Court"})
    drafting.write(live.pk, facts=facts, texts={}, by=network.writer, at=timezone.now())
    launch(network, live)
    page = visitor.get(PAGE).content.decode()
    assert "This campaign is over" in page and "What people signed" not in page
    assert handover_of(petition_of(live.pk), language="en", at=timezone.now()) is None


def test_their_id_is_gone_and_not_unknown(network, live, beside, visitor):
    gone = find(live).people[1].public_id
    assert visitor.get(f"/api/v1/defenders/{gone}/").status_code == 200
    leave(network, live, beside)
    assert visitor.get(f"/api/v1/defenders/{gone}/").status_code == 410


def test_a_restore_leaves_them_out_again(network, live, beside, visitor):
    consumers._leave_out_again({"campaign_id": live.pk, "case_id": beside.pk}, timezone.now())
    assert fresh(live).cases == [live.case] and visitor.get(PAGE).status_code == 410
    consumers._leave_out_again(
        {"campaign_id": live.pk, "case_id": live.case_id}, timezone.now()
    )  # nobody would be left
    assert fresh(live).cases == [live.case]


def test_whoever_withdrew_is_asked_nothing_again(network, live, beside):
    silencing.withdraw_case(beside.pk, by=None, at=timezone.now())
    case_ids = {case.id for case, _why in clocks.to_renew(at=timezone.now() + timedelta(days=85))}
    assert beside.pk not in case_ids


def test_a_name_never_tells_whose_an_alias_is(network, draft, visitor):
    """Sisters: one by her name, the other by an alias."""
    sister = other_case(
        network, "Laleh Sabzrud", "لاله سبزرود", alias="Tara", scopes=("alias", "narrative", "petition")
    )
    include(network, draft, sister)
    assert "of:1:name-tells" in missing(draft)
    launch_unchecked(network, draft)
    assert find(draft) is None and visitor.get(PAGE).status_code == 410


def launch_unchecked(network, campaign) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(state="live", launched_at=timezone.now())


def test_nobody_stands_in_it_twice(network, draft):
    other = make_campaign(network, name="Mehri Darya", name_fa="مهری دریا", launched=False).case
    other.defender = draft.case.defender
    other.save()
    with pytest.raises(SamePersonTwice):
        include(network, draft, other)


def test_the_workspace_leads_on_after_somebody_was_left_out(network, live, beside, deliver_all):
    editor = enter_workspace(network.writer, deliver_all)
    there = f"/organise/campaigns/{live.pk}/"
    assert f"{there}editing/" not in editor.get(there).content.decode()
    editor.post(f"{there}people/{beside.pk}/leaving-out/")
    assert f"{there}editing/" in editor.get(there).content.decode()
    assert there in editor.get("/organise/").content.decode()
    action = offering.offer(live.pk, "pledge", by=network.writer, at=timezone.now())
    assert action.is_draft


def test_what_was_set_apart_or_taken_back_meanwhile_is_read_again_when_it_comes_again(network, live, beside, visitor):
    action = make_action(network, live, "message")
    apart, back = (
        make_message(action, f"{name}@people.example", "Dear friend, and her cellmate.", show_words=True)
        for name in ("apart", "back")
    )
    for message in (apart, back):
        moderating.accept(message.pk, digest=message.digest_now(), by=network.approver, at=timezone.now())
    Participation.objects.filter(pk=apart.participation_id).update(state="quarantined")
    person = Participation.objects.get(pk=back.participation_id).person
    acting.withdraw(back.participation_id, by=person, at=timezone.now())
    leave(network, live, beside)
    Participation.objects.filter(pk=apart.participation_id).update(state="confirmed")
    make_message(action, "back@people.example", "Dear friend, and her cellmate.", show_words=True)
    assert "cellmate" not in visitor.get(f"{PAGE}{action.position}/").content.decode()
    assert set(Message.objects.values_list("state", flat=True)) == {"waiting"}
    message = Message.objects.get(pk=apart.pk)
    moderating.accept(message.pk, digest=message.digest_now(), by=network.approver, at=timezone.now())
    assert "cellmate" in visitor.get(f"{PAGE}{action.position}/").content.decode()


def test_an_acceptance_that_slipped_past_the_leaving_counts_for_nothing(network, live, beside, visitor):
    action = make_action(network, live, "message")
    message = make_message(action, "w@people.example", "Dear friend, and her cellmate.", show_words=True)
    before = message.digest_now()
    leave(network, live, beside)
    Message.objects.update(state="accepted", digest=before, decided_at=timezone.now())
    assert "cellmate" not in visitor.get(f"{PAGE}{action.position}/").content.decode()
    assert moderating.make_batch(action.pk, by=network.approver, at=timezone.now()) is None


def test_partners_read_and_sign_no_statement_that_was_not_read_anew(network, live, beside):
    statement = make_action(network, live, "sign_on")
    partner = make_partner(network)
    row = sign(statement, partner)
    assert signers_of(live) == [partner.name]
    silencing.withdraw_consent(beside.consents.get().pk, by=None, at=timezone.now())
    including.leave_out(live.pk, beside.pk, by=network.writer, at=timezone.now())
    launch(network, live)
    assert statements_for(make_partner(network, name="Other Partner"), language="en", at=timezone.now()) == []
    [told] = statements_for(partner, language="en", at=timezone.now())
    assert told.versions == () and told.sign_on_id == row.pk  # it can be taken back still
    approve_action(network, statement)
    [told] = statements_for(partner, language="en", at=timezone.now())
    assert told.state == "" and row.digest != told.digest and signers_of(live) == []
    row = sign(statement, partner)
    assert row.digest == told.digest and signers_of(live) == [partner.name]


def signers_of(campaign) -> list[str]:
    return [signer.name for one in find(campaign).actions for signer in one.signers]


def test_what_an_office_did_is_not_told_of_the_others(network, live, beside):
    demand = live.demands.get()
    demanding.meet(demand.pk, by=network.writer, at=timezone.now())
    demanding.see_met(demand.pk, by=network.approver, at=timezone.now())
    beside.defender.guarded_words.create(kind="date", text=timezone.now().date().isoformat())
    [told] = find(live).demands
    assert told.met_on.day == 1 and told.met_until is not None  # a day of theirs is told as its month
    leave(network, live, beside)
    assert [one.met_on for one in find(live).demands] == [None]
    assert report_of(live.pk, SCOPES, (), at=timezone.now()).demands_met == 0
    first, second = live.actions.order_by("pk")  # the letter that was signed is not signed on
    assert first.closed_at is not None and second.closed_at is None and second.position == 1


def test_nothing_recorded_while_it_waited_is_told_of_the_others(network, live, beside):
    pressed_at = timezone.now()
    row = observing.record_outcome(
        live.pk,
        what="family_visit",
        grade="relief",
        on=pressed_at.date(),
        reporter="family",
        by=network.writer,
        at=pressed_at + timedelta(seconds=3),
    )
    including.leave_out(live.pk, beside.pk, by=network.writer, at=pressed_at)
    observing.verify(row.pk, by=network.approver, at=timezone.now())
    assert outcomes_of(live.pk, SCOPES) == []


def test_a_sister_who_stays_is_called_by_the_name_they_share(network, draft):
    sister = other_case(network, "Laleh Sabzrud", "لاله سبزرود")
    Province.objects.update_or_create(code="QF-1", defaults={"country": "QF", "names": {"en": "Greenfield"}})
    Case.objects.filter(pk__in=[draft.case_id, sister.pk]).update(province="QF-1")
    include(network, draft, sister)
    launch(network, draft)
    leave(network, draft, sister)
    told = told_of_today(fresh(draft), at=timezone.now())
    assert held_back("Dear Golnar Sabzrud, we think of you.", told) == []
    assert held_back("گلنار سبزرود عزیز", told) == []
    assert [one.words for one in held_back("And Laleh Sabzrud?", told)] == ["Laleh Sabzrud"]
    assert [one.words for one in held_back("Laleh too.", told)] == ["Laleh"]
    assert [one.words for one in held_back("In Greenfield.", told)] == ["Greenfield"]  # no consent covers it
    consent = draft.case.consents.get()
    consent.scopes = [*consent.scopes, "province"]
    consent.save()
    assert held_back("In Greenfield.", told_of_today(fresh(draft), at=timezone.now())) == []


def test_the_paper_for_their_family_counts_what_was_mailed_before(network, live, beside):
    alert = make_alert(network, live)
    person = make_person("reader@people.example")
    Delivery.objects.create(alert=alert, person=person, channel="email", state="sent", settled_at=timezone.now())
    Alert.objects.filter(pk=alert.pk).update(opened_at=timezone.now())
    silencing.withdraw_consent(beside.consents.get().pk, by=None, at=timezone.now())
    before = mail_told(beside.pk)
    since = silence_of(beside.pk, at=timezone.now()).since
    including.leave_out(live.pk, beside.pk, by=network.writer, at=timezone.now())
    launch(network, live)
    later = make_alert(network, live)
    Alert.objects.filter(pk=later.pk).update(opened_at=timezone.now() + timedelta(minutes=1))
    Delivery.objects.create(alert=later, person=person, channel="email", state="sent", settled_at=timezone.now())
    assert before == mail_told(beside.pk) == {"waiting": False, "sent": 1}
    found = silence_of(beside.pk, at=timezone.now())
    assert found is not None and found.since == since  # that the others are shown again is not their return


def test_who_signed_before_is_told_that_the_letter_is_another(network, live, beside, visitor):
    row = make_participation(live, "signer@people.example", show_name=True)
    leave(network, live, beside)
    assert "earlier letter" in str(becomes_of(Participation.objects.get(pk=row.pk)))
    shown = visitor.get(f"/api/v1/campaigns/{live.public_id}/").json()["actions"]
    assert sorted(bool(one["ask"]) for one in shown) == [False, True]
