"""Refusals: a "no" with a reason fit to show. ValueError means our bug, Refused means no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A flow declines. `reason` is shown to whoever asked, in their language; `status` is the page's HTTP status."""

    reason = _("That is not possible.")
    status = 409


class OnlyTakesForms(Refused):
    reason = _("This address only takes what a form sends, and has no page. Nothing was recorded.")
    status = 405


class NotAnAddress(Refused):
    reason = _("That does not look like an e-mail address. Please check it.")
    status = 400


class NotAName(Refused):
    reason = _("Please write the name as plain text, without line breaks or hidden characters.")
    status = 400


class NameTooLong(Refused):
    reason = _("That name is longer than we can keep. Please shorten it.")
    status = 400


class LinkForged(Refused):
    reason = _("This link is not one of ours, or part of it is missing. Please open it again from the mail.")
    status = 404


class LinkExpired(Refused):
    reason = _("This link is too old. Nothing was recorded; you are welcome to begin again.")
    status = 410


class LinkReplaced(Refused):
    reason = _("This was entered again since, under another spelling of the address. Please use the newest mail.")
    status = 410


class LinkSpent(Refused):
    reason = _("This link was used already. Sign in with a code from the mail instead.")
    status = 410


class SamePersonApproves(Refused):
    reason = _("You wrote this part, so somebody else must approve it.")
    status = 403


class ContentChanged(Refused):
    reason = _("The text has changed since it was approved. It needs a second person again.")


class NotApproved(Refused):
    reason = _("A second person has not approved this yet.")


class NotATrial(Refused):
    reason = _("This database belongs to a real installation. A trial does not touch it; unset DATABASE_URL.")


class AlreadyFounded(Refused):
    reason = _("This installation has its host organisation already.")


class TwoAreNeeded(Refused):
    reason = _("Two different people are needed: nobody publishes or sends alone.")


class ChecksMissing(Refused):
    reason = _("Not every point of the checklist is done yet.")


class AlreadyDecided(Refused):
    reason = _("This application has been decided already.")


class ReasonMissing(Refused):
    reason = _("Please say why, in words the applicant can be sent.")
    status = 400


class NotInGoodStanding(Refused):
    reason = _(
        "This organisation is suspended, so nothing can be done in its name. The host answers questions about it."
    )
    status = 403


class ScopesMissing(Refused):
    reason = _("Choose at least one thing the key may read.")
    status = 400


class KeyEnded(Refused):
    reason = _("This key has ended already.")


class TooManyKeys(Refused):
    reason = _("This organisation has as many keys as one may have. Revoke one that is no longer used.")


class AlreadyInvited(Refused):
    reason = _("That address is invited to this role already.")


class AlreadyAMember(Refused):
    reason = _("That person has this role already.")


class InvitationEnded(Refused):
    reason = _("This invitation was answered, withdrawn or has run out. Ask for a new one.")
    status = 410


class LastAdministrator(Refused):
    reason = _("Somebody must be able to act for the organisation. Invite another administrator first.")


class NotTheProposer(Refused):
    reason = _("You proposed this colleague, so somebody else must agree.")
    status = 403


class TooManyInvitations(Refused):
    reason = _("This organisation has invited as many people today as one may. Please go on tomorrow.")
    status = 429


class DoesNotWish(Refused):
    reason = _("That person declined lately and is left alone for a while.")


class OwnMatter(Refused):
    reason = _("This concerns your own organisation or your own request, so somebody else must agree.")
    status = 403
