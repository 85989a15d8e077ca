"""One test that tries several ways on the same books: making real books anew for each would take most of the time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


def each_of(*ways: Any) -> Callable[[Any], Any]:
    """Run a test with each of these ways, the first arguments after what it asks pytest for (`house`, and `service` where it stands there).

    A tuple gives several arguments. Whichever way fails is told.
    """
    def made(test: Callable[..., None]) -> Callable[..., None]:
        def run(self: Any, fixtures: Iterable[Any]) -> None:
            for way in ways:
                try:
                    test(self, *fixtures, *(way if isinstance(way, tuple) else (way,)))
                except BaseException as error:
                    error.add_note(f"tried with {way!r}")
                    raise

        def in_house(self: Any, house: Any) -> None:
            run(self, [house])

        def with_service(self: Any, house: Any, service: Any) -> None:
            run(self, [house, service])

        found = with_service if "service" in test.__code__.co_varnames[:test.__code__.co_argcount] else in_house
        found.__name__, found.__doc__, found.ways = test.__name__, test.__doc__, len(ways)  # type: ignore[attr-defined]
        return found
    return made
