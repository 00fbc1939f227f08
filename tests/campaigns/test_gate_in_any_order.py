"""No order of consent, risk, approval, embargo, expiry and withdrawal shows what the latest of each forbids.

The oracle is written from the rule, not from the query: what each giver said last, the newest judgement, any stop in date,
the embargo, the withdrawal, and whether a second person approved after whatever shrank or changed the facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from campaigns.flows.gate import consenting, silencing
from campaigns.flows.record import documenting
from campaigns.models import Campaign
from campaigns.publishing import campaign as published
from campaigns.publishing.audiences import Audience
from campaigns.refusals import CaseIsSilent
from network.flows.installing import install
from tests.makers import approve_campaign, make_campaign, make_network

NEEDED = {"narrative", "petition"}
GRAVITY = {"low": 0, "high": 1, "stop": 2}
SCOPES = st.sampled_from(
    [
        ("name", "narrative", "petition"),
        ("alias", "narrative", "petition"),
        ("name", "alias", "narrative", "petition"),
        ("narrative", "petition"),
        ("name", "narrative"),
    ]
)
HOURS = st.integers(min_value=1, max_value=30)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("consent"), st.sampled_from(["family", "lawyer"]), SCOPES, HOURS),
        st.tuples(st.just("unsay"), st.sampled_from(["family", "lawyer"])),
        st.tuples(st.just("assess"), st.sampled_from(["low", "high", "stop"]), HOURS),
        st.tuples(st.just("approve")),
        st.tuples(st.just("embargo"), st.integers(min_value=-2, max_value=6)),
        st.tuples(st.just("wait"), st.integers(min_value=1, max_value=12)),
        st.tuples(st.just("withdraw")),
    ),
    max_size=14,
)


@dataclass
class Judgement:
    result: str
    until: datetime
    read: bool = False  # by a second person, since anything shrank


@dataclass
class Oracle:
    """What happened, as a careful person would keep it on paper."""

    consents: dict[str, tuple[tuple[str, ...], datetime] | None] = field(default_factory=dict)  # None: taken back last
    risks: list[Judgement] = field(default_factory=list)
    embargo: datetime | None = None
    withdrawn: bool = False
    approved: bool = True
    name_approved: bool = False
    named: bool = False  # the world has seen the name, and then it went: no alias may follow it

    def said(self) -> set[str]:
        """What everybody who did not take it back said yes to last, expired or not."""
        standing = [set(consent[0]) for consent in self.consents.values() if consent]
        return set.intersection(*standing) if standing else set()

    def shown_as(self) -> str:
        return next((kind for kind in ("name", "alias") if kind in self.said()), "")

    def scopes(self, at: datetime) -> set[str]:
        """What may be shown; empty: nothing."""
        said = list(self.consents.values())
        if self.withdrawn or not self.approved or not said or None in said:
            return set()
        if not any(until > at for _, until in said):  # type: ignore[misc]
            return set()
        if not self.risks or self.risks[-1].result == "stop" or self.risks[-1].until <= at:
            return set()
        in_date = [risk for risk in self.risks if risk.until > at]
        if any(risk.result == "stop" for risk in in_date):
            return set()
        if not any(
            risk.read and GRAVITY[risk.result] >= max(GRAVITY[later.result] for later in in_date[place:])
            for place, risk in enumerate(in_date)
        ):
            return set()  # nobody else has read it, nor one before that is as grave as any since
        if self.embargo is not None and self.embargo > at:
            return set()
        every = set.intersection(*(set(scopes) for scopes, _ in said))  # type: ignore[misc]
        if self.named and "name" not in every:
            every.discard("alias")
        return every if every >= NEEDED and every & {"name", "alias"} else set()

    def shrank(self, was: str) -> None:
        """Less may be shown than before: whatever was approved or read counts for nothing."""
        self.approved = False
        self.named |= was == "name" and self.name_approved
        for risk in self.risks:
            risk.read = False


class TestTheGateInAnyOrder(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.booleans(), STEPS)
    def test_what_the_latest_of_each_forbids_is_not_shown(self, begins_open, steps) -> None:
        self.now = datetime.fromisoformat("2026-03-01T12:00:00+00:00")
        install(trial=True, at=self.now)
        self.network = make_network()
        make_campaign(self.network, slug="beside")  # whose papers are in order, and help nobody else
        self.campaign = make_campaign(self.network, slug="this", alias="Baran", scopes=None, risk=None)
        self.oracle = Oracle()
        opening = [("consent", "family", ("name", "narrative", "petition"), 30), ("assess", "low", 30), ("approve",)]
        for name, *details in [*opening, *steps] if begins_open else steps:
            getattr(self, name)(*details)
            self.compare()

    def compare(self) -> None:
        allowed = self.oracle.scopes(self.now)
        form = published.find("this", audience=Audience.PUBLIC, language="en", at=self.now)
        if not allowed:
            assert form is None
        else:
            assert form is not None
            assert form.defender.is_alias == ("name" not in allowed)
            assert ("Golnar" in form.deck) == ("name" in allowed)
            assert form.until > self.now

    def consent(self, giver: str, scopes: tuple[str, ...], hours: int) -> None:
        given = consenting.Consent(given_by=giver, scopes=scopes, expires_at=self.now + timedelta(hours=hours))
        try:
            consenting.record_consent(self.campaign.case_id, given, by=self.network.writer, at=self.now)
        except CaseIsSilent:
            assert self.oracle.withdrawn
            return
        before, was = self.oracle.said(), self.oracle.shown_as()
        self.oracle.consents[giver] = (scopes, self.now + timedelta(hours=hours))
        if before != self.oracle.said():
            self.oracle.approved = False  # more, less or other may be said: something else was approved
        if before - self.oracle.said():
            self.oracle.shrank(was)
        self.now += timedelta(seconds=1)

    def unsay(self, giver: str) -> None:
        case = Campaign.objects.get(pk=self.campaign.pk).case
        for row in case.consents.filter(given_by=giver, withdrawn_at=None):
            was = self.oracle.shown_as()
            silencing.withdraw_consent(row.pk, by=None, at=self.now)
            self.oracle.consents[giver] = None
            self.oracle.shrank(was)
        self.now += timedelta(seconds=1)

    def assess(self, result: str, hours: int) -> None:
        until = self.now + timedelta(hours=hours)
        documenting.assess(self.campaign.case_id, risk=result, valid_until=until, by=self.network.writer, at=self.now)
        if result == "stop":
            self.oracle.shrank(self.oracle.shown_as())
        self.oracle.risks.append(Judgement(result, until))
        self.now += timedelta(seconds=1)

    def approve(self) -> None:
        approve_campaign(self.network, self.campaign, at=self.now)
        self.oracle.approved = True
        self.oracle.name_approved |= self.oracle.shown_as() == "name"
        if self.oracle.risks:
            self.oracle.risks[-1].read = True

    def embargo(self, hours: int) -> None:
        case = Campaign.objects.get(pk=self.campaign.pk).case
        until = self.now + timedelta(hours=hours)
        if until != case.embargo_until:  # its moment is among what a second person approves
            self.oracle.approved = False
        case.embargo_until = self.oracle.embargo = until
        case.save(update_fields=["embargo_until"])

    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    def withdraw(self) -> None:
        silencing.withdraw_case(self.campaign.case_id, by=None, at=self.now)
        if not self.oracle.withdrawn:
            self.oracle.withdrawn = True
            self.oracle.shrank("")
        self.now += timedelta(seconds=1)
