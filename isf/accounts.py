"""The accounts of a fund, and the rules that say which of them may meet in one entry.

These two tables are the ledger's constitution: the store copies them into the database, its guards read them there, and the
documentation prints them. Nothing else decides what an entry may be.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FundKind(StrEnum):
    """What a fund is for."""

    ISF = "isf"
    """An individual service fund: the person's budget, held by the provider and paid by a schedule (or partly by delivery)."""
    SPOT = "spot"
    """A person whose support is paid for as it is delivered; nothing is held."""
    CONTRACT_RESERVE = "contract_reserve"
    """One a block contract: its declared top-slices."""
    PROVIDER = "provider"
    """The provider's own: empty places in shared houses that it carries."""


class Unit(StrEnum):
    PENCE = "pence"
    MINUTES = "minutes"


class OriginKind(StrEnum):
    """What an entry may come from: one thing in the world."""

    BANK_IN = "bank_in"
    BANK_OUT = "bank_out"
    BANK_TRANSFER = "bank_transfer"
    """Between the provider's own bank account and the one that holds people's money."""
    ALLOCATION = "allocation"
    EXTRA = "extra"
    SHARED_COST = "shared_cost"
    OPENING = "opening"
    BILL = "bill"
    """What somebody else asks a fund to pay, checked against the plan and approved."""
    GIVEN_UP = "given_up"
    """Overspend that the provider gives up asking for, approved."""
    CREDIT = "credit"
    """What an instalment asked for and is not owed: of one line of an invoice, approved."""


class Floor(StrEnum):
    """How far an account may fall."""

    NONE = "none"
    BY_REVERSAL_ONLY = "by reversal only"
    """Below nil only when a mistake is put back."""
    NEVER = "never"


@dataclass(frozen=True)
class Role:
    """What an account of a fund stands for. `side` is where it normally stands; `floor` is measured on that side."""

    name: str
    unit: Unit
    side: str
    floor: Floor
    meaning: str


@dataclass(frozen=True)
class Rule:
    """One legal meeting: `debit` receives, `credit` gives, from an origin of that kind (none where `origin` is None).

    `needs` names the row that must stand behind it: a charge, or an agreed conversion.
    """

    debit: str
    credit: str
    unit: Unit
    origin: OriginKind | None
    meaning: str
    needs: str = ""


_PENCE, _MINUTES = Unit.PENCE, Unit.MINUTES

ROLES: tuple[Role, ...] = (
    Role("held", _PENCE, "debit", Floor.NEVER, "this fund’s money in the bank"),
    Role("with_provider", _PENCE, "debit", Floor.NEVER, "collected into the provider’s own account and not yet paid over"),
    Role("due", _PENCE, "debit", Floor.NONE, "promised by one funder and not yet paid"),
    Role("available", _PENCE, "credit", Floor.BY_REVERSAL_ONLY, "what the person may still use"),
    Role("banked", _PENCE, "credit", Floor.BY_REVERSAL_ONLY, "set aside on purpose"),
    Role("owed_provider", _PENCE, "credit", Floor.BY_REVERSAL_ONLY, "support charged and not yet drawn"),
    Role("borne", _PENCE, "debit", Floor.NEVER, "overspend that the provider carries"),
    Role("owed_supplier", _PENCE, "credit", Floor.NEVER, "bills of others that are approved and not yet paid"),
    Role("owed_funder", _PENCE, "credit", Floor.NEVER, "to give back to a funder"),
    Role("owed_person", _PENCE, "credit", Floor.NEVER, "to give back to the person"),
    Role("void_cost", _PENCE, "debit", Floor.NONE, "empty places that the provider pays for"),
    Role("agreed", _MINUTES, "debit", Floor.NONE, "time that was agreed"),
    Role("available", _MINUTES, "credit", Floor.BY_REVERSAL_ONLY, "time that the person may still use"),
    Role("banked", _MINUTES, "credit", Floor.NEVER, "time set aside on purpose"),
    Role("delivered", _MINUTES, "credit", Floor.NONE, "time given"),
    Role("converted", _MINUTES, "credit", Floor.NONE, "banked time turned back into usable pounds"),
)

_A, _X, _S, _O = OriginKind.ALLOCATION, OriginKind.EXTRA, OriginKind.SHARED_COST, OriginKind.OPENING

