"""Words about safety are shown in a language only when a second reader has compared it; else in the nearest, labelled."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from network.open import safety

pytestmark = pytest.mark.django_db


def test_every_language_says_the_same_things(installed):
    texts = safety._shipped()
    shape = [(part["id"], len(part["paragraphs"])) for part in texts["en"]["parts"]]
    assert set(texts) == {code for code, _ in settings.LANGUAGES}
    for code, text in texts.items():
        assert [(part["id"], len(part["paragraphs"])) for part in text["parts"]] == shape, code
        assert isinstance(text["reviewed"], bool)


def test_what_was_not_reviewed_is_shown_in_the_nearest_that_was(installed, monkeypatch):
    texts = {code: {**text, "reviewed": code in {"en", "fa"}} for code, text in safety._shipped().items()}
    monkeypatch.setattr(safety, "_shipped", lambda: texts)
    found = {code: safety.safety_text(code).language for code, _ in settings.LANGUAGES}
    assert found == {"en": "en", "fa": "fa", "ar": "en", "ckb": "fa", "fr": "en", "de": "en", "es": "en"}
    page = Client().get("/de/safety/").content.decode()
    assert "Before you sign or join" in page and 'lang="en"' in page
    assert "English" in page


def test_once_reviewed_it_is_the_readers_own(installed, monkeypatch):
    texts = {code: {**text, "reviewed": True} for code, text in safety._shipped().items()}
    monkeypatch.setattr(safety, "_shipped", lambda: texts)
    assert safety.safety_text("ckb").is_readers_own
    assert safety.safety_text("fr").language == "fr"
