"""The file of `ringfence apply`: every section read exactly, and everything that is wrong said at once, with its place."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from basics.errors import InputError, Refused, RingfenceError
from basics.money import Money
from basics.people import FunderKind
from basics.periods import Period
from isf.schedule import Every, InstalmentRule, Paid, ScheduleTerms
from isf.split import Method
from ringfence.importing.apply_file import SECTIONS, ApplyFile, parse_apply, read_apply
from ringfence.importing.templates import TEMPLATES, template

DOCS = Path(__file__).parents[2] / "docs"


def read(folder: Path, text: str) -> ApplyFile:
    path = folder / "setup.yaml"
    path.write_text(text, encoding="utf-8")
    return read_apply(path)


def problems_of(folder: Path, text: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        read(folder, text)
    assert str(refused.value).startswith("setup.yaml was not taken:")
    return [str(problem) for problem in refused.value.problems]


def problems_after(folder: Path, old: str, new: str) -> list[str]:
    """What is wrong with the example file once a part of it is changed."""
    text = template("apply")
    assert text.count(old) == 1, f"“{old}” stands {text.count(old)} times in the example"
    return [re.sub(r"^setup\.yaml(, line \d+)?(, )?", "", problem) for problem in problems_of(folder, text.replace(old, new))]


# what is read


def test_the_example_files_have_every_section(tmp_path: Path) -> None:
    first, later = read(tmp_path, template("apply")), read(tmp_path, template("later"))
    assert all(getattr(first, section) or getattr(later, section) for section in SECTIONS)


def test_values_are_whole_pence_days_and_decimals(tmp_path: Path) -> None:
    file = read(tmp_path, template("apply"))
    contract, funding, rate, line = file.contracts[0], file.fundings[2], file.rates[3], file.bank_lines[2]
    assert (contract.pounds, contract.period) == (Money(6_200_000), Period(date(2026, 4, 1), date(2027, 3, 31)))
    assert contract.schedule.terms == ScheduleTerms(every=Every.MONTH, paid=Paid.IN_ADVANCE, days_to_pay=30,
                                                    instalments=InstalmentRule.EQUAL)
    assert (funding.share, funding.order_number, file.fundings[0].share) == (Decimal(60), "4500123", Decimal(100))
    assert (rate.pounds, line.pounds) == (Decimal("25.0125"), Money(-1250))
    assert (file.funders[2].kind, file.splits[0].method) == (FunderKind.PERSON, Method.HOURS)


def test_what_a_council_has_not_said_stays_unknown(tmp_path: Path) -> None:
    terms = read(tmp_path, "terms: [{name: A, from: 2026-04-01, source: page 3, vat: }]").terms[0]
    assert (terms.charged_time, terms.vat, terms.order_number_needed, terms.days_to_pay) == (None, None, None, None)


def test_a_weekly_contract_counts_by_days(tmp_path: Path) -> None:
    contract = read(tmp_path, """
contracts:
  - {reference: C1, funder: sg, from: 2026-04-01, to: 2027-03-31, weekly_pounds: "1,000.00", live_from: 2026-06-01,
     schedule: {every: 4 weeks, paid: in arrears, days_to_pay: 14, odd_days: last instalment}}""").contracts[0]
    assert contract.whole_sum == Money(5_214_286)  # 1,000 / 7 × 365
    assert contract.live_on == date(2026, 6, 1)


def test_code_builds_the_same_file_with_money_and_decimals_as_they_are() -> None:
    built = parse_apply({"extras": [{"extra": "E1", "person": "P1", "fund": "isf", "funder": "sg", "pounds": Money(100),
                                     "on": date(2026, 9, 1), "words": "More"}],
                         "rates": ({"rate": "r", "per": "hour", "pounds": Decimal("24.4"), "from": "2026-04-01",
                                    "to": date(2027, 3, 31)},)}, "sample")
    assert built.extras[0].pounds == Money(100)
    assert built.where("extras", 0, "pounds") == "sample, extras, item 1 (E1), pounds"


def test_a_float_is_never_money() -> None:
    with pytest.raises(Refused, match=r"sample, extras, item 1 \(E1\), pounds: “0\.1” is not an amount of money\."):
        parse_apply({"extras": [{"extra": "E1", "person": "P1", "fund": "isf", "funder": "sg", "pounds": 0.1,
                                 "on": date(2026, 9, 1), "words": "More"}]}, "sample")


def test_a_place_found_later_names_the_line_and_the_item(tmp_path: Path) -> None:
    file = read(tmp_path, """

