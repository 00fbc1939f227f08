"""Petition: put one's name under a letter."""

from django.utils.translation import gettext_lazy as _

from campaigns.kinds.contract import Kind
from campaigns.kinds.petition.answers import PetitionAnswers
from campaigns.kinds.petition.form import PetitionForm
from campaigns.kinds.petition.options import PetitionOptions

PETITION = Kind(
    name="petition",
    label=_("Sign the petition"),
    options=PetitionOptions,
    answers=PetitionAnswers,
    answers_form=PetitionForm,
)
