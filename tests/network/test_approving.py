"""Nobody's own change is approved by themselves alone: by somebody who wrote nothing of it, or by two who both did."""

from __future__ import annotations

import pytest
from django.utils import timezone

from campaigns.flows.campaign import approving, drafting, including
from campaigns.flows.gate import publishing
from campaigns.models import Campaign, Case
from campaigns.publishing.case_parts import parts_of
from network.flows import editing, erasing
from network.models import Approval, Membership, Person
from network.refusals import SamePersonApproves
from tests.makers import make_campaign, make_case, make_person

TEXT = "text:en"


@pytest.fixture
def draft(network):
    return make_campaign(network, approved=False, launched=False)


def mended(campaign, words, *, by):
    facts = drafting.Facts(demand="", target_titles={})
    known = drafting.texts_of(Campaign.objects.get(pk=campaign.pk))["en"]
    drafting.write(campaign.pk, facts=facts, texts={"en": {**known, "title": words}}, by=by, at=timezone.now())


def approved(campaign, *, by):
    part = part_of(campaign)
    approving.approve(campaign.pk, part.name, digest=part.digest, by=by, at=timezone.now())


def part_of(campaign):
    return next(part for part in Campaign.objects.get(pk=campaign.pk).parts() if part.name == TEXT)


def stands(campaign):
    return not Approval.objects.missing("campaign", campaign.pk, [part_of(campaign)])


def test_a_mended_comma_does_not_let_the_writer_approve_their_own_words_alone(network, draft):
    mended(draft, "Words of one", by=network.writer)
    mended(draft, "Words of one.", by=network.approver)
    approved(draft, by=network.writer)
    assert not stands(draft)
    approved(draft, by=network.writer)  # pressed twice is pressed once
    assert not stands(draft)


def test_two_who_both_wrote_answer_for_each_other(network, draft):
    mended(draft, "Words of one", by=network.writer)
    mended(draft, "Words of one.", by=network.approver)
    approved(draft, by=network.approver)
    approved(draft, by=network.writer)
    assert stands(draft)


def test_somebody_who_wrote_nothing_of_it_is_enough(network, draft):
    mended(draft, "Words of one", by=network.writer)
    mended(draft, "Words of one.", by=network.approver)
    approved(draft, by=make_person())
    assert stands(draft)


def test_an_edit_after_half_an_approval_begins_it_anew(network, draft):
    mended(draft, "Words of one", by=network.writer)
    mended(draft, "Words of one.", by=network.approver)
    approved(draft, by=network.approver)
    mended(draft, "Other words", by=network.writer)
    approved(draft, by=network.writer)
    assert not stands(draft)
    approved(draft, by=network.approver)
    assert stands(draft)


def test_what_was_approved_is_nobodys_edit_any_more(network, draft):
    mended(draft, "Words of one", by=network.writer)
    approved(draft, by=network.approver)
    mended(draft, "Words of another", by=network.approver)
    with pytest.raises(SamePersonApproves):
        approved(draft, by=network.approver)
    approved(draft, by=network.writer)
    assert stands(draft)


def test_a_name_that_half_of_two_approved_has_been_read_by_nobody(network, draft):
    editing.wrote(draft.case, by=network.writer, at=timezone.now())
    editing.wrote(draft.case, by=network.approver, at=timezone.now())
    for person, is_read in ((network.approver, False), (network.writer, True)):
        part = next(one for one in Campaign.objects.get(pk=draft.pk).parts() if one.name == "case")
        approving.approve(draft.pk, "case", digest=part.digest, by=person, at=timezone.now())
        assert (Case.objects.get(pk=draft.case_id).name_approved_at is not None) is is_read


def test_whoever_wrote_and_was_erased_leaves_the_rest_of_it_to_a_third(network, draft):
    gone = make_person()
    mended(draft, "Words of one", by=gone)
    mended(draft, "Words of one.", by=network.writer)
    erasing.erase(gone, at=timezone.now())
    assert not Person.objects.filter(pk=gone.pk).exists()
    with pytest.raises(SamePersonApproves):
        approved(draft, by=network.writer)
    approved(draft, by=network.approver)
    assert stands(draft)