fundings:
  - {person: P007, fund: isf, funder: sg, how: delivery, terms: A, from: 2026-04-01, to: 2027-03-31}
""")
    assert file.where("fundings", 0, "person") == "setup.yaml, line 4, fundings, item 1 (P007), person"


# the digest


def test_order_and_layout_do_not_change_what_a_file_says(tmp_path: Path) -> None:
    one = read(tmp_path, """
rates:
  - {rate: b, per: hour, pounds: 24.40, from: 2026-04-01, to: 2027-03-31}
  - {rate: a, per: hour, pounds: 20, from: 2026-04-01, to: 2027-03-31}
""")
    other = read(tmp_path, """
funders: []
rates:
  - {to: 2027-03-31, pounds: "20.0000", per: hour, rate: a, from: 2026-04-01}
  - {rate: b, per: hour, pounds: 24.4, from: 2026-04-01, to: 2027-03-31}
""")
    assert json.dumps(one.digestable()) == json.dumps(other.digestable())
    assert one.digestable() == {"rates": [
        {"from": "2026-04-01", "per": "hour", "pounds": "20", "rate": "a", "to": "2027-03-31"},
        {"from": "2026-04-01", "per": "hour", "pounds": "24.4", "rate": "b", "to": "2027-03-31"}]}


@pytest.mark.parametrize(("old", "new"), [
    ("62,000.00", "62,000.01"), ("live_from: 2026-06-01", "live_from: 2026-07-01"), ("share: 60", "share: 59"),
    ("minutes_per_week: 1500", "minutes_per_week: 1501"), ("percent: 3", "percent: 3.5"), (", n: 3", ", n: 4"),
    ("contribution_pounds: 1040.00", "contribution_pounds: 1041.00"), ("charge for June", "charge for July"),
    ("days_to_pay: 28", "days_to_pay: 29"), ("place: 3, empty: true", "place: 3, person: P002b"), ("first_invoice_number: 1001\n", "\n"),
    ("as: contribution", "as: payment"), ("[3 Mill Lane, Halden,", "[Halden, 3 Mill Lane,"),
])
def test_what_was_approved_cannot_be_changed_without_changing_the_digest(tmp_path: Path, old: str, new: str) -> None:
    text = template("apply")
    assert text.count(old) == 1
    assert read(tmp_path, text).digestable() != read(tmp_path, text.replace(old, new)).digestable()


def test_what_was_prepared_is_read_again_as_the_same_when_it_is_approved(tmp_path: Path) -> None:
    said = read(tmp_path, template("apply")).digestable()
    assert parse_apply(json.loads(json.dumps(said)), "the prepared file").digestable() == said


# what is refused


@pytest.mark.parametrize(("old", "new", "problem"), [
    ("\nfunders:", "\nfunder:", ": “funder” is not a key that belongs here. Did you mean “funders”?"),
    ("order_number: NV-88", "order_nr: NV-88",
     "fundings, item 4 (P003): “order_nr” is not a key that belongs here. Did you mean “order_number”?"),
    ("paid: in advance", "paid: in advanse",
     "contracts, item 1 (SG-BLOCK-2026), schedule, paid: “in advanse” is not one of the choices. Did you mean “in advance”? "
     "Choose “in advance”, “in arrears”."),
    ("instalments: equal", "instalment: equal",
     "contracts, item 1 (SG-BLOCK-2026), schedule: “instalment” is not a key that belongs here. Did you mean “instalments”?"),
    ("62,000.00", "about 62k",
     "contracts, item 1 (SG-BLOCK-2026), pounds: “about 62k” is not an amount of money. Write pounds and pence, like 1,234.50."),
    ("62,000.00", "62000.005", "contracts, item 1 (SG-BLOCK-2026), pounds: “62000.005” has more than two decimals. Write whole pence."),
    ("62,000.00", "-62000", "contracts, item 1 (SG-BLOCK-2026), pounds: -£62,000.00 is below nil. Write nil or more. "
                            "Only the pounds of a bank line may be below nil: money that went out."),
    ("62,000.00", "0", "contracts, item 1 (SG-BLOCK-2026), pounds: is nil. Write an amount above nil."),
    ("62,000.00", "62000\n    weekly_pounds: 1200",
     "contracts, item 1 (SG-BLOCK-2026): has “pounds” and “weekly_pounds”, which rule each other out. Keep one of them."),
    ("    pounds: 62,000.00\n", "", "contracts, item 1 (SG-BLOCK-2026): needs one of “pounds” or “weekly_pounds”. Give one of them."),
    ("live_from: 2026-06-01", "live_from: 2027-06-01",
     "contracts, item 1 (SG-BLOCK-2026), live_from: 1 June 2027 is not within the contract. Choose a day from “from” to “to”."),
    ("pounds: 25.0125, from: 2026-04-01", "pounds: 25.0125, from: 01/04/2026",
     "rates, item 4 (care-hour), from: “01/04/2026” is not a day. Write year-month-day, like 2026-10-05."),
    ("pounds: 25.0125, from: 2026-04-01, to: 2027-03-31", "pounds: 25.0125, from: 2026-04-01, to: 2026-03-31",
     "rates, item 4 (care-hour), to: is 31 March 2026, before “from”, 1 April 2026. Check the two days."),
    ("25.0125", "25.01255", "rates, item 4 (care-hour), pounds: 25.01255 has more than 4 decimals. Round it to 4."),
    ("share: 60", "share: 60%", "fundings, item 3 (P003), share: “60%” is not a number. Write figures and a point, like 37.5."),
    ("share: 60", "share: 160", "fundings, item 3 (P003), share: 160 is out of bounds. Write 0.000001 to 100."),
    ("share: 60", "share: 70", "fundings, item 4 (P003), share: makes 110% with the other funders on 1 April 2026. "
                               "The shares of a fund are 100% together, or less."),
    ("funder: peggy, how: delivery", "funder: peggy, how: schedule",
     "fundings, item 5 (P004), contract: is missing, and “how” is “schedule”. Add it."),
    ("funder: peggy, how: delivery", "funder: peggy, contract: X, how: delivery",
     "fundings, item 5 (P004), contract: does not belong here where “how” is “delivery”. Take it out."),
    ("kind: icb, name: Northvale Integrated Care Board", "kind: icb",
     "funders, item 2 (northvale-icb), name: is missing, and “kind” is “icb”. Add it."),
    ("kind: person, person: P004", "kind: person, person: P004, name: Peggy",
     "funders, item 3 (peggy), name: does not belong here where “kind” is “person”. Take it out."),
    ("reference: amina,", "reference: peggy,", "funders, item 4 (peggy): is the same reference as item 3. Keep one of the two."),
    ("reference: amina,", "reference: a mina,", "funders, item 4 (a mina), reference: “a mina” cannot be used as a reference. Use letters, "
     "digits, dots, dashes and underscores, starting with a letter or digit, 64 at most."),
    ("void_paid_by: reserve\n    contract: SG-BLOCK-2026", "void_paid_by: reserve",
     "houses, item 1 (elm-house), contract: is missing, and “void_paid_by” is “reserve”. Add it."),
    ("place: 3, empty: true", "place: 4, empty: true",
     "houses, item 1 (elm-house), held, item 3, place: is 4, and the house has 3. Number the places from 1."),
    ("place: 3, empty: true", "place: 3",
     "houses, item 1 (elm-house), held, item 3: needs either a person or “empty: true”. Give one of the two."),
    ("place: 3, empty: true", "place: 2, empty: true",
     "houses, item 1 (elm-house), held, item 3: is place 2 from 1 June 2026 a second time. Keep one."),
    ("place: 3, empty: true, from: 2026-06-01", "place: 3, person: P001, from: 2026-07-01",
     "houses, item 1 (elm-house), held, item 3 (P001), person: P001 already has a place on 1 July 2026. "
     "Say from which day the other place is someone else’s or empty."),
    ("order_number_needed: true", "order_number_needed: maybe",
     "terms, item 2 (Spot), order_number_needed: There is “maybe” where yes or no belongs. Correct it."),
    ("    source: Spot purchase agreement, pages 4 to 6\n", "", "terms, item 2 (Spot), source: is missing. Add it."),
    ("name: Halden Support", "name: =1+1", "provider, name: “=1+1” begins with “=”, which a spreadsheet would run as a formula. "
                                           "Begin with a letter or a figure."),
    ('"01632 960 101"', "441632960101", "provider, contact, telephone: “441632960101” is not a telephone number. "
                                        'Write it between quotes, like "020 7946 0000".'),
    ("rate: care-hour, minutes_per_week: 630", "rate: care-hour", "plan, item 4 (P003-care): needs one of “minutes_per_week” or "
                                                                  "“times_per_week”. Give one of them."),
    ("minutes_per_week: 630", "minutes_per_week: 630.5", "plan, item 4 (P003-care), minutes_per_week: “630.5” is not a whole number. "
                                                         "Write figures only, without quotes."),
    ("times_per_week: 1", "times_per_week: 0", "plan, item 3 (P002-swim), times_per_week: 0 is out of bounds. Write 0.0001 to 10,000."),
    ("line: P002-swim, person", "line: P002-outreach, person",
     "plan, item 3 (P002-outreach): is the same line and from as item 2. Keep one of the two."),
    ("line: P004-outreach", "line: P002-outreach",
     "plan, item 2 (P002-outreach), from: is 1 June 2026, and item 5 has this line until 31 March 2027. "
     "End the one before the other starts."),
    ("{person: P003, fund: spot, funder: northvale-icb, how: delivery, share: 40, terms: Spot, order_number: NV-88, from: 2026-04-01",
     "{person: P003, fund: spot, funder: southgate, how: delivery, share: 40, terms: Spot, order_number: NV-88, from: 2026-10-01",
     "fundings, item 4 (P003), from: is 1 October 2026, and item 3 has the same fund by the same funder until 31 March 2027. "
     "End the one before the other starts."),
    ("rate: swim, per: item, pounds: 6.75, from: 2026-04-01, to: 2027-03-31",
     "rate: outreach-hour, per: item, pounds: 6.75, from: 2025-04-01, to: 2026-03-31",
     "rates, item 3 (outreach-hour), per: is “item”, and “hour” elsewhere for outreach-hour. "
     "A rate that counts something else needs a code of its own."),
    ("person: P002, minutes_per_year: 46800", "person: P002",
     "splits, item 1 (SG-BLOCK-2026), people, item 2 (P002), minutes: is missing, and the split is by hours. "
     "Add it; write 0 where there is none."),
    ("minutes_per_year: 46800", "minutes_per_year: 46800, points: 5",
     "splits, item 1 (SG-BLOCK-2026), people, item 2 (P002), points: does not belong in a split by hours. "
     "Take it out, or check the method."),
    ("{name: contingency, percent: 3}", "{name: contingency, percent: 3, pounds: 4}",
     "splits, item 1 (SG-BLOCK-2026), top_slices, item 1 (contingency): has “percent” and “pounds”, which rule each other out. "
     "Keep one of them."),
    ("{person: P002, minutes_per_year", "{person: P001, minutes_per_year",
     "splits, item 1 (SG-BLOCK-2026), people, item 2 (P001): “P001” is listed a second time. List each once."),
    ("received: 9183.34,", "received: 9184.34,",
     "openings, item 1 (opening-2026-06), control, received: is £9,184.34, and the funds come to £9,183.34: a difference of £1.00. "
     "Find the fund that is wrong or missing; do not change the control total to fit."),
    ("used_minutes: 20700}", "used_minutes: 20800}",
     "openings, item 1 (opening-2026-06), control, used_minutes: is 20800, and the funds come to 20700: a difference of 100 minutes. "
     "Find the fund that is wrong or missing; do not change the control total to fit."),
    (", drawn: 7600.00", "", "openings, item 1 (opening-2026-06), control, drawn: is missing, and the funds have it. "
                             "Write the total of the old books."),
    ("pounds: 50.00, words: UNKNOWN GIRO", "pounds: 0, words: UNKNOWN GIRO",
     "bank_lines, item 4 (BK-0605), pounds: is nil. Write what came in, or what went out with a minus."),
    ("pounds: 86.67, as:", "pounds: 86.68, as:",
     "bank_lines, item 2 (BK-0602), parts: come to £86.68, which is £0.01 more than the line, £86.67. "
     "Lower a part; together they may be less than the line and not more."),
    ("pounds: 86.67, as: contribution", "pounds: 86.67, as: back to person",
     "bank_lines, item 2 (BK-0602), parts, item 1 (P001), as: is “back to person”, and the money came in. "
     "Check the sign of the line, or what the part was."),
    ("funder: amina, pounds: 86.67", "pounds: 86.67",
     "bank_lines, item 2 (BK-0602), parts, item 1 (P001), funder: is missing, and “as” is “contribution”. Add it."),
    ("pounds: 50.00, words: UNKNOWN GIRO", "pounds: -50.00, words: UNKNOWN GIRO, invoices: [1001]",
     "bank_lines, item 4 (BK-0605), invoices: stands on money that went out (-£50.00). Check the sign, or use “parts”."),
    ("words: UNKNOWN GIRO", "words: UNKNOWN GIRO, invoices: [1001], explained: x",
     "bank_lines, item 4 (BK-0605): has “invoices” and “explained”, which rule each other out. Keep one of them."),
    ("fund: isf, funder: southgate, used: 2900.00, received: 3341.67", "fund: spot, used: 2900.00, received: 3341.67",
     "openings, item 1 (opening-2026-06), funds, item 2 (P002), funder: is missing, and there is “received”. Say which funder."),
    ("words: UNKNOWN GIRO", "words: UNKNOWN GIRO, invoices: []", "bank_lines, item 4 (BK-0605), invoices: is an empty list. Give at least one."),
    ("line: BK-0606", "line: BK-0605", "draws, item 1 (BK-0605), line: “BK-0605” is among the bank lines too. Say once what the line was."),
    ("parts: earned", "parts: earnt", "draws, item 1 (BK-0606), parts: “earnt” is not one of the choices. Did you mean “earned”? "
                                      "Choose “earned”."),
    ("parts: earned", "pounds: 10, parts: [{person: P001, fund: isf, pounds: 9.99}]",
     "draws, item 1 (BK-0606), parts: come to £9.99, and the draw is £10.00: a difference of £0.01. Correct one of them."),
    ("extras:\n  - {", "extras:\n    {", "extras: is not a list. Begin each item with “- ”."),
    ("words: Company and errands", 'words: "Company\\tand errands"',
     "plan, item 5 (P004-outreach), words: has a line break or another character that cannot be seen in it. Write it in one line."),
])
def test_one_slip_is_one_problem_that_says_where_and_what_to_do(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert problems_after(tmp_path, old, new) == [problem]


def test_every_problem_of_the_file_is_said_at_once(tmp_path: Path) -> None:
    found = problems_of(tmp_path, """
