"""What is done once, before anybody is served: heavy packages are read, and what they leave in memory is set aside.

Streamlit collects garbage after every run of a page. With pandas and its like in memory that took most of a run's time; what is
frozen here is not looked at again.
"""

from __future__ import annotations

import asyncio
import gc
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any


@asynccontextmanager
async def warmed(_app: Any) -> AsyncGenerator[dict[str, Any]]:
    """Read the packages and the pages, then freeze the heap."""
    for name in ("pandas", "pyarrow", "plotly.graph_objects", "ringfence.screens.places"):
        import_module(name)
    _answer_at_once(asyncio.get_running_loop())
    set_aside()
    yield {}


def set_aside() -> None:
    """Freeze what is in memory now: it still goes when nothing uses it, and is not looked through again after every run of a page."""
    gc.collect()
    gc.freeze()


def _answer_at_once(loop: asyncio.AbstractEventLoop) -> None:
    """See that small answers are sent at once. Streamlit opens the listening socket itself without naming its protocol, so asyncio does not
    know it for TCP and leaves Nagle's wait on: every run of a page was told some 40 ms late (uvicorn issue 3149)."""
    create_server = loop.create_server

    async def create(*given: Any, **named: Any) -> asyncio.Server:
        if named.get("sock") is not None:
            named["sock"].setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return await create_server(*given, **named)

    loop.create_server = create  # type: ignore[method-assign]
