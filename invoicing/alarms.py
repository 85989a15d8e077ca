"""What somebody should look at before a visit is charged, though nothing stops the charge."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from basics.periods import Month, minutes_in_words
from invoicing.delivery import GIVEN, Delivery
from invoicing.finding import Cause, Finding
from invoicing.not_given import Absence
from invoicing.shared_visit import place_of

LONGER_THAN_PLANNED_MINUTES = 60
LONGEST_VISIT_MINUTES = 16 * 60
MONTHS_OF_A_PATTERN = 3
"""A payer who was asked in so many months on end, and then was not, is worth a question."""


def alarms(visits: Iterable[Sequence[Delivery]], absences: Iterable[Absence] = (),
           stands_for_all: Callable[[Delivery], bool] = lambda _: False) -> list[Finding]:
    """Carers who did not come, visits much longer than planned or than a working day, and support for somebody who was away. Each item is
    one carer's visit. `stands_for_all` says whether, by its terms, a row that came alone is the record of every planned carer."""
    found: list[Finding] = []
    away: dict[str, list[Absence]] = {}
    for absence in absences:
        away.setdefault(absence.person, []).append(absence)
    needing_several: dict[str, list[Delivery]] = {}
    for rows in visits:
        first = True
        for row in rows:
            if row.outcome != GIVEN:
                continue
            if first:
                found += _too_long(row)
                first = False
            if away:
                found += _given_while_away(row, away.get(row.subject, ()))
            if row.planned_carers > 1:
                needing_several.setdefault(row.visit, []).append(row)
    for several in needing_several.values():
        found += _carers_missing(several, stands_for_all)
    return found


def _too_long(row: Delivery) -> list[Finding]:
    over = row.actual_minutes - row.planned_minutes if row.planned_minutes else 0
    if over <= LONGER_THAN_PLANNED_MINUTES and row.actual_minutes <= LONGEST_VISIT_MINUTES:
        return []
    place = place_of(row, f"for {row.subject}")
    found = []
    if over > LONGER_THAN_PLANNED_MINUTES:
        cause = Cause(f"The visit took more than {minutes_in_words(LONGER_THAN_PLANNED_MINUTES)} longer than planned: "
                      "{total} minutes over.", "Check the times and the reason.", row.happened_on)
        found.append(Finding(cause, row.visit, place, over))
    if row.actual_minutes > LONGEST_VISIT_MINUTES:
        cause = Cause(f"The visit lasted over {minutes_in_words(LONGEST_VISIT_MINUTES)}.", "Check the start and the end.", row.happened_on)
        found.append(Finding(cause, row.visit, place))
    return found


def _given_while_away(row: Delivery, absences: Iterable[Absence]) -> list[Finding]:
    return [Finding(Cause(f"Support was recorded for {row.subject}, who is away: {absence.because}.",
                          "Correct the visit, or the days of the absence.", row.happened_on), row.visit, place_of(row, f"for {row.subject}"))
            for absence in absences if row.happened_on in absence]


def _carers_missing(rows: list[Delivery], stands_for_all: Callable[[Delivery], bool]) -> list[Finding]:
    """One finding a visit, however many people shared it: the carer who did not come is missing once."""
    by_subject: dict[str, list[Delivery]] = {}
    for row in rows:
        by_subject.setdefault(row.subject, []).append(row)
    missing = []
    for subject, theirs in sorted(by_subject.items()):
        planned, came = max(row.planned_carers for row in theirs), len({row.carer for row in theirs})
        if planned > came and not (came == 1 and stands_for_all(theirs[0])):
            minutes = (planned - came) * max(row.planned_minutes for row in theirs)
            cause = Cause(f"planned {planned} carers, {came} came: {{total}} staff minutes not given.",
                          "Check the rota, and tell whoever agreed the plan.", min(row.happened_on for row in theirs))
            missing.append(Finding(cause, theirs[0].visit, f"visit {theirs[0].visit}, for {subject}", minutes))
    return missing[:1]


def patterns_stopped(asked: Mapping[tuple[str, str], Collection[Month]], last: Month) -> list[tuple[str, str]]:
    """Those (a fund and its payer) that were asked every month before `last`, `MONTHS_OF_A_PATTERN` of them, and not in it."""
    before, month = [], last
    for _ in range(MONTHS_OF_A_PATTERN):
        month = month.previous
        before.append(month)
    return sorted(key for key, months in asked.items() if last not in months and all(month in months for month in before))
