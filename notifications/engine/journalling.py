"""Journalling: what the other side has accepted outlives the worker it told so, before the database hears of it.

Each worker appends to a file of its own: chunk, lease's token, row; 24 bytes, one write for all that came together. A worker that
is killed loses nothing of it, because the kernel has it. Whoever takes the chunk over reads the journals first, so that what was
accepted and not yet marked is not sent again. The files lie on one volume, the journal's domain: for one lease's length after a
lease has run out only a worker on that volume may take the chunk, because only it can read what was accepted.

Losing the whole host can lose what the kernel had not written: at most what was accepted within MARK_SECONDS.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import struct
from collections.abc import Callable
from functools import cache
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from notifications.channels.contract import ChannelAway

ENTRY = struct.Struct("<qqq")  # chunk, token, row
SLOTS = 256  # workers on one volume


def _folder() -> Path:
    return Path(settings.JOURNAL_DIR)


@cache
def _domain_of(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "domain"
    with contextlib.suppress(FileExistsError):
        fresh = folder / f".domain-{uuid4().hex}"
        fresh.write_text(uuid4().hex)
        try:
            os.link(fresh, path)  # whole or not at all, and the first one wins
        finally:
            fresh.unlink()
    return path.read_text().strip()


def domain() -> str:
    """Names the volume: the same for every worker that sees these files."""
    return _domain_of(_folder())


class Journal:
    """One worker's file. Written with `note` and `keep`; emptied with `clear` once the database has it all."""

    def __init__(self) -> None:
        try:
            domain()
            self._file = _slot()
        except OSError as error:
            raise ChannelAway(f"journal-{type(error).__name__}"[:40]) from None
        self._waiting: list[bytes] = []
        self._is_used = (
            os.fstat(self._file).st_size > 0
        )  # by somebody who was killed: theirs to be read, not ours to empty

    def note(self, chunk_id: int, token: int, row_id: int) -> None:
        self._waiting.append(ENTRY.pack(chunk_id, token, row_id))

    def keep(self) -> None:
        """Write what was noted. Raises ChannelAway when that cannot be: then nothing more may be sent."""
        if not self._waiting:
            return
        entries, self._waiting = b"".join(self._waiting), []
        try:
            written = os.write(self._file, entries)
        except OSError as error:
            raise ChannelAway(f"journal-{type(error).__name__}"[:40]) from None
        if written != len(entries):
            _cut_to_whole_entries(self._file)  # what follows must not stand askew
            raise ChannelAway("journal-full")

    def clear(self) -> None:
        """Everything in it is marked in the database."""
        if not self._is_used:
            with contextlib.suppress(OSError):
                os.ftruncate(self._file, 0)

    def close(self) -> None:
        os.close(self._file)  # and with it the lock


def _slot() -> int:
    """The first file that no living worker holds. One that somebody left behind is used last: its entries must stay."""
    for left_behind in (False, True):
        for number in range(SLOTS):
            path = _folder() / f"{number:03d}.journal"
            file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
                continue
            if left_behind or os.fstat(file).st_size == 0:
                _cut_to_whole_entries(file)
                return file
            os.close(file)
    raise ChannelAway("journal-slots")


def _cut_to_whole_entries(file: int) -> None:
    size = os.fstat(file).st_size
    if size % ENTRY.size:
        with contextlib.suppress(OSError):
            os.ftruncate(file, size - size % ENTRY.size)


def accepted(chunk_id: int, token: int) -> list[int]:
    """Rows of a chunk that were accepted under a lease, in whosever journal that stands; a torn last entry is none."""
    found = []
    for path in sorted(_folder().glob("*.journal")):
        content = path.read_bytes()
        whole = len(content) - len(content) % ENTRY.size
        found += [
            row for chunk, lease, row in ENTRY.iter_unpack(content[:whole]) if (chunk, lease) == (chunk_id, token)
        ]
    return found


def sweep(is_over: Callable[[set[tuple[int, int]]], bool]) -> int:
    """Empty the files of workers that are no more, once every lease in them is over; returns how many were emptied.

    is_over: {(chunk, token)} → whether all of these leases have been given back or taken over since.
    """
    emptied = 0
    for path in sorted(_folder().glob("*.journal")):
        if path.stat().st_size == 0:
            continue
        file = os.open(path, os.O_RDWR)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            content = path.read_bytes()
            whole = len(content) - len(content) % ENTRY.size
            leases = {(chunk, token) for chunk, token, _row in ENTRY.iter_unpack(content[:whole])}
            if is_over(leases):
                os.ftruncate(file, 0)
                emptied += 1
        except BlockingIOError:
            pass
        finally:
            os.close(file)
    return emptied
