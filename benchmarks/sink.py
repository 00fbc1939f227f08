"""A relay on loopback that takes everything and keeps nothing, for where postfix's smtp-sink is not: `python -m benchmarks.sink
PORT [-p]`; -p: without PIPELINING. It is slower than smtp-sink, so that what is measured against it says less."""

from __future__ import annotations

import asyncio
import sys

END = b"\r\n.\r\n"
REPLIES = {
    b"EHLO": b"250-here\r\n250-PIPELINING\r\n250 8BITMIME\r\n",
    b"HELO": b"250 here\r\n",
    b"DATA": b"354 go on\r\n",
    b"QUIT": b"221 bye\r\n",
}
OK = b"250 ok\r\n"


class Taker(asyncio.Protocol):
    """One connection: lines are answered as they come, contents when they have ended."""

    pipelining = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]
        self._in, self._is_content = b"", False
        self._transport.write(b"220 here\r\n")

    def data_received(self, data: bytes) -> None:
        self._in += data
        replies = b""
        while True:
            line, found, rest = self._in.partition(END if self._is_content else b"\r\n")
            if not found:
                break
            self._in = rest
            if self._is_content:
                self._is_content, replies = False, replies + OK
                continue
            verb = line[:4].upper()
            self._is_content = verb == b"DATA"
            if self._is_content:
                self._in = b"\r\n" + self._in  # a content may be its end alone
            reply = REPLIES.get(verb, OK)
            replies += reply if self.pipelining else reply.replace(b"250-PIPELINING\r\n", b"")
        if replies:
            self._transport.write(replies)


async def main() -> None:
    Taker.pipelining = "-p" not in sys.argv
    server = await asyncio.get_running_loop().create_server(Taker, "127.0.0.1", int(sys.argv[1]))
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
