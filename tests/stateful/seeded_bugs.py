"""Five bugs, chosen before the random months were read again: each is put into Ringfence on purpose, and random months must find it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

import isf.ending
import ringfence.actions.laying_bank
import ringfence.actions.month_end
from invoicing.in_force import InForce
from isf.accounts import Unit
from ringfence.actions.laying import Laying

Seed = Callable[[pytest.MonkeyPatch], None]


def a_penny_of_a_receipt_goes_to_somebody_else(patch: pytest.MonkeyPatch) -> None:
    right = ringfence.actions.laying_bank._joined

    def wrong(parts: Any) -> Any:
        joined = right(parts)
        if len(joined) < 2 or joined[-1].fund == joined[0].fund or joined[0].pence == 1:
            return joined
        first, *others, last = joined
        return [replace(first, pence=first.pence - 1), *others, replace(last, pence=last.pence + 1)]
    patch.setattr(ringfence.actions.laying_bank, "_joined", wrong)


def a_correction_forgets_the_minutes(patch: pytest.MonkeyPatch) -> None:
    right = Laying.put_back_event
    patch.setattr(Laying, "put_back_event",
                  lambda self, back: right(self, back._replace(rows=[row for row in back.rows if row.unit == Unit.PENCE])))


def a_month_locks_though_money_is_not_placed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ringfence.actions.month_end, "unplaced_money", lambda *_: [])


def an_ending_keeps_a_penny_from_a_funder(patch: pytest.MonkeyPatch) -> None:
    right = isf.ending._settled

    def wrong(payer: Any, bears: int) -> Any:
        found = right(payer, bears)
        if payer.is_person or not found.back_pence:
            return found
        return found._replace(back_pence=found.back_pence - 1, released_pence=found.released_pence + 1)
    patch.setattr(isf.ending, "_settled", wrong)


def an_empty_place_raises_the_others_share(patch: pytest.MonkeyPatch) -> None:
    right = InForce.holders
    patch.setattr(InForce, "holders", lambda self, house, day: tuple(filter(None, right(self, house, day))))


BUGS: Mapping[str, Seed] = {seed.__name__: seed for seed in (
    a_penny_of_a_receipt_goes_to_somebody_else, a_correction_forgets_the_minutes, a_month_locks_though_money_is_not_placed,
    an_ending_keeps_a_penny_from_a_funder, an_empty_place_raises_the_others_share)}
