"""How something is known: the questions every report answers, whatever it reports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models import CaseStatus
from campaigns.publishing.record import sources_on_record
from campaigns.publishing.status import REPORTERS
from campaigns.workspace.side_by_side import within_living_memory

Reliability = CaseStatus.Reliability
RELIABILITIES = [
    (Reliability.UNKNOWN, _("not known")),
    (Reliability.HIGH, _("highly reliable")),
    (Reliability.LIKELY, _("likely reliable")),
    (Reliability.UNSURE, _("unsure")),
    (Reliability.UNLIKELY, _("likely unreliable")),
    (Reliability.LOW, _("highly unreliable")),
]


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput({"class": "input ltr", "type": "date"})
    return forms.DateField(label=label, required=required, widget=widget, validators=[within_living_memory])


def reporter_field(label: Any) -> forms.ChoiceField:
    choices = [("", _("Choose one")), *REPORTERS.items()]
    return forms.ChoiceField(label=label, choices=choices, widget=forms.Select({"class": "input"}))


def reliability_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=RELIABILITIES, widget=forms.Select({"class": "input"}))


class ReportForm(forms.Form):
    """When it was, who reports it, how sure that is, and which of the case's sources say the same."""

    from_earliest = day_field(_("Since when? The first day it may have begun"))
    from_latest = day_field(_("The last day it may have begun; empty if the first is certain"), required=False)
    reporter = reporter_field(_("Who reports it?"))
    source_reliability = reliability_field(_("How reliable is whoever reports it?"))
    item_reliability = reliability_field(_("How reliable is this report?"))

    def __init__(self, *args: Any, case_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["confirmed_by"] = forms.MultipleChoiceField(
            label=_("Who else says so, independently?"),
            choices=[(str(row.id), f"#{row.id} · {row.reported}") for row in sources_on_record(case_id)],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("from_earliest"), data.get("from_latest")
        if first and last and last < first:
            self.add_error("from_latest", _("This day is before the first."))
        if first and first > timezone.now().date():
            self.add_error("from_earliest", _("This day has not come yet."))
        return data

    def known(self) -> dict[str, Any]:
        """The answers as the flows take them; a day that is certain is its own latest."""
        data = self.cleaned_data
        return {
            "from_earliest": data["from_earliest"],
            "from_latest": data["from_latest"] or data["from_earliest"],
            "reporter": data["reporter"],
            "source_reliability": data["source_reliability"],
            "item_reliability": data["item_reliability"],
            "confirmed_by": [int(pk) for pk in data["confirmed_by"]],
        }