def test_half_of_somebody_erased_still_counts(network, draft):
    gone = make_person()
    mended(draft, "Words of one", by=gone)
    mended(draft, "Words of one.", by=network.writer)
    approve_as_member(network, draft, gone)
    erasing.erase(gone, at=timezone.now())
    approved(draft, by=network.writer)
    assert stands(draft)


def approve_as_member(network, draft, person):
    Membership.objects.create(organisation=network.host, person=person, role="approver", created_at=timezone.now())
    approved(draft, by=person)


def test_only_who_may_approve_is_waited_for(network, draft):
    editor = make_person()
    Membership.objects.create(organisation=network.host, person=editor, role="editor", created_at=timezone.now())
    mended(draft, "Words of one", by=editor)
    mended(draft, "Words of one.", by=network.approver)
    with pytest.raises(SamePersonApproves):
        approved(draft, by=network.approver)
    approved(draft, by=network.writer)
    assert stands(draft)


def test_words_put_back_are_approved_by_whoever_wrote_nothing_since(network, draft):
    mended(draft, "Two", by=network.writer)
    mended(draft, "Two words", by=network.approver)
    mended(draft, "Two", by=network.approver)
    approved(draft, by=network.writer)  # half
    mended(draft, "Three", by=network.approver)
    approved(draft, by=network.writer)
    approved(draft, by=network.approver)
    assert stands(draft)
    mended(draft, "Two", by=network.approver)
    approved(draft, by=network.writer)
    assert stands(draft)


def test_the_facts_of_a_case_are_read_once_for_all_that_leans_on_it(network, draft):
    for person in (network.writer, network.approver):
        editing.wrote(draft.case, by=person, at=timezone.now())
    third, now = make_person(), timezone.now()
    facts = parts_of(draft.case, at=now)[0]
    publishing.approve(draft.case_id, facts.name, digest=facts.digest, by=third, at=now)
    approve_case_part(draft, by=network.writer)
    part = next(one for one in Campaign.objects.get(pk=draft.pk).parts() if one.name == "case")
    assert not Approval.objects.missing("campaign", draft.pk, [part])


def approve_case_part(draft, *, by):
    part = next(one for one in Campaign.objects.get(pk=draft.pk).parts() if one.name == "case")
    approving.approve(draft.pk, "case", digest=part.digest, by=by, at=timezone.now())


def test_what_was_read_of_another_row_counts_for_nothing(network, draft):
    """The part "case" is of another case once whom it led with is left out."""
    other = make_case(network)
    including.include(draft.pk, other.pk, by=network.writer, at=timezone.now())
    editing.wrote(other, by=network.writer, at=timezone.now())
    editing.wrote(other, by=network.approver, at=timezone.now())
    editing.wrote(draft.case, by=network.writer, at=timezone.now())
    approve_case_part(draft, by=network.approver)
    including.leave_out(draft.pk, draft.case_id, by=network.approver, at=timezone.now())
    approve_case_part(draft, by=network.writer)
    part = next(one for one in Campaign.objects.get(pk=draft.pk).parts() if one.name == "case")
    assert Approval.objects.missing("campaign", draft.pk, [part]) == ["case"]


def test_beginning_again_makes_nobody_elses_words_ones_own(network, draft):
    mended(draft, "Words of one", by=network.writer)
    again = drafting.duplicate(draft.pk, network.host, by=network.approver, at=timezone.now())
    approved(again, by=network.writer)
    assert not stands(again)
    approved(again, by=network.approver)
    assert stands(again)


def test_an_approval_stands_when_everybody_behind_it_is_erased(network, draft):
    mended(draft, "Words of one", by=network.writer)
    mended(draft, "Words of one.", by=network.approver)
    approved(draft, by=network.approver)
    approved(draft, by=network.writer)
    for person in (network.writer, network.approver):
        erasing.erase(person, at=timezone.now())
    assert stands(draft)
