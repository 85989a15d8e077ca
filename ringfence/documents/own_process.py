"""How a module of ours is started as the main program of a process of its own, wherever it is installed and whatever runs here as main.

Streamlit puts a page where the main program was, so the usual ways of starting a process would run that page.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import ringfence

_CHECKOUT = str(Path(str(ringfence.__file__)).parents[1])


def as_main(module: str) -> tuple[list[str], dict[str, str]]:
    """The command that runs the module, and the environment that it needs."""
    paths = os.pathsep.join(filter(None, (_CHECKOUT, os.environ.get("PYTHONPATH"))))
    return [sys.executable, "-P", "-m", module], {**os.environ, "PYTHONPATH": paths}
