"""The day on which the books begin: every total of the old books is met or named, a rehearsal leaves nothing, a month runs beside the old one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from basics.errors import InputError, NotAllowed, Refused
from basics.money import Money
from isf.parallel_month import Measured
from ringfence.actions.applying import Applied, approve, rehearse_file
from ringfence.actions.parallel_month import compare_month
from ringfence.actions.verifying import verify
from ringfence.store import fingerprint, schema
from tests.actions.provider_books import NOVEMBER, OCTOBER, Books, agreements, bank_line, block_contract, by_delivery, refused

FUNDS = [{"person": "P001", "fund": "isf", "held_only": "1,126.60"}, {"person": "P002", "fund": "isf", "overspent": "84.15"},
         {"person": "P005", "fund": "isf", "held_only": "402.00"}, {"person": "P004", "fund": "spot", "funder": "peggy", "used": "48.80"}]
OPENING = {"opening": "old-books", "on": "2026-10-31", "control": {"held_only": "1,528.60", "overspent": "84.15", "used": "48.80"}, "funds": FUNDS}
CONTROL = {"funds": 4, "available": "1,528.60", "held": "1,528.60", "overspent": "84.15", "available_minutes": 0, "unpaid_invoices": 1,
           "unpaid_pounds": "48.80", "credits_not_placed": 1, "pounds_not_placed": "50.00", "next_invoice_number": 501}
UNPAID = {"number": "A-417", "person": "P004", "fund": "spot", "funder": "peggy", "pounds": "48.80", "due_on": "2026-11-14"}
CREDIT = bank_line("OLD-1", "2026-10-30", "50.00")


def going_live(control: dict[str, Any] | None = None, **changed: Any) -> dict[str, Any]:
    return {"going_live": "GL-1", "on": "2026-10-31", "control": CONTROL | (control or {}), "unpaid": [UNPAID],
            "words": "The old spreadsheet"} | changed


def begun(**changed: Any) -> dict[str, Any]:
    """Three funds under a contract that pays from 1 November, one person who pays for herself, and a line of the bank that is nobody’s yet."""
    content = agreements()
    fundings = [{"person": person, "fund": "isf", "funder": "southgate", "how": "schedule", "contract": "SG-2026", "terms": "Block",
                 "from": "2026-11-01", "to": "2027-03-31"} for person in ("P001", "P002", "P005")]
    return {key: content[key] for key in ("provider", "funders", "terms", "rates")} | {
        "contracts": [block_contract(**{"from": "2026-11-01"}, pounds="10,000.00")], "fundings": [*fundings, by_delivery("P004", "peggy")],
        "openings": [OPENING], "bank_lines": [CREDIT], "going_live": [going_live()]} | changed


def rehearsed(books: Books, folder: Path, content: dict[str, Any]) -> Applied:
    path = folder / "begin.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return rehearse_file(books.asha, path)


def everything(books: Books) -> tuple[str, list[tuple[str, int]]]:
    """The fingerprint of the books’ shape and guards, and how many rows every table has."""
    with books.store.reading() as connection:
        shape = fingerprint.fingerprint(connection)
    return shape, [(table, books.count(table)) for table in sorted(schema.metadata.tables)]


def test_four_funds_come_over_and_overspend_is_never_set_against_what_others_hold(peopled: Books) -> None:
    """`mid-year-go-live`: 1,126.60, 84.15 overspent and 402.00; 1,528.60 must be in the bank, never 1,444.45."""
    prepared = peopled.prepare(begun())
    assert "As in the old books: £1,528.60 held" in prepared.said
    assert "As in the old books: £84.15 overspent and carried by the provider" in prepared.said
    assert "Brought over: isf-P002: £0.00 to be used, £0.00 held, 0 m to be used, £84.15 overspent" in prepared.said
    with pytest.raises(NotAllowed):
        approve(peopled.asha, prepared.digest)
    approve(peopled.ben, prepared.digest)
    assert sum(found.get("held", 0) for found in peopled.balances().values()) == Money.parse("1,528.60").pence
    assert peopled.balances()["isf-P002"] == {"borne": 8_415, "owed_provider": 8_415}
    assert verify(peopled.store, referee=True) == []


@pytest.mark.parametrize(("control", "said"), [
    ({"held": "1,444.45"}, "is £1,444.45 in the old books, and £1,528.60 is brought over: £84.15 more."),
    ({"held": "1,126.60"}, "is £1,126.60 in the old books, and £1,528.60 is brought over: £402.00 more. isf-P005 alone comes to that."),
    ({"overspent": "0.00"}, "is £0.00 in the old books, and £84.15 is brought over: £84.15 more. isf-P002 alone comes to that."),
    ({"funds": 5}, "is 5 in the old books, and 4 is brought over: 1 less."),
    ({"available_minutes": 90}, "is 1 h 30 m in the old books, and 0 m is brought over: 1 h 30 m less."),
    ({"credits_not_placed": 0}, "is 0 in the old books, and 1 is brought over: 1 more."),
    ({"pounds_not_placed": "50.01"}, "is £50.01 in the old books, and £50.00 is brought over: £0.01 less."),
    ({"next_invoice_number": 418}, "is 418, and the next invoice here would be 501."),
])
def test_a_total_that_is_not_met_is_named_with_its_difference(peopled: Books, control: dict[str, Any], said: str) -> None:
    (place, what), = refused(peopled, begun(going_live=[going_live(control)]))
    assert place.endswith(f"going_live, item 1 (GL-1), control, {next(iter(control))}")
    assert what == said


def test_every_total_that_is_not_met_is_named_at_once(peopled: Books) -> None:
    wrong = {"funds": 1, "available": "0.00", "held": "0.00", "overspent": "0.00", "available_minutes": 1, "credits_not_placed": 2,
             "pounds_not_placed": "1.00", "next_invoice_number": 1}
    assert len(refused(peopled, begun(going_live=[going_live(wrong)]))) == len(wrong)


def test_what_the_same_file_puts_back_is_not_brought_over(peopled: Books) -> None:
    """An overspend was opened as £94.15, and it was £84.15."""
    wrong = OPENING | {"control": {"held_only": "1,528.60", "overspent": "94.15", "used": "48.80"},
                       "funds": [fund | {"overspent": "94.15"} if "overspent" in fund else fund for fund in FUNDS]}
    peopled.apply({key: value for key, value in begun(openings=[wrong]).items() if key != "going_live"})
    peopled.apply({
        "corrections": [{"correction": "C-1", "entry": "opening old-books|overspent|isf-P002|", "person": "P002", "fund": "isf", "on": "2026-10-31",
                         "words": "The figures were the wrong way round"}],
        "openings": [{"opening": "old-books-2", "on": "2026-10-31", "control": {"overspent": "84.15"}, "funds": [FUNDS[1]]}],
        "going_live": [going_live()]})
    assert verify(peopled.store, referee=True) == []


@pytest.mark.parametrize(("changed", "said"), [
    ({"unpaid": [UNPAID | {"pounds": "40.00"}]}, ["is £48.80, and the invoices come to £40.00: a difference of £8.80."]),
    ({"unpaid": []}, ["is 1, and 0 are listed.", "is £48.80, and the invoices come to £0.00: a difference of £48.80."]),
    ({"unpaid": [UNPAID, UNPAID]}, ["A-417 stands here twice.", "is 1, and 2 are listed.",
                                    "is £48.80, and the invoices come to £97.60: a difference of £48.80."]),
    ({"unpaid": [UNPAID | {"person": "P001", "fund": "isf", "funder": "southgate"}]}, [
        "come to £48.80 of southgate for isf-P001, and the fund has £0.00 owed by it.",
        "come to £0.00 of peggy for spot-P004, and the fund has £48.80 owed by it."]),
])
def test_unpaid_invoices_are_what_each_payer_owes_and_nobody_elses(peopled: Books, changed: dict[str, Any], said: list[str]) -> None:
    assert [what for _, what in refused(peopled, begun(going_live=[going_live(**changed)]))] == said


def test_what_was_signed_by_two_is_not_held_beside_books_that_have_gone_on(peopled: Books) -> None:
    peopled.apply(begun())
    peopled.apply({"bank_lines": [CREDIT | {"explained": "Sent to us by mistake"}]})
    assert peopled.prepare({"going_live": [going_live()]}).said == ()


def test_a_rehearsal_says_what_preparing_says_and_leaves_nothing(peopled: Books, tmp_path: Path) -> None:
    before = everything(peopled)
    found = rehearsed(peopled, tmp_path, begun())
    assert everything(peopled) == before
    assert peopled.prepare(begun()) == found
    with pytest.raises(InputError, match="no control totals"):
        rehearsed(peopled, tmp_path, {"openings": [OPENING]})


amounts = st.integers(0, 10**6).map(lambda pence: Money(pence).plain)


@settings(max_examples=6, deadline=None, phases=(Phase.generate,), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=amounts, over=amounts, stated=st.sampled_from(["right", "netted"]))
def test_no_rehearsal_changes_the_books_whatever_comes_of_it(peopled: Books, tmp_path: Path, one: str, over: str, stated: str) -> None:
    before = everything(peopled)
    funds = [{"person": "P001", "fund": "isf", "held_only": one}, {"person": "P002", "fund": "isf", "overspent": over}, *FUNDS[2:]]
    total = Money.parse(one) + Money.parse("402.00")
    shown = total if stated == "right" else total - Money.parse(over)
    control = {"available": total.plain, "held": shown.plain if shown.pence >= 0 else "0.00", "overspent": over,
               "funds": 2 + (one != "0.00") + (over != "0.00")}
    opening = OPENING | {"control": {"held_only": total.plain, "overspent": over, "used": "48.80"}, "funds": funds}
    content = begun(openings=[opening], going_live=[going_live(control)])
    if stated == "right" or over == "0.00":
        assert f"As in the old books: {total} held" in rehearsed(peopled, tmp_path, content).said
    else:
        with pytest.raises(Refused):
            rehearsed(peopled, tmp_path, content)
    assert everything(peopled) == before


# a parallel month


def compared(books: Books, folder: Path, *rows: str) -> dict[tuple[str, Measured], str]:
    path = folder / "old.csv"
    path.write_text("\n".join(["person,hours,charged,paid_in,balance", *rows]) + "\n", encoding="utf-8")
    return {(each.person, each.measured): each.reason for each in compare_month(books.asha, path, OCTOBER).differing}


ALL = ("P001,7,180.00,0.00,-180.00", "P002,3.5,102.00,0.00,-102.00", "P003,2:00,50.00,0.00,-50.00", "P004,1,24.00,0,-24.00")
"""5 hours of outreach and 2 of 6 shared; 1.5, 2 and a swim; two carers for an hour; an hour."""


def test_a_month_that_agrees_has_nothing_to_tell_before_and_after_it_is_issued(delivered: Books, tmp_path: Path) -> None:
    before = delivered.everything()
    assert compared(delivered, tmp_path, *ALL) == {}
    assert delivered.everything() == before
    delivered.month_end(OCTOBER)
    assert compared(delivered, tmp_path, *ALL) == {}
    delivered.month_end(NOVEMBER)
    assert compared(delivered, tmp_path, *ALL) == {}


def test_each_difference_says_whose_it_is_and_why(delivered: Books, tmp_path: Path) -> None:
    delivered.apply({"bank_lines": [bank_line("BK-1", "2026-10-20", "100.00")]})
    found = compared(delivered, tmp_path, "P001,4,108.00,100.00,-8.00", "P002,3.5,102.01,,", *ALL[2:], "P009,1,1,1,1")
    assert found == {
        ("P001", Measured.DELIVERED): "Visit V-2 on 12 October 2026 (C1) is not in the old system.",
        ("P001", Measured.CHARGED): "Follows from the hours: that visit was charged so much.",
        ("P001", Measured.PAID_IN): "BK-1 of 20 October 2026, £100.00 is not placed here yet.",
        ("P001", Measured.BALANCE): "Follows from what was paid in and charged.",
        ("P002", Measured.CHARGED): "Rounding: the hours agree, and it is no more than a penny a visit.",
        **{("P009", one): "Not here: bring in the person and the fund, or correct the reference." for one in Measured}}


@pytest.mark.parametrize(("row", "said"), [
    ("P001,1,2.005,,", "old.csv, row 2, charged"), ("P001,long,,,", "old.csv, row 2, hours"), (",1,,,", "old.csv, row 2, person"),
    ("P001,1,,,\nP001,2,,,", "old.csv, row 3, person: P001 has a row already."),
])
def test_a_file_that_cannot_be_read_whole_is_not_compared(delivered: Books, tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(Refused, match="was not compared") as found:
        compared(delivered, tmp_path, row)
    assert str(found.value.problems[0]).startswith(said)