funders:
  - {reference: sg, kind: councl, name: Southgate}
rates:
  - {rate: r, per: hour, pounds: 1, from: 2026-04-01, to: 2027-03-31}
  - {rate: r, per: hour, pounds: 2, from: 2026-10-01, to: 2027-03-31}
fundings:
  - {person: P007, fund: isf, funder: sg, how: schedule, terms: A, from: 2026-13-01, to: tomorrow}
""".replace("2026-13-01", '"2026-13-01"'))
    assert [problem.split(":")[0] for problem in found] == [
        "setup.yaml, line 3, funders, item 1 (sg), kind",
        "setup.yaml, line 8, fundings, item 1 (P007), contract",
        "setup.yaml, line 8, fundings, item 1 (P007), from",
        "setup.yaml, line 8, fundings, item 1 (P007), to",
        "setup.yaml, line 6, rates, item 2 (r), from",
    ]


def test_a_split_by_amounts_is_the_contract_to_the_penny(tmp_path: Path) -> None:
    split = """splits:
  - contract: SG-BLOCK-2026
    version: 1
    method: amounts
    on: 2026-05-20
    top_slices: [{name: contingency, percent: 3}]
    people: [{person: P001, pounds: 40000.00}, {person: P002, pounds: 20140.01}]
"""
    before, after = template("apply").split("splits:")[0], "openings:" + template("apply").split("openings:")[1]
    assert problems_of(tmp_path, before + split + after)[0].endswith(
        "people: come to £60,140.01 and the top-slices to £1,860.00; the contract is £62,000.00: a difference of £0.01. Correct a sum.")
    assert read(tmp_path, before + split.replace(".01", ".00") + after).splits[0].method is Method.AMOUNTS


def test_a_split_by_layers_names_the_houses_that_its_people_live_in(tmp_path: Path) -> None:
    split = """splits:
  - contract: C
    version: 1
    method: layers
    on: 2026-05-20
    houses: [{house: elm, places: 1, shared_pounds_per_week: 700}]
    people: [{person: A, house: elm, own_pounds_per_week: 0}, {person: B, own_pounds_per_week: 9.50}]
