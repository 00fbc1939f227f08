"""Racing: several pieces of work begin at one moment, each in a thread and on a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection

from network.refusals import Refused


def race(*runners: Callable[[], object]) -> None:
    """Start all at one moment, wait for all; a "no" of a flow is an answer, anything else is an error."""
    start = threading.Barrier(len(runners))
    errors: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            start.wait(timeout=20)
            work()
        except Refused:
            pass
        except BaseException as error:  # so that the test fails, and not only the thread
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in runners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
