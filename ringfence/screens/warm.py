"""What is done once, before anybody is served: heavy packages are read, and what they leave in memory is set aside.

Streamlit collects garbage after every run of a page. With pandas and its like in memory that took most of a run's time; what is
frozen here is not looked at again.
"""

from __future__ import annotations

import gc
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any


@asynccontextmanager
async def warmed(_app: Any) -> AsyncGenerator[dict[str, Any]]:
    """Read the packages and the pages, then freeze the heap."""
    for name in ("pandas", "pyarrow", "plotly.graph_objects", "ringfence.screens.places"):
        import_module(name)
    gc.collect()
    gc.freeze()
    yield {}
