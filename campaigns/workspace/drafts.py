"""/organise/campaigns/: writing a campaign, a second person's approval part by part, launching, pausing."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.flows.campaign import approving, closing, drafting, launching, templating
from campaigns.flows.gate import pausing
from campaigns.models import Campaign, CampaignTemplate
from campaigns.publishing import campaign as published
from campaigns.publishing import workspace
from campaigns.publishing.report import endings_on_record, tells_nothing
from campaigns.publishing.vocabulary import ENDINGS
from campaigns.publishing.workspace import DraftCampaign
from campaigns.refusals import CampaignNotReady, WordsAreLocked
from campaigns.workspace.campaign_form import CampaignForm, ClosingForm, IncludeForm, TemplateForm
from campaigns.workspace.missing import in_words, without_words
from campaigns.workspace.pressing import part_approved, pressed
from campaigns.workspace.side_by_side import more_languages
from network.languages import ours_or_the_pages
from network.models import Organisation
from network.open.converters import row_number
from network.open.errors import missing, refusal
from network.permissions import MAY_APPROVE, MAY_EDIT, MAY_READ, may
from network.personal.request import PersonalRequest
from network.refusals import Refused
from network.workspace.access import deciding, for_roles


@for_roles(MAY_READ)
@require_safe
def drafts(request: PersonalRequest) -> HttpResponse:
    found = workspace.drafts(at=timezone.now(), reader=request.user)
    return render(request, "workspace/campaigns.html", {"drafts": found})


@for_roles(MAY_EDIT)
@require_POST
def new_draft(request: PersonalRequest, case_id: int) -> HttpResponse:
    if workspace.case_on_record(case_id, at=timezone.now()) is None:
        return missing(request)
    host, by, at = Organisation.objects.host(), request.user, timezone.now()
    template = CampaignTemplate.objects.filter(pk=row_number(request.POST.get("template", "")) or 0).first()
    if template is None:
        campaign = drafting.begin(case_id, host, by=by, at=at)
    else:
        campaign = templating.draft_from(template.pk, case_id, host, by=by, at=at)
    return HttpResponseRedirect(reverse("draft_edit", args=[campaign.pk]))


@for_roles(MAY_READ)
@require_safe
def draft(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    found = workspace.draft_of(campaign_id, at=timezone.now(), reader=request.user)
    return missing(request) if found is None else draft_page(request, found)


@for_roles(MAY_READ)
@require_safe
def preview(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    """The page as its readers would see it, its words in any language in which they are written; its form does nothing here."""
    language = ours_or_the_pages(request.GET.get("language", ""))
    form = published.preview(campaign_id, language=language, at=timezone.now())
    if form is None:
        row = Campaign.objects.filter(pk=campaign_id).first()
        codes = launching.missing_for_launch(row, at=timezone.now()) if row else []
        plain = in_words(codes) if may(request.user, MAY_EDIT) else without_words(codes)
        return render(request, "workspace/no_preview.html", {"campaign_id": campaign_id, "missing": plain})
    found = workspace.draft_of(campaign_id, at=timezone.now(), reader=request.user)
    is_shown = found is not None and found.is_shown
    return render(
        request, "workspace/preview.html", {"campaign": form, "campaign_id": campaign_id, "is_shown": is_shown}
    )


def draft_page(
    request: PersonalRequest,
    found: DraftCampaign,
    *,
    refused: bool = False,
    include_form: IncludeForm | None = None,
    template_form: TemplateForm | None = None,
) -> HttpResponse:
    """refused: it was to be launched and is not ready. The forms: as they were typed wrongly."""
    codes = launching.missing_for_launch(Campaign.objects.get(pk=found.id), at=timezone.now())
    context = {
        "draft": found,
        "missing": in_words(codes if may(request.user, MAY_EDIT) else without_words(codes)),
        "ending": ENDINGS.get(found.ending, ""),
        "is_written": found.state in Campaign.WRITTEN,
        "was_never_out": found.state in Campaign.WRITTEN and not found.was_launched,
        **more_languages(found.texts, found.waiting_languages),
        "people": [found.case, *found.beside],
        "include_form": include_form or IncludeForm(draft=found),
        "template_form": template_form or TemplateForm(),
        "refused": refused,
        "may_approve": may(request.user, MAY_APPROVE),
        "may_edit": may(request.user, MAY_EDIT),
    }
    status = 409 if refused else 400 if include_form or template_form else 200
    return render(request, "workspace/campaign.html", context, status=status)


@for_roles(MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    found = workspace.draft_of(campaign_id, at=timezone.now(), reader=request.user)
    if found is None:
        return missing(request)
    if found.state not in Campaign.WRITTEN:
        return refusal(request, WordsAreLocked())  # before anybody types
    form = CampaignForm(request.POST if request.method == "POST" else None, initial=CampaignForm.initial_from(found))
    if request.method == "POST" and form.is_valid():
        facts = drafting.Facts(
            demand=form.cleaned_data["demand"],
            target_titles=form.titles(),
            zone=form.zone(),
            petition=form.cleaned_data["petition"],
        )
        try:
            drafting.write(campaign_id, facts=facts, texts=form.texts(), by=request.user, at=timezone.now())
        except Refused as refused:
            return refusal(request, refused)
        return HttpResponseRedirect(reverse("draft", args=[campaign_id]))
    context = {"form": form.told_with(found.parts), "draft": found}
    return render(request, "workspace/campaign_edit.html", context, status=400 if form.errors else 200)


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def approve(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    found = workspace.draft_of(campaign_id, at=timezone.now(), reader=request.user)
    if found is None:
        return missing(request)
    return part_approved(request, campaign_id, approving.approve, found.parts, reverse("draft", args=[campaign_id]))


@for_roles(MAY_APPROVE)
@deciding
@require_POST
def launch(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    found = workspace.draft_of(campaign_id, at=timezone.now(), reader=request.user)
    if found is None:
        return missing(request)
    try:
        launching.launch(campaign_id, by=request.user, at=timezone.now())
    except CampaignNotReady:
        return draft_page(request, found, refused=True)
    return HttpResponseRedirect(reverse("draft", args=[campaign_id]))


@for_roles(MAY_EDIT)
@require_POST
def duplicate(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    if workspace.draft_of(campaign_id, at=timezone.now(), reader=request.user) is None:
        return missing(request)
    host = Organisation.objects.host()
    campaign = drafting.duplicate(campaign_id, host, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("draft_edit", args=[campaign.pk]))


@for_roles(MAY_APPROVE)
@deciding
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    """What ending it means, and how it ended."""
    found = workspace.draft_of(campaign_id, at=timezone.now(), reader=request.user)
    if found is None or not found.may_be_closed:
        return missing(request)
    posted = request.POST if request.method == "POST" else None
    form = ClosingForm(posted, on_record=endings_on_record(campaign_id), has_letter=found.has_petition)
    if request.method == "POST" and form.is_valid():
        closing.close(campaign_id, ending=form.cleaned_data["ending"], by=request.user, at=timezone.now())
        return HttpResponseRedirect(reverse("draft", args=[campaign_id]))
    context = {
        "form": form,
        "draft": found,
        "key_days": settings.FINGERPRINT_KEY_DAYS,
        "nothing_happened": tells_nothing(campaign_id),
    }
    return render(request, "workspace/campaign_close.html", context, status=400 if form.errors else 200)


@for_roles(MAY_EDIT)
@require_POST
def throw_away(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    is_there = workspace.draft_of(campaign_id, at=timezone.now(), reader=request.user) is not None
    return pressed(request, campaign_id, drafting.throw_away, reverse("drafts") if is_there else "")


@for_roles(MAY_EDIT)
@require_POST
def archive(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    """Out of the lists; one editor may, as with all that makes less visible."""
    is_there = Campaign.objects.filter(pk=campaign_id).exists()
    return pressed(request, campaign_id, closing.archive, reverse("draft", args=[campaign_id]) if is_there else "")


@for_roles(MAY_EDIT)
@require_POST
def pause(request: PersonalRequest, campaign_id: int) -> HttpResponse:
    if workspace.draft_of(campaign_id, at=timezone.now(), reader=request.user) is None:
        return missing(request)
    pausing.pause(campaign_id, by=request.user, at=timezone.now())
    return HttpResponseRedirect(reverse("draft", args=[campaign_id]))
