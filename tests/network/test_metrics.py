import pytest
from django.test import Client

from network.flows.relaying import relay
from tests.makers import make_campaign, make_participation

pytestmark = pytest.mark.django_db


def test_numbers_about_work_and_none_about_people(network):
    make_participation(make_campaign(network), "planted@people.example", name="Planted-Name")
    page = Client().get("/metrics").content.decode()
    assert "hamseda_log_unnumbered_events " in page
    relay()
    page = Client().get("/metrics").content.decode()
    assert "hamseda_log_unnumbered_events 0" in page
    assert 'hamseda_consumer_behind_events{consumer="audit"} 0' in page
    assert 'hamseda_chunks_open{kind="notice"}' in page
    assert "planted" not in page.lower()


def test_from_beyond_loopback_only_with_the_token(network, settings):
    settings.METRICS_TOKEN = "t" * 20
    away = Client(REMOTE_ADDR="192.0.2.7")
    assert away.get("/metrics").status_code == 404
    assert away.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    assert away.get("/metrics", headers={"Authorization": f"Bearer {'t' * 20}"}).status_code == 200


def test_through_our_proxy_is_from_outside(network, settings):
    settings.TRUSTED_PROXIES = 1
    assert Client(headers={"X-Forwarded-For": "192.0.2.7"}).get("/metrics").status_code == 404
