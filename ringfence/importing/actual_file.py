"""The file of services: which payroll, which rota, and the cost file that each service is priced with (docs/formats/actual.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PureWindowsPath
from typing import Annotated, Protocol, Self, TypeVar

from pydantic import Field, model_validator

from basics.errors import InputError, Problem, Refused, RingfenceError
from basics.money import Money
from basics.periods import Period
from costing.actual_faults import faults
from costing.package import Package
from costing.paid_time import Delivered, PaidTime, Service
from costing.parameter import Parameters
from costing.priced_staff import priced_staffing
from costing.variances import Staffing, in_words
from ringfence.importing import payroll, rota
from ringfence.importing.apply_fields import Pounds
from ringfence.importing.checked import FileModel, Label, checked
from ringfence.importing.costing_package import package_of, read_package
from ringfence.importing.costing_words import says
from ringfence.importing.costing_workbook import ENDING, cost_workbook_of
from ringfence.importing.table_headings import Column
from ringfence.importing.tables import Table, Taken, read_table, table_of
from ringfence.importing.yaml_text import YamlText, read_yaml_text, yaml_text_of

FileName = Annotated[str, Field(min_length=1, max_length=500)]
Row = TypeVar("Row")
Published = Callable[[], Parameters]


class GradeModel(FileModel):
    """A grade as the payroll calls it, and the priced one that it is; without one, the staff of the cost file."""

    paid_as: Label
    priced_as: Label | None = None


class ServiceModel(FileModel):
    """A service, and how it is priced."""

    service: Label
    cost: FileName
    grades: list[GradeModel] = Field(default_factory=list)
    charged: Pounds | None = None
    other_costs: Pounds | None = None


class ActualFile(FileModel):
    """A time, what was paid and delivered in it, and the services to hold it against."""

    name: Label
    first: date
    last: date
    payroll: FileName
    rota: FileName
    services: Annotated[list[ServiceModel], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise says("The time ends before it starts.", "Check first and last.")
        return self


class Files(Protocol):
    """Where the files stand that a file of services names."""

    def table(self, name: str, known: tuple[Column, ...]) -> Table:
        """A table of these columns."""

    def package(self, name: str, published: Published) -> Package:
        """A package, as a cost file describes it."""


@dataclass(frozen=True)
class FilesBeside:
    """Files beside the one that names them."""

    folder: Path

    def table(self, name: str, known: tuple[Column, ...]) -> Table:
        return read_table(self.folder / name, known=known)

    def package(self, name: str, published: Published) -> Package:
        return read_package(self.folder / name, None, published)


@dataclass(frozen=True)
class FilesSent:
    """Files that were sent from a browser, by the last part of their names."""

    contents: Mapping[str, bytes]

    def table(self, name: str, known: tuple[Column, ...]) -> Table:
        return table_of(self._content(name), PureWindowsPath(name).name, known=known)

    def package(self, name: str, published: Published) -> Package:
        content, last = self._content(name), PureWindowsPath(name).name
        read = cost_workbook_of if last.lower().endswith(ENDING) else yaml_text_of
        return package_of(read(content, last), published)

    def _content(self, name: str) -> bytes:
        last = PureWindowsPath(name).name
        if last not in self.contents:
            raise InputError("This file was not sent.", f"Send {last} with the others.", name)
        return self.contents[last]


@dataclass(frozen=True)
class Accounts:
    """What the accounts have of a service for the same time: what it was charged, and what else it cost than support staff; None where the
    file does not say."""

    charged: Money | None = None
    other_costs: Money | None = None


@dataclass(frozen=True)
class ActualRead:
    """What a file of services and the files that it names say; notices ask for nothing. `accounts` are by the name of the service."""

    name: str
    period: Period
    services: tuple[Service, ...]
    payroll: tuple[PaidTime, ...]
    rota: tuple[Delivered, ...]
    notices: tuple[str, ...]
    accounts: Mapping[str, Accounts]


def read_actual(path: Path, published: Published) -> ActualRead:
    """Everything that a file of services names, from beside it. Raises `Refused` with every problem of all its files, or `InputError`."""
    return _read(read_yaml_text(path), FilesBeside(path.parent), published)


def actual_of(content: bytes, name: str, sent: Mapping[str, bytes], published: Published) -> ActualRead:
    """The same for a file of services that was sent, with the files that it names."""
    return _read(yaml_text_of(content, name), FilesSent(sent), published)


def _read(text: YamlText, files: Files, published: Published) -> ActualRead:
    file = checked(text, ActualFile)
    reading = _Reading(text, file, files, published)
    services = tuple(reading.services())
    paid = reading.rows("payroll", file.payroll, payroll.COLUMNS, payroll.payroll_in)
    given = reading.rows("rota", file.rota, rota.COLUMNS, lambda table: rota.rota_in(table, Period(file.first, file.last)))
    problems = reading.problems
    if not problems and paid and given:
        problems = faults(services, paid.rows, given.rows)
    if problems or not paid or not given:
        raise Refused(f"{text.name} was not taken:", dict.fromkeys(problems))
    accounts = {each.service: Accounts(each.charged, each.other_costs) for each in file.services}
    return ActualRead(file.name, Period(file.first, file.last), services, paid.rows, given.rows, (*paid.notices, *given.notices), accounts)


@dataclass
class _Reading:
    text: YamlText
    file: ActualFile
    files: Files
    published: Published
    problems: list[Problem] = field(default_factory=list)

    def rows(self, key: str, name: str, columns: tuple[Column, ...], read: Callable[[Table], Taken[Row]]) -> Taken[Row] | None:
        """The rows of a table; None, and a problem, where it cannot be taken or has none."""
        try:
            taken = read(self.files.table(name, columns))
        except RingfenceError as error:
            self.problems += error.problems
            return None
        self.problems += taken.problems
        if not taken.rows and not taken.problems:
            self.problems.append(Problem(self.text.where((key,)), f"{taken.name} has no rows.", "Add them, or name another file."))
        return taken

    def services(self) -> Iterator[Service]:
        names = Counter(model.service for model in self.file.services)
        for n, model in enumerate(self.file.services):
            if names[model.service] > 1:
                self.problems.append(Problem(self.text.where(("services", n, "service")), "Two services have this name.",
                                             "Give each a name of its own."))
            try:
                priced = priced_staffing(self.files.package(model.cost, self.published), self.file.first)
            except RingfenceError as error:
                where = self.text.where(("services", n, "cost"))
                self.problems += (Problem(f"{where}: {each.place}" if each.place else where, each.what, each.to_do) for each in error.problems)
                continue
            yield Service(model.service, priced, self._grades(n, model, priced))

    def _grades(self, n: int, model: ServiceModel, priced: Staffing) -> Mapping[str, str]:
        """Priced grades go by their own names; the file says what else the payroll calls them."""
        found = {grade: grade for grade in priced.own}
        for m, grade in enumerate(model.grades):
            as_priced = grade.priced_as or ""
            if as_priced not in priced.own:
                self.problems.append(Problem(
                    self.text.where(("services", n, "grades", m)), f"{model.cost} does not price “{as_priced}”." if as_priced else
                    f"Every hour in {model.cost} is given by a grade with a name.", f"It prices {in_words(priced.own)}: write priced_as."))
            found[grade.paid_as] = as_priced
        return found
