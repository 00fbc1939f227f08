"""The API as a reader's program meets it: published forms, problems, ETags, limits, keys.

What holds of every resource is asked of every resource, in one place.
"""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from openapi_spec_validator import validate

from campaigns.flows.gate import pausing, silencing
from campaigns.flows.record import documenting
from network.api.problems import KINDS
from network.api.reference import document
from network.flows import issuing
from network.flows.relaying import relay
from network.models import ApiKey
from tests.makers import (
    approve_campaign,
    make_campaign,
    make_case,
    make_event,
    make_key,
    make_own_words,
    make_participation,
    make_partner,
)

pytestmark = pytest.mark.django_db

COLLECTIONS = ["campaigns", "actions", "tallies", "defenders", "partners"]


def keyed(text: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {text}"})


def problem(answer) -> dict:
    assert answer["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert set(said) == {"type", "title", "status", "detail"}
    assert said["status"] == answer.status_code
    return said


def test_a_live_campaign_with_its_action_tally_and_defender(network):
    campaign = make_campaign(network, slug="lake")
    make_participation(campaign, "one@people.example")
    relay()
    found = Client().get("/api/v1/campaigns/").json()["results"]
    assert [item["title"] for item in found] == ["The lake"]
    assert found[0]["actions"][0]["tally"]["counted"] == 1
    assert found[0]["url"] == "http://testserver/campaigns/lake/"
    one = Client().get(f"/api/v1/campaigns/{found[0]['id']}/?language=fa").json()
    assert (one["title"], one["language"], one["url"]) == ("دریاچه", "fa", "http://testserver/fa/campaigns/lake/")
    defender = Client().get(f"/api/v1/defenders/{one['defender']}/").json()
    assert [name["text"] for name in defender["names"]] == ["Golnar Sabzrud", "گلنار سبزرود"]
    assert defender["campaigns"] == [one["id"]]
    action = Client().get(f"/api/v1/actions/{one['actions'][0]['id']}/").json()
    assert (action["kind"], action["campaign"]) == ("petition", one["id"])


def test_nothing_that_may_not_be_shown_is_in_any_answer(network):
    now = timezone.now()
    make_campaign(network, name="Planted-Draft", name_fa="کاشته", launched=False)
    make_campaign(network, name="Planted-Unconsented", name_fa="کاشته", scopes=None)
    make_campaign(network, name="Planted-Expired", name_fa="کاشته", consent_until=now - timedelta(days=1))
    make_campaign(network, name="Planted-Risky", name_fa="کاشته", risk="stop")
    make_campaign(network, name="Planted-Unapproved", name_fa="کاشته", approved=False)
    make_campaign(
        network, name="Planted-Withheld", name_fa="کاشته", alias="Baran", scopes=("alias", "narrative", "petition")
    )
    partner = make_partner(network)
    client = keyed(make_key(partner))
    for path in [*(f"{name}/" for name in COLLECTIONS), "changes", "organisation/campaigns/", "organisation/"]:
        text = client.get(f"/api/v1/{path}").content.decode()
        assert "Planted" not in text and "کاشته" not in text, path
    assert [item["names"][0]["text"] for item in Client().get("/api/v1/defenders/").json()["results"]] == ["Baran"]


def test_withdrawn_is_gone_and_never_published_is_unknown(network):
    shown, draft = make_campaign(network), make_campaign(network, launched=False)
    action, defender = shown.actions.get(), shown.case.defender
    silencing.withdraw_consent(shown.case.consents.get().pk, by=None, at=timezone.now())
    for path in (f"campaigns/{shown.public_id}", f"actions/{action.public_id}", f"defenders/{defender.public_id}"):
        assert problem(Client().get(f"/api/v1/{path}/"))["status"] == 410
    for path in (
        f"campaigns/{draft.public_id}",
        f"actions/{draft.actions.get().public_id}",
        f"defenders/{draft.case.defender.public_id}",
        f"campaigns/{network.host.public_id}",
        "campaigns/not-an-id",
        "nothing",
    ):
        assert problem(Client().get(f"/api/v1/{path}/"))["status"] == 404, path


def test_pages_follow_each_other_without_a_gap(network):
    slugs = [make_campaign(network).public_id for _ in range(5)]
    hidden = make_campaign(network)
    pausing.pause(hidden.pk, by=None, at=timezone.now())
    slugs.append(make_campaign(network).public_id)
    seen, url = [], "/api/v1/campaigns/?limit=2"
    while url:
        page = Client().get(url).json()
        assert len(page["results"]) <= 2
        seen += [item["id"] for item in page["results"]]
        url = (page["next"] or "").removeprefix("http://testserver")
    assert seen == [str(slug) for slug in slugs]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=x",
        "limit=٣",
        "limit=0000000019999",
        "limit=000000001" + "0" * 5000,
        "cursor=!",
        "cursor=YWJj",
        "language=xx",
        "language=%0d%0aX:y",
    ],
)
def test_what_cannot_be_read_is_a_problem(network, query):
    assert problem(Client().get(f"/api/v1/campaigns/?{query}"))["status"] == 400