"""
    assert read(tmp_path, split).splits[0].people[1].own_pounds_per_week == Money(950)
    assert problems_of(tmp_path, split.replace("house: elm, own", "house: oak, own"))[0].endswith(
        "house: “oak” is not one of the houses of this split. Add it to “houses”, or check its spelling.")
    assert problems_of(tmp_path, split.replace("B,", "B, house: elm,"))[0].endswith(
        "places: is 1, and 2 people live there. Check the places and the people.")
    assert problems_of(tmp_path, split.replace("layers", "equal"))[0].endswith(
        "houses: do not belong in a split by equal. Take them out, or split by layers or by household.")


def test_only_the_money_held_is_known_or_the_rest_is(tmp_path: Path) -> None:
    opening = "openings: [{opening: o, on: 2026-05-31, control: {held_only: 50}, funds: [{person: A, fund: isf, held_only: 50}]}]"
    assert read(tmp_path, opening).openings[0].funds[0].held_only == Money(5000)
    assert "stands beside other amounts" in problems_of(tmp_path, opening.replace("held_only: 50}", "held_only: 50, used: 1}"))[0]
    assert "has no amounts" in problems_of(tmp_path, opening.replace(", held_only: 50}]", "}]"))[0]


def test_support_used_in_a_spot_fund_says_who_owes_for_it(tmp_path: Path) -> None:
    opening = "openings: [{opening: o, on: 2026-05-31, control: {used: 5}, funds: [{person: A, fund: spot, used: 5}]}]"
    assert problems_of(tmp_path, opening)[0].endswith("funder: is missing, and there is “used”. Say which funder.")
    assert read(tmp_path, opening.replace("spot", "isf")).openings[0].funds[0].funder is None


def test_money_paid_over_came_in(tmp_path: Path) -> None:
    line = """
