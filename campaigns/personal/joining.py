"""Joining and leaving a campaign, and taking a signature back, on the supporter's own pages."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.flows.campaign import acting, joining
from campaigns.models import Campaign, Joining, Participation
from campaigns.publishing import campaign as published
from campaigns.publishing.audiences import Audience
from campaigns.refusals import ActionClosed
from network.open.errors import missing, refusal
from network.personal.request import PersonalRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: PersonalRequest, slug: str) -> HttpResponse:
    """What joining means, and one button."""
    now = timezone.now()
    form = published.find(slug, audience=Audience.PUBLIC, language=get_language(), at=now)
    if form is None:
        return missing(request)
    joined = Joining.objects.current().of(request.user).filter(campaign_id=form.id).exists()
    if not form.is_joinable and not joined:
        return refusal(request, ActionClosed())
    if request.method == "POST":
        joining.join(request.user, Campaign.objects.shown().get(pk=form.id), through="my-page", at=now)
        return HttpResponseRedirect(reverse("me"))
    return render(request, "personal/join_campaign.html", {"campaign": form, "joined": joined})


@login_required
@require_POST
def leave(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign.objects.joined_by(request.user), pk=campaign_id)
    joining.leave(request.user, campaign, at=timezone.now())
    return HttpResponseRedirect(reverse("me"))


@login_required
@require_POST
def mute(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign.objects.joined_by(request.user), pk=campaign_id)
    joining.mute(request.user, campaign.pk, at=timezone.now())
    return HttpResponseRedirect(reverse("me"))


@login_required
@require_POST
def unmute(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign.objects.joined_by(request.user), pk=campaign_id)
    joining.unmute(request.user, campaign.pk)
    return HttpResponseRedirect(reverse("me"))


@login_required
@require_POST
def withdraw(request: PersonalRequest, participation_id: UUID) -> HttpResponse:
    """Only one's own: another's answers 404, as if it did not exist."""
    row = get_object_or_404(Participation.objects.of(request.user), pk=participation_id)
    acting.withdraw(row.pk, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("me"))
