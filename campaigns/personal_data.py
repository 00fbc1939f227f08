"""What campaigns keep about supporters. Defenders are the record's subjects; the gate guards them, not this registry."""

from __future__ import annotations

from typing import Any

from campaigns.models import CorrectionRequest, Joining, Message, Participation, SignOn
from network.models import Person
from network.models.dialect import locked
from network.personal_data import Store, fields, nothing_to_hide, register


def declare() -> None:
    fields(
        "campaigns.Participation",
        personal="person fingerprint address name answers words language waiting waiting_words",
        impersonal="id action state repeats came_fast sift entered_at asked_at reminded_at confirmed_at",
    )
    fields("campaigns.Joining", personal="person campaign joined_at muted_at left_at", impersonal="id")
    fields(
        "campaigns.Campaign",
        personal="written_by",
        impersonal="id public_id slug case cases_epoch rewritten_at begun_from host state zone created_at launched_at closed_at"
        " ending round silenced_at",
    )
    fields(
        "campaigns.CampaignText",
        personal="written_by",
        impersonal="id campaign language title context deck ask letter chain is_later read_at",
    )
    fields(
        "campaigns.Action",
        personal="written_by",
        impersonal="id public_id campaign kind demand options position fingerprint_key has_own_words is_draft opened_at closed_at"
        " told_at act_before number year",
    )
    fields("campaigns.ActionText", personal="written_by", impersonal="id action language words is_later read_at")
    fields(
        "campaigns.Message",
        personal="participation claimed_by decided_by digest",
        impersonal="id state reason submitted_at claimed_at decided_at batch",
    )
    fields(
        "campaigns.Outcome",
        personal="campaign what grade on reporter recorded_by verified_by",
        impersonal="id recorded_at verified_at taken_back_at",
    )
    fields("campaigns.ContributionRating", personal="by", impersonal="id outcome value rated_at")
    fields(
        "campaigns.Harm",
        personal="campaign what on note found recorded_by reviewed_by",
        impersonal="id recorded_at reviewed_at",
    )
    fields(
        "campaigns.SignOn",
        personal="signatory authority entered_by confirmed_by",
        impersonal="id action organisation state is_confidential digest entered_at confirmed_at",
    )
    fields("campaigns.Sift", personal="made_by criteria", impersonal="id action state found set_apart made_at ended_at")
    fields("campaigns.Cadence", impersonal="campaign every_days")
    fields("campaigns.DeliveryPlan", personal="how", impersonal="campaign goal on handed_over_at")
    fields(
        "campaigns.PlannedStep", personal="words planned_by", impersonal="id campaign on planned_at ended_at is_done"
    )
    fields("campaigns.Handover", personal="asked_by agreed_by", impersonal="id action asked_at agreed_at")
    fields("campaigns.Batch", personal="made_by", impersonal="id action number made_at handed_over_on")
    fields(
        "campaigns.CoHosting",
        personal="asked_by",
        impersonal="id campaign organisation state asked_at answered_at",
    )
    fields(
        "campaigns.CaseStatus",
        personal="case dimension value from_earliest from_latest until reporter recorded_by verified_by confirmed_by",
        impersonal="id source_reliability item_reliability recorded_at verified_at superseded_at",
    )
    for claim in ("CaseStatus", "TimelineEvent", "OwnWords"):
        fields(f"campaigns.{claim}_confirmed_by", impersonal=f"id {claim.lower()} source")
    fields("campaigns.Instrument", impersonal="id code title abbreviation kind adopted_on body source")
    fields("campaigns.Article", impersonal="id instrument number position label tags")
    fields("campaigns.Violation", impersonal="id code label articles")
    fields(
        "campaigns.Ratification",
        impersonal="id instrument country status done_on in_force_on ended_on reservation is_verified",
    )
    fields("campaigns.Citation", personal="case recorded_by", impersonal="id article occurred_on is_breach recorded_at")
    fields("campaigns.Tally", impersonal="action confirmed nameless on_paper as_of")
    fields(
        "campaigns.PaperSheets",
        personal="reason entered_by verified_by",
        impersonal="id action signatures entered_at verified_at taken_back_at",
    )
    fields(
        "campaigns.Update",
        personal="written_by",
        impersonal="id public_id campaign created_at published_at taken_back_at",
    )
    fields("campaigns.UpdateText", personal="written_by", impersonal="id update language title body")
    fields("campaigns.CampaignTemplate", personal="saved_by", impersonal="id name campaign cases kept saved_at")
    fields("campaigns.CampaignTemplate_cases", impersonal="id campaigntemplate case")
    fields("campaigns.CampaignCase", impersonal="id campaign case position left_at")
    fields(
        "campaigns.Demand",
        personal="met_by met_seen_by",
        impersonal="id campaign position asks target met_at met_seen_at",
    )
    fields("campaigns.Target", impersonal="id country languages")
    fields("campaigns.TargetText", impersonal="id target language title salutation")
    fields("campaigns.Defender", personal="public_id pronouns sectors", impersonal="id created_at")
    fields("campaigns.SpecialCategory", personal="defender category language words", impersonal="id")
    fields("campaigns.GuardedWord", personal="defender kind text", impersonal="id")
    fields(
        "campaigns.CaseLink",
        personal="case other kind recorded_by verified_by",
        impersonal="id recorded_at verified_at superseded_at",
    )
    fields(
        "campaigns.RatificationChange",
        personal="proposed_by decided_by",
        impersonal="id instrument country status done_on in_force_on ended_on proposed_at decided_at is_adopted",
    )
    fields("campaigns.Province", impersonal="code country names")
    fields("campaigns.PageAddress", personal="slug", impersonal="id page holder shown_at retired_at")
    fields("campaigns.CaseText", personal="written_by who summary story", impersonal="id case language")
    fields("campaigns.Source", personal="case note recorded_by", impersonal="id kind reliability recorded_at")
    for claim, said in (("TimelineEvent", "kind words"), ("OwnWords", "language words")):
        fields(
            f"campaigns.{claim}",
            personal=f"case from_earliest from_latest reporter recorded_by verified_by confirmed_by {said}",
            impersonal="id source_reliability item_reliability recorded_at verified_at superseded_at",
        )
    fields(
        "campaigns.Correction",
        personal="case words recorded_by verified_by",
        impersonal="id recorded_at verified_at",
    )
    fields(
        "campaigns.Photo",
        personal="case credit licence alt written_by",
        impersonal="id token blurred original_hash added_at removed_at",
    )
    fields("campaigns.FormerPhotoAddress", impersonal="token photo")
    fields("campaigns.PhotoOriginal", personal="content", impersonal="photo")
    fields("campaigns.PhotoFile", personal="content", impersonal="id photo width height")
    fields(
        "campaigns.CaseGrant",
        personal="proposed_by agreed_by",
        impersonal="id case organisation licence proposed_at expires_at revoked_at",
    )
    fields("campaigns.DefenderName", personal="defender kind language text short is_display", impersonal="id")
    fields(
        "campaigns.Case",
        personal="defender country province rights age_at_event verified_on written_by",
        impersonal="id public_id epoch embargo_until withdrawn_at created_at submitted_at published_at"
        " first_published_at published_for unpublished_at archived_at emergency_until round silenced_at named_until"
        " name_approved_at",
    )
    fields(
        "campaigns.PublicationConsent",
        personal="case audience scopes ask_again given_by capacity channel language explained conditions authority"
        " evidence given_on expires_at withdrawn_at recorded_by",
        impersonal="id",
    )
    fields("campaigns.WithdrawalCode", personal="issued_by", impersonal="id consent hash issued_at used_at")
    fields(
        "campaigns.CorrectionRequest",
        personal="address language words answered_by answer",
        impersonal="id case campaign wish asked_at due_at answered_at",
    )
    fields(
        "campaigns.RiskAssessment",
        personal="case result answers mitigation assessed_at valid_until assessed_by",
        impersonal="id",
    )
    fields("campaigns.Takedown", personal="case copy asked_by", impersonal="id place outcome asked_at answered_at")
    register(
        Store(
            name="correction_requests",
            disclose=lambda person: [
                {"wish": row.wish, "words": row.words, "asked_at": row.asked_at, "answered_at": row.answered_at}
                for row in CorrectionRequest.objects.from_address(person.email)
            ],
            erase=_forget_correction_requests,
            hide=nothing_to_hide,
        )
    )
    register(Store(name="sign_ons", disclose=_sign_ons, erase=_erase_sign_ons, hide=nothing_to_hide))
    register(
        Store(name="participations", disclose=_participations, erase=_erase_participations, hide=_hide_participations)
    )
    register(
        Store(
            name="joinings",
            disclose=lambda person: [
                {
                    "campaign": row.campaign_id,
                    "joined_at": row.joined_at,
                    "muted_at": row.muted_at,
                    "left_at": row.left_at,
                }
                for row in Joining.objects.of(person)
            ],
            erase=_erase_joinings,
            hide=nothing_to_hide,
        )
    )