bank_lines:
  - {line: b, on: 2026-06-01, account: people, pounds: 9, words: x, parts: [{person: A, fund: isf, pounds: 9, as: paid over}]}"""
    assert read(tmp_path, line).bank_lines[0].pounds == Money(900)
    assert "is “paid over”, and the money went out" in problems_of(tmp_path, line.replace("pounds: 9, words", "pounds: -9, words"))[0]


def test_nil_in_the_old_books_is_not_unknown(tmp_path: Path) -> None:
    opening = "openings: [{opening: o, on: 2026-05-31, control: {used: 0}, funds: [{person: A, fund: isf, used: 0.00}]}]"
    assert read(tmp_path, opening).openings[0].funds[0].used == Money(0)
    assert "is missing, and the funds have it" in problems_of(tmp_path, opening.replace("{used: 0}", "{}"))[0]


# the documentation


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", (DOCS / "formats" / "apply.md").read_text(encoding="utf-8"), re.DOTALL))
def test_every_example_in_the_documentation_is_taken(tmp_path: Path, block: str) -> None:
    assert read(tmp_path, block).digestable()


def keys_of(annotation: object) -> set[str]:
    """The keys of every model within an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {key for name, field in annotation.model_fields.items() for key in {field.alias or name} | keys_of(field.annotation)}
    return set().union(*map(keys_of, get_args(annotation)))


