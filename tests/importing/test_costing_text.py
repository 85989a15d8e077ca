"""A cost file that is written is read back as what went in, whatever its text looks like."""

from datetime import date
from decimal import Decimal

import pytest

from ringfence.importing.costing_text import cost_file_text
from ringfence.importing.yaml_text import yaml_text_of


def read_back(content):
    return yaml_text_of(cost_file_text(content).encode(), "written").data


@pytest.mark.parametrize("text", [
    "Outreach", "007", "12.50", "2026-10-01", "2026-02-31", "yes", "No", "~", "null", "", " ", "a: b", "- a", "# no comment", "{x}", "*star",
    "!tag", "a\tb", "a\u2028b", "a\u2029", "\r", "two\nlines", "“quoted”", "'single'", '"double"', "\x00", "\x85", "£5", "٣", "1e3",
    "0x1F", "on", "👩‍🦽", "= ", "%", "@at", "`tick",
])
def test_text_stays_the_text_that_it_was(text):
    assert read_back({"name": text, "lines": [{"line": text}]}) == {"name": text, "lines": [{"line": text}]}


def test_numbers_days_and_answers_stay_what_they_were():
    content = {"on": date(2026, 10, 1), "pay": Decimal("12.710"), "many": Decimal("1E+3"), "tiny": Decimal("1E-7"), "step": 4, "earns": True,
               "not": False}
    assert read_back(content) == {**content, "many": 1000}


def test_one_thing_that_stands_twice_is_written_twice():
    line = {"line": "A", "amount": Decimal("1.5")}
    assert read_back({"a": [line], "b": [line]}) == {"a": [line], "b": [line]}


def test_the_order_is_kept_and_no_key_is_quoted():
    assert cost_file_text({"name": "A", "on": date(2026, 10, 1), "a": {"percent": Decimal(3)}}) == "name: A\non: 2026-10-01\na:\n  percent: 3\n"
