"""What the organiser sets: the office, and the mailbox to which its letters go."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from campaigns.kinds.offices import MailboxField, Office, OfficeForm


@dataclass(frozen=True, kw_only=True)
class AppealOptions(Office):
    mailbox: str = ""  # of the office

    def rules(self) -> list[str]:
        """What holds beside the rules that always do: nothing."""
        return []


class AppealOptionsForm(OfficeForm):
    mailbox = MailboxField(label=_("Mailbox of the office"), required=False)
