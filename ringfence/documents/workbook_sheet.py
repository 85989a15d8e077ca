"""A sheet of a workbook that we write: text that can never become a formula, formulas with their values, protection and paper.

Every number goes in as text of its decimal, and a formula with the value that it has now, so that a preview shows the price and not £0.00.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell

from costing.figure import Unit

A4 = 9
MARGINS_INCHES = (0.4, 0.4, 0.4, 0.6)
"""Left, right, top and, with room for the footer, bottom: a long price is to take few pages."""
DECIMALS = 4
"""Of a number that has no last one, such as the weeks of a year."""
LINE_POINTS, LETTERS_PER_WIDTH = 13, 1.05
YELLOW, GREY, AMBER = "#FFF2CC", "#E7E6E6", "#C55A11"
MONEY = "[$£-809]#,##0.00"
TENTHS_OF_PERCENT = '0.0"%"'

_NUMBERS = {Unit.PERCENT: '0.0###"%"', Unit.PENCE: '0"p"'}
_AS_KEPT = Context(prec=17, rounding=ROUND_HALF_EVEN)  # what a spreadsheet's number can hold


class Look:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": "Arial", "font_size": 10, "valign": "top", **properties})
        return self._made[key]


class Sheet:
    """One protected sheet, written row by row from the top. `row` is the next row, counted from nil."""

    def __init__(self, book: Workbook, look: Look, name: str, widths: tuple[int, ...]) -> None:
        self.name, self.look, self.row = name, look, 0
        self._widths, self._quoted = widths, f"'{name}'" if " " in name else name
        self._lines: dict[int, int] = {}  # of rows with text of more than one line: not every program finds their height itself
        self.sheet = book.add_worksheet(name)
        self.sheet.protect("", {"format_columns": True, "format_rows": True})
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def text(self, column: int, text: str, **look: Any) -> None:
        """Text as text, whatever it begins with; quoted, so that editing the cell does not make a formula of it either."""
        lines = -(-len(text) // int(self._widths[column] * LETTERS_PER_WIDTH))
        if lines > self._lines.get(self.row, 1):
            self._lines[self.row] = lines
            self.sheet.set_row(self.row, lines * LINE_POINTS)
        self.sheet.write_string(self.row, column, text, self.look(text_wrap=True, quote_prefix=True, **look))

    def number(self, column: int, value: Fraction, **look: Any) -> None:
        self.sheet.write_number(self.row, column, as_kept(value), self.look(**look))

    def formula(self, column: int, formula: str, value: Fraction | str, **look: Any) -> None:
        """A formula without its equals sign, and what it comes to."""
        kept = value if isinstance(value, str) else as_kept(value)
        self.sheet.write_formula(self.row, column, f"={formula}", self.look(**look), kept)

    def headings(self, *texts: str, numbers: range) -> None:
        """The heading of a table; `numbers` are the columns that hold some."""
        for column, text in enumerate(texts):
            where = {"align": "right"} if column in numbers else {"align": "left", "indent": min(column, 1)}
            self.text(column, text, bold=True, bg_color=GREY, bottom=1, **where)
        self.row += 1

    def title(self, title: str, below: str) -> None:
        """What the sheet is, in its first two rows, and an empty one."""
        self.sheet.write_string(self.row, 0, title, self.look(bold=True, font_size=14, quote_prefix=True))
        self.sheet.write_string(self.row + 1, 0, below, self.look(quote_prefix=True))
        self.row += 3

    def cell(self, column: int, row: int | None = None) -> str:
        """“B7”: a cell of this sheet; of the row that is being written, unless another is named."""
        return str(xl_rowcol_to_cell(self.row if row is None else row, column))

    def place(self, column: int, row: int | None = None) -> str:
        """“Sharing!$B$7”: the same for formulas of any sheet."""
        return f"{self._quoted}!{xl_rowcol_to_cell(self.row if row is None else row, column, True, True)}"

    def span(self, column: int, first: int, last: int) -> str:
        """“Sharing!$B$7:$B$9”: cells of a column, from row to row."""
        return f"{self.place(column, first)}:{xl_rowcol_to_cell(last, column, True, True)}"

    def freeze_here(self) -> None:
        """What is above the next row stays in sight, and is printed at the top of every page."""
        self.sheet.freeze_panes(self.row, 0)
        self.sheet.repeat_rows(self.row - 1)

    def finish(self, wide: bool) -> None:
        """Set it up for paper: A4, as wide as one page, with its name and page number. `wide` is landscape."""
        self.sheet.set_paper(A4)
        if wide:
            self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(*MARGINS_INCHES)
        self.sheet.print_area(0, 0, max(self.row - 1, 0), len(self._widths) - 1)
        self.sheet.set_footer("&L&A&RPage &P of &N")


def as_kept(value: Fraction) -> Decimal:
    """A value with the digits that a spreadsheet keeps."""
    return _AS_KEPT.divide(Decimal(value.numerator), Decimal(value.denominator))


def number_format(unit: Unit, value: Fraction) -> str:
    """How a number of this unit is shown: pounds to the penny or finer, percentages; others as they are, or to four decimals as everywhere."""
    if unit.value.startswith("pounds"):
        return f"{MONEY}##"
    return _NUMBERS.get(unit, "General" if (value * 10**DECIMALS).denominator == 1 else f"#,##0.{'0' * DECIMALS}")
