"""The local mailbox: an SMTP server that keeps what it gets as files in var/mailbox/. Nothing leaves the machine."""

from __future__ import annotations

import signal
import sys
import time
from itertools import count
from pathlib import Path
from threading import Event

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Keeper:
    """Writes each accepted message to its own file, whole, before saying 250."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self._numbers = count()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        name = f"{time.time_ns():020d}-{next(self._numbers) % 10_000:04d}"
        content = envelope.original_content or b""
        partial = self.folder / f".{name}.part"
        partial.write_bytes(content)
        partial.rename(self.folder / f"{name}.eml")
        return "250 kept"


def serve(folder: Path, port: int) -> Controller:
    """A running server on loopback; stop it with `.stop()`."""
    controller = Controller(Keeper(folder), hostname="127.0.0.1", port=port, ready_timeout=10)
    controller.start()
    return controller


def main() -> None:
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    controller = serve(folder, port)
    stop.wait()
    controller.stop()


if __name__ == "__main__":
    main()