def test_the_documentation_names_every_key_and_no_other() -> None:
    text = (DOCS / "formats" / "apply.md").read_text(encoding="utf-8")
    told = {key for cell in re.findall(r"^\| (`[^|]*`) \|", text, re.MULTILINE) for key in re.findall(r"`(\w+)`", cell)}
    assert told == keys_of(ApplyFile)


@pytest.mark.parametrize("kind", ["people", "visits"])
def test_the_example_in_the_documentation_is_the_example_file(kind: str) -> None:
    assert f"```csv\n{template(kind)}```" in (DOCS / "formats" / f"{kind}.md").read_text(encoding="utf-8")


def test_there_is_an_example_of_each_kind_and_of_nothing_else() -> None:
    assert all(template(kind) for kind in TEMPLATES)
    with pytest.raises(InputError, match=r"There is no example file of “visit”\. Did you mean “visits”\?"):
        template("visit")


# anything at all

_LEAF = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6), st.dates(), st.decimals(),
                  st.sampled_from(["isf", "layers", "earned", "2026-04-01", "delivery"]))
_KEYS = st.sampled_from(["person", "fund", "parts", "method", "people", "pounds", "from", "to", "on", "held", "funds", "control", "x"])
_VALUE = st.recursive(_LEAF, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=5)), max_leaves=12)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*SECTIONS, "other"]), _VALUE, max_size=4))
def test_anything_is_a_file_or_refused_in_words(data: dict[str, object]) -> None:
    nameless = []
    try:
        parse_apply(data, "anything")
    except RingfenceError as refused:
        nameless = [problem for problem in refused.problems if not (problem.what and problem.to_do)]
    assert not nameless
