"""What the reference shows. Everything here is invented; nobody is meant."""

from __future__ import annotations

from typing import Any

from django.conf import settings

_CAMPAIGN = "5b0d5b3a-94a4-4f0a-8a86-0f6f6f0f3b11"
_ACTION = "a7c1c1de-0b53-4f39-9a53-5a3f8a0f7c22"
_CASE = "3c9d4a52-7f1f-4b0c-8f42-2f6f5d3e8a44"
_DEFENDER = "e2b7b8a0-3f3e-4b57-8d8c-9d6d2f1b4c33"

TALLY: dict[str, Any] = {
    "action": _ACTION,
    "counted": 208,
    "nameless": 17,
    "on_paper": 40,
    "as_of": "2026-11-20T09:30:00Z",
}
ACTION: dict[str, Any] = {
    "id": _ACTION,
    "campaign": _CAMPAIGN,
    "kind": "petition",
    "is_open": True,
    "ask": "To the Court of Appeal in Sarvabad: set the sentence aside.",
    "signed_by": [],
    "tally": TALLY,
    "show_until": "2027-01-30T09:00:00Z",
}
CAMPAIGN: dict[str, Any] = {
    "id": _CAMPAIGN,
    "url": f"{settings.SITE_URL}/campaigns/light-the-stoves/",
    "language": "en",
    "languages": ["en", "fa"],
    "title": "Light the stoves",
    "context": "teachers · Republic of Qaf",
    "deck": "A teacher is serving four years for asking that village classrooms be heated.",
    "demand": "release",
    "ask": ACTION["ask"],
    "target": "the President of the Court of Appeal, Sarvabad, Republic of Qaf",
    "demands": [
        {
            "asks": "release",
            "words": "Release",
            "target": "the President of the Court of Appeal, Sarvabad, Republic of Qaf",
            "country": "",
            "languages": ["fa"],
            "met_on": None,
            "met_until": None,
        }
    ],
    "letter_html": "<p>Your Honour,</p>",
    "matter_of_law": [{"title": "What was done", "text": "Wrote to the ministry about unheated classrooms."}],
    "statuses": [
        {
            "dimension": "condition",
            "value": "medical_need_denied",
            "words": "Medical care denied",
            "from_earliest": "2026-10-01",
            "from_latest": "2026-10-18",
            "reported": "as reported by the family",
            "is_headline": True,
        }
    ],
    "law": [
        {
            "code": "iccpr:22",
            "instrument": "ICCPR",
            "number": "22",
            "label": "Freedom of association and trade unions",
            "is_binding": True,
            "since": "1976-03-23",
        }
    ],
    "defender": _DEFENDER,
    "defenders": [_DEFENDER],
    "host": "Almond Street Foundation",
    "co_hosts": [{"id": "0c8f2f1e-6d0e-4f0e-9a6e-5b8f5d1c2a10", "name": "Reading Rooms Without Walls"}],
    "opened_on": "2026-11-01",
    "closed_on": None,
    "ending": "",
    "verified_on": "2026-11-01",
    "actions": [ACTION],
    "updates": [
        {
            "id": "9b7d2b1c-5a0e-4f6a-8f0c-1c7f3f2e5d66",
            "published_at": "2026-11-18T08:00:00Z",
            "language": "en",
            "title": "The court has set a day",
            "html": "<p>The appeal is heard on 3 December. We will be outside, with a lamp each.</p>",
        }
    ],
    "show_until": "2027-01-30T09:00:00Z",
}
DEFENDER: dict[str, Any] = {
    "id": _DEFENDER,
    "names": [
        {"text": "Laleh Sepidkuh", "short": "Laleh", "language": "en"},
        {"text": "لاله سپیدکوه", "short": "لاله", "language": "fa"},
    ],
    "is_alias": False,
    "campaigns": [_CAMPAIGN],
    "cases": [_CASE],
    "show_until": "2027-01-30T09:00:00Z",
}
OWN_CAMPAIGN: dict[str, Any] = {
    "campaign_id": _CAMPAIGN,
    "state": "accepted",
    "asked_at": "2026-11-02T09:00:00Z",
    "answered_at": "2026-11-03T09:00:00Z",
    "campaign": CAMPAIGN,
}
CASE: dict[str, Any] = {
    "id": _CASE,
    "url": f"{settings.SITE_URL}/cases/h7mwq2kd9x/",
    "defender": _DEFENDER,
    "names": DEFENDER["names"],
    "is_alias": False,
    "language": "en",
    "languages": ["en", "fa"],
    "who": "Teacher of a village school",
    "summary": "Laleh is serving four years for asking that village classrooms be heated.",
    "story_html": "<p>Laleh Sepidkuh has taught the third form for fourteen years.</p>",
    "country": "",
    "province": "QX-SA",
    "age": None,
    "sectors": [{"code": "teachers", "words": "Teachers"}],
    "rights": [{"code": "expression", "words": "Expression"}],
    "statuses": CAMPAIGN["statuses"],
    "timeline": [
        {
            "kind": "arrest",
            "words": "Arrested",
            "text": "Arrested at home.",
            "from_earliest": "2026-02-03",
            "from_latest": "2026-02-03",
            "reported": "as reported by the family",
            "is_corroborated": True,
        }
    ],
    "own_words": [
        {
            "original": "بخواهید که بخاری‌ها را روشن کنند.",
            "original_language": "fa",
            "translation": "Ask that the stoves be lit.",
            "said_on": "2026-09-02",
        }
    ],
    "corrections": [],
    "law": CAMPAIGN["law"],
    "photo": None,
    "together_with": [],
    "is_memorial": False,
    "is_archived": False,
    "verified_on": "2026-11-01",
    "published_at": "2026-11-01T09:00:00Z",
    "show_until": "2027-01-30T09:00:00Z",
}
GRANT: dict[str, Any] = {
    "licence": "To prepare a submission; not to be published.",
    "expires_at": "2027-01-30T09:00:00Z",
    "case_id": _CASE,
    "case": CASE,
}
