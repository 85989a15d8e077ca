"""Long work: started once, watched by whoever looks, and still there after the page is loaded again.

A page asks `watching(key)` first: while the work goes on, its progress is drawn and the page draws nothing that would start it twice.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from ringfence.actions.desk import desk
from ringfence.screens.components.desk import who
from ringfence.screens.components.process import Work
from ringfence.screens.jobs import Job

POLL_SECONDS = 0.5
MOST_KEPT = 12

Key = tuple[str, ...]
"""What the work is about: ("month-end", "2026-10")."""


class Works:
    """The work of one set of books: what is going on, and what came of the last of each key. The oldest that is finished goes first."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._lock = threading.Lock()
        self._works: dict[Key, Work] = {}
        self._kept: dict[Key, Any] = {}

    def start(self, key: Key, job: Job, words: str) -> Work:
        """Start a job, unless one of the same key is going on: then that one."""
        with self._lock:
            known = self._works.pop(key, None)
            self._works[key] = known if known and known.is_running else Work(job, words)
            self._drop(self._works, [one for one, work in self._works.items() if not work.is_running])
            return self._works[key]

    def of(self, key: Key) -> Work | None:
        return self._works.get(key)

    def keep(self, key: Key, what: Any) -> None:
        """Keep something that work found out, to be looked at again; the latest few are kept."""
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = what
            self._drop(self._kept, list(self._kept))

    def kept(self, key: Key) -> Any:
        return self._kept.get(key)

    def _drop(self, things: dict[Key, Any], may_go: list[Key]) -> None:
        for key in may_go[:max(0, len(things) - MOST_KEPT)]:
            del things[key]


@st.cache_resource(max_entries=8, show_spinner=False)
def _works(url: str) -> Works:
    return Works(url)


def works() -> Works:
    """The work of the books that this process serves."""
    return _works(desk().url)


def start(key: Key, name: str, words: str, **arguments: Any) -> Work:
    """Have one of `jobs.JOBS` done in another process, as the user who asks; `words` say what is going on (“Working out October”)."""
    return works().start(key, Job(name, desk(), who(), arguments), words)


def watching(key: Key) -> bool:
    """Whether work of this key is going on; if so its progress is drawn here, and the page is drawn again when it ends."""
    work = works().of(key)
    if work is None or not work.is_running:
        return False
    _progress(key)
    return True


def finished(key: Key) -> Work | None:
    """The last work of this key, once it has ended."""
    work = works().of(key)
    return work if work and not work.is_running else None


@st.fragment(run_every=POLL_SECONDS)
def _progress(key: Key) -> None:
    work = works().of(key)
    if work is None or not work.is_running:
        st.rerun()
    st.progress(work.done / work.of if work.of else 0.0, text=how_far(work))


def how_far(work: Work) -> str:
    """“Issuing October 2026: writing 41 of 139 documents”, or how long it has been going on."""
    asked = f"Asked by {work.job.user}."
    if work.of:
        return f"{work.words}: writing {work.done:,} of {work.of:,} documents. {asked}"
    seconds = (datetime.now(UTC) - work.started_at).seconds
    return f"{work.words} … {f'{seconds} s so far. ' if seconds > 1 else ''}{asked}"
