"""Signing in as people type: an address in any spelling we also accept elsewhere, a code with Persian digits or spaces."""

import unicodedata

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django.core.exceptions import ValidationError

from network.models.address import stored_form
from network.refusals import NotAnAddress


class AddressForm(RequestLoginCodeForm):
    def clean_email(self) -> str:
        try:
            self.cleaned_data["email"] = stored_form(self.cleaned_data["email"])
        except NotAnAddress as refused:
            raise ValidationError(refused.reason) from None
        return super().clean_email()


class CodeForm(ConfirmLoginCodeForm):
    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        self.cleaned_data["code"] = "".join(
            str(unicodedata.digit(character)) for character in typed if unicodedata.category(character) == "Nd"
        )
        return super().clean_code()
