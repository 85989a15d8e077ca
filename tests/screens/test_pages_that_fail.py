"""Every page while something fails midway: the books are locked, a role is lost, the disk is full. It says so in words, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection

from basics.errors import NotAllowed, StoreError
from ringfence.screens import places
from ringfence.store.engine import Store
from tests.screens.conftest import Open, html_of, text_of
from tests.screens.pages_tried import PAGES, WITH_A_FUND

FAULTS = {
    "locked": (StoreError("Somebody else is writing to the books.", "Wait a moment, then try again."), "Wait a moment, then try again."),
    "role lost": (NotAllowed("asha (without a role) may not read the books here.", "Ask an administrator."), "Ask an administrator."),
    "disk full": (OSError(28, "No space left on device"), "See that the disk has room"),
}
"""What goes wrong, and what a page must say to do about it."""


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    """Let the second reading of a page, and each after it, fail; what the frame around it reads is well."""
    reading, draws, told = Store.reading, places.shown_in_words, list[Exception]()
    begun = list[int]()

    @contextmanager
    def failing(store: Store) -> Iterator[Connection]:
        if begun:
            begun.append(1)
            if len(begun) > 2:
                raise told[-1]
        with reading(store) as connection:
            yield connection

    def armed(draw: Callable[[], None]) -> Callable[[], None]:
        def drawn() -> None:
            begun[:] = [1]
            draw()
        return draws(drawn)

    def fail(fault: Exception) -> None:
        told.append(fault)
        begun.clear()

    monkeypatch.setattr(Store, "reading", failing)
    monkeypatch.setattr(places, "shown_in_words", armed)
    return fail


@pytest.mark.parametrize("address", [each for each in PAGES if each not in ("help",)])
def test_a_page_says_what_failed_and_what_to_do(open_page: Open, broken: Callable[[Exception], None], address: str) -> None:
    for fault, to_do in FAULTS.values():
        broken(fault)
        page = open_page(address, **(WITH_A_FUND if address == "fund" else {}))
        text = text_of(page)
        assert "There is a problem" in text, address
        assert to_do in text
        assert "Traceback" not in html_of(page)
