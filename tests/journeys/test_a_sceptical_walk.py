"""What somebody who had not built it found by walking through it, each with the way it is now."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import launching
from campaigns.flows.gate import consenting, granting, publishing, silencing
from campaigns.flows.record import citing, documenting, registering, updating
from campaigns.models import Article, Case, Instrument, PublicationConsent, RiskAssessment
from campaigns.publishing import campaign as campaigns
from campaigns.publishing import case_parts, clocks
from campaigns.publishing.audiences import Audience
from campaigns.publishing.case_file import case_file, silence_of
from campaigns.publishing.gate_view import gate_view
from campaigns.publishing.permitting import permits
from campaigns.refusals import CampaignNotReady, NotBinding
from network.models import Approval, OutboxEvent, Person
from tests.makers import approve_case, enter_workspace, make_campaign, make_case, make_partner, make_status

pytestmark = pytest.mark.django_db


def shows(case: Case) -> bool:
    form = publishing.find(case.public_id, audience=publishing.Audience.PUBLIC, language="en", at=timezone.now())
    return form is not None


def judge(case: Case, risk: str, by: Person) -> None:
    later = timezone.now() + timedelta(days=20)
    documenting.assess(case.pk, risk=risk, valid_until=later, by=by, at=timezone.now())


def consent(network, case: Case, giver: str, *scopes: str, **more) -> None:
    said = consenting.Consent(given_by=giver, scopes=scopes, expires_at=timezone.now() + timedelta(days=60), **more)
    consenting.record_consent(case.pk, said, by=network.writer, at=timezone.now())


def test_an_alarm_that_one_raised_takes_two_to_end(network):
    case = make_case(network)
    judge(case, "medium", network.writer)
    assert shows(case)  # renewed in time, no graver: nothing is hidden while it waits for its reader
    judge(case, "high", network.approver)
    assert not shows(case)
    judge(case, "medium", network.writer)
    assert not shows(case)
    approve_case(network, case)
    assert shows(case)


def test_an_alarm_stops_the_letters_and_is_told(network):
    campaign = make_campaign(network)
    epoch, now = campaign.case.epoch, timezone.now()
    assert permits(campaign.pk, at=now, epoch=epoch)
    judge(campaign.case, "high", network.approver)
    assert not permits(campaign.pk, at=timezone.now())
    assert Case.objects.get(pk=campaign.case_id).epoch > epoch
    assert OutboxEvent.objects.named("CampaignSilenced").filter(subject_id=str(campaign.pk)).exists()


def test_a_judgement_that_two_read_ends_though_a_newer_one_waits(network):
    """What the second person read has run out; the renewed one nobody else has read: gone, told, and cached no longer."""
    campaign, case = make_campaign(network), make_case(network)
    judge(campaign.case, "medium", network.writer)
    judge(case, "medium", network.writer)
    ends = timezone.now() + timedelta(days=2)
    first = [one.risk_assessments.order_by("assessed_at").first().pk for one in (campaign.case, case)]
    for pk, subject in zip(first, (campaign.case, case), strict=True):
        RiskAssessment.objects.filter(pk=pk).update(valid_until=ends)
        part = case_parts.safety_of_judgement(subject, RiskAssessment.objects.get(pk=pk))
        Approval.objects.create(
            subject="case", subject_id=subject.pk, part="safety", digest=part.digest, by=network.approver, given_at=ends
        )
    assert campaigns.find_by_id(campaign.pk, audience=Audience.PUBLIC, language="en", at=timezone.now()).until == ends
    with time_machine.travel(ends + timedelta(seconds=1), tick=False):
        assert not shows(case)
        assert not permits(campaign.pk, at=timezone.now())
        assert silencing.silence_lapsed(at=timezone.now()) == [campaign.pk]
        assert silencing.silence_lapsed(at=timezone.now()) == []
    told = set(OutboxEvent.objects.values_list("name", "subject_id"))
    assert {("CampaignSilenced", str(campaign.pk)), ("CaseSilenced", str(case.pk))} <= told


def test_who_is_left_says_whether_somebody_is_remembered(network):
    case = make_case(network, scopes=None, published=False, approved=False)
    consent(network, case, "self", "name", "narrative", "petition")
    approve_case(network, case)
    publishing.publish(case.pk, by=network.approver, at=timezone.now())
    make_status(network, case, "life", "executed")
    assert "consent-to-remember" in publishing.missing_of(case.pk, at=timezone.now())
    consent(network, case, "family", "name", "narrative", "memorial", capacity="deceased")
    approve_case(network, case)
    assert publishing.missing_of(case.pk, at=timezone.now()) == []
    assert shows(case)


def test_the_gate_says_when_a_partner_reads_it(network):
    case = make_case(network, alias="Baran", scopes=("alias", "narrative"), partners=("name", "narrative"))
    assert gate_view(case.pk, reader=network.writer, at=timezone.now()).partners_read is False
    partner, later = make_partner(network), timezone.now() + timedelta(days=5)
    partner.standing = partner.Standing.FULL
    partner.save()
    row = granting.propose(case.pk, partner, licence="read", expires_at=later, by=network.writer, at=timezone.now())
    granting.agree(row.pk, by=network.approver, at=timezone.now())
    view = gate_view(case.pk, reader=network.writer, at=timezone.now())
    assert view.partners_read is True


def test_out_on_bail_nobody_is_in_solitary(network):
    case = make_case(network, verified=False)
    make_status(network, case, "condition", "solitary")
    make_status(network, case, "liberty", "released_on_bail")
    page = Client().get(f"/cases/{_slug(case)}/").content.decode()
    assert "Out on bail, not released" in page and "solitary" not in page


def test_the_dead_are_held_no_more(network):
    case = make_case(network)
    make_status(network, case, "life", "executed")
    row = case.statuses.get(dimension="liberty")
    assert updating.end(row.pk, until=timezone.now().date(), by=network.writer, at=timezone.now()).until is not None


def test_a_case_whose_consent_was_taken_back_says_so(network, deliver_all):
    case = make_case(network)
    silencing.withdraw_consent(case.consents.get().pk, by=None, at=timezone.now())
    consent(network, case, "lawyer", "name", "narrative")
    assert publishing.missing_of(case.pk, at=timezone.now())[0] == "consent-taken-back"
    page = enter_workspace(network.writer, deliver_all).get(f"/organise/cases/{case.pk}/").content.decode()
    assert "consent taken back" in page


def test_a_silence_began_with_the_first_withdrawal(network):
    case = make_case(network)
    begin = timezone.now()
    silencing.withdraw_consent(case.consents.get().pk, by=None, at=begin)
    silencing.withdraw_case(case.pk, by=network.writer, at=begin + timedelta(minutes=3))
    assert silence_of(case.pk, at=begin + timedelta(minutes=4)).since == begin


def test_a_consent_that_ended_has_its_checklist_and_its_paper(network, deliver_all):
    case = make_case(network)
    PublicationConsent.objects.filter(case=case).update(expires_at=timezone.now())
    silencing.silence_lapsed(at=timezone.now())
    assert silence_of(case.pk, at=timezone.now()) is not None
    paper = enter_workspace(network.writer, deliver_all).get(f"/organise/cases/{case.pk}/silence/")
    assert paper.status_code == 200 and "What is silent" in paper.content.decode()
    [(_case, why)] = clocks.to_renew(at=timezone.now())
    assert str(why[0]) == "The consent has ended."


def test_the_workspace_says_live_only_of_what_is_read(network, deliver_all):
    campaign = make_campaign(network, slug="lake")
    silencing.withdraw_consent(campaign.case.consents.get().pk, by=None, at=timezone.now())
    [leaning] = case_file(campaign.case_id, at=timezone.now()).leaning
    assert leaning.is_shown is False
    listed = enter_workspace(network.writer, deliver_all).get("/organise/campaigns/").content.decode()
    assert 'state go">live' not in listed and 'state no">silent' in listed


def test_a_name_nobody_approved_was_read_by_nobody(network):
    """One wrong tick, corrected before anybody looked, does not close the way back to the alias."""
    case = make_case(network, alias="Baran", scopes=("alias", "narrative"))
    assert shows(case)
    consent(network, case, "family", "name", "narrative")
    assert not shows(case)
    consent(network, case, "family", "alias", "narrative")
    approve_case(network, case)
    assert Case.objects.get(pk=case.pk).named_until is None
    assert shows(case)


def test_for_a_child_the_missing_tick_is_named(network):
    campaign = make_campaign(network, launched=False)
    Case.objects.filter(pk=campaign.case_id).update(age_at_event=15)
    with pytest.raises(CampaignNotReady) as refused:
        launching.launch(campaign.pk, by=network.approver, at=timezone.now())
    assert "consent-for-a-child" in refused.value.missing and "consent-scope" not in refused.value.missing


def test_a_treaty_that_ended_binds_no_more(network):
    registering.adopt_shipped()
    case = make_case(network, country="CH")
    article = Article.objects.filter(instrument=Instrument.objects.get(code="cat")).first()
    change = registering.propose_ratification(
        article.instrument,
        "CH",
        status="ratified",
        done_on=date(1986, 12, 2),
        in_force_on=date(1987, 6, 26),
        ended_on=date(2020, 1, 1),
        by=network.writer,
        at=timezone.now(),
    )
    registering.decide_ratification(change.pk, is_so=True, by=network.approver, at=timezone.now())
    now = timezone.now()
    citing.cite(case.pk, article, occurred_on=date(2019, 12, 31), is_breach=True, by=network.writer, at=now)
    with pytest.raises(NotBinding):
        citing.cite(case.pk, article, occurred_on=date(2020, 1, 1), is_breach=True, by=network.writer, at=now)


def test_an_emergency_has_its_clock_on_the_desk(network, deliver_all):
    case = make_case(network, published=False, approved=False, verified=False)
    approve_case(network, case)
    publishing.publish(case.pk, is_emergency=True, by=network.approver, at=timezone.now())
    assert [found.id for found, _until in clocks.in_emergency(at=timezone.now())] == [case.pk]
    desk = enter_workspace(network.approver, deliver_all).get("/organise/").content.decode()
    assert "Published in an emergency:" in desk


def _slug(case: Case) -> str:
    form = publishing.find(case.public_id, audience=publishing.Audience.PUBLIC, language="en", at=timezone.now())
    assert form is not None
    return form.slug
