"""Lives of a provider at random, in the books and in a model that was written from the documents alone: every balance and refusal agrees.

A few are tried each time. RINGFENCE_TEST_RANDOM_MONTHS says how many others, drawn anew; RINGFENCE_TEST_EVERY_BUG seeds all five bugs, and
not one of them alone.
"""

from __future__ import annotations

import os

import pytest

from basics.errors import RingfenceError
from tests.actions.conftest import Shelf
from tests.stateful.random_months import search
from tests.stateful.seeded_bugs import BUGS

ASKED = int(os.environ.get("RINGFENCE_TEST_RANDOM_MONTHS", "0"))
A_FEW = {"sqlite": 4, "postgresql": 2}
ENOUGH = 60
ALWAYS = "a_penny_of_a_receipt_goes_to_somebody_else"
"""The bug that is seeded each time; the other four take minutes."""


def test_random_months_are_what_a_model_of_the_documents_says(shelf: Shelf) -> None:
    search(shelf, ASKED or A_FEW[shelf.dialect], at_random=ASKED > 0)


@pytest.mark.parametrize("shelf", ["sqlite"], indirect=True)
@pytest.mark.parametrize("bug", sorted(BUGS))
def test_random_months_find_a_bug_that_was_seeded(shelf: Shelf, bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if bug != ALWAYS and "RINGFENCE_TEST_EVERY_BUG" not in os.environ:
        pytest.skip("the other four are seeded where RINGFENCE_TEST_EVERY_BUG is set")
    BUGS[bug](monkeypatch)
    with pytest.raises((AssertionError, RingfenceError, pytest.fail.Exception)):
        search(shelf, ENOUGH, at_random=False)
