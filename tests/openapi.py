"""Whether the API's description can be made without a warning and is valid OpenAPI 3.1. Run by `make check`."""

from __future__ import annotations

import os
import sys

import django
from drf_spectacular.drainage import GENERATOR_STATS
from openapi_spec_validator import validate


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from network.api.reference import document

    validate(document())
    if GENERATOR_STATS:
        GENERATOR_STATS.emit_summary()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
