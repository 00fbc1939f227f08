#!/usr/bin/env python3
"""Django's command line; in a trial checkout it finds the settings that `make run` wrote."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.trial.surroundings import adopt

    adopt()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
