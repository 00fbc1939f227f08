"""What notifications do with the log: they write to people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from campaigns.events import (
    ActionEnded,
    ActionOpened,
    CampaignAsksNoMore,
    CampaignClosed,
    CampaignJoined,
    CaseWithdrawn,
    CorrectionAnswered,
    CorrectionAsked,
    MessageAccepted,
    MessageDeclined,
    ParticipationConfirmed,
    ParticipationEntered,
    ParticipationRejected,
    ParticipationReminded,
    ParticipationWithdrawn,
)
from campaigns.models import Action, Campaign, CorrectionRequest, Joining, Message, Participation
from campaigns.publishing.action import happens
from network.events import (
    ApplicationEntered,
    ApplicationRefused,
    ColleagueInvited,
    EndorsementConfirmed,
    EndorsementEntered,
    PartnerAdmitted,
)
from network.flows import consuming
from network.models import Application, Endorsement, Invitation, Membership, Organisation, OutboxEvent
from notifications.flows import following, relaying, steering
from notifications.flows.noticing import notify
from notifications.models import Alert, Notice

Kind = Notice.Kind
LETTERS = (MessageAccepted, CaseWithdrawn, ParticipationRejected, ParticipationWithdrawn)


def register() -> None:
    consuming.register("notices", write_notices, wants=list(NOTICES))
    consuming.register("closed_campaigns", stand_down, wants=[CampaignClosed, CampaignAsksNoMore])
    consuming.register("letters", send_on, wants=[ActionOpened, *LETTERS])
    consuming.register("follow_ups", follow_up, wants=[CampaignJoined, ParticipationConfirmed])


def follow_up(events: Sequence[OutboxEvent]) -> None:
    """Standing alerts go to whoever did what they follow. Reading an event again queues nothing twice."""
    done: dict[tuple[str, int], dict[int, datetime]] = defaultdict(dict)
    for event in events:
        if event.name == CampaignJoined.__name__:
            campaign_id, person_id = event.payload["campaign_id"], event.payload["person_id"]
            done[Alert.Trigger.JOINED, campaign_id][person_id] = event.happened_at
    acted = [event for event in events if event.name == ParticipationConfirmed.__name__]
    happened = {event.payload["participation_id"]: event.happened_at for event in acted}
    rows = Participation.objects.confirmed().filter(pk__in=happened, person__isnull=False)
    for pk, campaign_id, person_id in rows.values_list("pk", "action__campaign_id", "person_id"):
        done[Alert.Trigger.ACTED, campaign_id][person_id] = happened[str(pk)]
    for (trigger, campaign_id), people in done.items():
        following.follow(trigger, campaign_id, people, at=timezone.now())


def send_on(events: Sequence[OutboxEvent]) -> None:
    """What somebody wrote to an office waits for its turn once it may go; taken back, or its case withdrawn, it does not leave
    any more."""
    now = timezone.now()
    for event in events:
        if event.name == ActionOpened.__name__:
            relaying.make_lane(event.payload["action_id"])
        elif event.name == MessageAccepted.__name__:
            relaying.queue(event.payload["message_id"], at=now)
        elif event.name == CaseWithdrawn.__name__:
            relaying.drop_withdrawn(event.payload["case_id"], at=now)
        else:
            relaying.take_back(event.payload["participation_id"], at=now)


def stand_down(events: Sequence[OutboxEvent]) -> None:
    """What asks people to act for a campaign that is over, or got all that it asked for, stops where it is; an approver may let
    it go on. What only tells them something goes out."""
    for event in events:
        asking = Alert.objects.under_way().filter(
            campaign=event.payload["campaign_id"], opened_at__lt=event.happened_at
        )
        for alert in asking.filter(severity__in=Alert.ASKING):
            steering.pause(alert.pk, by=None, at=timezone.now())


def write_notices(events: Sequence[OutboxEvent]) -> None:
    """One notice per event, keyed by the event, so that reading it again writes nothing twice."""
    wanted = {event_type.__name__: rule for event_type, rule in NOTICES.items()}
    for event in events:
        wanted[event.name](event)


def _ask_to_confirm_participation(event: OutboxEvent) -> None:
    _ask_about_participation(Kind.CONFIRM_PARTICIPATION, event)


def _ask_once_more(event: OutboxEvent) -> None:
    _ask_about_participation(Kind.REMIND_PARTICIPATION, event)


def _ask_about_participation(kind: Notice.Kind, event: OutboxEvent) -> None:
    row = Participation.objects.select_related("person").filter(pk=event.payload["participation_id"]).first()
    if row is None:
        return
    address = row.address or (row.person.email if row.person and row.waiting else "")
    language = row.waiting["language"] if row.waiting else row.language
    _notify(kind, event, address, language, str(row.pk))


def _ask_to_confirm_endorsement(event: OutboxEvent) -> None:
    row = Endorsement.objects.select_related("person").filter(pk=event.payload["endorsement_id"]).first()
    if row is None:
        return
    address = row.address or (row.person.email if row.person else "")
    _notify(Kind.CONFIRM_ENDORSEMENT, event, address, row.language, str(row.pk))


def _give_a_receipt(event: OutboxEvent) -> None:
    row = Participation.objects.select_related("person").filter(pk=event.payload["participation_id"]).first()
    if row is not None and row.person is not None:
        _notify(Kind.RECEIPT, event, row.person.email, row.language, str(row.pk))


def _say_why_it_does_not_go(event: OutboxEvent) -> None:
    row = Message.objects.standing().select_related("participation__person").filter(pk=event.subject_id).first()
    writer = row.participation.person if row else None
    if row is not None and writer is not None and row.batch_id is None:  # what was handed over went
        _notify(Kind.MESSAGE_DECLINED, event, writer.email, row.participation.language, str(row.pk))


def _call_off(event: OutboxEvent) -> None:
    """Whoever holds a place where people were to come together is told once that it does not take place, also where the campaign
    fell silent: they may be on their way."""
    for action in _ended(event).filter(has_own_words=True, is_draft=False):
        hour = happens(action)
        if hour is not None and hour.begins > event.happened_at:
            coming = Participation.objects.confirmed().filter(action=action, person__isnull=False)
            for row in coming.select_related("person"):
                _notify_once(Kind.CALLED_OFF, row)


def _ended(event: OutboxEvent) -> QuerySet[Action]:
    if event.name == ActionEnded.__name__:
        return Action.objects.filter(pk=event.payload["action_id"])
    if event.name == CampaignClosed.__name__:
        return Action.objects.filter(campaign=event.payload["campaign_id"])
    return Action.objects.filter(campaign__in=Campaign.objects.about(event.payload["case_id"]))


def _notify_once(kind: Notice.Kind, row: Participation) -> None:
    notify(
        kind,
        address=row.person.email if row.person else "",
        language=row.language,
        dedupe_key=f"{kind}:{row.pk}",
        subject_id=str(row.pk),
        at=timezone.now(),
    )


def _welcome(event: OutboxEvent) -> None:
    row = Endorsement.objects.select_related("person").filter(pk=event.payload["endorsement_id"]).first()
    if row is not None and row.person is not None:
        _notify(Kind.WELCOME, event, row.person.email, row.person.language, str(row.pk))


def _tell_what_joining_means(event: OutboxEvent) -> None:
    row = Joining.objects.select_related("person").filter(pk=event.payload["joining_id"]).first()
    if row is not None:
        _notify(Kind.JOINED, event, row.person.email, row.person.language, str(row.pk))


def _to_the_contact(kind: Notice.Kind) -> Callable[[OutboxEvent], None]:
    def write(event: OutboxEvent) -> None:
        row = Application.objects.filter(pk=event.payload["application_id"]).first()
        if row is not None:
            _notify(kind, event, row.address, row.language, str(row.pk))

    return write


def _invite(event: OutboxEvent) -> None:
    row = Invitation.objects.filter(pk=event.payload["invitation_id"], state=Invitation.State.SENT).first()
    if row is not None and row.address:
        # Keyed by the invitation: proposed and agreed to are two events and one mail.
        notify(
            Kind.INVITATION,
            address=row.address,
            language=row.language,
            dedupe_key=f"{Kind.INVITATION}:{row.pk}",
            subject_id=str(row.pk),
            at=timezone.now(),
        )


def _page_the_approvers(event: OutboxEvent) -> None:
    """Every approver of the host, in their own language; the mail says that something waits and by when, not what."""
    row = CorrectionRequest.objects.waiting().filter(pk=event.payload["request_id"]).first()
    if row is None:
        return
    approvers = Membership.objects.filter(
        organisation__kind=Organisation.Kind.HOST, role=Membership.Role.APPROVER
    ).select_related("person")
    for membership in approvers:
        notify(
            Kind.CORRECTION_ASKED,
            address=membership.person.email,
            language=membership.person.language,
            dedupe_key=f"{Kind.CORRECTION_ASKED}:{row.pk}:{membership.person_id}",
            subject_id=str(row.pk),
            at=timezone.now(),
        )


def _tell_whoever_asked(event: OutboxEvent) -> None:
    """That somebody looked, to whoever left an address; not what was found, because nobody knows who they are."""
    row = CorrectionRequest.objects.filter(pk=event.subject_id).first()
    if row is not None:
        _notify(Kind.CORRECTION_ANSWERED, event, row.address, row.language, str(row.pk))


def _notify(kind: Notice.Kind, event: OutboxEvent, address: str, language: str, subject_id: str) -> None:
    if not address:  # wiped or erased between the event and its reading
        return
    notify(
        kind,
        address=address,
        language=language,
        dedupe_key=f"{kind}:{event.pk}",
        subject_id=subject_id,
        at=timezone.now(),
    )


NOTICES = {
    ParticipationEntered: _ask_to_confirm_participation,
    ParticipationReminded: _ask_once_more,
    ParticipationConfirmed: _give_a_receipt,
    MessageDeclined: _say_why_it_does_not_go,
    ActionEnded: _call_off,
    CampaignClosed: _call_off,
    CaseWithdrawn: _call_off,
    EndorsementEntered: _ask_to_confirm_endorsement,
    EndorsementConfirmed: _welcome,
    CampaignJoined: _tell_what_joining_means,
    ApplicationEntered: _to_the_contact(Kind.CONFIRM_APPLICATION),
    PartnerAdmitted: _to_the_contact(Kind.PARTNER_ADMITTED),
    ApplicationRefused: _to_the_contact(Kind.APPLICATION_REFUSED),
    ColleagueInvited: _invite,
    CorrectionAsked: _page_the_approvers,
    CorrectionAnswered: _tell_whoever_asked,
}
