"""What an apply file puts right of visits: their charges are reversed, what an invoice asked for them is credited, and what stands instead
is charged anew with the next month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from basics.money import Money
from basics.periods import LONDON, day_in_words
from invoicing.delivery import CANCELLED
from invoicing.finding import Stopped
from invoicing.in_force import InForce
from ringfence.actions.contribution_kept import visits_instead
from ringfence.actions.importing import delivery_columns
from ringfence.actions.laying import Laying, PutBack
from ringfence.actions.laying_corrections import refuse_below_nil
from ringfence.actions.overspend_freed import free_overspend, pay_again
from ringfence.actions.priced_anew import Visit, banded_otherwise, not_priced
from ringfence.importing.fact_items_visits import VisitCorrected, VisitsRepriced
from ringfence.importing.tables import Table
from ringfence.importing.visits import COLUMNS, visits_in
from ringfence.store import credits, deliveries, facts, ledger, registry
from ringfence.store.schema import house, person

Place = tuple[str | int, ...]


def lay_visits(laying: Laying) -> None:
    """Before the facts are kept: a correction that is known already was done, and is not done again."""
    for n, corrected in enumerate(laying.file.visits_corrected):
        if _is_new(laying, corrected):
            _correct(laying, ("visits_corrected", n), corrected)
    _reprice(laying, [(n, each) for n, each in enumerate(laying.file.visits_repriced) if _is_new(laying, each)])
    _keep_contributions(laying)
    pay_again(laying)


def _keep_contributions(laying: Laying) -> None:
    """Where a visit is taken back that carried a part of a contribution, others of its month are charged anew, and carry it."""
    for n, item in enumerate(laying.file.visits_corrected):
        gone = credits.rows_of_visit(laying.connection, item.visit, item.carer) if item.now is None and _is_new(laying, item) else []
        taken = [row.id for row in gone if row.id in laying.visits.withdrawn]
        for visit, carer in visits_instead(laying.connection, taken, laying.visits.withdrawn) if taken else ():
            rows = credits.rows_of_visit(laying.connection, visit, carer)
            why = f"the contribution stays what it is without visit {item.visit}: {item.words}"
            _put_right(laying, ("visits_corrected", n), rows, [_as_it_was(laying, row) for row in rows], why)


def _is_new(laying: Laying, item: VisitCorrected | VisitsRepriced) -> bool:
    return not facts.every_version(laying.connection, item.kind, item.reference)


def _correct(laying: Laying, place: Place, item: VisitCorrected) -> None:
    rows = credits.rows_of_visit(laying.connection, item.visit, item.carer)
    if not rows:
        laying.problem((*place, "visit"), f"No visit {item.visit} of carer {item.carer} stands here.",
                       "Check the two references: they are those of the file that brought it.")
        return
    instead = [] if item.now is None else _changed(laying, place, rows, item.now.cells)
    if instead is None:
        return
    _put_right(laying, place, rows, instead, item.words)


def _reprice(laying: Laying, items: Sequence[tuple[int, VisitsRepriced]]) -> None:
    """Every visit that one of these prices changes, once: a band and the rate of the rest may both have changed."""
    found, whys = dict[Visit, Place](), defaultdict[Visit, list[str]](list)
    for n, item in sorted(items, key=lambda pair: pair[1].reference):
        for each in sorted(_priced_otherwise(laying, ("visits_repriced", n), item)):
            found.setdefault(each, ("visits_repriced", n))
            whys[each].append(item.words)
    left = not_priced(laying.connection, registry.agreements(laying.connection), found) if found else {}
    for (visit, carer), why_not in sorted(left.items()):
        laying.said.append(f"Not charged anew: visit {visit} of carer {carer} stays at its old price. {why_not.what} {why_not.to_do} Then give it "
                           "under a correction with another reference.")
    for each, place in found.items():
        if each not in left:
            rows = credits.rows_of_visit(laying.connection, *each)
            _put_right(laying, place, rows, [_as_it_was(laying, row) for row in rows], "; ".join(dict.fromkeys(whys[each])))


def _priced_otherwise(laying: Laying, place: Place, item: VisitsRepriced) -> set[Visit]:
    """The visits that stand at another price of the rate than the one in force, by their charge or in what a band leaves of their time."""
    agreements = registry.agreements(laying.connection)
    in_force, otherwise = InForce(agreements), set[Visit]()
    for row in credits.priced_otherwise(laying.connection, item.rate, item.from_on.isoformat(), item.to_on.isoformat()):
        day = date.fromisoformat(row.support_on)
        try:
            price = in_force.rate(item.rate, day)
        except Stopped:
            laying.problem((*place, "rate"), f"“{item.rate}” does not have one price on {day_in_words(day)}, when support was given at it.",
                           "Give the price of that day under “rates” first.")
            return set()
        if price.pounds != Decimal(row.pounds):
            otherwise.add((row.visit, row.carer))
    banded = banded_otherwise(laying.connection, agreements, item.rate, item.from_on, item.to_on, laying.batch_id)
    otherwise.update(each.visit for each in banded)
    if not otherwise:
        laying.problem((*place, "rate"), f"Nothing from {day_in_words(item.from_on)} to {day_in_words(item.to_on)} is charged at another price "
                       f"of {item.rate} than the one in force.", "Give the new price under “rates” first, or check the days.")
    return otherwise


def _put_right(laying: Laying, place: Place, rows: Sequence[Row[Any]], instead: list[tuple[Any, ...]], why: str) -> None:
    """Take these rows back, with all that was charged for them, and put others in their place."""
    right = laying.visits
    if taken := {row.id for row in rows} & set(right.withdrawn):
        twice = next(row.visit for row in rows if row.id in taken)
        laying.problem(place, f"Visit {twice} is put right twice in this file.", "Leave one of the two out.")
        return
    right.withdrawn += [row.id for row in rows]
    right.instead += instead
    charged = credits.charges_of(laying.connection, [row.id for row in rows])
    for each in charged:
        if entries := ledger.of_event(laying.connection, each.key):
            free_overspend(laying, entries, why)
            laying.put_back_event(PutBack(each.key, entries, why))
            refuse_below_nil(laying, place, entries)
        if each.invoice_id is not None:
            right.credited.setdefault(each.invoice_id, []).append((each.n, each.invoiced_pence, why))
    _say(laying, rows, charged, why)


def _say(laying: Laying, rows: Sequence[Row[Any]], charged: Sequence[Row[Any]], why: str) -> None:
    first, pence = rows[0], sum(each.pence for each in charged)
    what = f"the charge of {Money(pence)} for visit {first.visit} of carer {first.carer} is put back" if charged else (
        f"visit {first.visit} of carer {first.carer} is put right; it was not charged yet")
    numbers = sorted({each.number for each in charged if each.number is not None})
    credit = f", and credited on invoice {', '.join(map(str, numbers))}" if numbers else ""
    laying.said.append(f"New: {what}{credit}: {why}")


def _changed(laying: Laying, place: Place, rows: Sequence[Row[Any]], cells: dict[str, str]) -> list[tuple[Any, ...]] | None:
    """The rows with other cells, read as a file of visits is; None where one of them cannot be, or all are as they are kept, which is told."""
    table = Table("visits", "", [(row.row_number, _cells(laying, row, cells)) for row in rows])
    read = visits_in(table)
    for problem in read.problems:
        laying.problem((*place, "now", *([problem.place.rsplit(", ", 1)[-1]] if problem.place.count(", ") > 1 else [])), problem.what, problem.to_do)
    if not read.problems and all(new.content == row.content for new, row in zip(read.rows, rows, strict=True)):
        laying.problem((*place, "now"), f"says what is kept of visit {rows[0].visit} already.", "Take the item out.")
        return None
    return None if read.problems else [
        delivery_columns(new, row.version + 1, row.person_id, row.house_id, laying.batch_id) for new, row in zip(read.rows, rows, strict=True)]


def _cells(laying: Laying, row: Row[Any], cells: dict[str, str]) -> tuple[str, ...]:
    """A delivery as it would stand in the file of visits, with these cells in place of its own."""
    kept = {"visit": row.visit, "carer": row.carer, "person": _subject(laying, row), "support": row.support_type, "date": row.happened_on,
            "start": _clock(row.starts_at), "end": _clock(row.ends_at), "planned_minutes": str(row.planned_minutes),
            "planned_carers": str(row.planned_carers), "outcome": row.outcome, "reason": row.reason,
            "cancelled_at": _moment(row.content)}
    said = kept | cells
    if said["outcome"] != CANCELLED and "cancelled_at" not in cells:  # a visit that was given after all was not cancelled
        said["cancelled_at"] = ""
    return tuple(said[column.name] for column in COLUMNS)


def _subject(laying: Laying, row: Row[Any]) -> str:
    table, number = (person, row.person_id) if row.person_id is not None else (house, row.house_id)
    return next(reference for reference, known in laying.ids(table).items() if known == number)


def _clock(instant: str) -> str:
    """An instant as a time on the wall where it was, with its offset: the hour that comes twice in October is certain."""
    return datetime.fromisoformat(instant).astimezone(LONDON).timetz().isoformat("minutes") if instant else ""


def _moment(content: str) -> str:
    """When a visit was cancelled, as a file of visits says it."""
    instant = deliveries.cancelled_at(content)
    return instant.astimezone(LONDON).isoformat(" ") if instant else ""


def _as_it_was(laying: Laying, row: Row[Any]) -> tuple[Any, ...]:
    """The same support again, as a version of its own: it is charged anew."""
    return (row.key, row.version + 1, *tuple(row)[3:-1], laying.batch_id)