RULES: tuple[Rule, ...] = (
    # promised
    Rule("due", "available", _PENCE, _A, "an approved allocation"),
    Rule("due", "available", _PENCE, _X, "an extra that the funder has approved"),
    Rule("due", "available", _PENCE, _O, "an allocation brought over at the start"),
    Rule("held", "available", _PENCE, _O, "money brought over where only the money held is known"),
    # received
    Rule("held", "due", _PENCE, OriginKind.BANK_IN, "a funder paid into the account that holds people’s money"),
    Rule("held", "due", _PENCE, _O, "money received before the start"),
    Rule("owed_provider", "due", _PENCE, OriginKind.BANK_IN, "a funder paid the provider for support already charged"),
    Rule("with_provider", "due", _PENCE, OriginKind.BANK_IN, "a contribution collected into the provider’s own account"),
    Rule("held", "with_provider", _PENCE, OriginKind.BANK_TRANSFER, "a collected contribution paid over"),
    Rule("held", "available", _PENCE, OriginKind.BANK_IN, "money put back that was misspent or paid by mistake"),
    # support
    Rule("available", "owed_provider", _PENCE, None, "support given under a schedule"),
    Rule("available", "owed_provider", _PENCE, _S, "a share of support given to several people"),
    Rule("available", "owed_provider", _PENCE, _O, "support given before the start"),
    Rule("due", "owed_provider", _PENCE, None, "support that the funder pays for as it is given", "charge"),
    Rule("due", "owed_provider", _PENCE, _S, "a share of support that the funder pays for as it is given", "charge"),
    Rule("due", "owed_provider", _PENCE, _O, "support given before the start and not yet paid"),
    Rule("borne", "owed_provider", _PENCE, None, "support beyond what was left"),
    Rule("borne", "owed_provider", _PENCE, _S, "a share of support beyond what was left"),
    Rule("borne", "owed_provider", _PENCE, _O, "overspend brought over at the start"),
    Rule("void_cost", "owed_provider", _PENCE, _S, "an empty place that the provider pays for"),
    # overspend put right
    Rule("available", "borne", _PENCE, None, "an approved extra pays for overspend"),
    Rule("owed_provider", "borne", _PENCE, OriginKind.GIVEN_UP, "overspend that the provider gives up"),
    Rule("borne", "due", _PENCE, None, "a contribution that was never paid, carried by the provider"),
    Rule("due", "due", _PENCE, _X, "a contribution that was never paid, taken on by another funder"),
    # bills of others
    Rule("available", "owed_supplier", _PENCE, OriginKind.BILL, "a bill that was approved"),
    Rule("owed_supplier", "held", _PENCE, OriginKind.BANK_OUT, "a bill that was paid"),
    # paid out
    Rule("owed_provider", "held", _PENCE, OriginKind.BANK_OUT, "the provider draws what it has earned"),
    Rule("owed_provider", "held", _PENCE, _O, "what the provider drew before the start"),
    Rule("owed_funder", "held", _PENCE, OriginKind.BANK_OUT, "money given back to a funder"),
    Rule("owed_person", "held", _PENCE, OriginKind.BANK_OUT, "money given back to the person"),
    # set aside, converted, and the end of a fund
    Rule("available", "banked", _PENCE, None, "set aside on purpose"),
    Rule("banked", "available", _PENCE, None, "taken back from what was set aside"),
    Rule("available", "due", _PENCE, None, "a promise that will not be paid, at the end of a fund"),
    Rule("available", "due", _PENCE, OriginKind.CREDIT, "an instalment that was asked for and is credited"),
    Rule("available", "owed_funder", _PENCE, None, "what goes back to a funder, at the end of a fund"),
    Rule("available", "owed_person", _PENCE, None, "what goes back to the person, at the end of a fund"),
    # the same in hours
    Rule("agreed", "available", _MINUTES, _A, "time agreed in an allocation"),
    Rule("agreed", "available", _MINUTES, _X, "time agreed in an extra"),
    Rule("agreed", "available", _MINUTES, _O, "time brought over at the start"),
    Rule("available", "delivered", _MINUTES, None, "time given"),
    Rule("available", "delivered", _MINUTES, _O, "time given before the start"),
    Rule("agreed", "delivered", _MINUTES, None, "time given beyond what was agreed"),
    Rule("available", "banked", _MINUTES, None, "time set aside on purpose"),
    Rule("banked", "available", _MINUTES, None, "time taken back from what was set aside"),
    Rule("banked", "converted", _MINUTES, None, "banked time turned into pounds, by agreement", "conversion"),
    Rule("available", "agreed", _MINUTES, None, "time that will not be given, at the end of a fund"),
)

INSIDE_MONEY_HELD = ("held", "with_provider", "owed_provider", "borne")
"""Money held for the person = held + with_provider − (owed_provider − borne): debits less credits over these four."""
