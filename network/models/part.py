"""Part: one separately approved part of something, and the digest that covers all of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256, 64 hex characters, of the canonical form: JSON, keys sorted, no spaces, dates in ISO."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True)
class Part:
    """One separately approved part of something: its name, its digest now, who wrote it last, and in which row."""

    name: str
    digest: str
    written_by_id: int | None
    row: tuple[str, int] | None = None  # as Edit keeps it; None where nobody writes: it is judged, or checked

    @classmethod
    def written_in(cls, row: Any, name: str, content: Mapping[str, Any]) -> Self:
        """A part that is written in a row of a model with a `written_by`. content: all that is approved."""
        return cls(name, digest_of(content), row.written_by_id, (row._meta.label_lower, row.pk))
