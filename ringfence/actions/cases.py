"""Do our figures agree with others'? The published cases, each run afresh, ours beside theirs. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from basics.money import Money
from ringfence.actions import cases_of_billing, cases_of_funds, cases_of_money, cases_of_prices
from ringfence.importing.cases_file import CaseFile, FigureModel, Kind, case_names, read_case

Found = dict[str, Decimal]

RUNS: Mapping[Kind, Callable[[CaseFile], Found]] = {
    "price": cases_of_prices.of_price,
    "peer_house": cases_of_prices.peer_house,
    "overheads": cases_of_prices.overheads,
    "employer_costs": cases_of_prices.employer_costs,
    "holiday": cases_of_prices.holiday,
    "sleep_in": cases_of_prices.sleep_in,
    "sick_pay": cases_of_prices.sick_pay,
    "regulator_fee": cases_of_prices.regulator_fee,
    "uplift": cases_of_prices.uplift,
    "visit_bands": cases_of_prices.visit_bands,
    "charged_time": cases_of_prices.charged_time,
    "public_holidays": cases_of_prices.public_holidays,
    "split": cases_of_money.divided,
    "layers": cases_of_money.layers,
    "ratio": cases_of_money.ratio,
    "shares": cases_of_money.shares,
    "weekly_sums": cases_of_money.of_weekly_sums,
    "part_month": cases_of_money.part_month,
    "late_payment": cases_of_money.paid_late,
    "surplus": cases_of_funds.of_surplus,
    "contribution": cases_of_billing.contribution,
}
"""What gives our figures for a kind of case. One that needs whole books is run by the tests of the month end, and by nothing here."""

WHOLE_BOOKS = "This needs whole books, a month that is run and its statements. The tests of Ringfence run it, and nothing else."
NOT_AS_STATED = "Ours is not what the case says it is, so rely on no figure of this kind before it is known why"
INFERRED, DIFFERS, NOT_RUN, BY_HAND = "Inferred", "Differs", "Not run here", "worked out by hand"
UNITS = {"percent": "%", "hours": " hours", "minutes": " minutes", "people": " people", "carers": " carers", "rows": " rows"}


@dataclass(frozen=True)
class Compared:
    """A figure of theirs and ours for it. `ours` is None where it is not run here, and `not_run` then says why."""

    figure: str
    unit: str
    basis: str
    theirs: Decimal
    ours: Decimal | None
    stated: Decimal
    because: str
    not_run: str

    @property
    def difference(self) -> Decimal | None:
        """How much ours is above theirs."""
        return None if self.ours is None else self.ours - self.theirs

    @property
    def is_as_stated(self) -> bool:
        """Whether ours is theirs, or differs by exactly what the case says. Nothing is found wrong of what is not run here."""
        return self.difference in (None, self.stated)

    @property
    def difference_in_words(self) -> str:
        """“none”, “+£622.72”, “-£3.35”; why there is none where ours is not run."""
        if self.difference is None:
            return "not run here"
        return f"{'+' if self.difference > 0 else ''}{self.in_words(self.difference)}" if self.difference else "none"

    def in_words(self, value: Decimal) -> str:
        """A value with its unit: “£15.19”, “13.5%”, “22.75 hours”."""
        if self.unit in UNITS:
            return f"{value.normalize():f}{UNITS[self.unit]}"
        money = str(Money.parse(f"{value:.2f}"))
        return money if self.unit == "pounds" else money.replace("£", "A$")


@dataclass(frozen=True)
class Case:
    """A case with what came of it. The first figure stands for it in a list."""

    about: CaseFile
    figures: tuple[Compared, ...]

    @property
    def first(self) -> Compared:
        return self.figures[0]

    @property
    def is_as_stated(self) -> bool:
        return all(each.is_as_stated for each in self.figures)

    @property
    def is_run(self) -> bool:
        """Whether it is run here at all."""
        return self.about.kind in RUNS

    @property
    def differing(self) -> tuple[Compared, ...]:
        """The figures in which ours is another, stated or not."""
        return tuple(each for each in self.figures if each.difference)

    @property
    def is_published(self) -> bool:
        """Whether others published any of it; if not, every figure was worked out by hand to be checked by hand."""
        return any(each.basis != BY_HAND for each in self.figures)

    @property
    def marks(self) -> tuple[str, ...]:
        """What a reader must know before they rely on it."""
        held = ((INFERRED, self.about.inferred), (DIFFERS, self.differing), (NOT_RUN, not self.is_run))
        return tuple(mark for mark, holds in held if holds)

    @property
    def in_short(self) -> str:
        """What came of it, in a sentence."""
        run = [each for each in self.figures if each.ours is not None]
        if not run:
            return WHOLE_BOOKS
        if not self.is_as_stated:
            return f"{NOT_AS_STATED}."
        if self.differing:
            return f"{len(run) - len(self.differing)} of {len(run)} figures agree. The others differ, each for a reason that the case gives."
        return {1: "Its one figure agrees.", 2: "Both figures agree."}.get(len(run), f"All {len(run)} figures agree.")


def in_short(found: Sequence[Case]) -> str:
    """How many cases agree, in a sentence or two."""
    run = [each for each in found if each.is_run]
    agree = sum(not each.differing for each in run)
    others = "" if agree == len(run) else f" In {len(run) - agree} some figures differ, and the case says why."
    wrong = [each.about.name for each in run if not each.is_as_stated]
    if wrong:
        others = f" {NOT_AS_STATED}: {', '.join(wrong)}."
    cases = f"{len(run)} case{' was' if len(run) == 1 else 's were'} run afresh"
    return f"{cases}, and {agree} agree{'s' if agree == 1 else ''} in every figure.{others}"


def every_case() -> tuple[Case, ...]:
    """Every published case, run. Raises `Refused` where the file of one cannot be read."""
    return tuple(map(one_case, case_names()))


def one_case(name: str) -> Case:
    """One case, run. Raises `NotKnown` where there is none of this name."""
    about = read_case(name)
    run = RUNS.get(about.kind)
    found = run(about) if run else {}
    return Case(about, tuple(_compared(about, each, found if run else None) for each in about.figures))


def _compared(about: CaseFile, figure: FigureModel, found: Found | None) -> Compared:
    not_run = WHOLE_BOOKS if found is None else ""
    ours = None if found is None else sum((found[name] for name in figure.beside), Decimal(0))
    return Compared(figure.figure, figure.unit or about.unit, figure.basis or about.basis, figure.theirs, ours, figure.differs,
                    figure.because or "", not_run)
