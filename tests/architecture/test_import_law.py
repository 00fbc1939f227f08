"""The import law, read from the modules themselves: rooms to the left only, apps downwards only."""

from __future__ import annotations

import ast
from functools import cache

import grimp
import pytest

from config.environment import BASE_DIR

APPS = ["network", "campaigns", "notifications", "config"]
# Rooms in columns; a module imports from its own column or one to its left, across apps too.
COLUMNS = [
    {"events", "refusals", "signals", "outgoing", "links", "languages", "countries", "places", "numbers"},
    {"models"},
    {"permissions", "terms", "personal_data", "kinds", "channels"},
    {"publishing"},
    {"flows"},
    {"engine"},
    {"consumers", "tasks", "receivers", "management"},
    {"open", "personal", "workspace", "api", "embed", "templatetags"},
    {"apps"},
]
COLUMN = {room: number for number, rooms in enumerate(COLUMNS) for room in rooms}


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*APPS, include_external_packages=True)


def ours() -> list[str]:
    return sorted(
        module
        for module in graph().modules
        if module.split(".")[0] in APPS and "migrations" not in module.split(".") and module.count(".") >= 1
    )


def test_every_room_has_a_place_in_the_law():
    rooms = {module.split(".")[1] for module in ours() if not module.startswith("config")}
    assert rooms - {"migrations"} <= set(COLUMN)


def test_rooms_import_only_rooms_to_their_left():
    broken = []
    for module in ours():
        app, room = module.split(".")[:2]
        if app == "config":
            continue
        for imported in graph().find_modules_directly_imported_by(module):
            parts = imported.split(".")
            if parts[0] not in APPS or len(parts) < 2:
                continue
            if parts[0] == "config" or APPS.index(parts[0]) > APPS.index(app) or COLUMN[parts[1]] > COLUMN[room]:
                broken.append(f"{module} → {imported}")
    assert broken == []


def test_nothing_below_knows_the_switchboard():
    for app in APPS[:-1]:
        for module in (m for m in ours() if m.startswith(f"{app}.")):
            imported = graph().find_modules_directly_imported_by(module)
            assert not {m for m in imported if m.split(".")[0] == "config"}, module


@pytest.mark.parametrize("room", ["flows", "models", "publishing", "engine", "channels", "events"])
def test_no_queue_no_request_below_the_surfaces(room):
    forbidden = {"celery", "kombu", "redis"}
    for module in (m for m in ours() if m.split(".")[1] == room):
        tops = {m.split(".")[0] for m in graph().find_modules_directly_imported_by(module)}
        assert not tops & forbidden, module
        source = _source(module)
        assert "django.http" not in source and "django.shortcuts" not in source, module


def test_surfaces_know_the_record_through_published_forms_only():
    """A surface may hold a Campaign to pass it on; it never reads the record, its words or the gate's evidence."""
    guarded = {
        "CampaignText", "Case", "CaseLink", "CaseText", "Correction", "Defender", "DefenderName", "GuardedWord", "OwnWords",
        "FormerPhotoAddress", "Photo", "PhotoFile", "PhotoOriginal", "PublicationConsent", "RiskAssessment", "Source",
        "SpecialCategory", "TargetText", "TimelineEvent",
    }  # fmt: skip
    for module in ours():
        room = module.split(".")[1]
        if COLUMN.get(room) != COLUMN["open"] or module.startswith("config"):
            continue
        for node in ast.walk(ast.parse(_source(module))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("campaigns.models"):
                assert not {alias.name for alias in node.names} & guarded, module
    for template in (BASE_DIR / "templates").rglob("*.*"):
        text = template.read_text(encoding="utf-8")
        for road in ("campaign.case.", "alert.campaign.", "action.campaign.", ".consents.", "defender.case"):
            assert road not in text or "personal/me.html" in str(template), f"{template}: {road}"


def test_no_inline_import_gets_round_the_law():
    """Imports stand at the top; only ready(), boot checks and commands that must refuse first import later."""
    allowed = {
        "network.apps",
        "campaigns.apps",
        "notifications.apps",
        "config.apps",
        "campaigns.kinds",
        "config.celery",
    }
    allowed |= {
        "config.checks",
        "config.trial.valkey",
        "config.management.commands.seed_demo",
        "config.management.commands.demo_code",
        "config.trial.install",
    }
    for module in ours():
        for function in ast.walk(ast.parse(_source(module))):
            if isinstance(function, ast.FunctionDef) and module not in allowed:
                inner = [n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)]
                assert inner == [], f"{module}.{function.name}"


def _source(module: str) -> str:
    path = BASE_DIR / module.replace(".", "/")
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return file.read_text(encoding="utf-8")
