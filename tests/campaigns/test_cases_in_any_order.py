"""No order of consent, risk, approval, embargo, publishing, a child's age, a death and withdrawal shows a field of a case
that the latest of each forbids. The oracle is written from the rule, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from campaigns.flows.gate import consenting, publishing, silencing
from campaigns.flows.record import documenting, registering, updating
from campaigns.models import Case
from campaigns.publishing import case as published
from campaigns.publishing.audiences import Audience
from campaigns.publishing.case_parts import parts_of
from campaigns.refusals import CaseIsSilent, CaseNotReady
from network.flows.installing import install
from network.models import Approval
from network.refusals import Refused
from tests.campaigns.test_gate_in_any_order import GRAVITY, Judgement, Oracle
from tests.makers import make_case, make_event, make_network, make_own_words, make_status

SCOPES = st.sets(
    st.sampled_from(
        ["name", "alias", "narrative", "narrative", "health", "quote", "province", "age", "child", "memorial"]
    )
).map(lambda chosen: tuple(sorted({*chosen, "narrative"} if len(chosen) % 4 else chosen)))
HOURS = st.integers(min_value=1, max_value=60)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("consent"), st.sampled_from(["self", "family", "lawyer"]), SCOPES, HOURS),
        st.tuples(st.just("unsay"), st.sampled_from(["self", "family", "lawyer"])),
        st.tuples(st.just("assess"), st.sampled_from(["low", "high", "stop"]), HOURS),
        st.tuples(st.just("approve")),
        st.tuples(st.just("approve")),
        st.tuples(st.just("publish"), st.booleans()),
        st.tuples(st.just("publish"), st.just(False)),
        st.tuples(st.just("unpublish")),
        st.tuples(st.just("embargo"), st.integers(min_value=0, max_value=6)),
        st.tuples(st.just("wait"), st.integers(min_value=1, max_value=30)),
        st.tuples(st.just("tick")),
        st.tuples(st.just("age"), st.sampled_from([None, 15, 30])),
        st.tuples(st.just("die")),
        st.tuples(st.just("withdraw")),
    ),
    max_size=16,
)
RAISED = {"name", "age", "province", "health", "quote"}


@dataclass
class CaseOracle(Oracle):
    approved: bool = False
    published: bool = False
    child: bool = False
    dead: bool = False

    def fields(self, at: datetime) -> set[str]:
        """The scopes that count now; empty: nothing of the case may be seen."""
        if not self.published or self.closed(at):
            return set()
        every = self.every()
        if "narrative" not in every or not every & {"name", "alias"} or (self.dead and "memorial" not in every):
            return set()
        return every

    def every(self) -> set[str]:
        said = {giver: set(consent[0]) for giver, consent in self.consents.items() if consent}
        every = set.intersection(*said.values()) if said else set()
        left = [scopes for giver, scopes in said.items() if giver != "self"]
        if left and "memorial" in set.intersection(*left):
            every.add("memorial")  # for who is left to say
        if self.child:
            answering = [scopes for giver, scopes in said.items() if giver != "self"]
            if not answering or not all("child" in scopes for scopes in answering):
                every -= RAISED
        return every

    def closed(self, at: datetime) -> bool:
        said = list(self.consents.values())
        if self.withdrawn or not said or None in said or not any(until > at for _, until in said):
            return True
        if not self.risks or self.risks[-1].result == "stop" or self.risks[-1].until <= at:
            return True
        if any(risk.result == "stop" and risk.until > at for risk in self.risks):
            return True
        return self.embargo is not None and self.embargo > at


class TestCasesInAnyOrder(TestCase):
    @settings(max_examples=70, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def test_no_field_is_shown_that_the_latest_of_each_forbids(self, steps) -> None:
        self.now = datetime.fromisoformat("2026-03-05T12:00:00+00:00")
        install(trial=True, at=self.now)
        registering.adopt_provinces()
        self.network = make_network()
        facts = {"scopes": None, "risk": None, "approved": False, "published": False, "province_id": "IR-23"}
        self.case = make_case(self.network, alias="Baran", **facts)
        make_status(self.network, self.case, "condition", "hunger_strike")
        make_event(self.network, self.case, words={"en": "Zqeventqz."})
        make_own_words(self.network, self.case, words={"fa": "Zqquoteqz"})
        self.oracle = CaseOracle()
        for name, *details in steps:
            getattr(self, name)(*details)
            self.compare()

    def compare(self) -> None:
        allowed = self.oracle.fields(self.now)
        form = published.find(self.case.public_id, audience=Audience.PUBLIC, language="en", at=self.now)
        if form is None:
            return  # being silent is always allowed; that it does not hide for no reason has tests of its own
        assert allowed
        case = Case.objects.get(pk=self.case.pk)
        missing = set(Approval.objects.missing("case", case.pk, parts_of(case, at=self.now)))
        in_emergency = case.emergency_until is not None and case.emergency_until > self.now
        assert "facts" not in missing and (missing <= {"safety"} or in_emergency)
        if (
            "safety" in missing and not in_emergency
        ):  # renewed and no graver: the one before, which was read, still holds
            in_date = [risk for risk in self.oracle.risks if risk.until > self.now]
            gravest = [max(GRAVITY[later.result] for later in in_date[place:]) for place in range(len(in_date))]
            assert any(
                risk.read and GRAVITY[risk.result] >= least for risk, least in zip(in_date, gravest, strict=True)
            )
        assert form.defender.is_alias == ("name" not in allowed)
        assert ("Golnar" in form.summary) == ("name" in allowed)
        assert bool(form.own_words) == ("quote" in allowed)
        assert bool(form.province) == ("province" in allowed)
        assert (form.age is not None) <= ("age" in allowed)
        assert ("hunger_strike" in {one.value for one in form.statuses}) == ("health" in allowed)
        assert form.until > self.now

    def consent(self, giver: str, scopes: tuple[str, ...], hours: int) -> None:
        until = self.now + timedelta(hours=hours)
        given = consenting.Consent(given_by=giver, scopes=scopes, expires_at=until)
        try:
            consenting.record_consent(self.case.pk, given, by=self.network.writer, at=self.now)
        except CaseIsSilent:
            assert self.oracle.withdrawn
            return
        self.oracle.consents[giver] = (scopes, until)
        self.now += timedelta(seconds=1)

    def unsay(self, giver: str) -> None:
        for row in self.case.consents.filter(given_by=giver, withdrawn_at=None):
            silencing.withdraw_consent(row.pk, by=None, at=self.now)
            self.oracle.consents[giver] = None
        self.now += timedelta(seconds=1)

    def assess(self, result: str, hours: int) -> None:
        until = self.now + timedelta(hours=hours)
        documenting.assess(self.case.pk, risk=result, valid_until=until, by=self.network.writer, at=self.now)
        self.oracle.risks.append(Judgement(result, until))
        self.now += timedelta(seconds=1)

    def approve(self) -> None:
        for part in parts_of(Case.objects.get(pk=self.case.pk), at=self.now):
            try:
                publishing.approve(self.case.pk, part.name, digest=part.digest, by=self.network.approver, at=self.now)
            except Refused as refused:
                raise AssertionError(part) from refused
        if self.oracle.risks:
            self.oracle.risks[-1].read = True

    def publish(self, is_emergency: bool) -> None:
        try:
            publishing.publish(self.case.pk, is_emergency=is_emergency, by=self.network.approver, at=self.now)
            self.oracle.published = True
        except CaseNotReady:
            pass

    def unpublish(self) -> None:
        publishing.unpublish(self.case.pk, by=self.network.writer, at=self.now)
        self.oracle.published = False

    def embargo(self, hours: int) -> None:
        until = self.now + timedelta(hours=hours) if hours else None
        publishing.embargo(self.case.pk, until=until, by=self.network.writer, at=self.now)
        self.oracle.embargo = until

    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    def tick(self) -> None:
        """What the clock's job does changes nothing of what may be shown."""
        silencing.silence_lapsed(at=self.now)
        publishing.lift_embargoes(at=self.now)
        for pk in published.silenced_and_shown(at=self.now):
            publishing.tell_of_return(pk, at=self.now)

    def age(self, years: int | None) -> None:
        """As the person's page would write it, without asking the flow: the gate must not need the flow's help."""
        Case.objects.filter(pk=self.case.pk).update(age_at_event=years)
        self.oracle.child = years is not None and years < 18

    def die(self) -> None:
        report = updating.Report(
            dimension="life",
            value="died_in_custody",
            from_earliest=self.now.date(),
            from_latest=self.now.date(),
            reporter="family",
            source_reliability="highly_reliable",
            item_reliability="highly_reliable",
        )
        row = updating.record_status(self.case.pk, report, by=self.network.writer, at=self.now)
        updating.verify(row.pk, by=self.network.approver, at=self.now)
        self.oracle.dead = True

    def withdraw(self) -> None:
        silencing.withdraw_case(self.case.pk, by=None, at=self.now)
        self.oracle.withdrawn = True
        self.now += timedelta(seconds=1)
