"""How published forms look as JSON."""

from __future__ import annotations

from rest_framework import serializers

from campaigns.models import CaseStatus, CoHosting, Demand


class NameForm(serializers.Serializer):
    text = serializers.CharField()
    short = serializers.CharField(allow_blank=True)
    language = serializers.CharField()


class DefenderForm(serializers.Serializer):
    id = serializers.UUIDField()
    names = NameForm(many=True)
    is_alias = serializers.BooleanField(help_text="The name is withheld; show the alias, and do not look for the name.")
    campaigns = serializers.ListField(child=serializers.UUIDField())
    cases = serializers.ListField(child=serializers.UUIDField())
    show_until = serializers.DateTimeField()


class TallyForm(serializers.Serializer):
    action = serializers.UUIDField()
    counted = serializers.IntegerField(help_text="people who confirmed")
    nameless = serializers.IntegerField(
        help_text="times somebody stood there without a name or address; never add the two"
    )
    on_paper = serializers.IntegerField(help_text="signatures that two people counted on paper; apart from both")
    as_of = serializers.DateTimeField(allow_null=True)


class ActionForm(serializers.Serializer):
    id = serializers.UUIDField()
    campaign = serializers.UUIDField()
    kind = serializers.CharField()
    is_open = serializers.BooleanField()
    ask = serializers.CharField()
    signed_by = serializers.ListField(
        child=serializers.CharField(),
        help_text="organisations under a joint statement, in the order in which they signed",
    )
    tally = TallyForm()
    show_until = serializers.DateTimeField()


class LinkForm(serializers.Serializer):
    title = serializers.CharField()
    text = serializers.CharField()


class StatusForm(serializers.Serializer):
    dimension = serializers.ChoiceField(CaseStatus.Dimension.choices)
    value = serializers.CharField()
    words = serializers.CharField(help_text="the value in the language asked for")
    from_earliest = serializers.DateField()
    from_latest = serializers.DateField()
    reported = serializers.CharField()
    is_headline = serializers.BooleanField(help_text="the gravest of them")


class LawForm(serializers.Serializer):
    code = serializers.CharField()
    instrument = serializers.CharField()
    number = serializers.CharField()
    label = serializers.CharField(help_text="a paraphrase, not the text")
    is_binding = serializers.BooleanField(help_text="bound that State on that day; otherwise a standard")
    since = serializers.DateField(allow_null=True)


class CoHostForm(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()


class DemandForm(serializers.Serializer):
    asks = serializers.ChoiceField(Demand.Asks.choices)
    words = serializers.CharField(help_text="the same in the language asked for")
    target = serializers.CharField(help_text="the office that is asked")
    country = serializers.CharField(allow_blank=True, help_text="where it sits; empty: in no single State, or not said")
    languages = serializers.ListField(child=serializers.CharField(), help_text="in which it takes letters")
    met_on = serializers.DateField(allow_null=True, help_text="it did what was asked; null while it has not")
    met_until = serializers.DateField(allow_null=True, help_text="where only the month may be told: its last day")


class UpdateForm(serializers.Serializer):
    id = serializers.UUIDField(source="public_id")
    published_at = serializers.DateTimeField()
    language = serializers.CharField(help_text="of the words")
    title = serializers.CharField()
    html = serializers.CharField(help_text="safe HTML: paragraphs, lists, emphasis")


class CampaignForm(serializers.Serializer):
    id = serializers.UUIDField(source="form.public_id")
    url = serializers.URLField()
    language = serializers.CharField(source="form.language", help_text="of the words below")
    languages = serializers.ListField(source="form.languages", child=serializers.CharField())
    title = serializers.CharField(source="form.title")
    context = serializers.CharField(source="form.context", allow_blank=True)
    deck = serializers.CharField(source="form.deck")
    demand = serializers.ChoiceField(Demand.Asks.choices, source="form.demand", help_text="the first of `demands`")
    ask = serializers.CharField(source="form.ask")
    target = serializers.CharField(source="form.target", help_text="who is asked, all of them")
    demands = DemandForm(many=True, source="form.demands")
    letter_html = serializers.CharField(source="form.letter_html", help_text="safe HTML: paragraphs, lists, emphasis")
    matter_of_law = serializers.SerializerMethodField()
    statuses = StatusForm(many=True, source="form.statuses")
    law = LawForm(many=True, source="form.law")
    defender = serializers.UUIDField(source="form.defender.public_id", help_text="the first of `defenders`")
    defenders = serializers.SerializerMethodField()
    host = serializers.CharField(source="form.host_name")
    co_hosts = serializers.SerializerMethodField()
    opened_on = serializers.DateField(source="form.opened_on")
    closed_on = serializers.DateField(
        source="form.closed_on", allow_null=True, help_text="it asks nothing any more; null while it does"
    )
    ending = serializers.CharField(
        source="form.ending", allow_blank=True, help_text="how it ended, in the language asked for"
    )
    verified_on = serializers.DateField(source="form.verified_on", allow_null=True)
    actions = ActionForm(many=True)
    updates = UpdateForm(many=True, help_text="news of it, the latest first")
    show_until = serializers.DateTimeField(source="form.until", help_text="ask again before then; it may have to go")

    def get_matter_of_law(self, item: dict) -> LinkForm(many=True):  # type: ignore[valid-type]
        return [{"title": title, "text": text} for title, text in item["form"].chain]

    def get_defenders(self, item: dict) -> serializers.ListField(child=serializers.UUIDField()):  # type: ignore[valid-type]
        return [str(one.public_id) for one in item["form"].people]

    def get_co_hosts(self, item: dict) -> CoHostForm(many=True):  # type: ignore[valid-type]
        return [{"id": str(id), "name": name} for id, name in item["form"].co_hosts]


class OwnCampaignForm(serializers.Serializer):
    campaign_id = serializers.UUIDField()
    state = serializers.ChoiceField(CoHosting.State.choices)
    asked_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)
    campaign = CampaignForm(allow_null=True)
