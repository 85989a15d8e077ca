"""Pricing what is not on this disk: the same price as the file's, and nothing of this disk is read for it."""

from datetime import date
from pathlib import Path

import pytest

from basics.errors import InputError, Refused
from costing.figure import Unit
from costing.price import money
from ringfence.actions.costing import as_cost_file, content_of_file, example_content, price_of_content, price_of_file, published_figures
from ringfence.importing.templates import template
from ringfence.importing.yaml_text import LARGEST_BYTES

EXAMPLE = template("cost").encode()


def test_the_content_of_a_file_has_the_price_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.cost.yaml"
    file.write_bytes(EXAMPLE)
    assert money(price_of_content(EXAMPLE, "a").per_hour) == money(price_of_file(file).per_hour)
    file.write_bytes(as_cost_file(example_content()))
    assert money(price_of_content(EXAMPLE, "a").per_hour) == money(price_of_file(file).per_hour)


def test_content_that_was_sent_opens_no_folder_of_this_disk(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    for folder in ("own", "/", str(tmp_path / "own"), "../.."):
        with pytest.raises(InputError, match="cannot be opened from here"):
            price_of_content(EXAMPLE + f"parameters: {folder}\n".encode(), "sent.yaml")


def test_content_that_is_too_large_or_not_text_is_refused() -> None:
    with pytest.raises(InputError, match="larger than 5 MB"):
        price_of_content(b"#" * (LARGEST_BYTES + 1), "sent.yaml")
    with pytest.raises(InputError, match="not UTF-8"):
        price_of_content(b"name: \xff", "sent.yaml")


def test_a_file_with_any_problem_is_not_given_to_a_form() -> None:
    with pytest.raises(Refused) as refused:
        content_of_file(b"name: A\nsupport: {hours_per_week: x}\n", "sent.yaml")
    assert len(refused.value.problems) == 3


def test_places_are_called_as_the_caller_says() -> None:
    with pytest.raises(Refused) as refused:
        price_of_content(EXAMPLE.replace(b"hours_per_week: 20", b"hours_per_week: 0"), "form", lambda place: ">".join(map(str, place)))
    assert [problem.place for problem in refused.value.problems] == ["support>hours_per_week"]


def test_a_published_figure_is_told_for_the_day_that_is_asked_for_or_not_known() -> None:
    then = {each.key: each for each in published_figures(Unit.POUNDS_PER_HOUR, date(2026, 10, 1))}
    assert then["national_living_wage"].in_words == "National Living Wage, £12.71 an hour"
    later = {each.key: each for each in published_figures(Unit.POUNDS_PER_HOUR, date(2031, 1, 1))}
    assert later["national_living_wage"].in_words == "National Living Wage, not known for that day"
    assert then.keys() == later.keys()
