"""Monitoring and returns: figures by the day on which it happened, groups that add to the whole, and a council’s own workbook filled in."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from basics.errors import InputError, Refused
from basics.periods import Period
from isf.monitoring import Figures, together
from ringfence.actions.monitoring import Monitored, monitoring, returns
from ringfence.actions.monitoring_workbook import fill_monitoring
from ringfence.actions.recording import record_content
from ringfence.actions.verifying import verify
from tests.actions.provider_books import Books, bank_line

DAYS = Period(date(2026, 10, 1), date(2026, 10, 31))
MAPPING = """
sheet: Monitoring
cells:
  - {cell: B1, figure: of}
  - {cell: B2, figure: from}
  - {cell: B3, figure: to}
  - {cell: B4, figure: people}
  - {cell: B5, figure: hours_delivered}
  - {cell: B6, figure: pounds_left, person: P002}
people:
  first_row: 10
  last_row: 12
  columns: {A: person, B: hours_commissioned, C: hours_delivered, D: pounds_paid_in, E: pounds_used, F: surplus}
"""


@pytest.fixture
def paid(issued: Books) -> Books:
    """The first instalment came on 15 October, £1,900.00, and is posted in November, because October is closed."""
    issued.apply({"bank_lines": [bank_line("IN-1", "2026-10-15", "1,900.00", instalment={"contract": "SG-2026", "n": 1})]})
    return issued


def of(found: Monitored, fund: str) -> Figures:
    return next(each.figures for each in found.funds if each.fund == fund)


def test_hours_and_pounds_are_of_the_same_days_whenever_they_were_posted(paid: Books) -> None:
    found = monitoring(paid.asha, DAYS, "SG-2026")
    assert [each.fund for each in found.funds] == ["isf-P001", "isf-P002"]
    amina = of(found, "isf-P001")
    # 420 minutes a week for 31 days; given were 5 h of outreach and, of 6 h shared in a house of three places, 2 h
    assert (amina.commissioned_minutes, amina.delivered_minutes) == (1860, 420)
    assert (amina.paid_in_pence, amina.used_pence, amina.left_pence, amina.held_pence) == (90_000, 18_000, 582_000, 90_000)
    thomas = of(found, "isf-P002")
    assert (thomas.delivered_times, thomas.paid_in_pence) == (1, 80_000)
    assert found.all.figures == together([amina, thomas])
    assert monitoring(paid.asha, Period(date(2026, 10, 1), date(2026, 10, 14)), "SG-2026").all.figures.paid_in_pence == 0


def test_the_surplus_is_as_the_watch_list_has_it_on_the_last_day(paid: Books) -> None:
    """By the day of the books: the money that came in October is posted in November, and October is the last month that is charged."""
    assert of(monitoring(paid.asha, DAYS), "isf-P001").surplus_pence == 0
    later = monitoring(paid.asha, Period(date(2026, 10, 1), date(2026, 11, 2)))
    assert of(later, "isf-P001").surplus_pence == 72_000
    assert of(later, "spot-P003").surplus_pence == 0  # paid as it is given


def test_a_surplus_is_not_known_before_a_month_is_closed(delivered: Books) -> None:
    delivered.apply({"bank_lines": [bank_line("IN-1", "2026-10-15", "1,900.00", instalment={"contract": "SG-2026", "n": 1})]})
    found = monitoring(delivered.asha, DAYS, "SG-2026")
    assert of(found, "isf-P001").surplus_pence is None
    assert found.all.figures.surplus_pence is None


def test_a_funder_a_fund_and_everybody_can_be_asked_about(paid: Books) -> None:
    assert [each.fund for each in monitoring(paid.asha, DAYS, "northvale").funds] == ["spot-P003"]
    assert [each.fund for each in monitoring(paid.asha, DAYS, "isf-P002").funds] == ["isf-P002"]
    everybody = monitoring(paid.asha, DAYS)
    assert len(everybody.funds) == 4
    assert of(everybody, "spot-P003").used_pence == 5_000
    with pytest.raises(InputError, match="no contract, fund or funder “XX”"):
        monitoring(paid.asha, DAYS, "XX")
    with pytest.raises(InputError, match="still to come"):
        monitoring(paid.asha, Period(date(2026, 10, 1), date(2027, 3, 31)))


def test_every_way_of_dividing_adds_to_the_whole_and_nobody_unknown_is_dropped(paid: Books) -> None:
    paid.apply({"holdings": [{"person": "P001", "fund": "isf", "from": "2026-10-01", "way": "provider"},
                             {"person": "P004", "fund": "spot", "from": "2026-10-01", "way": "direct payment", "until": "2026-10-20"}]})
    record_content(paid.asha, {"support_reasons": [
        {"person": "P001", "from": "2026-10-01", "reason": "Learning disability support", "client": "service user"},
        {"person": "P002", "from": "2026-10-01", "reason": "Social support: Support to unpaid carer", "client": "carer"},
        {"person": "P002", "from": "2026-11-02", "reason": "Mental health support"}]}, "by hand")
    found = returns(paid.asha, DAYS.last)
    assert [(each.called, each.people) for each in found.by_way] == [("provider", 1), (None, 3)]
    assert [(each.called, each.people) for each in found.by_reason] == [
        ("Learning disability support", 1), ("Social support: Support to unpaid carer", 1), (None, 2)]
    assert [(each.called, each.people) for each in found.by_client] == [("service user", 1), ("carer", 1), (None, 2)]
    for groups in (found.by_way, found.by_reason, found.by_client):
        assert together(each.figures for each in groups) == found.whole.figures
        assert sum(each.funds for each in groups) == found.whole.funds == 4
    later = returns(paid.asha, date(2026, 11, 2))
    assert [each.called for each in later.by_client] == ["service user", None]  # the later reason says nothing of a carer
    assert found.whole.figures.promised_pence == 1_080_000
    assert verify(paid.store, referee=True) == []


def test_who_has_no_budget_any_more_is_not_counted_and_money_still_held_is_told(paid: Books) -> None:
    found = returns(paid.asha, date(2026, 9, 30), "SG-2026")
    assert (found.whole.people, found.beside.funds, found.by_way) == (0, 0, ())
    assert found.whole.figures == Figures(**{each.name: 0 for each in fields(Figures)})


def test_the_councils_workbook_is_filled_in_for_all_and_for_each(paid: Books, tmp_path: Path) -> None:
    council, mapping = _workbook(tmp_path), tmp_path / "mapping.yaml"
    mapping.write_text(MAPPING, encoding="utf-8")
    filled = fill_monitoring(monitoring(paid.asha, DAYS, "SG-2026"), council, mapping)
    (tmp_path / "out.xlsx").write_bytes(filled.content)
    sheet = load_workbook(tmp_path / "out.xlsx")["Monitoring"]
    assert [sheet[cell].value for cell in ("B1", "B4", "B5", "B6")] == ["SG-2026", 2, 10.5, 4698]
    assert sheet["B2"].value.date() == DAYS.first
    assert [cell.value for cell in sheet[10]] == ["P001", 31, 7, 900, 180, 0]  # no surplus in the books of October yet
    assert [cell.value for cell in sheet[11]][:2] == ["P002", 17.7]
    assert sheet["A12"].value is None
    assert sheet["A9"].value == "Person"


def test_what_cannot_be_filled_in_is_told_all_at_once(paid: Books, tmp_path: Path) -> None:
    council, mapping = _workbook(tmp_path), tmp_path / "mapping.yaml"
    mapping.write_text(MAPPING.replace("P002", "P099").replace("last_row: 12", "last_row: 10").replace("B1", "A9"), encoding="utf-8")
    with pytest.raises(Refused) as found:
        fill_monitoring(monitoring(paid.asha, DAYS, "SG-2026"), council, mapping)
    told = [each.what for each in found.value.problems]
    assert told[:2] == ["P099 has no fund among these.", "There are 2 funds, and rows for 1."]
    assert "already says “Person”" in told[2]


def _workbook(folder: Path) -> Path:
    book = xlsxwriter.Workbook(str(folder / "council.xlsx"))
    sheet = book.add_worksheet("Monitoring")
    sheet.write_row("A9", ["Person", "Commissioned", "Delivered", "Paid in", "Used", "Surplus"])
    book.close()
    return folder / "council.xlsx"
