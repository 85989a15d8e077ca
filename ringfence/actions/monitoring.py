"""Contract monitoring and returns: hours and pounds of funds over some days, for each and together; and numbers and pounds at a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from basics.errors import InputError
from basics.periods import Period, financial_year
from isf.accounts import FundKind, OriginKind, Unit
from isf.holding import Way
from isf.monitoring import Figures, Group, Of, group, grouped
from isf.plan import Measure, PlanLine, planned
from isf.support_reasons import Client, Reason
from isf.surplus import surplus
from ringfence.actions.acting import Acting
from ringfence.actions.surpluses import funds_with_cash
from ringfence.importing.fact_items_holding import Holding
from ringfence.importing.fact_items_support import SupportReason
from ringfence.store import billing, facts, listing, months, registry
from ringfence.store.returns import Moved, moved

LONGEST_DAYS = 366 * 7
EVERYBODY = "everybody"


@dataclass(frozen=True)
class Monitored:
    """The figures of the funds of a contract, of a funder, of one fund or of everybody over some days; `all` is them together."""

    of: str
    period: Period
    funds: tuple[Of, ...]

    @property
    def all(self) -> Group:
        return group("All", self.funds)


@dataclass(frozen=True)
class Returns:
    """Everybody who has a budget on a day, by way of holding, by client group, and by whether it is a carer’s own. Pounds are of the financial
    year up to that day. `beside` are the funds that nobody pays into on that day and that still hold money."""

    of: str
    on: date
    whole: Group
    by_way: tuple[Group, ...]
    by_reason: tuple[Group, ...]
    by_client: tuple[Group, ...]
    beside: Group


def monitoring(acting: Acting, period: Period, of: str = "") -> Monitored:
    """What a council asks about some days. `of` names a contract, a fund or a funder; without it, everybody.

    Raises `InputError` for days to come, or where nothing is called so.
    """
    _over(acting, period)
    with acting.reading() as connection:
        asked = _asked(connection, of, period)
        return Monitored(of or EVERYBODY, period, tuple(each for each in _figures(connection, period) if each.fund in asked))


def returns(acting: Acting, on: date | None = None, of: str = "") -> Returns:
    """Numbers and pounds at a day. Raises `InputError` as `monitoring` does."""
    day = on or acting.today
    year = Period(financial_year(day).first, day)
    _over(acting, year)
    with acting.reading() as connection:
        named, today = _asked(connection, of), _asked(connection, of, Period(day, day))
        found = [each for each in _figures(connection, year) if each.fund in named]
        ways = {each.fund: Way(each.said["way"]) for each in _holding_on(connection, Holding.kind, day)}
        said = {each.said["person"]: each.said for each in _holding_on(connection, SupportReason.kind, day)}
    counted = [each for each in found if each.fund in today]
    clients = {person: Client(each["client"]) for person, each in said.items() if "client" in each}
    return Returns(
        of or EVERYBODY, day, group("All", counted), grouped(counted, lambda each: ways.get(each.fund), list(Way)),
        grouped(counted, lambda each: Reason(said[each.person]["reason"]) if each.person in said else None, list(Reason)),
        grouped(counted, lambda each: clients.get(each.person), list(Client)),
        group("Beside them", [each for each in found if each.fund not in today and each.figures.held_pence]))


def _over(acting: Acting, period: Period) -> None:
    if period.last > acting.today or period.days > LONGEST_DAYS:
        raise InputError(f"The days {period} are still to come, or more than seven years.", "Give days that are over, seven years at most.")


def _asked(connection: Connection, of: str, days: Period | None = None) -> set[str]:
    """The funds of a contract, a fund or a funder (of everybody, where none is named) into which somebody pays on any of these days.

    Raises `InputError` where nothing is called that.
    """
    ours = [paid for paid in listing.every_promise(connection) if not of or of in (paid.contract, paid.fund, paid.reference)]
    if not ours and of:
        raise InputError(f"There is no contract, fund or funder “{of[:80]}” that pays for anybody here.",
                         "Give a contract like SG-2026, a fund like isf-P001, or the reference of a funder.")
    return {paid.fund for paid in ours if days is None or (paid.from_on <= days.last.isoformat() and paid.to_on >= days.first.isoformat())}


def _figures(connection: Connection, period: Period) -> list[Of]:
    """Every person’s fund with its figures, by its key."""
    during, until = _by_fund(moved(connection, period.first, period.last)), _by_fund(moved(connection, date.min, period.last))
    plans = defaultdict[str, list[PlanLine]](list)
    for line in registry.plan_lines(connection):
        plans[line.fund].append(line)
    times: dict[str, int] = {}
    for row in billing.charged_by_month(connection, period.first, period.last):
        times[row.fund] = times.get(row.fund, 0) + int(row.times)
    saved = _surpluses(connection, period.last)
    return [Of(row.key, row.person, row.name, _of_fund(during.get(row.key, []), until.get(row.key, []), plans[row.key], times.get(row.key, 0), period,
                                                      saved(row.key, row.kind)))
            for row in listing.every_fund(connection) if row.person]


def _of_fund(during: Sequence[Moved], until: Sequence[Moved], plan: Iterable[PlanLine], times: int, period: Period, saved: int | None) -> Figures:
    lines, brought, put_back = list(plan), OriginKind.OPENING, OriginKind.BANK_IN
    return Figures(
        commissioned_minutes=sum(planned(each, period) for each in lines if each.measure is Measure.MINUTES),
        delivered_minutes=_between(during, ("available", "agreed"), ("delivered",), Unit.MINUTES),
        commissioned_times=sum(planned(each, period) for each in lines if each.measure is Measure.TIMES), delivered_times=times,
        promised_pence=_between(during, ("due",), ("available",)) + _between(during, ("held",), ("available",), origin=brought),
        paid_in_pence=(_between(during, ("held", "with_provider", "owed_provider"), ("due",))
                       + _between(during, ("held",), ("available",), origin=brought)),
        used_pence=(_between(during, ("available", "borne", "due"), ("owed_provider",)) + _between(during, ("available",), ("owed_supplier",))
                    - _between(during, ("held",), ("available",), origin=put_back)),
        left_pence=-_balance(until, "available") - _balance(until, "borne"), held_pence=_balance(until, "held") + _balance(until, "with_provider"),
        surplus_pence=saved)


def _surpluses(connection: Connection, last: date) -> Callable[[str, str], int | None]:
    """The surplus of a fund on a day, as far as support is charged by then: not known before any month is closed, and nil where support is paid
    for as it is given."""
    closed, cash = months.closed_through(connection), funds_with_cash(connection, last)

    def of(fund: str, kind: str) -> int | None:
        if kind != FundKind.ISF or fund not in cash:
            return 0
        return None if closed is None else surplus(cash[fund].held(min(last, closed.last)))
    return of


def _between(found: Iterable[Moved], debits: Sequence[str], credits: Sequence[str], unit: Unit = Unit.PENCE, *, origin: str = "") -> int:
    """What moved between these roles (out of one kind of origin, where it is named), less what moved back: a reversal is the same with its
    accounts exchanged."""
    return sum(each.amount * ((each.roles[0] in debits and each.roles[1] in credits) - (each.roles[1] in debits and each.roles[0] in credits))
               for each in found if each.unit == unit and origin in ("", each.origin))


def _balance(found: Iterable[Moved], role: str) -> int:
    return sum(each.amount * ((each.roles[0] == role) - (each.roles[1] == role)) for each in found if each.unit == Unit.PENCE)


def _by_fund(found: Iterable[Moved]) -> Mapping[str, list[Moved]]:
    by_fund = defaultdict[str, list[Moved]](list)
    for each in found:
        by_fund[each.fund].append(each)
    return by_fund


def _holding_on(connection: Connection, kind: str, on: date) -> list[facts.Fact]:
    """The facts of a kind that hold on a day, the latest last."""
    return [each for each in facts.facts(connection, kind) if each.from_on <= on and each.said.get("until", on.isoformat()) >= on.isoformat()]
