"""How often a wrong passphrase may be typed: few times for one account from one address, and never so that a whole house stands outside.

Counted in memory, for a quarter of an hour: in a team everybody may come from one proxy, so what is tried on one account from one place
stops that account at that place first. An empty address is one desk: over all accounts nothing is counted there, or one of them could lock
everybody out.
"""

from __future__ import annotations

import threading
from collections import deque
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
AT_ONE_ADDRESS, IN_ALL, FROM_ONE_ADDRESS = 5, 30, 100
"""Wrong tries within the window: of one account from one address; of one account from anywhere; of any account from one address."""
MOST_KEPT = 10_000
ANYBODY, EVERYWHERE = "\0anybody", "\0everywhere"
"""What no name and no address can be."""

Key = tuple[str, str]


class Throttle:
    """The wrong tries of the last quarter of an hour."""

    def __init__(self) -> None:
        self._wrong: dict[Key, deque[datetime]] = {}
        self._lock = threading.Lock()

    def wait(self, name: str, address: str, now: datetime) -> timedelta:
        """How long this account must wait at this address; nothing where it may try."""
        with self._lock:
            return max(self._wait((name, address), AT_ONE_ADDRESS, now), self._wait((name, EVERYWHERE), IN_ALL, now),
                       self._wait((ANYBODY, address), FROM_ONE_ADDRESS, now) if address else timedelta(0))

    def wrong(self, name: str, address: str, now: datetime) -> None:
        """Note a wrong try."""
        with self._lock:
            for key in ((name, address), (name, EVERYWHERE), (ANYBODY, address)):
                self._wrong.setdefault(key, deque(maxlen=FROM_ONE_ADDRESS)).append(now)
            for key in list(self._wrong)[:max(0, len(self._wrong) - MOST_KEPT)]:
                del self._wrong[key]

    def right(self, name: str, address: str) -> None:
        """Somebody has come in: what was wrong before, here, no longer counts."""
        with self._lock:
            self._wrong.pop((name, address), None)

    def _wait(self, key: Key, most: int, now: datetime) -> timedelta:
        tries = self._wrong.get(key, deque())
        while tries and now - tries[0] >= WINDOW:
            tries.popleft()
        return tries[-most] + WINDOW - now if len(tries) >= most else timedelta(0)