def test_an_unchanged_answer_is_not_sent_twice(network):
    campaign = make_campaign(network)
    first = Client().get("/api/v1/campaigns/")
    again = Client(headers={"If-None-Match": first["ETag"]}).get("/api/v1/campaigns/")
    assert (again.status_code, again.content) == (304, b"")
    pausing.pause(campaign.pk, by=None, at=timezone.now())
    changed = Client(headers={"If-None-Match": first["ETag"]}).get("/api/v1/campaigns/")
    assert (changed.status_code, changed.json()["results"]) == (200, [])


def test_no_answer_is_kept_past_the_moment_it_may_have_to_go(network):
    with time_machine.travel(timezone.now(), tick=False):
        make_campaign(network, consent_until=timezone.now() + timedelta(seconds=2))
        assert Client().get("/api/v1/campaigns/")["Cache-Control"] == "public, max-age=2"
    client = keyed(make_key(make_partner(network)))
    assert client.get("/api/v1/campaigns/")["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "header", ["Bearer hk_x", "Bearer ", "Bearer", "Basic eDp5", "hk_x", "Bearer hk_\xff", "Token x y z"]
)
def test_a_wrong_key_is_told_so_everywhere(network, header):
    for path in ("campaigns/", "organisation/", "changes"):
        answer = Client(headers={"Authorization": header}).get(f"/api/v1/{path}")
        assert problem(answer)["status"] == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_key_ends_by_revoking_expiring_and_rotating(network):
    partner, now = make_partner(network), timezone.now()
    row, text = issuing.issue(partner.pk, name="x", scopes=["organisation.read"], days=30, by=None, at=now)
    assert keyed(text).get("/api/v1/organisation/").json()["key"]["handle"] == row.handle
    assert ApiKey.objects.get().last_used_on == now.date()
    assert text not in json.dumps(list(ApiKey.objects.values()), default=str)
    _, newer = issuing.rotate(row.pk, by=None, at=now)
    for key in (text, newer):
        assert keyed(key).get("/api/v1/organisation/").status_code == 200  # both, for a week
    row.refresh_from_db()
    assert row.expires_at == now + timedelta(days=7)
    assert issuing.recognise(text, at=now + timedelta(days=8)) is None
    issuing.revoke(row.pk, by=None, at=now)
    assert keyed(text).get("/api/v1/organisation/").status_code == 401
    assert keyed(newer[:-1] + ("a" if newer[-1] != "a" else "b")).get("/api/v1/organisation/").status_code == 401


def test_a_key_reads_what_its_scopes_name(network):
    client = keyed(make_key(make_partner(network), "organisation.read"))
    assert client.get("/api/v1/organisation/").status_code == 200
    assert client.get("/api/v1/campaigns/").status_code == 200
    assert "campaigns.read" in problem(client.get("/api/v1/organisation/campaigns/"))["detail"]
    assert problem(client.get("/api/v1/changes"))["status"] == 403
    assert problem(Client().get("/api/v1/organisation/"))["status"] == 401


def test_one_partner_reads_nothing_of_another(network):
    ours, theirs = make_partner(network, name="Ours"), make_partner(network, name="Planted-Theirs")
    make_key(theirs)
    client = keyed(make_key(ours))
    assert client.get("/api/v1/organisation/").json()["name"] == "Ours"
    assert client.get("/api/v1/organisation/campaigns/").json()["results"] == []


@pytest.mark.parametrize("by_key", [False, True])
def test_too_fast_is_told_when_to_come_again(network, settings, by_key):
    settings.API_REQUESTS_PER_KEY_PER_MINUTE = settings.API_REQUESTS_WITHOUT_ADDRESS_PER_MINUTE = 3
    client = keyed(make_key(make_partner(network))) if by_key else Client()
    cache.clear()
    statuses = [client.get("/api/v1/campaigns/").status_code for _ in range(8)]
    assert 429 in statuses and statuses[0] == 200  # a minute may end between two requests
    answer = client.get("/api/v1/campaigns/")
    if answer.status_code == 429:
        assert 1 <= int(answer["Retry-After"]) <= 60
        assert problem(answer)["status"] == 429


def test_reading_is_all_there_is(network):
    for method in ("post", "put", "patch", "delete"):
        assert problem(getattr(Client(), method)("/api/v1/campaigns/"))["status"] == 405


def test_hostile_words_are_inert(network):
    make_campaign(network, deck="{person} <script>alert(1)</script> [x](javascript:alert(1)).")
    answer = Client().get("/api/v1/campaigns/")
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"
    letter = answer.json()["results"][0]["letter_html"]
    assert "<script" not in letter and "javascript:" not in letter


