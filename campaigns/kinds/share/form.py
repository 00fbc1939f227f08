"""Asks for nothing."""

from django import forms


class ShareForm(forms.Form):
    pass
