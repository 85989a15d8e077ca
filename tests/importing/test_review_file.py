"""A file of a price review: everything that is wrong with it and with its cost files is said at once, each with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from basics.errors import Refused
from ringfence.importing.parameters import built_in_parameters
from ringfence.importing.review_file import read_review
from tests.cli.desk import EXAMPLES

REVIEW = (EXAMPLES / "next_year.review.yaml").read_text(encoding="utf-8")


def read(folder: Path, *changes: tuple[str, str]):
    text = REVIEW
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    for name in ("outreach.cost.yaml", "shared-house.cost.yaml"):
        (folder / name).write_text((EXAMPLES / name).read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "all.review.yaml").write_text(text, encoding="utf-8")
    return read_review(folder / "all.review.yaml", built_in_parameters)


def test_each_package_is_priced_on_its_own_day_and_on_the_day_of_the_review(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert [(each.funder, each.source.package.name, each.people, each.now.plain if each.now else None) for each in found.packages] == [
        ("Northshire Council", "Outreach, 20 hours a week", 3, "28.52"), ("Northshire Council", "Shared house, one of five places", 1, None),
        ("Southgate Council", "Outreach, 20 hours a week", 1, "28.00")]
    assert {each.later.on for each in found.packages} == {found.on}


def test_a_file_with_figures_of_its_own_is_priced_with_them_on_the_later_day_too(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "our_wage.yaml").write_text(
        "name: Our wage\nabout: What we pay.\nunit: pounds an hour\nset_by: us\nvalues:\n  - {from: 2026-04-01, value: 14.00, reference: a}\n"
        "  - {from: 2026-12-01, value: 15.00, reference: b}\nknown_until: 2027-03-31\n", encoding="utf-8")
    text = (EXAMPLES / "outreach.cost.yaml").read_text(encoding="utf-8")
    (tmp_path / "own.cost.yaml").write_text("parameters: ours\n" + text.replace("national_living_wage", "our_wage"), encoding="utf-8")
    found = read(tmp_path, ("shared-house.cost.yaml", "own.cost.yaml"), ("cost: outreach.cost.yaml, people", "cost: shared-house.cost.yaml, people"))
    package = found.packages[1]
    assert package.source.package.staff.pay_per_hour.exact < package.later.staff.pay_per_hour.exact


@pytest.mark.parametrize(("change", "says"), [
    (("people: 3", "people: 0"), r"line 9.*people: 0 is too small"),
    (("people: 3", "people: 1.5"), r"line 9.*people"),
    (("now: 28.00", "now: 28.005"), r"line 13.*whole pence"),
    (("now: 28.00", "now: 0"), r"line 13.*too small"),
    (("until: 2027-02-28", "till: 2027-02-28"), r"Did you mean “until”"),
    (("{cost: shared-house.cost.yaml}", "{cost: gone.cost.yaml}"), r"line 10.*no such file"),
    (("{cost: shared-house.cost.yaml}", "{cost: outreach.cost.yaml}"), r"line 10.*asked for twice"),
    (("on: 2027-01-01", "on: 2030-01-01"), r"line 9.*outreach\.cost\.yaml, line 14.*is needed on 1 January 2030"),
])
def test_a_fault_is_told_with_its_line(tmp_path: Path, change, says) -> None:
    with pytest.raises(Refused, match=says):
        read(tmp_path, change)


def test_a_line_from_an_overheads_file_is_not_carried_into_another_year(tmp_path: Path) -> None:
    (tmp_path / "overheads.yaml").write_text((EXAMPLES / "overheads.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    text = (EXAMPLES / "outreach.cost.yaml").read_text(encoding="utf-8")
    old = "  - {line: Office and IT, percent: 6.5, basis: on_cost}"
    assert old in text
    text = text.replace("name: Outreach, 20", "name: Ours, 20")
    own = text.replace(old, "  - {line: Office and IT, from_overheads: overheads.yaml, service: Outreach}")
    (tmp_path / "own.cost.yaml").write_text(own, encoding="utf-8")
    with pytest.raises(Refused, match=r"own\.cost\.yaml, line 39.*Office and IT is from overheads\.yaml, which is of its own year\."):
        read(tmp_path, ("{cost: shared-house.cost.yaml}", "{cost: own.cost.yaml}"))
    (tmp_path / "next.cost.yaml").write_text(own, encoding="utf-8")
    with pytest.raises(Refused, match=r"next\.cost\.yaml, line 39.*of its own year\. Write the cost file of that day"):
        read(tmp_path, ("{cost: shared-house.cost.yaml}", "{cost: own.cost.yaml, next: next.cost.yaml}"))
    (tmp_path / "next.cost.yaml").write_text(own.replace("on: 2026-10-01", "on: 2027-01-01"), encoding="utf-8")
    found = read(tmp_path, ("{cost: shared-house.cost.yaml}", "{cost: own.cost.yaml, next: next.cost.yaml}"))
    assert found.packages[1].later.company[0].label == "Office and IT"
