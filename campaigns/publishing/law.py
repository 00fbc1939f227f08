"""What may be said about the law: an article binds a State on a day, or is a standard beside what does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import pgettext_lazy

from campaigns.models import Article, Case, Citation, Instrument, Ratification, Violation


@dataclass(frozen=True, kw_only=True)
class CitedArticle:
    id: int
    code: str  # "iccpr:7"
    instrument: Any  # its short name, in the reader's language
    title: Any  # and its whole name
    number: str
    label: Any
    is_binding: bool
    since: date | None  # in force for that State; None for a standard
    is_verified: bool
    occurred_on: date | None = None  # the day for which it is cited


def short_name(instrument: Instrument) -> Any:
    """Initials stay as they are in every language; a few instruments are known by words, and those are translated."""
    return pgettext_lazy("law", instrument.abbreviation)


def judged(article: Article, *, country: str, on: date) -> CitedArticle:
    """Whether an article bound a State on a day. Most doubtful wins: an unknown date of entry into force binds nobody."""
    ratification = Ratification.objects.binding(country, on).filter(instrument=article.instrument_id).first()
    if article.instrument.kind == Instrument.Kind.DECLARATION:
        ratification = None
    return CitedArticle(
        id=article.pk,
        code=f"{article.instrument.code}:{article.number}",
        instrument=short_name(article.instrument),
        title=pgettext_lazy("law", article.instrument.title),
        number=article.number,
        label=pgettext_lazy("law", article.label),
        is_binding=ratification is not None,
        since=ratification.in_force_on if ratification else None,
        is_verified=bool(ratification and ratification.is_verified),
    )


def suggested(violation: Violation, *, country: str, on: date) -> list[CitedArticle]:
    """The articles usually cited for a kind of violation, those that bind first."""
    found = [judged(article, country=country, on=on) for article in _articles(violation.articles)]
    return sorted(found, key=lambda cited: not cited.is_binding)


def binding_instead(article: Article, *, country: str, on: date) -> list[CitedArticle]:
    """What does bind where an article does not: articles that a reviewer cites for the same violations."""
    code = f"{article.instrument.code}:{article.number}"
    beside: dict[int, CitedArticle] = {}
    for violation in Violation.objects.order_by("pk"):
        if code in violation.articles or any(
            one.startswith(f"{article.instrument.code}:") for one in violation.articles
        ):
            for cited in suggested(violation, country=country, on=on):
                if cited.is_binding and set(article.tags) & set(_tags(cited.id)):
                    beside[cited.id] = cited
    return list(beside.values())


def published_citations(case: Case) -> tuple[CitedArticle, ...]:
    """A case's citations as anybody may read them. What was cited as a breach and no longer can be is a standard."""
    rows = Citation.objects.filter(case=case).select_related("article__instrument")
    found = [(row, judged(row.article, country=case.country, on=row.occurred_on)) for row in rows]
    told = ((row, cited if row.is_breach else _as_standard(cited)) for row, cited in found)
    return tuple(replace(cited, occurred_on=row.occurred_on) for row, cited in told)


def _as_standard(cited: CitedArticle) -> CitedArticle:
    return replace(cited, is_binding=False, since=None)


def _tags(article_id: int) -> list[str]:
    return Article.objects.get(pk=article_id).tags


def _articles(codes: Iterable[str]) -> list[Article]:
    found = {}
    for article in Article.objects.select_related("instrument").filter(
        instrument__code__in={code.partition(":")[0] for code in codes}
    ):
        found[f"{article.instrument.code}:{article.number}"] = article
    return [found[code] for code in codes if code in found]


def states() -> list[str]:
    """Codes of the States whose standing to any instrument is on record."""
    return list(Ratification.objects.order_by("country").values_list("country", flat=True).distinct())


def standing_of(country: str) -> list[tuple[Instrument, Ratification | None]]:
    """Every instrument with where a State stands to it; None: not on record, and so binding in no citation."""
    found = {row.instrument_id: row for row in Ratification.objects.filter(country=country)}
    return [(instrument, found.get(instrument.pk)) for instrument in Instrument.objects.order_by("adopted_on", "pk")]
