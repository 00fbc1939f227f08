"""A wire between a worker and its database, on loopback, that can be cut: nothing is refused or closed, nothing arrives."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from pathlib import Path

READ_BYTES, LOOK_SECONDS = 65_536, 0.05
SOCKET = ".s.PGSQL.5432"


class Wire:
    """To a PostgreSQL that listens on a Unix socket in a folder. While `is_cut` is set, what is said waits on both sides."""

    def __init__(self, sockets: str) -> None:
        self._target = str(Path(sockets) / SOCKET)
        self.is_cut = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            near, _address = self._listener.accept()
            far = socket.socket(socket.AF_UNIX)
            try:
                far.connect(self._target)
            except OSError:  # the server is gone: so is whoever calls
                near.close()
                continue
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while said := one.recv(READ_BYTES):
                while self.is_cut.is_set():
                    time.sleep(LOOK_SECONDS)
                other.sendall(said)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
