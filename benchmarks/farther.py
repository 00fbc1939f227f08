"""A relay that is far away: a proxy on loopback that holds each piece of a conversation back for half of DELAY_SECONDS each way.

Usage: python -m benchmarks.farther <port to listen on> <port of the sink>
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections import deque

DELAY_SECONDS = 0.02  # there and back


async def main(here: int, there: int) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        away_reader, away_writer = await asyncio.open_connection("127.0.0.1", there)
        await asyncio.gather(_carry(reader, away_writer), _carry(away_reader, writer))

    async with await asyncio.start_server(serve, "127.0.0.1", here) as server:
        await server.serve_forever()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Each piece as late as the one before it, and never before it: distance, not a narrow road."""
    loop = asyncio.get_running_loop()
    under_way: deque[tuple[float, bytes]] = deque()
    arrived, ended = asyncio.Event(), False

    async def hand_on() -> None:
        while not ended or under_way:
            while under_way:
                due, piece = under_way[0]
                await asyncio.sleep(max(0.0, due - loop.time()))
                under_way.popleft()
                writer.write(piece)
            arrived.clear()
            if not ended:
                await arrived.wait()
        writer.close()

    handing = asyncio.create_task(hand_on())
    with contextlib.suppress(OSError):
        while piece := await reader.read(65_536):
            under_way.append((loop.time() + DELAY_SECONDS / 2, piece))
            arrived.set()
    ended = True
    arrived.set()
    with contextlib.suppress(OSError):
        await handing


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
