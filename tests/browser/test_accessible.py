"""WCAG 2.2 A and AA on every page in English and Persian, and one page of each template in the other languages: no violation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser import walking
from tests.browser.axe import MAIL, OPTIONS, violations

WORKING, OTHERS = ("", "/fa"), ("/ar", "/ckb", "/fr", "/de", "/es")


def seen(walk: Iterator[str], page: Page) -> dict[str, list[str]]:
    """{page: what is wrong with it}; empty when nothing is."""
    found = {name: violations(page, MAIL if name.startswith("mail-") else OPTIONS) for name in walk}
    assert found  # the walk went somewhere
    return {name: wrong for name, wrong in found.items() if wrong}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("prefix", WORKING)
def test_open_pages(open_page, trial, prefix, scheme):
    page = open_page(width=360 if scheme == "dark" else 1280)
    page.emulate_media(color_scheme=scheme)
    assert seen(walking.open_pages(page, trial.run, prefix=prefix), page) == {}


@pytest.mark.parametrize("prefix", OTHERS)
def test_open_pages_in_the_other_languages(open_page, trial, prefix):
    page = open_page(width=360)
    assert seen(walking.open_pages(page, trial.run, prefix=prefix), page) == {}


@pytest.mark.parametrize("prefix", [*WORKING, *OTHERS])
def test_a_supporters_way(open_page, trial, prefix):
    page = open_page(width=360)
    assert seen(walking.supporter(page, trial.run, trial.said, prefix=prefix), page) == {}


@pytest.mark.parametrize("prefix", WORKING)
def test_signing_in_and_being_invited(open_page, partner, trial, prefix):
    page = open_page(width=360)
    assert seen(walking.second_factor(page, trial.run, trial.said, partner, prefix=prefix), page) == {}


@pytest.mark.parametrize("prefix", [*WORKING, *OTHERS])
def test_a_code_that_is_waited_for_and_a_page_that_waits(open_page, trial, prefix):
    page = open_page(width=360)
    assert seen(walking.doors(page, trial.run, prefix=prefix), page) == {}


@pytest.mark.parametrize(
    ("prefix", "width"),
    [
        ("", 360),
        ("/fa", 1280),
        pytest.param("", 1280, marks=pytest.mark.deep),
        pytest.param("/fa", 360, marks=pytest.mark.deep),
    ],
)
def test_the_workspace(approver, trial, prefix, width):
    approver.set_viewport_size({"width": width, "height": 900})
    wrong = seen(walking.workspace(approver, trial.run, prefix=prefix), approver)
    approver.set_viewport_size({"width": 1280, "height": 900})
    assert wrong == {}


@pytest.mark.parametrize("prefix", WORKING)
def test_whom_we_must_not_write_to(steward, trial, prefix):
    assert seen(walking.steward(steward, trial.run, prefix=prefix), steward) == {}


@pytest.mark.parametrize("language", ["en", "fa", "ar", "ckb", "fr", "de", "es"])
def test_every_element_in_every_language(approver, trial, language):
    approver.goto(f"{trial.base}/organise/style/?in={language}")
    assert violations(approver) == []
