"""House rules that a machine can read."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from config.environment import BASE_DIR

APPS = ["config", "network", "campaigns", "notifications"]
DRAWERS = {"utils", "helpers", "common", "misc", "base_service", "manager", "services"}
WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
RECORDS_NOTHING = {  # flows that write, and why the log has no word of it: nothing of theirs is shown to anybody outside
    "campaign/closing.forget_keys": "who acted can no longer be looked up",
    "campaign/counting.apply_counted": "consumes the log",
    "campaign/counting.reconcile": "puts right what consuming the log should have come to",
    "campaign/moderating.claim": "who is looking at a message just now",
    "campaign/moderating.put_aside": "and is not any more",
    "campaign/moderating.read_again": "after a restore: the log has it already",
    "campaign/moderating.read_all_again": "part of a flow that records",
    "campaign/drafting.write_text": "part of a flow that records",
    "campaign/offering.write_text": "part of a flow that records",
    "campaign/including.keep_words_of": "part of a flow that records",
    "campaign/joining.mute": "what a person wants to be sent",
    "campaign/joining.unmute": "what a person wants to be sent",
    "editing.carry_over": "part of a flow that records",
    "editing.wrote": "part of a flow that records",
    "gate/addressing.keep_addresses": "part of a flow that records",
    "gate/correcting.forget": "who asked is forgotten",
    "gate/naming.note_approval": "part of a flow that records",
    "record/developing.develop": "makes a picture, in memory",
    "record/registering.adopt_shipped": "with a release, before its first request",
    "record/registering.adopt_provinces": "with a release, before its first request",
    "applying.forget": "who asked is forgotten",
    "consuming.catch_up": "consumes the log",
    "endorsing.expire": "what was never confirmed is forgotten",
    "installing.install": "there is nobody yet",
    "inviting.expire": "the address is forgotten",
    "inviting.withdraw_again": "after a restore: the log has it already",
    "issuing.end_soon": "a key's day, beside the event of its renewal",
    "issuing.note_use": "the day on which a key was used",
    "keeping.keep": "a form being typed",
    "keeping.forget": "a form being typed",
    "keeping.forget_old": "a form being typed",
    "recording.record": "is the log",
    "sealing.seal": "seals the log",
    "sealing.write_head": "seals the log",
    "sequencing.sequence": "numbers the log",
}
SURFACES = {"open", "personal", "workspace", "api", "embed", "templatetags"}


def sources() -> list[Path]:
    return [p for app in APPS for p in (BASE_DIR / app).rglob("*.py") if "migrations" not in p.parts]


def test_there_is_no_drawer():
    everything = [*sources(), *(BASE_DIR / "tests").rglob("*.py")]
    assert [p for p in everything if p.stem in DRAWERS or p.parent.name in DRAWERS] == []


def test_files_stay_short():
    """Past 300 lines a file is split or defends itself in its docstring."""
    long = [p for p in sources() if len(p.read_text(encoding="utf-8").splitlines()) > 300]
    assert [p for p in long if "supervisor" not in p.name and p.parent.name != "demo"] == []


def test_surfaces_start_from_a_queryset_that_names_its_audience():
    for path in sources():
        if SURFACES & set(path.parts):
            assert "objects.all()" not in path.read_text(encoding="utf-8"), path


def test_public_functions_of_flows_say_what_their_signature_cannot():
    """Every flow's module has a docstring, and every public function longer than a few lines has one too."""
    for path in sources():
        if "flows" not in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree) or not tree.body, path
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and len(node.body) > 3:
                assert ast.get_docstring(node), f"{path}: {node.name}"


def test_flows_take_actor_and_time_by_name():
    for path in sources():
        if "flows" not in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                positional = {argument.arg for argument in node.args.args}
                assert not positional & {"at", "by", "now"}, f"{path}: {node.name}"


def test_who_wrote_last_is_said_in_one_place():
    """Where each edit is kept as well: else somebody approves their own change (ADR 25)."""
    found = []
    for path in sources():
        if "flows" in path.parts and path.name != "editing.py":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                written = [node.attr] if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) else []
                asks = isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"filter", "exclude", "get"}
                written += (
                    [one.arg for one in node.keywords if one.arg] if isinstance(node, ast.Call) and not asks else []
                )
                if "written_by" in written:
                    found.append(f"{path}:{node.lineno}")
    assert found == []


def test_every_flow_that_writes_tells_the_log():
    """Partners, counts and kept pages live from the log (ADR 17): a flow that changes something and says nothing is a page that
    stays as it was."""
    silent = {}
    for app in ("network", "campaigns"):
        flows = BASE_DIR / app / "flows"
        for path in flows.rglob("*.py"):
            functions = {
                node.name: _called(node)
                for node in ast.parse(path.read_text(encoding="utf-8")).body
                if isinstance(node, ast.FunctionDef)
            }
            for name in functions:
                called = _reached(name, functions, set())
                if not name.startswith("_") and called & WRITES and "record" not in called:
                    silent[str(path.relative_to(flows).with_suffix("")) + "." + name] = path
    assert sorted(silent) == sorted(RECORDS_NOTHING)


def _called(function: ast.FunctionDef) -> set[str]:
    called = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {
        one.attr if isinstance(one, ast.Attribute) else one.id
        for one in called
        if isinstance(one, ast.Attribute | ast.Name)
    }


def _reached(name: str, functions: dict[str, set[str]], seen: set[str]) -> set[str]:
    """What a function calls, also by way of others of its module."""
    if name in seen:
        return set()
    inner = [_reached(other, functions, seen | {name}) for other in functions[name] if other in functions]
    return functions[name].union(*inner)


def test_templates_hold_no_inline_style_or_script():
    for template in (BASE_DIR / "templates").rglob("*.html"):
        if "mail" in template.parts:
            continue
        text = template.read_text(encoding="utf-8")
        text = re.sub(
            r"""<script type="module" src="{% static 'script/[\w.]+' %}"></script>""", "", text
        )  # files of ours
        assert not re.search(r"\sstyle=|<style|<script|\son\w+=", text), template


def test_every_requirement_is_pinned_with_hashes():
    wanted = re.findall(r"^([\w.-]+)", (BASE_DIR / "requirements.in").read_text(), re.MULTILINE)
    pinned = (BASE_DIR / "requirements.txt").read_text()
    for name in wanted:
        assert re.search(rf"^{re.escape(name.lower())}(\[[\w,]+\])?==\S+", pinned, re.MULTILINE | re.IGNORECASE), name
    assert pinned.count("--hash=sha256:") > len(wanted)
    assert "http" not in re.sub(r"# .*", "", pinned)


def test_the_trials_doors_cannot_be_imported_in_production():
    import os
    import subprocess
    import sys

    production = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "x" * 50,
        "SITE_URL": "https://real.example",
        "ALLOWED_HOSTS": "real.example",
    }
    code = (
        "import django; django.setup()\n"
        "from django.urls import resolve, Resolver404\n"
        "for path in ('/mailbox/', '/trial/sign-in/x/'):\n"
        "    try: resolve(path); raise SystemExit('open: ' + path)\n"
        "    except Resolver404: pass\n"
        "try: import config.trial.urls\n"
        "except Exception as error: print(type(error).__name__)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=production, cwd=BASE_DIR, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "ImproperlyConfigured"), done.stderr
