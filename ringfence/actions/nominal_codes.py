"""The codes of the provider’s own accounts, as the apply file gave them. One that is missing is named, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection

from basics.errors import Problem, Refused
from basics.periods import day_in_words
from isf.nominal import Nominal
from ringfence.importing.fact_items_accounts import NominalCode
from ringfence.store import facts


def codes_on(connection: Connection, on: date) -> dict[Nominal, str]:
    """The code that each account has on a day: the last that began by then."""
    return {Nominal(each.said["account"]): each.said["code"] for each in facts.facts(connection, NominalCode.kind) if each.from_on <= on}


def needed(codes: Mapping[Nominal, str], accounts: Iterable[Nominal], on: date) -> dict[Nominal, str]:
    """The codes of these accounts. Raises `Refused` with the name of every account that has none on the day."""
    wanted = list(dict.fromkeys(accounts))
    missing = [each for each in wanted if each not in codes]
    if missing:
        raise Refused("Some accounts have no code, so nothing was written:", [
            Problem(f"nominal_codes, {each}", f"It has no code on {day_in_words(on)}.",
                    f"Apply a file with: nominal_codes: [{{account: {each}, code: …, from: …}}]") for each in missing])
    return {each: codes[each] for each in wanted}
