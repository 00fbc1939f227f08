"""How something is known: the questions every report answers, whatever it reports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns.publishing.record import sources_on_record
from campaigns.publishing.status import RELIABILITIES, REPORTERS
from campaigns.workspace.days import DayField
from network.languages import digits_of


def reporter_field(label: Any) -> forms.ChoiceField:
    choices = [("", _("Choose one")), *REPORTERS.items()]
    return forms.ChoiceField(label=label, choices=choices, widget=forms.Select({"class": "input"}))


def reliability_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(RELIABILITIES.items()), widget=forms.Select({"class": "input"}))


class ReportForm(forms.Form):
    """When it was, who reports it, how sure that is, and which of the case's sources say the same."""

    from_earliest = DayField(label=_("Since when? The first day it may have begun"))
    from_latest = DayField(label=_("The last day it may have begun; empty if the first is certain"), required=False)
    reporter = reporter_field(_("Who reports it?"))
    source_reliability = reliability_field(_("How reliable is whoever reports it?"))
    item_reliability = reliability_field(_("How reliable is this report?"))

    def __init__(self, *args: Any, case_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["confirmed_by"] = forms.MultipleChoiceField(
            label=_("Who else says so, independently?"),
            choices=[
                (str(row.id), f"#{digits_of(str(row.id), get_language() or 'en')} · {row.reported}")
                for row in sources_on_record(case_id)
            ],
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
