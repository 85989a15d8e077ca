"""A price as a workbook: what may be changed and what not, what a preview shows, and names that try to be formulas."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from basics.errors import InputError
from costing.package import Section
from costing.price import Price
from ringfence.actions.costing import keep_workbook, price_of_file, workbook_of
from ringfence.documents.workbook_sheet import YELLOW
from tests.documents.price_shapes import PAYLOADS, contents, priced

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "outreach.cost.yaml"
PRICE = price_of_file(EXAMPLE)
CONTENTS = contents()


def opened(price: Price, *, values: bool = False) -> Workbook:
    return load_workbook(BytesIO(workbook_of(price)), data_only=values)


def of_shape(name: str) -> Price:
    return priced(name, CONTENTS[name])


def cells(book: Workbook) -> list[object]:
    return [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]


def test_the_first_sheet_is_the_price_and_only_the_sheets_that_are_told_stand_beside_it() -> None:
    assert opened(PRICE).sheetnames == ["Price", "Cost of care", "Working", "Sharing", "Inputs"]


def test_every_sheet_is_protected_and_only_the_yellow_cells_can_be_changed() -> None:
    book = opened(PRICE)
    assert all(sheet.protection.sheet and sheet.protection.password is None for sheet in book.worksheets)
    unlocked = [cell for cell in cells(book) if not cell.protection.locked]
    yellow = [cell for cell in cells(book) if cell.fill.fgColor.rgb == f"FF{YELLOW[1:]}"]
    assert unlocked == yellow
    assert [cell.coordinate for cell in unlocked] == [f"B{row}" for row in range(5, book["Inputs"].max_row + 1)]


def test_every_input_has_a_name_and_says_where_it_is_from() -> None:
    book = opened(PRICE)
    for row in book["Inputs"].iter_rows(min_row=5):
        assert book.defined_names[row[5].value].attr_text == f"Inputs!$B${row[0].row}"
        assert row[3].value.startswith(("typed in outreach.cost.yaml, line", "set by"))
        assert bool(row[4].value) == row[3].value.startswith("set by")


def test_every_number_that_is_no_input_is_a_formula_but_the_facts_of_the_calendar() -> None:
    book = opened(PRICE)
    fixed = [(cell.row, cell.value) for cell in book["Working"]["B"] if cell.data_type == "n" and cell.value is not None]
    assert [value for _, value in fixed] == [52]
    assert not [cell for cell in cells(book) if cell.parent.title == "Price" and cell.data_type == "n" and cell.value is not None]


def test_a_preview_shows_the_price_before_anything_has_been_calculated() -> None:
    sheet = opened(PRICE, values=True)["Price"]
    assert [sheet.cell(row, 2).value for row in (4, 5, 6)] == [29.48, 589.6, 30659.2]


def test_the_sheet_shows_the_lines_of_the_price_and_they_add_to_it() -> None:
    rows = [row[:3] for row in opened(PRICE, values=True)["Price"].iter_rows(min_row=9, max_row=28, values_only=True)]
    assert rows[0] == ("Direct support", 22.77, 77.3)
    assert ("Mileage", 1.08, 3.7) in rows
    assert rows[-2:] == [("Rounding", 0.04, None), ("Price", 29.48, 100)]


def test_one_published_figure_is_one_input_however_many_grades_use_it() -> None:
    labels = [row[0] for row in opened(of_shape("several grades, 1"))["Inputs"].iter_rows(min_row=5, values_only=True)]
    assert labels.count("Employer NI rate") == 1
    assert sum(label.startswith("Addition to pay: ") for label in labels) == 3


@pytest.mark.parametrize("name", [name for name in CONTENTS if name.endswith(" 1")])
def test_no_two_inputs_are_called_the_same(name: str) -> None:
    labels = [row[0] for row in opened(of_shape(name))["Inputs"].iter_rows(min_row=5, values_only=True)]
    assert len(labels) == len(set(labels))


def test_an_input_says_which_lines_it_feeds() -> None:
    house = price_of_file(EXAMPLE.with_name("shared-house.cost.yaml"))
    used = {row[0]: row[6] for row in opened(house)["Inputs"].iter_rows(min_row=5, values_only=True)}
    assert used["Places of the home: Sleep-ins"] == "Sleep-ins"
    assert used["Places of the home: Shared car"] == "Shared car"
    assert used["Pay an hour"] == "Visits by a senior, Travel time, Visits by a senior, Pay for one time, Manager on call and 1 more"


def test_a_price_through_a_change_of_rates_says_its_days_and_what_each_stretch_would_cost() -> None:
    price = of_shape("a year in which rates change, 1")
    rows = list(opened(price, values=True)["Price"].iter_rows(values_only=True))
    assert rows[1][0] == f"The price {price.days_in_words}"
    assert len(price.stretches) > 1
    for days, own in price.stretches:
        assert (str(days), float(own.per_hour.exact), float(own.per_week.exact)) in [row[:3] for row in rows]


def test_a_number_without_an_end_is_shown_to_four_decimals() -> None:
    house = price_of_file(EXAMPLE.with_name("shared-house.cost.yaml"))
    weeks = next(row[2] for row in opened(house)["Price"].iter_rows() if row[0].value == "Price per year")
    assert weeks.number_format == "#,##0.0000"
    assert next(row[2] for row in opened(PRICE)["Price"].iter_rows() if row[0].value == "Price per year").number_format == "General"


@pytest.mark.parametrize("sheet", ["Price", "Cost of care", "Working", "Inputs"])
def test_every_table_prints_as_wide_as_one_page_with_its_headings_on_each(sheet: str) -> None:
    found = opened(of_shape("a hundred and thirty lines, 1"))[sheet]
    assert found.sheet_properties.pageSetUpPr.fitToPage
    assert (found.page_setup.fitToWidth or 1, found.page_setup.fitToHeight) == (1, 0)
    assert found.print_title_rows



def test_a_figure_from_memory_says_so_in_another_colour() -> None:
    row = next(opened(of_shape("a rate from memory, 1"))["Inputs"].iter_rows(min_row=5))
    assert "written from memory: check it" in row[3].value
    assert row[3].font.bold
    assert row[3].font.color.rgb == "FFC55A11"


def test_funders_are_shown_with_what_nobody_pays() -> None:
    price = of_shape("several funders, 1")
    assert price.shares is not None
    rows = [row[:2] for row in opened(price, values=True)["Price"].iter_rows(values_only=True)]
    for payer, part in price.shares.by_payer:
        assert (payer.name, float(part.pounds)) in rows
    assert ("Contingency that nobody pays", float(price.shares.not_paid.pounds)) in rows
    assert ("Does this add to the price of a week?", "Yes") in rows


def test_there_are_seventeen_names_that_try_to_be_formulas() -> None:
    assert len(set(PAYLOADS)) == 17


@pytest.mark.parametrize("payload", PAYLOADS, ids=repr)
def test_a_name_is_text_whatever_it_begins_with(payload: str) -> None:
    renamed = tuple(replace(line, label=payload if line.section is Section.DIRECT else line.label) for line in PRICE.lines)
    price = replace(PRICE, name=payload, lines=renamed, notes=(payload,))
    book = opened(price)
    assert not [cell for cell in cells(book) if cell.data_type == "f" and payload.strip() in cell.value]
    named = [cell for cell in cells(book) if isinstance(cell.value, str) and payload.strip() in cell.value]
    assert named
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in named)


def test_no_name_of_a_cell_can_be_taken_for_a_cell_or_a_word_of_the_spreadsheet() -> None:
    names = set(opened(of_shape("names that begin like formulas, 1")).defined_names)
    assert len(names) > 20
    assert not [name for name in names if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)+", name)]


def test_lines_of_one_name_have_cells_of_their_own() -> None:
    book = opened(of_shape("several grades, 1"))
    places = [name.attr_text for name in book.defined_names.values() if not name.name.startswith("_xlnm")]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("sheet", ["Price", "Cost of care", "Working", "Sharing", "Inputs"])
def test_a_sheet_prints_on_a4_as_wide_as_the_paper(sheet: str) -> None:
    page = opened(PRICE)[sheet]
    assert (page.page_setup.paperSize, page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (9, 1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_area.startswith(f"'{sheet}'!$A$1:")
    assert page.oddFooter.right.text == "Page &P of &N"


def test_the_heading_of_a_long_sheet_stays_in_sight_and_on_every_page() -> None:
    book = opened(PRICE)
    assert {name: (book[name].freeze_panes, book[name].print_title_rows) for name in ("Price", "Working", "Inputs")} == {
        "Price": ("A9", "$8:$8"), "Working": ("A5", "$4:$4"), "Inputs": ("A5", "$4:$4")}


def test_the_same_price_gives_the_same_bytes() -> None:
    assert workbook_of(PRICE) == workbook_of(price_of_file(EXAMPLE))


def test_a_price_of_more_lines_than_a_person_can_read_is_refused() -> None:
    with pytest.raises(InputError, match="501 lines"):
        workbook_of(replace(PRICE, lines=(PRICE.lines[0],) * 501))


def test_a_workbook_is_never_written_over_a_file_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "price.xlsx"
    keep_workbook(b"first", path)
    with pytest.raises(InputError, match="already"):
        keep_workbook(b"second", path)
    assert path.read_bytes() == b"first"
    with pytest.raises(InputError, match=r"ends in \.xlsx"):
        keep_workbook(b"", tmp_path / "price.xls")
