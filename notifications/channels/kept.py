"""Kept: letters that wait here until their reader comes, on their own page or through their own feed.

Nothing leaves, so nothing can be refused: the row that says a letter is there is the letter. What it says is made when somebody
looks at it, from what may be shown then; a case that has fallen silent is silent in letters of last year too.
"""

from __future__ import annotations

import time

from notifications.channels.contract import SENT, Source

TOGETHER = 500  # letters between two marks
LOOK_SECONDS = 0.1  # between two looks for more, while what there is may not be shown yet


class KeptSession:
    def run(self, source: Source) -> None:
        while True:
            message, told = source.take(), 0
            while message is not None:
                source.tell(message, SENT)
                told += 1
                message = source.take() if told < TOGETHER else None
            source.keep()
            if told < TOGETHER:
                if not source.is_waiting():
                    return
                time.sleep(LOOK_SECONDS)

    def close(self) -> None:
        """Nothing is open."""