def _participations(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "campaign": row.action.campaign_id,  # not its slug: the page may be silent since
            "action": row.action.kind,
            "state": row.state,
            "name": row.name,
            "answers": row.answers,
            "words": row.words,
            "waiting": row.waiting,
            "waiting_words": row.waiting_words,
            "entered_at": row.entered_at,
            "confirmed_at": row.confirmed_at,
        }
        for row in Participation.objects.concerning(person).select_related("action")
    ]


def _erase_participations(person: Person) -> None:
    """Words, link and fingerprint go; the row and its state stay, so totals do not move. Pending rows of the same
    address go too: erased means that no mail follows. A message goes nowhere any more."""
    for row in locked(Participation.objects.concerning(person)):
        if row.state == Participation.State.PENDING:
            row.state = Participation.State.EXPIRED
        row.wipe()
        row.person = None
        row.fingerprint = f"erased:{row.pk}"
        row.save()
        Message.objects.filter(
            participation=row
        ).delete()  # after its participation is locked, as where it is decided about


def _hide_participations(person: Person) -> None:
    # Locked, and only what hiding changes is written: a withdrawal that commits beside it stays one.
    for row in locked(Participation.objects.concerning(person)):
        row.hide()
        row.save(update_fields=["name", "answers", "waiting", "waiting_words"])
        # What was accepted went under a name, or was read by everybody: it is looked at anew, if it has not left.
        messages = Message.objects.filter(participation=row)
        messages.update(digest="")
        left = messages.filter(batch__handed_over_on__isnull=False)
        messages.exclude(pk__in=left.values("pk")).update(state=Message.State.WAITING, batch=None)


def _sign_ons(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "statement": row.action_id,
            "signatory": row.signatory,
            "authority": row.authority,
            "entered_at": row.entered_at,
        }
        for row in SignOn.objects.by(person)
    ]


def _erase_sign_ons(person: Person) -> None:
    """Who signed for an organisation, and why they might; that it signed stays."""
    SignOn.objects.by(person).update(signatory="", authority="")


def _forget_correction_requests(person: Person) -> None:
    """The words may be theirs too; what was asked has been answered or is answered without them."""
    ids = [row.pk for row in CorrectionRequest.objects.from_address(person.email)]
    CorrectionRequest.objects.filter(pk__in=ids).update(address="", words="")


def _erase_joinings(person: Person) -> None:
    Joining.objects.of(person).delete()
