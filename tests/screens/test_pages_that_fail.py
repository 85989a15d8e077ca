"""Every page while something fails midway: the books are locked, a role is lost, the disk is full. It says so in words, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection
from streamlit.runtime import fragment
from streamlit.runtime.scriptrunner import exec_code

from basics.errors import NotAllowed, StoreError
from ringfence.screens import places
from ringfence.screens.components.failure import show_fault
from ringfence.store.engine import Store
from tests.screens.conftest import Open, html_of, text_of
from tests.screens.pages_tried import PAGES, WITH_A_FUND

FAULTS = {
    "locked": (StoreError("Somebody else is writing to the books.", "Wait a moment, then try again."), "Wait a moment, then try again."),
    "role lost": (NotAllowed("asha (without a role) may not read the books here.", "Ask an administrator."), "Ask an administrator."),
    "disk full": (OSError(28, "No space left on device"), "See that the disk has room"),
}
"""What goes wrong, and what a page must say to do about it."""


Break = Callable[[Exception, int], list[Exception]]
AT_ONCE = {"cost", "offers", "actual", "rates", "overheads", "cases", "scenarios", "first-price", "fund", "statements", "log"}
"""Pages that read the books once before they are drawn, or not at all: there the first reading fails."""


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Break:
    """Let a reading of a page, and each after it, fail: what the frame around it reads is well. Parts that are drawn by themselves are handled as
    the app does. Gives what was raised."""
    reading, draws, raised, left, told = Store.reading, places.shown_in_words, list[Exception](), list[int](), list[Exception]()

    @contextmanager
    def failing(store: Store) -> Iterator[Connection]:
        if left:
            left[0] -= 1
            if left[0] < 0:
                raised.append(told[0])
                raise told[0]
        with reading(store) as connection:
            yield connection

    def armed(draw: Callable[[], None], well: int) -> Callable[[], None]:
        def drawn() -> None:
            left[:] = [well]
            draw()
        return draws(drawn)

    def fail(fault: Exception, well: int) -> list[Exception]:
        told.append(fault)
        monkeypatch.setattr(places, "shown_in_words", lambda draw: armed(draw, well))
        return raised

    for module in (fragment, exec_code):
        handled = module.handle_user_script_exception
        monkeypatch.setattr(module, "handle_user_script_exception", lambda error, _none, handled=handled: handled(error, show_fault))
    monkeypatch.setattr(Store, "reading", failing)
    return fail


@pytest.mark.parametrize(("address", "what"), [
    *((address, list(FAULTS)[n % len(FAULTS)]) for n, address in enumerate(each for each in PAGES if each != "help")),
    *(("people", what) for what in FAULTS)])
def test_a_page_says_what_failed_and_what_to_do(open_page: Open, broken: Break, address: str, what: str) -> None:
    fault, to_do = FAULTS[what]
    raised = broken(fault, 0 if address in AT_ONCE else 1)
    page = open_page(address, **(WITH_A_FUND if address == "fund" else {}))
    text = text_of(page)
    if raised:
        assert "There is a problem" in text
        assert to_do in text
        assert "Traceback" not in html_of(page)
    else:
        assert address in AT_ONCE
        assert "There is a problem" not in text
