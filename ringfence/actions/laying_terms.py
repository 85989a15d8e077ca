"""Whether the terms that a file gives for a fund fit how the fund is paid. The terms themselves are kept as facts."""

from __future__ import annotations

from isf.fund_terms import PaidOn
from ringfence.actions.laying import Laying
from ringfence.importing.fact_items_terms import FundTermsItem
from ringfence.store import registry
from ringfence.store.schema import fund, funder

BY_SCHEDULE = "schedule"


def check_fund_terms(laying: Laying) -> None:
    """A funder whose terms are given is there and pays into the fund, in the way that its terms say."""
    if not laying.file.fund_terms:
        return
    first, ways = min(item.from_on for item in laying.file.fund_terms), dict[tuple[str, str], set[str]]()
    for each in registry.fundings(laying.connection):
        if each.period.last >= first:
            ways.setdefault((each.fund, each.funder), set()).add(each.how)
    for n, item in enumerate(laying.file.fund_terms):
        key = registry.fund_key(item.person, item.fund)
        is_there = laying.find(funder, item.funder, ("fund_terms", n, "funder"), "a funder", "Add it under “funders”.") is not None
        if is_there and key in laying.ids(fund, "key"):
            _check(laying, n, item, ways.get((key, item.funder), set()))


def _check(laying: Laying, n: int, item: FundTermsItem, ways: set[str]) -> None:
    if not ways:
        laying.problem(("fund_terms", n, "funder"), f"“{item.funder}” pays nothing into the {item.fund} fund of {item.person}.",
                       "Add its funding under “fundings”, or correct the funder.")
    paid_on = item.resolved.paid_on
    if paid_on is PaidOn.WEEKLY_ACTUALS and BY_SCHEDULE in ways:
        laying.problem(("fund_terms", n, "paid_on"), "is “weekly actuals”, and this funder pays the fund by the instalments of a contract.",
                       "Instalments are a fixed sum: correct one of the two.")
    if paid_on is PaidOn.FIXED_SUM and ways and BY_SCHEDULE not in ways:
        laying.problem(("fund_terms", n, "paid_on"), "is “fixed sum”, and this funder pays the fund for each visit as it is delivered.",
                       "Pay it by schedule, or correct the term.")
