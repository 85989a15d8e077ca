"""Large files and large imports: another process does the work, and what came of it is told once in each session."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from ringfence.screens.components.desk import who
from ringfence.screens.components.process import Work
from ringfence.screens.components.work import finished

LARGE_BYTES, LARGE_ROWS = 1_000_000, 10_000
"""A larger file, or an import of more rows, takes more than a moment."""

STILL_NEWS = timedelta(minutes=30)
_TOLD = "import-told"


def key() -> tuple[str, ...]:
    """One file at a time is read, brought in or taken back for each user."""
    return "import", who()


def news() -> Work | None:
    """Work that has ended not long ago and was not told in this session yet; it counts as told from now on."""
    work = finished(key())
    if work is None or st.session_state.get(_TOLD) == work.started_at or datetime.now(UTC) - work.started_at > STILL_NEWS:
        return None
    st.session_state[_TOLD] = work.started_at
    return work
