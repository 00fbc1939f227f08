"""Petition: put one's name under a letter."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.kinds.contract import Kind, Says
from campaigns.kinds.petition.answers import PetitionAnswers
from campaigns.kinds.petition.form import PetitionForm
from campaigns.kinds.petition.options import PetitionOptions, PetitionOptionsForm

SAYS = Says(
    is_it_you=_("Please confirm: is this your signature?"),
    once_more=_("Once more: is this your signature?"),
    entered=_(
        "Somebody, we hope you, put this address under a petition. Open the link and press the one button there, and you "
        "are counted. Until then nothing is."
    ),
    entered_again=_(
        "Somebody, we hope you, put this address under a petition and has not confirmed it. We ask once more, and not "
        "again. Open the link and press the one button there, and you are counted."
    ),
    counted_already=_("Your signature is counted already."),
    done_and_counted=_("Signed and counted"),
    counted=_("Your signature is counted"),
    thanks=_("Thank you, %(name)s. Your signature is counted."),
    because=_("You get this once, because you signed."),
    done=_("You signed the petition."),
    taken_back=_("You signed the petition and took it back."),
)


def becomes(answers: PetitionAnswers) -> Any:
    if answers.show_name:
        return _("It will be printed in the copy that is handed over.")
    return _("It is private: it is counted and shown nowhere.")


PETITION = Kind(
    name="petition",
    label=_("Sign the petition"),
    options=PetitionOptions,
    options_form=PetitionOptionsForm,
    answers=PetitionAnswers,
    answers_form=PetitionForm,
    says=SAYS,
    becomes=becomes,
)
