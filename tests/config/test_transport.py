"""TLS everywhere but on the onion service; and the onion service is told of where it can be."""

from __future__ import annotations

import pytest
from django.test import Client

ONION = "http://hamsedaabcdefghijklmnopqrstuvwxyz234567hamsedaabcdefghijk.onion"
HOST = ONION.removeprefix("http://")


@pytest.fixture(autouse=True)
def published_on(settings):
    settings.ONION_URL = ONION
    settings.ALLOWED_HOSTS = ["testserver", HOST]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 3600
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.django_db
def test_the_open_web_gets_tls_and_every_header(installed):
    plain = Client().get("/silence/")
    assert (plain.status_code, plain.headers["Location"]) == (301, "https://testserver/silence/")
    safe = Client().get("/silence/?a=b", secure=True)
    assert safe.headers["Onion-Location"] == f"{ONION}/silence/?a=b"
    assert safe.headers["Strict-Transport-Security"].startswith("max-age=3600")
    assert safe.headers["X-Content-Type-Options"] == "nosniff"
    assert safe.headers["Referrer-Policy"] == "same-origin"
    assert safe.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_the_onion_service_answers_as_it_is(installed):
    visitor = Client(headers={"Host": HOST, "Sec-Fetch-Site": "same-origin"})
    page = visitor.get("/silence/")
    assert page.status_code == 200
    assert "Onion-Location" not in page.headers and "Strict-Transport-Security" not in page.headers
    assert visitor.post("/silence/", {"code": "AAAA"}).status_code == 400  # a wrong code, and no foreign form


@pytest.mark.django_db
def test_only_pages_say_where_the_onion_is(installed):
    assert "Onion-Location" not in Client().get("/api/v1/campaigns/", secure=True).headers
    assert "Onion-Location" not in Client().get("/feeds/campaigns.atom", secure=True).headers
