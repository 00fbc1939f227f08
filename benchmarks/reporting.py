"""One line of JSON for each thing measured; ratios against a baseline of the same run."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from statistics import median


def report(
    bench: str,
    values: Sequence[float],
    unit: str,
    *,
    n: int,
    baseline: str = "",
    against: Sequence[float] = (),
    **more: object,
) -> float | None:
    """Print the median of ours and of the baseline's rounds, and their ratio: more than 1 is better where unit is a rate, less
    where it is a cost. Returns the ratio."""
    ours = median(values)
    line: dict[str, object] = {"bench": bench, "n": n, "value": round(ours, 4), "unit": unit, "rounds": len(values)}
    ratio = None
    if against:
        theirs = median(against)
        ratio = ours / theirs if theirs else None
        line |= {"baseline": baseline, "baseline_value": round(theirs, 4), "ratio": round(ratio, 3) if ratio else None}
        line["spread"] = [round(min(values), 4), round(max(values), 4)]
    sys.stdout.write(json.dumps({**line, **more}) + "\n")
    sys.stdout.flush()
    return ratio
