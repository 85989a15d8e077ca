"""Whether what an apply file says of contributions, in its fundings, its splits and its terms of funds, can be followed with what stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from basics.money import Money
from basics.periods import Period
from invoicing.bearing import needs_saying
from invoicing.delivery import BY_DELIVERY, BY_SCHEDULE
from isf.accounts import FundKind
from ringfence.actions.contributions import TO_DO, Contributions
from ringfence.actions.laying import Laying
from ringfence.importing.apply_items import Funding
from ringfence.store import billing, registry


def check_contributions(laying: Laying) -> None:
    """What a file says of contributions, in its fundings, its splits and its terms of funds, can be followed together with what stands."""
    known, file = Contributions(laying.connection), laying.file
    wrong = {n: _unclear(known, each) for n, each in enumerate(file.fundings) if each.weekly and not each.bears_on}
    for n, why in wrong.items():
        if why:
            laying.problem(("fundings", n, "bears_on"), why, "Name the council off whose part it comes.")
    places = [
        *((("fundings", n, "weekly_pounds"), each.person, each.fund) for n, each in enumerate(file.fundings) if each.weekly and not wrong.get(n)),
        *((("fund_terms", n, "contribution"), each.person, each.fund) for n, each in enumerate(file.fund_terms)),
        *((("splits", n, "people", m, "contribution_pounds"), one.person, FundKind.ISF) for n, each in enumerate(file.splits)
          for m, one in enumerate(each.people) if one.contribution_pounds)]
    for place, who, kind in places:
        if why := next(_against(laying.connection, known, registry.fund_key(who, kind)), ""):
            laying.problem(place, why, TO_DO)


def _unclear(known: Contributions, promise: Funding) -> str:
    """Why it is not known off whose part an individual’s sum comes; empty where only one can bear it."""
    mine = next((each for each in known.weekly(registry.fund_key(promise.person, promise.fund))
                 if (each.funder, each.period.first) == (promise.funder, promise.from_on)), None)
    if mine is None:
        return ""
    sharing = [each for each in known.of_fund(mine.fund) if not each.weekly and each.how == BY_DELIVERY and each.period.overlap(mine.period)]
    payers = [each for _, each in sorted({one.funder: one for one in sharing}.items())]
    return "is missing, and the fund is shared by " + " and ".join(each.funder for each in payers) + ". A contribution comes off the council’s " \
        "part only: NHS care is free." if needs_saying(mine, payers) else ""


def _against(connection: Connection, known: Contributions, fund_key: str) -> Iterator[str]:
    """What would be asked of an individual in a fund that the terms of its funder do not let be asked for so."""
    for part in known.weekly(fund_key):
        for bearer in known.bearers(part):
            if why := known.why_not_asked(fund_key, bearer, part.period, known.invoiced_every(part, part.period), as_given=True):
                yield f"does not fit what {part.funder} pays a week: by the terms of {bearer}, {why}."
    if not any(known.is_individual(fund_key, each.funder) and each.how == BY_SCHEDULE for each in known.of_fund(fund_key)):
        return
    for row in billing.all_schedule_parts(connection, fund_key):
        bearer, every = known.contracts[row.contract]
        if row.pence and bearer != row.funder and known.is_individual(fund_key, row.funder):
            days = Period(date.fromisoformat(row.from_on), date.fromisoformat(row.to_on))
            if why := known.why_not_asked(fund_key, bearer, days, every, as_given=False):
                yield (f"does not fit instalment {row.n} of {row.contract}, which asks {row.funder} for {Money(row.pence)}: by the terms of "
                       f"{bearer}, {why}.")
