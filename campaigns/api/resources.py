"""Campaigns, actions, tallies and defenders as anybody may read them: published forms and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.api import examples
from campaigns.api.forms import ActionForm, CampaignForm, DefenderForm, OwnCampaignForm, TallyForm
from campaigns.flows.campaign import counting
from campaigns.models import CoHosting
from campaigns.publishing import campaign as published
from campaigns.publishing import people
from campaigns.publishing.action import PublishedAction, campaign_of_action
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import PublishedCampaign
from campaigns.publishing.people import PublishedPerson
from campaigns.publishing.update import PublishedUpdate, updates_of_each
from network.api.problems import Gone
from network.api.resource import Resource, page_of, paged
from network.api.schema import CURSOR, LANGUAGE, LIMIT, described, of_pages, page_example
from network.models import ApiKey

PAGE = (LANGUAGE, LIMIT, CURSOR)


class Published(Resource):
    """What is shown, is shown until the earliest moment at which any of it may have to go."""

    until: datetime | None = None

    def campaigns_after(self, last: int) -> Iterator[PublishedCampaign]:
        for form in published.after(last, audience=Audience.PUBLIC, language=self.language, at=self.now):
            self.keep_until(form.fresh_until if isinstance(form, PublishedCampaign) else form.until)
            yield form

    def keep_until(self, moment: datetime) -> None:
        self.until = min(self.until or moment, moment)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if self.until is not None and response["Cache-Control"].startswith("public"):
            left = int((self.until - self.now).total_seconds())
            response["Cache-Control"] = f"public, max-age={max(0, min(settings.PAGE_CACHE_SECONDS, left))}"
        return response

    def campaign_forms(self, forms: Collection[PublishedCampaign]) -> list[dict[str, Any]]:
        tallies = _tallies(forms)
        news = updates_of_each(forms, language=self.language)
        return [self._campaign_form(form, tallies, news[form.id]) for form in forms]

    def _campaign_form(
        self, form: PublishedCampaign, tallies: dict[int, Any], news: Iterable[PublishedUpdate]
    ) -> dict[str, Any]:
        with translation.override(form.language):
            url = f"{settings.SITE_URL}{reverse('campaign', args=[form.slug])}"
        return {
            "updates": news,
            "form": form,
            "url": url,
            "title": form.title,
            "actions": [self.action_form(form, action, tallies) for action in form.actions],
        }

    @staticmethod
    def action_form(form: PublishedCampaign, action: PublishedAction, tallies: dict[int, Any]) -> dict[str, Any]:
        tally = tallies.get(action.id)
        return {
            "id": action.public_id,
            "campaign": form.public_id,
            "kind": action.kind,
            "is_open": action.is_open,
            # Under a letter of before somebody was left out people stood for other words than these.
            "ask": action.title or (form.ask if action.is_open or not form.rewritten_at else ""),
            "signed_by": [one.name for one in action.signers],
            "show_until": form.until,
            "tally": {
                "action": action.public_id,
                "counted": tally.confirmed if tally else 0,
                "nameless": tally.nameless if tally else 0,
                "on_paper": tally.on_paper if tally else 0,
                "as_of": tally.as_of if tally else None,
            },
        }


def _tallies(forms: Iterable[PublishedCampaign]) -> dict[int, Any]:
    return counting.full_tallies_of([action.id for form in forms for action in form.actions])


class Campaigns(Published):
    @described(
        of_pages(CampaignForm),
        name="campaigns",
        tag="campaigns",
        summary="Campaigns, open and over",
        says="Every campaign anybody may see now, oldest first, so that new ones come last.",
        example=page_example(examples.CAMPAIGN),
        parameters=PAGE,
    )
    def get(self, request: Request) -> Response:
        forms, following = page_of(request, self.campaigns_after, id_of=lambda form: form.id)
        return paged(CampaignForm(self.campaign_forms(forms), many=True).data, following)


class Campaign(Published):
    @described(
        CampaignForm,
        name="campaign",
        tag="campaigns",
        summary="One campaign",
        says="410 once it may no longer be shown: delete your copy. Nothing says why.",
        example=examples.CAMPAIGN,
        parameters=(LANGUAGE,),
        problems=(404, 410),
    )
    def get(self, request: Request, id: UUID) -> Response:
        form = published.find_by_public_id(id, audience=Audience.PUBLIC, language=self.language, at=self.now)
        if form is None:
            raise Gone if published.was_launched(id) else NotFound("There is no such campaign.")
        self.keep_until(form.fresh_until if isinstance(form, PublishedCampaign) else form.until)
        return Response(CampaignForm(self.campaign_forms([form])[0]).data)


class Actions(Published):
    @described(
        of_pages(ActionForm),
        name="actions",
        tag="campaigns",
        summary="What people are asked to do",
        says="The actions of every campaign anybody may see now, with their counts; those of a campaign that is over are closed.",
        example=page_example(examples.ACTION),
        parameters=PAGE,
    )
    def get(self, request: Request) -> Response:
        forms, following = page_of(request, self.campaigns_after, id_of=lambda form: form.id)
        tallies = _tallies(forms)
        rows = [self.action_form(form, action, tallies) for form in forms for action in form.actions]
        return paged(ActionForm(rows, many=True).data, following)


class Action(Published):
    @described(
        ActionForm,
        name="action",
        tag="campaigns",
        summary="One action",
        says="410 once its campaign may no longer be shown.",
        example=examples.ACTION,
        parameters=(LANGUAGE,),
        problems=(404, 410),
    )
    def get(self, request: Request, id: UUID) -> Response:
        campaign_id = campaign_of_action(id)
        if campaign_id is None:
            raise NotFound("There is no such action.")
        form = published.find_by_public_id(campaign_id, audience=Audience.PUBLIC, language=self.language, at=self.now)
        if form is None:
            raise Gone if published.was_launched(campaign_id) else NotFound("There is no such action.")
        self.keep_until(form.fresh_until if isinstance(form, PublishedCampaign) else form.until)
        action = next((action for action in form.actions if action.public_id == id), None)
        if action is None:  # nobody has seen it yet, or it may not be seen any more
            raise NotFound("There is no such action.")
        return Response(ActionForm(self.action_form(form, action, _tallies([form]))).data)


class Tallies(Published):
    @described(
        of_pages(TallyForm),
        name="tallies",
        tag="campaigns",
        summary="How many confirmed",
        says="Only what people confirmed is counted. No tally says anything about anybody.",
        example=page_example(examples.TALLY),
        parameters=PAGE,
    )
    def get(self, request: Request) -> Response:
        forms, following = page_of(request, self.campaigns_after, id_of=lambda form: form.id)
        tallies = _tallies(forms)
        rows = [self.action_form(form, action, tallies)["tally"] for form in forms for action in form.actions]
        return paged(TallyForm(rows, many=True).data, following)


class Defenders(Published):
    @described(
        of_pages(DefenderForm),
        name="defenders",
        tag="campaigns",
        summary="Defenders, as they may be named",
        says="By name or by alias, as each of them consented. Each comes with the campaigns and cases that tell of them.",
        example=page_example(examples.DEFENDER),
        parameters=PAGE,
    )
    def get(self, request: Request) -> Response:
        found, following = page_of(request, self.people_after, id_of=lambda person: person.id)
        return paged(DefenderForm([self.defender_form(person) for person in found], many=True).data, following)

    def people_after(self, last: int) -> Iterator[PublishedPerson]:
        for person in people.after(last, audience=Audience.PUBLIC, language=self.language, at=self.now):
            self.keep_until(person.until)
            yield person

    @staticmethod
    def defender_form(person: PublishedPerson) -> dict[str, Any]:
        return {
            "id": person.defender.public_id,
            "names": person.defender.names,
            "is_alias": person.defender.is_alias,
            "campaigns": person.campaigns,
            "cases": person.cases,
            "show_until": person.until,
        }


class Defender(Defenders):
    @described(
        DefenderForm,
        name="defender",
        tag="campaigns",
        summary="One defender",
        says="410 once nothing about them may be shown.",
        example=examples.DEFENDER,
        parameters=(LANGUAGE,),
        problems=(404, 410),
    )
    def get(self, request: Request, id: UUID) -> Response:
        person = people.find(id, audience=Audience.PUBLIC, language=self.language, at=self.now)
        if person is None:
            raise Gone if people.was_shown(id) else NotFound("There is no such defender.")
        self.keep_until(person.until)
        return Response(DefenderForm(self.defender_form(person)).data)


class OwnCampaigns(Published):
    scope = ApiKey.Scope.CAMPAIGNS_READ

    @described(
        of_pages(OwnCampaignForm),
        name="own_campaigns",
        tag="your organisation",
        summary="Campaigns your organisation co-hosts, or was asked to",
        says="Needs the scope campaigns.read. A campaign that may no longer be shown is named by id alone.",
        example=page_example(examples.OWN_CAMPAIGN),
        parameters=PAGE,
        keyed=True,
    )
    def get(self, request: Request) -> Response:
        rows, following = page_of(
            request,
            lambda last: (
                CoHosting.objects.of(request.auth.organisation)
                .select_related("campaign")
                .filter(pk__gt=last)
                .order_by("pk")
            ),
            id_of=lambda row: row.pk,
        )
        return paged(OwnCampaignForm([self.own_form(row) for row in rows], many=True).data, following)

    def own_form(self, row: CoHosting) -> dict[str, Any]:
        form = published.find_by_id(row.campaign_id, audience=Audience.PUBLIC, language=self.language, at=self.now)
        return {
            "state": row.state,
            "asked_at": row.asked_at,
            "answered_at": row.answered_at,
            "campaign_id": row.campaign.public_id,
            "campaign": self.campaign_forms([form])[0] if form else None,
        }
