"""The style page shows what pages are made of: every element, in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.makers import enter_workspace

pytestmark = pytest.mark.django_db

# What a page's head tells of it, and a photograph of ours: the first is not seen, the second is somebody's and has a scope.
NOT_SHOWN = {"elements/shared.html", "elements/photo.html"}
FOLDER = Path(settings.BASE_DIR) / "templates" / "elements"


@pytest.fixture
def approver(network, deliver_all):
    return enter_workspace(network.approver, deliver_all)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_element_stands_there(approver, language):
    answer = approver.get(f"/organise/style/?in={language}")
    drawn = {template.name for template in answer.templates}
    every = {f"elements/{path.name}" for path in FOLDER.glob("*.html")}
    assert every - drawn == NOT_SHOWN
    page = answer.content.decode()
    assert f'<div class="stack" lang="{language}" dir="' in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_language_nobody_speaks_here_is_the_page_s_own(approver):
    assert '<div class="stack" lang="en" dir="ltr">' in approver.get("/organise/style/?in=xx").content.decode()
