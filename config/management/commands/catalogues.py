"""manage.py catalogues: collect the words of templates and code, check them, compile them. No system gettext needed."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import get_language_info
from django.utils.translation.template import templatize

from config.environment import BASE_DIR

ROOMS = ["config", "network", "campaigns", "notifications", "templates"]
# What only organisers and operators read, by where it is written; not what the style page shows in every language.
INSIDE = re.compile(
    r"(^|/)workspace/(?!style\.html|samples\.py|handover_paper\.py)|/publishing/(gate_view|gate_fields|case_file|clocks|copies|waiting|record|stage)\.py$|/(trial|management)/"
)
REGISTER = "campaigns/register/law.json"
BEGAN = datetime(2026, 11, 21, tzinfo=UTC)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_TEMPLATE = "config.management.commands.catalogues:extract_template"
METHODS = [("**.py", "python"), ("**.html", _TEMPLATE), ("**.txt", _TEMPLATE)]


def extract_template(fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator:
    """Babel's extractor for Django templates: Django turns the template into Python-like source, Babel reads that."""
    lines = templatize(fileobj.read().decode("utf-8")).split("\n")
    source = "\n".join(line.lstrip() for line in lines)  # a template's indentation means nothing to Python
    return extract_python(io.BytesIO(source.encode("utf-8")), keywords, comment_tags, {**options, "encoding": "utf-8"})


class Command(BaseCommand):
    help = "Catalogues of translations: --update collects words, --check fails on missing ones, --compile writes .mo files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--update", action="store_true")
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--compile", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["update"]:
            self._update()
        if options["check"]:
            self._check()
        if options["compile"]:
            self._compile()

    def _update(self) -> None:
        collection = collected()
        for language in translated():
            fresh = Catalog(project="Hamseda", charset="utf-8")
            for message in wanted_in(language, collection):
                fresh.add(message.id, locations=message.locations, context=message.context)
            catalogue = read(language)
            catalogue.update(fresh, no_fuzzy_matching=True)
            catalogue.obsolete.clear()
            catalogue.header_comment = f"# The words of Hamseda in {get_language_info(language)['name']}."
            catalogue.fuzzy = False
            catalogue.version = ""
            catalogue.creation_date = catalogue.revision_date = BEGAN  # a date that moves would only make noise
            catalogue.last_translator = catalogue.language_team = ""
            catalogue.msgid_bugs_address = ""
            with path_of(language).open("wb") as file:
                write_po(file, catalogue, width=100, sort_output=True, omit_header=False, no_location=True)

    def _check(self) -> None:
        collection = collected()
        problems = []
        for language in translated():
            fresh = {_key(message) for message in wanted_in(language, collection)}
            known = {_key(message): message for message in read(language) if message.id}
            problems += [f"{language}: not collected: {key!r}" for key in fresh - known.keys()]
            problems += [f"{language}: no longer used: {key!r}" for key in known.keys() - fresh]
            problems += [f"{language}: not translated: {key!r}" for key, m in known.items() if not _is_whole(m)]
            problems += [
                f"{language}: {_key(message)!r}: {error}" for message in known.values() for error in _errors(message)
            ]
        if problems:
            raise CommandError("\n".join(sorted(problems)))

    def _compile(self) -> None:
        for language in translated():
            catalogue, compiled = read(language), path_of(language).with_suffix(".mo")
            begun = compiled.with_suffix(f".{os.getpid()}.mo.part")
            with begun.open("wb") as file:
                write_mo(file, catalogue)
            begun.replace(compiled)  # whoever reads it meanwhile finds a whole one


def translated() -> list[str]:
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def wanted_in(language: str, collection: Catalog) -> list[Any]:
    """The messages a language must have: all of them where organisers work in it, else what anybody outside may read."""
    messages = [message for message in collection if message.id]
    if language in settings.WORKSPACE_LANGUAGES:
        return messages
    return [one for one in messages if not all(INSIDE.search(room) for room, _line in one.locations)]


def path_of(language: str) -> Path:
    return BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        return Catalog(locale=language, project="Hamseda", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def collected() -> Catalog:
    """Every translatable string of the project, read from source."""
    catalogue = Catalog(project="Hamseda", charset="utf-8")
    for room in ROOMS:
        found = extract_from_dir(BASE_DIR / room, METHODS, keywords=KEYWORDS)
        for filename, line, message, comments, context in found:
            catalogue.add(message, locations=[(f"{room}/{filename}", line)], auto_comments=comments, context=context)
    register = json.loads((BASE_DIR / REGISTER).read_text(encoding="utf-8"))
    entries = [*register["violations"], *(article for one in register["instruments"] for article in one["articles"])]
    for entry in entries:  # data, and yet read by everybody: what an article protects, in a few words of ours
        catalogue.add(entry["label"], locations=[(REGISTER, 1)], context="law")
    for instrument in register["instruments"]:
        catalogue.add(instrument["title"], locations=[(REGISTER, 1)], context="law")
        if not instrument["abbreviation"].isupper():  # known by words, and not by initials
            catalogue.add(instrument["abbreviation"], locations=[(REGISTER, 1)], context="law")
    return catalogue


def _key(message: Any) -> tuple[str, str]:
    """(context, singular): the same words mean something else in another context."""
    singular = message.id[0] if isinstance(message.id, tuple) else message.id
    return message.context or "", singular


def _is_whole(message: Any) -> bool:
    texts = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return all(texts) and not message.fuzzy


def _errors(message: Any) -> list[str]:
    """Placeholders that the translation lost or invented."""
    return [str(error) for error in message.check()]
