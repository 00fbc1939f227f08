"""Why a campaign or an action says no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from network.refusals import Refused


class NotPublished(Refused):
    reason = _("This page is not available.")
    status = 404


class ActionClosed(Refused):
    reason = _("This action is closed. Nothing was recorded.")


class NotBeforeItBegan(Refused):
    reason = _("This day is before the campaign began: what happened then came of nothing that people did here.")
    status = 400


class SecondPersonConfirms(Refused):
    reason = _("You entered it, so another administrator of your organisation says the second yes.")


class TooFewToSift(Refused):
    reason = _("These are too few to be set apart together: so that nobody is looked for by a name or a mailbox.")


class MessageUnfit(Refused):
    """A message breaks the rules of its action; `broken` says which words, and why (publishing.message_rules.Unfit)."""

    reason = _("These words would not get through.")
    status = 400

    def __init__(self, broken: Sequence[Any]) -> None:
        super().__init__()
        self.broken = tuple(broken)


class CallsTheState(Refused):
    reason = _(
        "This office is of the State that the campaign is about. A call would tell it whose telephone it is: choose another."
    )


class ActionNotReady(Refused):
    """`missing` names each thing that is still needed, in order."""

    reason = _("This action cannot be opened yet.")

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


class MessageHeldBack(Refused):
    """A moderator would let something through that the prose guard found; `words` are those."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self.words = tuple(words)

    @property
    def reason(self) -> str:  # type: ignore[override]  # it names the words, so it is made for each refusal
        said = _("This cannot be accepted: %(words)s is on record as not to be told.")
        return str(said) % {"words": ", ".join(f"“{one}”" for one in self.words)}


class AlreadyDecided(Refused):
    reason = _("Somebody else has decided about this message.")


class PetitionIsSigned(Refused):
    reason = _("People signed it: it cannot be taken out any more.")


class DraftIsLeanedOn(Refused):
    reason = _("Something hangs on this draft: an alert, a template kept from it, or harm on record. It stays.")


class TooManyCases(Refused):
    reason = _("This campaign is for as many people as one campaign may be. Begin another one.")


class SomebodyAskedForSilence(Refused):
    reason = _("Somebody whom these words are about asked for silence.")


class SamePersonTwice(Refused):
    reason = _("The campaign is for them already, by another case.")


class CaseIsTheOnlyOne(Refused):
    reason = _("The campaign is for nobody else. End it, or take it off every page.")


class TooManyDemands(Refused):
    reason = _("This campaign asks as many offices as one campaign may. Begin another one.")


class UpdateNotReady(Refused):
    """`missing` names each thing that is still needed, in order."""

    reason = _("This news cannot be published yet.")

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


class CampaignNotReady(Refused):
    """`missing` names each thing that is still needed, in order."""

    reason = _("This campaign cannot be launched yet.")

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


class ProseNamesSomeone(Refused):
    """A text names a person outright; `words` are the ones found."""

    reason = _(
        "This text names a person directly. Use {person} where the name should stand, "
        "so that the name is shown only where it may be."
    )

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(", ".join(words))
        self.words = tuple(words)


class LanguageNotReady(Refused):
    """`missing` names each thing that is wrong with its words, in order."""

    reason = _("These words cannot be shown as they are. What is wrong is named where they are written.")

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


class SignedInEveryLanguage(Refused):
    reason = _(
        "Organisations sign these words in every language in which they stand: no language is added once it is open."
    )


class WordsAreLocked(Refused):
    reason = _("These words are out: what people read and did stands under them, so they do not change any more.")


class CaseIsSilent(Refused):
    reason = _("This case was withdrawn. It stays silent.")


class CampaignIsSilent(Refused):
    reason = _("The campaign is shown to nobody at the moment, so nothing is handed over.")


class CodeUnknown(Refused):
    reason = _("This code is not one of ours. Please compare it with the paper, letter by letter.")
    status = 404


class CountryMissing(Refused):
    reason = _("Say first which State is concerned.")


class NotBinding(Refused):
    """`instead`: CitedArticle of what did bind that State on that day, perhaps empty."""

    reason = _("This did not bind that State on that day. It can be cited as a standard.")

    def __init__(self, instead: Sequence[Any] = ()) -> None:
        super().__init__()
        self.instead = tuple(instead)


class CaseNotReady(Refused):
    """`missing` names each thing that is still needed, in order."""

    reason = _("This case cannot be published yet.")

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


class WordsUnfit(Refused):
    """`findings`: what the guard found, each with its words."""

    def __init__(self, findings: Sequence[Any]) -> None:
        super().__init__()
        self.findings = tuple(findings)

    @property
    def reason(self) -> str:  # type: ignore[override]  # it names the words, so it is made for each refusal
        words = ", ".join(dict.fromkeys(f"“{one.words}”" for one in self.findings))
        said = _("Consent does not let these words be told: %(words)s. Take it back, and record it anew without them.")
        return str(said) % {"words": words}


class NamesNotAgreedTo(Refused):
    reason = _("Names leave the house when two people want it: somebody asks, and somebody else agrees.")


class ActionFull(Refused):
    reason = _("Every place is taken. If somebody cannot come, their place is free again: look once more.")


class NotAPicture(Refused):
    reason = _("This file is not a picture we can read. JPEG, PNG and WebP can be read.")
    status = 400


class PictureTooLarge(Refused):
    reason = _("This picture is larger than we can take. Make it smaller and try again.")
    status = 400


class ProvinceKnown(Refused):
    reason = _("This province is in the register already.")


class OnlyFullPartners(Refused):
    reason = _("Only a partner in full standing can be given more than everybody may read.")


class AskedTooOften(Refused):
    reason = _("So many have asked about this page today that somebody is looking at it already. Please try tomorrow.")
    status = 429
