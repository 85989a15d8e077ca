"""Errors say what happened, where, and what to do next; a batch says all of it."""

import pytest

from basics import errors
from basics.errors import GuardRefused, InputError, NotKnown, Problem, Refused, RingfenceError


def test_an_error_says_where_what_and_what_to_do() -> None:
    error = InputError("“x” is not money.", "Write pounds and pence.", "visits.csv, row 12")
    assert str(error) == "visits.csv, row 12: “x” is not money. Write pounds and pence."
    assert error.problems == (Problem("visits.csv, row 12", "“x” is not money.", "Write pounds and pence."),)


def test_an_error_without_a_place_or_a_next_step_has_no_gaps_in_it() -> None:
    assert str(NotKnown("The rate is not known.")) == "The rate is not known."
    assert str(NotKnown("The rate is not known.", "Add it.")) == "The rate is not known. Add it."


def test_a_refused_batch_lists_every_problem() -> None:
    problems = [Problem("row 1", "is bad.", "Mend it."), Problem("row 2", "is worse.", "Mend it too.")]
    error = Refused("Nothing was taken.", iter(problems))
    assert error.problems == tuple(problems)
    assert str(error) == "Nothing was taken.\n  row 1: is bad. Mend it.\n  row 2: is worse. Mend it too."


def test_a_guard_is_named() -> None:
    error = GuardRefused("held_floor", "The fund holds less than that.", "Check the bank line.")
    assert error.guard == "held_floor"
    assert str(error) == "The fund holds less than that. Check the bank line."


def test_problems_sort_by_where_they_stand() -> None:
    assert sorted([Problem("b", "1", ""), Problem("a", "2", "")])[0].place == "a"


@pytest.mark.parametrize("name", ["InputError", "NotKnown", "NotAllowed", "GuardRefused", "StoreError", "Refused"])
def test_every_error_on_purpose_has_one_parent(name: str) -> None:
    assert issubclass(getattr(errors, name), RingfenceError)
