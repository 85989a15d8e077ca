"""The methods side by side, and one method in full: hours beside pounds, and what changes for whom."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import streamlit as st
from markupsafe import Markup

from basics.errors import InputError
from basics.money import Money
from basics.periods import DAYS_PER_WEEK
from basics.rounding import half_away_from_nil
from basics.share import share
from isf.split import Allocation
from ringfence.actions.splitting import MethodTried, SplitShown, together
from ringfence.screens.components.failure import show_problems
from ringfence.screens.components.frame import words
from ringfence.screens.components.markup import NOT_KNOWN, hours, how_many, pounds
from ringfence.screens.components.paged import in_address, paged
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as text
from ringfence.screens.split_beside import columns_beside, damped_in_words
from ringfence.screens.split_case import METHODS, Case

LARGEST_FIRST, BY_NAME, AS_GIVEN = "The largest change first", "Name", "The order of the file"
NOTHING = Markup("")


def side_by_side(case: Case) -> None:
    """Every method that can be done, a column each, and in words why the others cannot."""
    methods = case.can_be_done
    shown = [each.shown for each in methods if each.shown]
    columns = [text("Person"), figures(_hours_heading(shown[0])), *([figures(case.before)] if case.compares else []),
               *(figures(METHODS[each.method]) for each in methods)]
    by_person = [{part.person: part for part in each.split.allocations} for each in shown]

    def row(person: str) -> Row:
        parts = [of[person] for of in by_person]
        return [_who(case, parts[0]), hours(parts[0].minutes), *_before(case, case.asked.last_year.get(person)),
                *(_changed(case, part.pence, case.asked.last_year.get(person)) for part in parts)]

    def draw(people: Sequence[str]) -> None:
        table("The methods side by side, pounds for the year", columns, [*map(row, people), *_kept_rows(case, shown)],
              total=_total(case, shown))
    paged(_in_order(case, shown), "page", draw)
    words(_adds_up(case, shown))
    if len(methods) < len(case.tried):
        words(_why_not(case), quiet=True)


def by_no_method(case: Case) -> None:
    """Why none of the methods can be done."""
    show_problems(InputError("It cannot be divided by any method.", "Put right what is said below."))
    words(_why_not(case))


def _why_not(case: Case) -> Markup:
    return Markup("<br>").join(Markup("<strong>{}</strong> cannot be done: {}").format(METHODS[tried.method], case.why_it_cannot(tried))
                               for tried in case.tried if tried.shown is None)


def one_method(case: Case, tried: MethodTried) -> None:
    """One method: each person's year and week, hours beside pounds, and the difference."""
    shown = tried.shown
    assert shown is not None
    weeks = weekly(shown, case.days)
    beside = list(columns_beside(case, shown))
    parts = {part.person: part for part in shown.split.allocations}
    columns = [text("Person"), figures(_hours_heading(shown)), *([figures(case.before)] if case.compares else []),
               figures(METHODS[tried.method]), figures("A week"), *([figures("Difference")] if case.compares else []),
               *(figures(each.heading) for each in beside)]

    def row(person: str) -> Row:
        part, was = parts[person], case.asked.last_year.get(person)
        return [_who(case, part), hours(part.minutes), *_before(case, was), pounds(part.pence), pounds(weeks[person]),
                *_difference(case, part.pence, was), *(each.of_person(part) for each in beside)]

    def kept(name: str, pence: int) -> Row:
        was = case.asked.kept_last_year.get(name)
        return [_kept(name), NOTHING, *_before(case, was), pounds(pence), pounds(weeks[f"kept back {name}"]), *_difference(case, pence, was),
                *(each.of_top_slice(pence) for each in beside)]

    total: Row = [_everybody(case, shown), hours(together(part.minutes for part in shown.split.allocations)),
                  *_before(case, shown.last_year_pence), pounds(_sum(shown)), pounds(sum(weeks.values())),
                  *_difference(case, _sum(shown), shown.last_year_pence), *(each.total for each in beside)]

    def draw(people: Sequence[str]) -> None:
        table(f"Split {METHODS[tried.method].lower()}", columns,
              [*map(row, people), *(kept(name, pence) for name, pence in shown.split.top_slices)], total=total)
    paged(_in_order(case, [shown]), "page", draw)
    words(_adds_up(case, [shown]))
    damped_in_words(case, shown)
    if shown.warning:
        words(f"Look at this: {shown.warning}")
    words(f"A week is the year’s sum × 7 ÷ {case.days} days, for comparing: what is paid goes by the contract’s instalments.", quiet=True)


