"""Asks people for nothing."""

from django import forms


class SignOnForm(forms.Form):
    pass
