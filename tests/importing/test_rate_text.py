"""A value more in a file that somebody wrote: their words stay theirs."""

from datetime import date
from decimal import Decimal

import pytest

from basics.errors import InputError
from ringfence.importing.rate_text import new_file, with_item
from ringfence.importing.yaml_text import yaml_text_of

OURS = """\
# What we pay a mile: agreed with the union.
name: Our mileage   # short
about: >-
  What we pay,
  whatever HMRC says.
unit: pounds a mile
set_by: us
values:
  # the first letter
  - from: 2026-04-01
    value: 0.40
    reference: letter of 1 March 2026   # in the blue folder
  # the second
  - {from: 2027-04-01, value: 0.42, reference: "letter, 2027"}

# Ask Dev before the next.
known_until: 2028-03-31  # we think
"""


def added(text, starts_on, *, value="0.45", until=date(2029, 3, 31)):
    item = {"from": starts_on, "value": Decimal(value), "reference": "letter: the third, “urgent”"}
    return with_item(text, item, until, name="our_mileage.yaml", note="asha wrote 0.45")


def test_a_value_is_added_after_the_last_and_nothing_else_is_touched():
    after = added(OURS, date(2028, 4, 1)).splitlines()
    kept = [line for line in OURS.splitlines() if not line.startswith("known_until")]
    assert [line for line in after if line in kept] == kept
    assert [line for line in after if line not in kept] == [
        "  - from: 2028-04-01", "    value: 0.45", "    reference: 'letter: the third, “urgent”'",
        "known_until: 2029-03-31  # we think", "# asha wrote 0.45"]


def test_a_value_of_the_same_day_takes_the_place_of_the_one_before():
    data = yaml_text_of(added(OURS, date(2027, 4, 1)).encode(), "x").data
    assert [(each["from"], each["value"]) for each in data["values"]] == [(date(2026, 4, 1), Decimal("0.40")), (date(2027, 4, 1), Decimal("0.45"))]


@pytest.mark.parametrize("starts_on", [date(2025, 4, 1), date(2026, 10, 1), date(2026, 4, 1)])
def test_a_value_goes_where_its_day_is(starts_on):
    data = yaml_text_of(added(OURS, starts_on).encode(), "x").data
    days = [each["from"] for each in data["values"]]
    assert days == sorted(days)
    assert starts_on in days


UNTIL = "known_until: 2028-03-31  # we think\n"


@pytest.mark.parametrize("text", [
    OURS.replace("\n", "\r\n"), OURS.rstrip(), UNTIL + OURS.replace(UNTIL, "").rstrip(), OURS.replace("  - ", "- ").replace("    ", "  "),
], ids=["of Windows", "without a last line end", "in another order", "without indent"])
def test_however_a_file_is_laid_out_the_value_comes_to_stand_in_it(text):
    data = yaml_text_of(added(text, date(2028, 4, 1)).encode(), "x").data
    assert data["values"][-1] == {"from": date(2028, 4, 1), "value": Decimal("0.45"), "reference": "letter: the third, “urgent”"}
    assert data["known_until"] == date(2029, 3, 31)


def test_values_in_brackets_are_left_alone():
    text = "name: A\nvalues: [{from: 2026-04-01, value: 1, reference: x}]\nknown_until: 2027-03-31\n"
    with pytest.raises(InputError, match="in brackets"):
        added(text, date(2027, 4, 1))


def test_a_note_is_one_comment_and_never_a_key():
    text = new_file({"name": "A", "values": [], "known_until": date(2027, 3, 31)}, "one\nvalues: two")
    assert text.splitlines()[-1] == "# one values: two"
