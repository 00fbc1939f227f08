"""A mail provider's HTTP interface as Mailgun's is, on loopback: every acceptance on record, answers as the script says."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

TAKEN = b'{"id": "<taken@provider.example>", "message": "Queued. Thank you."}'


@dataclass
class Provider:
    """answers: (how manieth call, recipient) to an HTTP status, 0 to take it and close without a word, or None to take it."""

    answers: Callable[[int, str], int | None] = lambda _place, _recipient: None
    delay_seconds: float = 0.0  # between taking a message and saying so
    accepted: list[str] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        provider = self
        counting = threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                asked = dict(parse_qsl(body.decode()))
                recipient = asked["to"]
                with counting:
                    provider.asked.append(asked)
                    status = provider.answers(len(provider.asked), recipient)
                    if not status:
                        provider.accepted.append(recipient)
                time.sleep(provider.delay_seconds)
                if status == 0:
                    self.close_connection = True
                    self.connection.close()
                    return
                answer = b'{"message": "no"}' if status else TAKEN
                self.send_response(status or 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                """Addresses belong in no log."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a caller that was killed is no fault here
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v3"

    def settings(self) -> dict[str, object]:
        return {
            "MAILGUN_API_KEY": "key",
            "MAILGUN_SENDER_DOMAIN": "people.example",
            "MAILGUN_API_URL": self.url,
            "REQUESTS_TIMEOUT": 5,
            "IGNORE_UNSUPPORTED_FEATURES": True,
        }

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
