"""How pages lie: lines that can be read, the name above all, one accent, nothing jumps, and they cost little."""

from __future__ import annotations

import re
import urllib.request

import pytest

from tests.browser import walking

LANGUAGES = ("", "/fa", "/ar", "/ckb", "/fr", "/de", "/es")


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_nothing_scrolls_sideways_at_320_px(open_page, trial, prefix):
    page = open_page(width=320)
    wide = {}
    for name in walking.open_pages(page, trial.run, prefix=prefix):
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide[name] = width
    assert wide == {}


@pytest.mark.parametrize("prefix", ["", "/fa"])
def test_nothing_scrolls_sideways_in_the_workspace(approver, steward, trial, prefix):
    wide = {}
    for page, walk in ((approver, walking.workspace), (steward, walking.steward)):
        page.set_viewport_size({"width": 320, "height": 900})
        for name in walk(page, trial.run, prefix=prefix):
            if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
                wide[name] = width
        page.set_viewport_size({"width": 1280, "height": 900})
    assert wide == {}


# Characters in the widest line of running text, counted where the browser broke it.
RUNNING = ".prose > p:not([class]), .prose > ol > li"
ANY = "p, li, dd, figcaption"
LINES = """asked => [...document.querySelectorAll(asked)].filter(p => !p.querySelector('p, li, button')).flatMap(p => {
  const range = document.createRange(), tops = new Map();
  const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode());) for (let i = 0; i < node.length; i++) {
    range.setStart(node, i); range.setEnd(node, i + 1);
    const box = range.getBoundingClientRect();
    if (box.width) tops.set(Math.round(box.top), (tops.get(Math.round(box.top)) || 0) + 1);
  }
  const lines = [...tops.values()];
  return lines.length > 2 ? [Math.max(...lines)] : [];
})"""


@pytest.mark.parametrize("prefix", ["", "/fa"])
def test_running_text_has_45_to_75_letters_a_line(open_page, trial, prefix):
    page = open_page(width=1280)
    longest = []
    for path in ("/campaigns/light-the-stoves/", "/defenders/laleh-sepidkuh/"):
        page.goto(f"{trial.base}{prefix}{path}")
        longest += page.evaluate(LINES, RUNNING)
    assert longest
    assert [one for one in longest if not 45 <= one <= 75] == []


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_no_paragraph_is_wider_than_can_be_read(open_page, trial, prefix):
    """What is no running text may be narrower; small letters may have a few more in a line."""
    page = open_page(width=1280)
    longest = {}
    for path in (
        "/",
        "/campaigns/light-the-stoves/",
        "/defenders/laleh-sepidkuh/",
        "/principles/",
        "/law/",
        "/safety/",
    ):
        page.goto(f"{trial.base}{prefix}{path}")
        longest[path] = max(page.evaluate(LINES, ANY))
    assert {path: most for path, most in longest.items() if most > 80} == {}


@pytest.mark.parametrize("prefix", ["", "/fa"])
def test_nor_in_the_workspace(approver, trial, prefix):
    longest = {
        name: max(approver.evaluate(LINES, ANY), default=0)
        for name in walking.workspace(approver, trial.run, prefix=prefix)
    }
    assert {name: most for name, most in longest.items() if most > 80} == {}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("prefix", ["", "/fa"])
def test_the_name_is_the_largest_text(open_page, trial, prefix, width):
    page = open_page(width=width)
    for path in ("/", "/campaigns/light-the-stoves/", "/defenders/laleh-sepidkuh/"):
        page.goto(f"{trial.base}{prefix}{path}")
        sizes = page.evaluate(
            """() => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && [...e.childNodes]
                 .some(n => n.nodeType === 3 && n.data.trim())).map(e => [parseFloat(getComputedStyle(e).fontSize),
                 !!e.closest('.name')])"""
        )
        largest = max(size for size, _ in sizes)
        assert {is_name for size, is_name in sizes if size == largest} == {True}, path


def test_there_is_one_accent_colour_and_red_only_stops(open_page, trial):
    page = open_page()
    hues: set[str] = set()
    for path in ("/", "/campaigns/light-the-stoves/", "/defenders/", "/join/", "/principles/"):
        page.goto(f"{trial.base}{path}")
        found = page.evaluate(
            """() => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility()).flatMap(e => {
                 const s = getComputedStyle(e); return [s.color, s.backgroundColor] })"""
        )
        for colour in found:
            channels = [int(one) for one in re.findall(r"\d+", colour)[:3]]
            if colour != "rgba(0, 0, 0, 0)" and max(channels) - min(channels) > 40:
                hues.add("blue" if channels[2] == max(channels) else "red" if channels[0] == max(channels) else colour)
    assert hues <= {"blue", "red"}


@pytest.mark.parametrize("prefix", ["", "/fa"])
def test_nothing_jumps_while_a_page_loads(open_page, trial, prefix):
    page = open_page(width=360)
    page.add_init_script(
        """window.shifted = 0; new PerformanceObserver(list => list.getEntries().forEach(e => {
             if (!e.hadRecentInput) window.shifted += e.value })).observe({type: 'layout-shift', buffered: true})"""
    )
    for path in ("/", "/campaigns/light-the-stoves/", "/defenders/laleh-sepidkuh/"):
        page.goto(f"{trial.base}{prefix}{path}", wait_until="networkidle")
        assert page.evaluate("window.shifted") < 0.01, path


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_a_first_visit_costs_little(trial, prefix):
    """At most 60 kB over the wire without images, and one style sheet."""
    with urllib.request.urlopen(f"{trial.base}{prefix}/campaigns/light-the-stoves/", timeout=10) as answer:
        html = answer.read()
    text = html.decode()
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)
    assert len(sheets) == 1
    total = len(html)  # as it is sent: whoever stands in front may pack it smaller
    for path in [*sheets, *re.findall(r'<script[^>]* src="([^"]+)"', text)]:
        with urllib.request.urlopen(f"{trial.base}{path}", timeout=10) as answer:
            total += len(answer.read())
    assert total <= 60_000
