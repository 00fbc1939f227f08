#!/usr/bin/env python3
"""Django's command line; in a trial checkout it finds the settings that `make run` wrote."""

import os
import sys

# These change tables: on PostgreSQL they sign in with DATABASE_OWNER_URL, where one is given.
OF_THE_OWNER = {"migrate", "upgrade", "restore", "backup", "reseal"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.trial.surroundings import adopt

    adopt()
    if sys.argv[1:2] and sys.argv[1] in OF_THE_OWNER:
        os.environ["DATABASE_AS_OWNER"] = "1"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
