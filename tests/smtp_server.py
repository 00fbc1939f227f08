"""An SMTP server that answers as it likes, for tests and drills: one thread a connection, every acceptance on record."""

from __future__ import annotations

import contextlib
import random
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field


@dataclass
class Server:
    """Speaks SMTP on loopback, one thread a connection; `script` decides each answer."""

    seed: int = 0
    pipelining: bool = True
    misbehaves: float = 0.0  # share of answers that are not as they should be
    chatter: bool = False  # several lines in each answer
    delay_seconds: float = 0.0  # before a message is answered
    stalls_after: int | None = None  # after so many messages it answers none any more…
    stalls: int | None = None  # …or so many and then again; None: never again
    tls: ssl.SSLContext | None = None  # encrypted from the first byte on
    accepted: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)  # of these: whose answer was lost
    accepted_at: list[float] = field(default_factory=list)  # when, by time.monotonic, in the same order
    recent: int = 0  # accepted too short a time before something happened; for whoever makes it happen
    port: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self.listen()

    def listen(self) -> None:
        """On the port it had, or on any."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def stop(self) -> None:
        """Refuse whoever calls from now on; who is being talked to is heard out."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # or the one that waits in accept() keeps the port
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), self._encrypted(connection) as talk, talk.makefile("rwb") as wire:
            self._say(wire, b"220 here")
            while self._step(wire):
                pass

    def _encrypted(self, connection: socket.socket) -> socket.socket:
        return self.tls.wrap_socket(connection, server_side=True) if self.tls else connection

    def _step(self, wire) -> bool:  # type: ignore[no-untyped-def]
        line = wire.readline()
        verb = line.split(b" ")[0].strip().upper()
        if not line or verb == b"QUIT":
            return False
        if verb in {b"EHLO", b"HELO"}:
            wire.write(b"250-here\r\n" + (b"250-PIPELINING\r\n" if self.pipelining else b"") + b"250 8BITMIME\r\n")
            wire.flush()
            return True
        return self._mail_step(wire, verb, line)

    def _mail_step(self, wire, verb: bytes, line: bytes) -> bool:  # type: ignore[no-untyped-def]
        mine = self._mine()
        odd = self._random.random() < self.misbehaves
        if odd and self._random.random() < 0.2:
            return False  # closes without a word
        if odd and self._random.random() < 0.1:
            self._say(wire, b"421 closing")
            return False
        if verb == b"MAIL" or verb == b"RSET":
            mine["rcpt"] = ""
            self._say(wire, b"250 ok")
        elif verb == b"RCPT":
            refusal = self._random.choice([b"550 5.1.1 no", b"451 later", b"552 big"]) if odd else b""
            if not refusal:
                mine["rcpt"] = line.partition(b"<")[2].partition(b">")[0].decode()
            self._say(wire, refusal or b"250 ok")
        elif verb == b"DATA":
            if not mine.get("rcpt") and self._random.random() < 0.5:
                self._say(wire, b"503 no recipient")
                return True
            self._say(wire, b"354 go on")
            while (text := wire.readline()) != b".\r\n":
                if not text:
                    return False
            if self.delay_seconds:
                time.sleep(self.delay_seconds)
            if self._is_silent():
                while wire.readline():  # it has the message and says nothing, until the other side gives up
                    pass
                return False
            if odd and mine.get("rcpt") and self._random.random() < 0.3:
                self._keep_without_a_word(wire, mine["rcpt"])
                return False
            refusal = self._random.choice([b"554 no", b"452 later"]) if odd else b""
            if not refusal and mine.get("rcpt"):
                self._accept(mine["rcpt"])
            self._say(wire, refusal or (b"250 kept" if mine.get("rcpt") else b"554 nobody"))
            mine["rcpt"] = ""
        else:
            self._say(wire, b"500 what?")
        return True

    def _is_silent(self) -> bool:
        if self.stalls_after is None or len(self.accepted) < self.stalls_after or self.stalls == 0:
            return False
        self.stalls = None if self.stalls is None else self.stalls - 1
        return True

    def _keep_without_a_word(self, wire, recipient: str) -> None:  # type: ignore[no-untyped-def]
        """The case in which nobody can know: the message is kept, and its answer gets lost, or breaks off within."""
        self._accept(recipient)
        self.unanswered.append(recipient)
        if self._random.random() < 0.5:
            wire.write(b"25")
            wire.flush()

    def _accept(self, recipient: str) -> None:
        self.accepted_at.append(time.monotonic())
        self.accepted.append(recipient)

    def _mine(self) -> dict:
        thread = threading.current_thread()
        if not hasattr(thread, "mine"):
            thread.mine = {}  # type: ignore[attr-defined]
        return thread.mine  # type: ignore[attr-defined]

    def _say(self, wire, line: bytes) -> None:  # type: ignore[no-untyped-def]
        if self.chatter and line[:1] in b"245":
            wire.write(line[:3] + b"-and more\r\n")
        wire.write(line + b"\r\n")
        wire.flush()
