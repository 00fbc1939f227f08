"""Work instead of waiting: a proof for this form and this token passes at once, and once; anything else waits."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.test import Client

from tests.makers import make_campaign

pytestmark = pytest.mark.django_db
WORDS = {"name": "Nasrin", "email": "a@people.example"}


@pytest.fixture
def token(network, settings) -> str:
    settings.WAIT_PAGE_WORK_BITS = 8
    make_campaign(network, slug="lake")
    page = Client().post("/campaigns/lake/", WORDS)  # a browser that says nothing of where the form came from
    assert page.status_code == 429
    assert 'data-bits="8"' in page.content.decode()
    return re.search(r'name="form_token" value="([^"]+)"', page.content.decode()).group(1)


def work(token: str, bits: int) -> str:
    number = 0
    while int.from_bytes(hashlib.sha256(f"{token}:{number}".encode()).digest(), "big") >> (256 - bits):
        number += 1
    return str(number)


def send(token: str, number: str, path: str = "/campaigns/lake/") -> int:
    return Client().post(path, {**WORDS, "form_token": token, "form_work": number}).status_code


def test_work_passes_at_once_and_once(token):
    number = work(token, 8)
    assert send(token, number) == 302
    assert send(token, number) == 429


def test_no_work_and_false_work_wait(token):
    wrong = next(str(n) for n in range(100) if hashlib.sha256(f"{token}:{n}".encode()).digest()[0])
    for number in ("", "x", wrong, "9" * 40, "٣"):
        assert send(token, number) == 429


def test_work_for_another_form_or_a_made_up_token_waits(token, network):
    make_campaign(network, slug="other", name="Other Name", name_fa="نام دیگر")
    assert send(token, work(token, 8), "/campaigns/other/") == 429
    assert send("made-up", work("made-up", 8)) == 429