def weekly(shown: SplitShown, days: int) -> dict[str, int]:
    """Everybody's part of the contract's week in pence: the week's sum is rounded once, and the parts add to it."""
    parts = {part.person: part.pence for part in shown.split.allocations} | {f"kept back {name}": pence for name, pence in shown.split.top_slices}
    return share(half_away_from_nil(Fraction(shown.split.contract_pence * DAYS_PER_WEEK, days)), parts)


def signed(pence: int) -> str:
    """“+£120.00”, “-£8.40”, “no change”."""
    return f"+{Money(pence)}" if pence > 0 else str(Money(pence)) if pence else "no change"


def order_box(case: Case) -> None:
    """In which order the people stand; a change leads back to the first page."""
    st.selectbox("In the order of", _orders(case), **in_address("sort"))


def _orders(case: Case) -> list[str]:
    return [LARGEST_FIRST, BY_NAME] if case.compares else [AS_GIVEN, BY_NAME]


def _in_order(case: Case, shown: Sequence[SplitShown]) -> list[str]:
    chosen = st.session_state.get("sort") or _orders(case)[0]
    people = [part.person for part in shown[0].split.allocations]
    if chosen == AS_GIVEN:
        return people
    by_name = sorted(people, key=lambda person: (case.called(person).casefold(), person))
    return sorted(by_name, key=lambda person: -_largest(shown, person)) if chosen == LARGEST_FIRST else by_name


def _largest(shown: Sequence[SplitShown], person: str) -> int:
    """The largest change that any of the methods makes for somebody; somebody whose last year is not known stands first."""
    changes = [each.difference_pence(person) for each in shown]
    return max((abs(change) for change in changes if change is not None), default=10**15)


def _hours_heading(shown: SplitShown) -> str:
    return f"Hours {shown.hours_are}" if shown.hours_are else "Hours"


def _who(case: Case, part: Allocation) -> Markup:
    if part.empty_place:
        return Markup('{}<span class="rf-under">Empty place: nobody else’s share goes up for it</span>').format(part.person)
    called = case.called(part.person)
    return Markup("{}{}").format(called, Markup('<span class="rf-under">{}</span>').format(part.person) if called != part.person else "")


def _kept(name: str) -> Markup:
    return Markup('{}<span class="rf-under">Kept back first, for all</span>').format(name)


def _kept_rows(case: Case, shown: Sequence[SplitShown]) -> list[Row]:
    names = [name for name, _ in shown[0].split.top_slices]
    return [[_kept(name), NOTHING, *_before(case, case.asked.kept_last_year.get(name)),
             *(_changed(case, dict(each.split.top_slices)[name], case.asked.kept_last_year.get(name)) for each in shown)] for name in names]


def _before(case: Case, pence: int | None) -> list[Markup]:
    return [pounds(pence)] if case.compares else []


def _changed(case: Case, pence: int, was: int | None) -> Markup:
    """The sum, and under it what that is more or less than before."""
    under = Markup('<span class="rf-under">{}</span>').format("Not known" if was is None else signed(pence - was)) if case.compares else NOTHING
    return Markup("{}{}").format(pounds(pence), under)


def _difference(case: Case, pence: int, was: int | None) -> list[Markup]:
    if not case.compares:
        return []
    return [NOT_KNOWN if was is None else Markup('<span class="rf-figure">{}</span>').format(signed(pence - was))]


def _total(case: Case, shown: Sequence[SplitShown]) -> Row:
    was = shown[0].last_year_pence
    return [_everybody(case, shown[0]), hours(together(part.minutes for part in shown[0].split.allocations)), *_before(case, was),
            *(_changed(case, _sum(each), was) for each in shown)]


def _sum(shown: SplitShown) -> int:
    """Added up from what is drawn, so that the total is itself a check."""
    return shown.split.top_sliced_pence + sum(part.pence for part in shown.split.allocations)


def _everybody(case: Case, shown: SplitShown) -> str:
    kept, empty = len(shown.split.top_slices), len(case.empty_places)
    return "All " + " and ".join(filter(None, (
        how_many(case.people, "person", "people"), how_many(empty, "empty place") if empty else "",
        f"{how_many(kept, 'sum')} kept back" if kept else "")))


def _adds_up(case: Case, shown: Sequence[SplitShown]) -> str:
    """The control total: both numbers, and that they are the same."""
    first = shown[0].split
    which = "Each column adds" if len(shown) > 1 else "It adds"
    people = how_many(len(first.allocations), "person or place" if case.empty_places else "person",
                      "people and places" if case.empty_places else "people")
    kept = f", and {Money(first.top_sliced_pence)} kept back" if first.top_sliced_pence else ", and nothing is kept back"
    return (f"{which} to the contract to the penny: {people}, {Money(first.allocated_pence)}{kept}: "
            f"{Money(_sum(shown[0]))} of {Money(first.contract_pence)}.")

