"""Which of our figures goes into which cell of a council's own workbook: a mapping that is written once and kept (docs/workbook.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ringfence.importing.checked import FileModel, Label, read_checked
from ringfence.importing.costing_words import says
from ringfence.importing.yaml_text import YamlText

Sheet = Annotated[str, Field(min_length=1, max_length=31)]
CellName = Annotated[str, Field(pattern=r"^[A-Z]{1,3}[1-9][0-9]{0,6}$")]
WhichFigure = Literal["name", "on", "price_per_hour", "price_per_week", "price_per_year", "hours_per_week", "weeks_per_year", "rounding"]


class CellModel(FileModel):
    """One cell of theirs, and what of ours goes into it."""

    cell: CellName
    sheet: Sheet | None = None
    figure: WhichFigure | None = None
    line: Label | None = None
    section: Label | None = None
    row: Label | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if sum(each is not None for each in (self.figure, self.line, self.section, self.row)) != 1:
            raise says("A cell holds one thing: a figure, a line, a section or a row.", "Give one of figure, line, section and row.")
        return self


class MappingFile(FileModel):
    """The cells of one council's workbook that a price fills in."""

    sheet: Sheet | None = None
    cells: list[CellModel] = Field(min_length=1, max_length=1000)

    @model_validator(mode="after")
    def _sheets(self) -> Self:
        if self.sheet is None and any(each.sheet is None for each in self.cells):
            raise says("Some cells do not say on which sheet they are.", "Add sheet at the top, for all that say none.")
        places = [(each.sheet or self.sheet, each.cell) for each in self.cells]
        if len(set(places)) < len(places):
            raise says("A cell is given twice.", "Keep one of the two.")
        return self


def read_mapping(path: Path) -> tuple[MappingFile, YamlText]:
    """The mapping, and where each cell stands in it. Raises `Refused` with every problem of the file, or `InputError`."""
    return read_checked(path, MappingFile)
