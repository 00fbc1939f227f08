"""What every page promises: no cookie before sign-in, nothing from elsewhere, no address kept, reading changes nothing."""

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from config.environment import BASE_DIR
from network.models import OutboxEvent
from tests import surroundings
from tests.makers import make_campaign

OPEN = [
    "/",
    "/campaigns/",
    "/campaigns/lake/",
    "/campaigns/lake/sent/",
    "/join/",
    "/join/sent/",
    "/principles/",
    "/silence/",
    "/law/",
    "/campaigns/lake/correcting/",
    "/partners/",
    "/partners/apply/",
    "/partners/apply/sent/",
    "/partners/apply/confirm/x/",
    "/partners/invitation/x/",
    "/api/",
    "/erased/",
    "/nowhere/",
    "/confirm/x/",
    "/unsubscribe/x/",
]
PERSONAL = ["/me/", "/me/export/", "/me/erasing/", "/me/campaigns/lake/joining/"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(network):
    return make_campaign(network, slug="lake")


@pytest.mark.parametrize("prefix", ["", "/fa"])
@pytest.mark.parametrize("path", OPEN)
def test_open_pages_neither_read_nor_set_a_cookie(campaign, path, prefix):
    client = Client()
    plain = client.get(prefix + path)
    assert plain.cookies == {}
    assert "Cookie" not in plain.headers.get("Vary", "") and "Accept-Language" not in plain.headers.get("Vary", "")
    client.cookies.load({"hamseda_session": "x", "hamseda_csrf": "y", "django_language": "fa"})
    other = client.get(prefix + path, headers={"Accept-Language": "fa,ar;q=0.5", "User-Agent": "other"})
    assert other.content == plain.content
    assert plain.headers["Content-Language"] == ("fa" if prefix else "en")


@pytest.mark.parametrize("path", OPEN)
def test_pages_fetch_nothing_from_elsewhere_and_run_nothing_inline(campaign, path):
    response = Client().get(path)
    page = response.content.decode()
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page) == []
    for script in re.findall(r"<script[^>]*>", page):  # from a file of ours, or data that nothing runs
        assert re.fullmatch(r'<script (?:type="module" src="/static/[^"]+"|type="application/ld\+json")>', script), (
            script
        )
    assert " style=" not in page and " onclick=" not in page
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert response.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PERSONAL)
def test_personal_pages_ask_to_sign_in_and_are_never_stored(campaign, path):
    response = Client().get(path)
    assert response.status_code == 302
    assert response.url.startswith("/accounts/code/?next=")
    assert "no-store" in response.headers["Cache-Control"]


def test_a_personal_form_without_its_token_is_refused(campaign):
    client = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
    assert client.post("/accounts/code/", {"email": "a@people.example"}).status_code == 403


def test_reading_changes_nothing_anywhere(campaign):
    before = OutboxEvent.objects.count()
    for path in OPEN + PERSONAL:
        for method in ("get", "head", "options"):
            getattr(Client(), method)(path)
    assert OutboxEvent.objects.count() == before


def test_every_open_form_is_guarded_or_carries_its_own_proof():
    by_token_alone = {
        "unsubscribe",
        "unsubscribe_mute",
        "unsubscribe_keep_here",
        "unsubscribe_choose",
    }  # mail providers post without headers; the token says whose
    for name, view in _views():
        module = view.__module__
        if ".open." not in module or name in by_token_alone:
            continue
        takes_posts = not getattr(view, "open_form_guard", False)
        if takes_posts:
            assert Client(headers={"Sec-Fetch-Site": "same-origin"}).post(_example(name)).status_code == 405, name


def _views():
    for pattern in get_resolver().url_patterns:
        for inner in getattr(pattern, "url_patterns", [pattern]):
            for leaf in getattr(inner, "url_patterns", [inner]):
                if leaf.name:
                    yield leaf.name, leaf.callback


def _example(name: str) -> str:
    from django.urls import NoReverseMatch, reverse

    for arguments in ([], ["lake"], ["x"], [UUID(int=1), 480]):
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    raise AssertionError(name)


@pytest.mark.django_db(transaction=True)
def test_no_address_of_a_visitor_is_kept_anywhere(capfd, caplog, broker):
    from django.utils import timezone

    from network.flows.installing import install
    from network.flows.relaying import relay
    from tests.makers import make_network, make_person

    install(trial=True, at=timezone.now())
    make_campaign(make_network(), slug="lake")
    make_person("nasrin@people.example")
    marked = "203.0.113.77"
    client = Client(
        REMOTE_ADDR=marked,
        headers={"Sec-Fetch-Site": "same-origin", "X-Forwarded-For": marked, "User-Agent": "Marked-Agent"},
    )
    client.post("/campaigns/lake/", {"name": "N", "email": "n@people.example"})
    client.post("/join/", {"name": "N", "email": "n@people.example", "endorse": "on"})
    client.post("/accounts/code/", {"email": "nasrin@people.example"})
    client.post("/accounts/code/confirm/", {"code": "000000"})
    client.get("/campaigns/nowhere/")
    relay()
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(marked in repr(row) or "Marked-Agent" in repr(row) for row in cursor.fetchall()):
                found.append(table)
    for key in broker.keys("*"):
        if marked.encode() in key or marked.encode() in (broker.dump(key) or b""):
            found.append(key)
    for path in surroundings.FOLDER.rglob("*.log"):
        if marked in path.read_text(errors="replace"):
            found.append(path)
    output = capfd.readouterr()
    assert found == []
    assert marked not in output.out + output.err + caplog.text


def test_the_one_stylesheet_is_small():
    import gzip

    size = len(gzip.compress((BASE_DIR / "static" / "look" / "hamseda.css").read_bytes()))
    assert size < 8_000
