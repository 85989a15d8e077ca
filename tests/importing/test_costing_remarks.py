"""What a price says of what was typed; VAT that is borne; and what cannot be, with its place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from basics.errors import Refused
from costing.price import money, price
from ringfence.importing.costing_package import package_of
from ringfence.importing.overheads_file import read_overheads
from ringfence.importing.templates import template
from ringfence.importing.yaml_text import yaml_text_of

EXAMPLE = template("cost")


def package(text: str):
    return package_of(yaml_text_of(text.encode(), "test.cost.yaml"))


def notes(old: str, new: str) -> list[str]:
    assert old in EXAMPLE
    before = set(price(package(EXAMPLE)).notes)
    return [note for note in price(package(EXAMPLE.replace(old, new))).notes if note not in before]


@pytest.mark.parametrize(("old", "new", "said"), [
    ("pay_per_mile: 0.45", "pay_per_mile: 0.56", "Pay of £0.56 a mile is above £0.55 a mile, up to which HMRC leaves it untaxed"),
    ("pay_per_hour: national_living_wage\n  addition_per_hour: 0.55", "pay_per_hour: 12.70",
     "Pay of £12.70 an hour is below the National Living Wage of 1 October 2026, £12.71 an hour"),
    ("line: Office and IT", "line: Rent of the office", "“Rent of the office” reads like a cost of housing"),
    ("  paid_time:", "  sleep_ins: {nights_per_week: 1, flat_per_night: 60}\n  paid_time:", "truly expected to sleep, and can"),
])
def test_what_the_reader_of_a_price_must_know_stands_below_it(old: str, new: str, said: str) -> None:
    assert any(said in note for note in notes(old, new))


@pytest.mark.parametrize(("old", "new"), [("pay_per_mile: 0.45", "pay_per_mile: 0.55"), ("line: Office and IT", "line: Parental leave cover"),
                                          ("pay_per_hour: national_living_wage\n  addition_per_hour: 0.55", "pay_per_hour: 12.71")])
def test_nothing_is_said_at_the_ceiling_at_the_least_pay_or_of_another_word(old: str, new: str) -> None:
    assert notes(old, new) == []


def with_line(line: str) -> str:
    return ("name: A\non: 2026-10-01\nquote: {per: week, step_pence: 1}\nsupport: {hours_per_week: 10, weeks_per_year: 52}\n"
            f"other_direct: [{{line: Thing, {line}}}]\n")


@pytest.mark.parametrize(("line", "week"), [
    ("amount: 100, per: week, vat_percent: 20", "120.00"), ("amount: 100, per: week, vat_percent: 20, vat_recovered_percent: 25", "115.00"),
    ("amount: 100, per: week, vat_percent: 20, vat_recovered_percent: 100", "100.00"), ("amount: 10, per: hour, vat_percent: 5", "105.00"),
    ("amount: 1040, per: once, over_weeks: 104, vat_percent: 20", "12.00"),
])
def test_the_price_carries_the_vat_that_is_borne(line: str, week: str) -> None:
    assert money(price(package(with_line(line))).per_week).pounds == Decimal(week)


@pytest.mark.parametrize(("text", "said"), [
    (with_line("amount: 1, per: week, vat_recovered_percent: 5"), "VAT is recovered, and nobody said what it is"),
    (EXAMPLE.replace("{line: Office and IT, percent: 6.5,", "{line: Office and IT, vat_percent: 20, percent: 6.5,"), "VAT is on an amount"),
    (EXAMPLE + "funders: [{funder: L, pounds_per_week: 500, takes_contingency: no}, {funder: C}]\n", "A fixed sum is what the funder pays"),
    (EXAMPLE.replace("hours_per_week: 20\n  visits_per_week: 16\n", "parts: [{kind: hours, line: One, hours_per_week: 100}, "
                     "{kind: visits, line: Two, minutes: 60, per_week: 69}]\n"), "come to 169 a week, and a week has 168"),
])
def test_what_cannot_be_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        package(text)


def test_two_at_once_may_be_with_a_person_all_week() -> None:
    support = "parts: [{kind: hours, line: One, hours_per_week: 168, staff_at_once: 2}]\n"
    assert package(EXAMPLE.replace("hours_per_week: 20\n  visits_per_week: 16\n", support)).support.hours_per_week.exact == 336


@pytest.mark.parametrize(("last", "days"), [("2026-03-31", 731), ("2024-04-01", 1)])
def test_costs_that_are_not_of_a_year_are_not_taken_for_those_of_one(tmp_path, last: str, days: int) -> None:
    path = tmp_path / "overheads.yaml"
    text = template("overheads")
    year = next(line for line in text.splitlines() if line.startswith("year:"))
    first = "2024-04-01" if days > 1 else last
    path.write_text(text.replace(year, f"year: {{first: {first}, last: {last}}}"), encoding="utf-8")
    with pytest.raises(Refused, match="and count as those of a year"):
        read_overheads(path)