def test_the_description_is_valid_and_every_answer_has_an_example():
    made = document()
    validate(made)
    assert made["openapi"].startswith("3.1")
    for path, methods in made["paths"].items():
        assert set(methods) == {"get"}, path
        responses = methods["get"]["responses"]
        assert {"200", "400", "401", "429"} <= set(responses), path
        for status, response in responses.items():
            for content in response.get("content", {}).values():
                assert content["examples"], (path, status)


def test_every_answer_is_as_described(network):
    """The fields of each real answer are those of the schema, no more and no fewer."""
    campaign, partner = make_campaign(network), make_partner(network)
    case = make_case(network, scopes=("name", "narrative", "quote", "translation"))
    make_event(network, case)
    make_own_words(network, case)
    client = keyed(make_key(partner))
    ids = {
        "cases": case.public_id,
        "campaigns": campaign.public_id,
        "actions": campaign.actions.get().public_id,
        "defenders": campaign.case.defender.public_id,
        "partners": partner.public_id,
    }
    for path, methods in document()["paths"].items():
        answer = client.get(path.replace("{id}", str(ids.get(path.split("/")[3], ""))))
        assert answer.status_code == 200, path
        content = next(iter(methods["get"]["responses"]["200"]["content"].values()))
        _compare(answer.json(), content["schema"], path)
        _compare(next(iter(content["examples"].values()))["value"], content["schema"], f"{path}, its example")


def _compare(value, schema, where) -> None:
    if "$ref" in schema:
        schema = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if value is None:
        return
    for one in schema.get("allOf", schema.get("oneOf", [])):
        if "$ref" in one and "properties" in document()["components"]["schemas"][one["$ref"].rpartition("/")[2]]:
            _compare(value, one, where)
    if "properties" in schema:
        assert set(value) == set(schema["properties"]), where
        for name, field in schema["properties"].items():
            _compare(value[name], field, f"{where}.{name}")
    if schema.get("type") == "array":
        for item in value:
            _compare(item, schema["items"], where)


def test_the_reference_names_every_address(network):
    page = Client().get("/api/").content.decode()
    for path in document()["paths"]:
        assert f"GET {path}" in page
    assert Client().get("/fa/api/").status_code == 200


def test_the_address_for_machines(network):
    answer = Client().get("/api/v1/openapi.json")
    assert answer.json()["openapi"].startswith("3.1")
    assert answer["ETag"]


def test_an_alias_is_never_tied_to_the_name(network):
    """One person, two cases: by name in one, by an alias in the other. Nothing joins them."""
    named = make_campaign(network, name="Planted Name", alias="Baran")
    veiled = make_campaign(network, alias="Baran", scopes=("alias", "narrative", "petition"))
    veiled.case.defender = named.case.defender
    veiled.case.save()
    approve_campaign(network, veiled)
    found = Client().get("/api/v1/defenders/").json()["results"]
    assert [(len(item["campaigns"]), item["is_alias"]) for item in found] == [(1, False), (1, True)]
    assert len({item["id"] for item in found}) == 2
    for item in found:
        assert Client().get(f"/api/v1/defenders/{item['id']}/").json()["campaigns"] == item["campaigns"]


def test_each_defender_is_listed_once_however_long_the_page(network):
    first = make_campaign(network)
    second = make_campaign(network)
    second.case.defender = first.case.defender
    second.case.save()
    approve_campaign(network, second)
    page = Client().get("/api/v1/defenders/?limit=1").json()
    assert [len(item["campaigns"]) for item in page["results"]] == [2]
    assert page["next"] is None


def test_shown_until_the_newest_judgement_ends(network):
    campaign = make_campaign(network, risk_until=timezone.now() + timedelta(days=90))
    ends = timezone.now() + timedelta(days=2)
    documenting.assess(campaign.case_id, risk="low", valid_until=ends, by=network.writer, at=timezone.now())
    shown = Client().get(f"/api/v1/campaigns/{campaign.public_id}/").json()
    assert shown["show_until"] == ends.isoformat().replace("+00:00", "Z")


def test_trying_keys_is_slowed_down(network, settings):
    settings.API_REQUESTS_WITHOUT_ADDRESS_PER_MINUTE = 3
    cache.clear()
    statuses = [keyed("hk_000000000000_" + "x" * 43).get("/api/v1/campaigns/").status_code for _ in range(8)]
    assert set(statuses) == {401, 429}


def test_every_problem_is_explained_where_its_type_points(network):
    page = Client().get("/api/").content.decode()
    for kind in KINDS.values():
        assert f'id="{kind}"' in page
    assert problem(Client().post("/api/v1/openapi.json"))["status"] == 405
