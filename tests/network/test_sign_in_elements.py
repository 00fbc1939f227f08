"""Pages of the sign-in library that we do not write ourselves stand in our page, made of our elements."""

from __future__ import annotations

from django import forms
from django.template import Context, Origin, Template
from django.test import RequestFactory


class SampleForm(forms.Form):
    code = forms.CharField(label="Code")


PAGE = """{% extends "allauth/layouts/entrance.html" %}{% load allauth %}
{% block head_title %}Sample{% endblock %}
{% block content %}{% element h1 %}Sample{% endelement %}
{% element form form=form method="post" action="/x/" %}{% slot body %}{% element fields form=form %}{% endelement %}{% endslot %}
{% slot actions %}{% element button type="submit" tags="danger" %}Stop{% endelement %}{% endslot %}{% endelement %}
{% element panel %}{% slot title %}Panel{% endslot %}{% slot body %}<p>Body</p>{% endslot %}{% endelement %}
{% element alert level="info" %}{% slot message %}Said{% endslot %}{% endelement %}{% endblock %}"""


def test_its_elements_are_ours():
    form = SampleForm({"code": ""})
    form.is_valid()
    context = Context(
        {"form": form, "request": RequestFactory().get("/accounts/"), "language": "fa", "direction": "rtl"}
    )
    origin = Origin("sample.html", template_name="sample.html")
    page = Template(PAGE, origin=origin, name="sample.html").render(context)
    assert '<html lang="fa" dir="rtl">' in page and "<title>Sample · Hamseda</title>" in page
    assert 'class="button stop"' in page and 'class="entry"' in page and 'class="wrong"' in page
    assert '<section class="part flow"><h2>Panel</h2>' in page
    assert 'class="notice"' in page and "Said" in page
    assert page.count("<html") == 1
