"""Whether what was brought over comes to what the old books show: every total by itself, and every difference named.

Overspend is a total of its own. Set against what others hold, three funds of £1,126.60, −£84.15 and £402.00 would look like £1,444.45, and
£84.15 of somebody else's money would be missing from the bank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

AVAILABLE, HELD, OVERSPENT, MINUTES = "available", "held", "overspent", "available_minutes"


@dataclass(frozen=True)
class FundBroughtOver:
    """One fund at the end of the day: pence that may be used, that are held and that the provider carries, minutes that may be used, and what
    each payer owes. `by_delivery`: its payers pay for support as it is given, so that what they owe is their unpaid invoices."""

    fund: str
    available: int
    held: int
    overspent: int
    available_minutes: int
    due: Mapping[str, int]
    by_delivery: bool = False


@dataclass(frozen=True)
class Differs:
    """A total that is not met: what the old books show, what was brought over, and the one fund that comes to just the difference."""

    name: str
    stated: int
    found: int
    perhaps: str

    @property
    def gap(self) -> int:
        return self.found - self.stated


@dataclass(frozen=True)
class InvoicesDiffer:
    """A payer of a fund whose unpaid invoices, in pence, are not what the fund has as owed."""

    fund: str
    payer: str
    listed: int
    owed: int


def totals_of(funds: list[FundBroughtOver]) -> dict[str, int]:
    """The totals that are sums over funds."""
    return {"funds": len(funds), **{name: sum(getattr(each, name) for each in funds) for name in (AVAILABLE, HELD, OVERSPENT, MINUTES)}}


def differences(stated: Mapping[str, int], found: Mapping[str, int], funds: list[FundBroughtOver]) -> Iterator[Differs]:
    """Every total that is not met, in the order in which they are stated."""
    for name, total in stated.items():
        if found[name] != total:
            gap = abs(found[name] - total)
            alone = [each.fund for each in funds if name in (AVAILABLE, HELD, OVERSPENT, MINUTES) and getattr(each, name) == gap]
            yield Differs(name, total, found[name], alone[0] if len(alone) == 1 else "")


def invoices_that_differ(listed: Mapping[tuple[str, str], int], funds: list[FundBroughtOver]) -> Iterator[InvoicesDiffer]:
    """In a fund that is paid as support is given, what a payer owes is its unpaid invoices; elsewhere they are within what it promised."""
    owed = {(each.fund, payer): pence for each in funds for payer, pence in each.due.items()}
    by_delivery = {each.fund for each in funds if each.by_delivery}
    for fund, payer in sorted({*listed, *(key for key in owed if key[0] in by_delivery)}):
        of_list, of_fund = listed.get((fund, payer), 0), owed.get((fund, payer), 0)
        if of_list > of_fund or (fund in by_delivery and of_list != of_fund):
            yield InvoicesDiffer(fund, payer, of_list, of_fund)
