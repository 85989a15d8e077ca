"""What the provider’s own accounts have a code for: the accounts of the month end, and those of the funds."""

from __future__ import annotations

from enum import StrEnum


class Nominal(StrEnum):
    """One account of the provider’s general ledger. Which code it has there is the provider’s to say."""

    INCOME = "support income"
    RESTRICTED = "restricted income"
    ACCRUED = "accrued income"
    LIABILITY = "contract liability"
    AGENT = "held as agent"
    AHEAD = "invoiced ahead"
    EARLY = "paid before invoice"
    BACK = "money owed back"
    DOUBTFUL = "doubtful debt"
    PROVISION = "provision for doubtful debt"
    BANK = "bank"
    HELD = "held"
    WITH_PROVIDER = "with_provider"
    DUE = "due"
    AVAILABLE = "available"
    BANKED = "banked"
    OWED_PROVIDER = "owed_provider"
    BORNE = "borne"
    OWED_SUPPLIER = "owed_supplier"
    OWED_FUNDER = "owed_funder"
    OWED_PERSON = "owed_person"
    VOID_COST = "void_cost"


MEANINGS: dict[Nominal, str] = {
    Nominal.INCOME: "income from support",
    Nominal.RESTRICTED: "restricted income: what is unspent under a contract that is restricted",
    Nominal.ACCRUED: "support given and not yet invoiced",
    Nominal.LIABILITY: "paid for and not yet given",
    Nominal.AGENT: "paid and not yet spent, where the provider is agent",
    Nominal.AHEAD: "invoiced, not yet paid and not yet given: set against debtors",
    Nominal.EARLY: "paid before it was invoiced: taken out of debtors",
    Nominal.BACK: "to give back to a funder or a person",
    Nominal.DOUBTFUL: "the cost of debt that may not be paid",
    Nominal.PROVISION: "what is provided for it",
    Nominal.BANK: "the bank account that receipts stand in",
}
"""What each account of the month end stands for. Those of the funds are told in `isf.accounts`."""
