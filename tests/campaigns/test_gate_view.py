"""The gate tells, for each thing on record, who sees it and exactly why not; nothing that a page shows is left out of it."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from campaigns.flows.record import citing, linking
from campaigns.models import Article
from campaigns.publishing.gate_view import gate_view
from tests.makers import make_case

pytestmark = pytest.mark.django_db


def rows(case, reader) -> dict[str, tuple[bool, str]]:
    """{label and value: (whether everybody sees it, why)}."""
    view = gate_view(case.pk, reader=reader, at=timezone.now())
    return {f"{field.label}: {field.value}": (field.public, str(field.why)) for field in view.fields}


def test_the_state_the_pronouns_and_the_law_are_in_it(network):
    case = make_case(network, country="IR", published=False)
    article = Article.objects.get(instrument__code="udhr", number="19")
    citing.cite(case.pk, article, occurred_on=date(2026, 3, 4), is_breach=False, by=network.writer, at=timezone.now())
    found = rows(case, network.writer)
    assert found["State concerned: Iran"] == (True, "consented: What happened")
    assert found["Pronouns: she, her, her (English)"] == (True, "consented: What happened")
    assert found["Standard: UDHR 19"] == (True, "consented: What happened")


def test_without_consent_to_tell_none_of_them_is_covered(network):
    case = make_case(network, country="IR", scopes=("name",), published=False)
    found = rows(case, network.writer)
    assert found["State concerned: Iran"] == (False, "not consented: What happened")
    assert found["Pronouns: she, her, her (English)"] == (False, "not consented: What happened")


@pytest.mark.parametrize(
    ("kind", "theirs", "verified", "shown", "why"),
    [
        ("co_defendant", ("name", "narrative"), True, True, "consented: What happened"),
        ("co_defendant", ("name", "narrative"), False, False, "nobody else has verified it"),
        ("co_defendant", None, True, False, "the other case is not shown"),
        ("family", ("name", "narrative"), True, False, "the other case has no consent to tell of the family"),
        ("family", ("name", "narrative", "family"), True, True, "consented: What happens to the family, What happened"),
    ],
)
def test_a_companion_is_in_it_by_number_and_the_reason(network, kind, theirs, verified, shown, why):
    case = make_case(network, scopes=("name", "narrative", "family"))
    other = make_case(network, name="Other Planted", name_fa="دیگری", scopes=theirs)
    link = linking.link(case.pk, other.pk, kind=kind, by=network.writer, at=timezone.now())
    if verified:
        linking.verify(link.pk, by=network.approver, at=timezone.now())
    [(label, found)] = [row for row in rows(case, network.writer).items() if row[0].startswith("Belongs")]
    assert label.endswith(f"#{other.pk}") and "Planted" not in label
    assert found == (shown, why)
