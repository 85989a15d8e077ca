"""What an apply file puts back: all the entries of one event, before anything else of the file is posted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from basics.money import Money
from basics.periods import day_in_words, minutes_in_words
from isf.accounts import ROLES, Floor, OriginKind, Unit
from isf.money_held import EventKind
from ringfence.actions.laying import Laying, PutBack
from ringfence.actions.laying_facts import fund_of_fact
from ringfence.actions.overspend_freed import extra_of, freed_by
from ringfence.importing.fact_items_corrections import Correction
from ringfence.store import facts, ledger, overspend

Place = tuple[str | int, ...]
BANK = (OriginKind.BANK_IN, OriginKind.BANK_OUT, OriginKind.BANK_TRANSFER)
SUPPORT = "Put the visit right under “visits_corrected”: what an invoice asked for it is credited."
OTHER_WAYS: Mapping[str, str] = {
    EventKind.VISIT: SUPPORT, EventKind.VOID: SUPPORT,
    EventKind.ALLOCATION: "What was divided among people is put right by a new version of the split.",
    EventKind.RESPLIT: "What was divided among people is put right by a new version of the split.",
    EventKind.CREDITED: "A credit note is never taken back: promise the money anew with “extras”, where the funder agrees.",
    EventKind.DRAW: "Draw less next time: what the provider took stays among what it has earned.",
    EventKind.REVERSAL: "Post what is right anew: what was put back stays put back.",
    EventKind.SET_ASIDE: "Take it back with “taken_back”, and set aside what is right.",
    EventKind.TAKEN_BACK: "Set it aside again with “set_aside”.",
    EventKind.CONVERSION: "Set aside again what is to be kept, with “set_aside”.",
    EventKind.ENDING: "What a settlement gave back is promised anew with “extras”, where the funder agrees.",
}
"""What is not put back as a whole, by the kind of its event, and what to do instead."""
NEVER_BELOW = {(role.name, role.unit) for role in ROLES if role.floor is Floor.NEVER}


def lay_corrections(laying: Laying) -> None:
    for n, wanted in enumerate(laying.file.corrections):
        _correct(laying, ("corrections", n), wanted)


def _correct(laying: Laying, place: Place, wanted: Correction) -> None:
    fund = fund_of_fact(laying, wanted)
    if fund is None or _is_done(laying, place, wanted) or _is_put_back(laying, place, wanted, fund):
        return
    rows = ledger.of_event(laying.connection, wanted.entry)
    if not rows or rows[0].fund != fund:
        laying.problem((*place, "entry"), f"“{wanted.entry}” is not posted in {fund}.", f"Find its name with: ringfence entries {fund}")
        return
    if to_do := OTHER_WAYS.get(rows[0].event_kind, ""):
        laying.problem((*place, "entry"), f"“{wanted.entry}” is not put back by a correction.", to_do)
        return
    if _is_settled(laying, rows):
        laying.problem((*place, "entry"), f"“{wanted.entry}” brought what {fund} was settled with since: nothing of it is left to be put back.",
                       "What nobody used of it went back, or was released, with the settlement. What was used and will not be paid goes "
                       "under “never_paid”.")
        return
    rows = [*rows, *overspend.paid_again_by(laying.connection, wanted.entry)]
    laying.put_back_event(PutBack(wanted.entry, rows, wanted.words))
    refuse_below_nil(laying, (*place, "entry"), rows)
    laying.origins += [_found_again(row, wanted.correction) for row in rows if row.origin_kind in BANK]


def _is_done(laying: Laying, place: Place, wanted: Correction) -> bool:
    """Whether this correction was made before; a problem where it was one of something else."""
    before = [each.said["entry"] for each in facts.every_version(laying.connection, Correction.kind, wanted.correction) if each.approved_by]
    if before and wanted.entry not in before:
        laying.problem((*place, "entry"), f"is “{wanted.entry}”, and {wanted.correction} put “{before[0]}” back.",
                       "Give each correction a reference of its own.")
    return bool(before)


def _is_put_back(laying: Laying, place: Place, wanted: Correction, fund: str) -> bool:
    """Whether it is put back already, in the books or by this file, which is a problem."""
    if ledger.is_event(laying.connection, ledger.REVERSAL + wanted.entry):
        made = [each for each in facts.facts(laying.connection, Correction.kind, fund) if each.approved_by and each.said["entry"] == wanted.entry]
        by = [f", since {day_in_words(each.from_on)} ({each.reference})" for each in made]
        laying.problem((*place, "entry"), f"“{wanted.entry}” is put back already{''.join(by[:1])}.",
                       f"Take the item out. What was posted anew has a name of its own: ringfence entries {fund}")
    elif wanted.entry in {each.event_key for each in laying.put_back}:
        laying.problem((*place, "entry"), f"“{wanted.entry}” is put back twice in this file.", "Leave one of the two out.")
    elif wanted.entry in {extra_of(row.event_key) for row in freed_by(laying)}:
        laying.problem((*place, "entry"), f"“{wanted.entry}” paid for support that this file takes back.",
                       "Make it two files: first the support, and once that is approved, this correction.")
    else:
        return False
    return True


def _is_settled(laying: Laying, rows: Sequence[Row[Any]]) -> bool:
    """Whether these entries brought something to use, and a settlement has shared it out since."""
    brought = [row for row in rows if row.credit_role == "available"]
    return bool(brought) and overspend.is_settled_since(laying.connection, brought[0].fund_id, brought[0].id)


def _found_again(row: Row[Any], correction: str) -> ledger.Origin:
    """The money of a bank line that is put back: it has happened, so it is there to be placed, and stops its month until it is."""
    return ledger.Origin(f"{row.origin_key}{ledger.PUT_BACK}{correction}", OriginKind(row.origin_kind), Unit.PENCE, row.amount,
                         date.fromisoformat(row.happened_on), row.origin_words, ())


def refuse_below_nil(laying: Laying, place: Place, rows: Sequence[Row[Any]]) -> None:
    """A mistake is not put back where what it brought is gone: the database would refuse it too."""
    touched = {(row.fund, row.unit, role, funder) for row in rows
               for role, funder in ((row.debit_role, row.debit_funder), (row.credit_role, row.credit_funder))}
    for fund, unit, role, funder in sorted(touched, key=str):
        short = -laying.balances[fund, unit, role, funder]
        if short > 0 and (role, unit) in NEVER_BELOW:
            how_much = Money(short) if unit == Unit.PENCE else minutes_in_words(short)
            laying.problem(place, f"would leave “{role}” of {fund} {how_much} below nil: what it brought was used since.",
                           "Put back first what was paid out of it, or what paid for it.")
