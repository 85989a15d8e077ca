"""Which of our figures goes into which cell of a council's own workbook: a mapping that is written once and kept.

A price is mapped as docs/workbook.md says, monitoring figures as docs/formats/monitoring.md does; both are cells of the same kind.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Generic, Literal, Self, TypeVar

from pydantic import Field, model_validator

from ringfence.importing.checked import FileModel, Label, read_checked
from ringfence.importing.costing_words import says
from ringfence.importing.yaml_text import YamlText

Sheet = Annotated[str, Field(min_length=1, max_length=31)]
CellName = Annotated[str, Field(pattern=r"^[A-Z]{1,3}[1-9][0-9]{0,6}$")]
ColumnName = Annotated[str, Field(pattern=r"^[A-Z]{1,3}$")]
RowNumber = Annotated[int, Field(ge=1, le=1_048_576)]
WhichFigure = Literal["name", "on", "price_per_hour", "price_per_week", "price_per_year", "hours_per_week", "weeks_per_year", "rounding"]
OfFunds = Literal[
    "hours_commissioned", "hours_delivered", "times_commissioned", "times_delivered", "pounds_promised", "pounds_paid_in", "pounds_used",
    "pounds_left", "pounds_held", "surplus"]
OfAPerson = Literal["person", "name", "fund"] | OfFunds
OfMonitoring = Literal["of", "from", "to", "people"] | OfFunds


class TheirCell(FileModel):
    """One cell of theirs."""

    cell: CellName
    sheet: Sheet | None = None


Cell = TypeVar("Cell", bound=TheirCell)


class TheirCells(FileModel, Generic[Cell]):
    """The cells of one council's workbook that are filled in."""

    sheet: Sheet | None = None
    cells: list[Cell] = Field(min_length=1, max_length=1000)

    @model_validator(mode="after")
    def _sheets(self) -> Self:
        if self.sheet is None and any(each.sheet is None for each in self.cells):
            raise says("Some cells do not say on which sheet they are.", "Add sheet at the top, for all that say none.")
        places = [(each.sheet or self.sheet, each.cell) for each in self.cells]
        if len(set(places)) < len(places):
            raise says("A cell is given twice.", "Keep one of the two.")
        return self


class CellModel(TheirCell):
    """One cell of theirs, and what of a price goes into it."""

    figure: WhichFigure | None = None
    line: Label | None = None
    section: Label | None = None
    row: Label | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if sum(each is not None for each in (self.figure, self.line, self.section, self.row)) != 1:
            raise says("A cell holds one thing: a figure, a line, a section or a row.", "Give one of figure, line, section and row.")
        return self


class MappingFile(TheirCells[CellModel]):
    """The cells that a price fills in."""


class MonitoringCell(TheirCell):
    """One cell of theirs, and the figure that goes into it: of all together, or of one person's funds."""

    figure: OfMonitoring
    person: Label | None = None

    @model_validator(mode="after")
    def _of_a_person(self) -> Self:
        if self.person is not None and self.figure in ("of", "from", "to", "people"):
            raise says(f"“{self.figure}” is of all together, and not of one person.", "Take person out, or ask for another figure.")
        return self


class PeopleRows(FileModel):
    """A list of people in their workbook: a row for each fund, and what goes into which column."""

    sheet: Sheet | None = None
    first_row: RowNumber
    last_row: RowNumber
    columns: dict[ColumnName, OfAPerson] = Field(min_length=1, max_length=50)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last_row < self.first_row:
            raise says("The last row is before the first.", "Check the two.")
        return self


class MonitoringMapping(TheirCells[MonitoringCell]):
    """The cells that monitoring figures fill in."""

    people: PeopleRows | None = None

    @model_validator(mode="after")
    def _sheet_of_people(self) -> Self:
        if self.people is not None and self.people.sheet is None and self.sheet is None:
            raise says("The list of people does not say on which sheet it is.", "Add sheet at the top, or to people.")
        return self


def read_mapping(path: Path) -> tuple[MappingFile, YamlText]:
    """The mapping of a price, and where each cell stands in it. Raises `Refused` with every problem of the file, or `InputError`."""
    return read_checked(path, MappingFile)


def read_monitoring_mapping(path: Path) -> tuple[MonitoringMapping, YamlText]:
    """The mapping of monitoring figures, likewise."""
    return read_checked(path, MonitoringMapping)
