"""What people and families who pay a sum a week pay themselves of a month’s support: what stands charged to them, and what is about to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from sqlalchemy import Connection

from basics.people import Funder, FunderKind
from basics.periods import Month
from invoicing.delivery import Charge, Funding
from isf.statement import OwnPart
from ringfence.store import billing

PENCE = Decimal(100)


def own_parts(connection: Connection, month: Month, fundings: Iterable[Funding], planned: Iterable[Charge], funders: Mapping[str, Funder],
              fund_key: str = "") -> dict[str, list[OwnPart]]:
    """By fund, the payers in the order of their names. Whoever is charged nothing of the month has no part of it."""
    weeks = defaultdict[tuple[str, str], set[Decimal]](set)
    for each in fundings:
        if each.weekly and each.kind and each.kind.is_individual and each.period.overlap(month.period):
            weeks[each.fund, each.funder].add(each.weekly.pounds)
    if not weeks:
        return {}
    charged = defaultdict[tuple[str, str], int](int, billing.charged_to_individuals(connection, month.first, month.last, fund_key))
    for one in planned:
        if month.first <= one.support_on <= month.last:
            charged[one.fund, one.funder or ""] += one.pence
    found = defaultdict[str, list[OwnPart]](list)
    for fund, payer in sorted(weeks, key=lambda pair: (pair[0], funders[pair[1]].name)):
        if pence := charged[fund, payer]:
            name = "" if funders[payer].kind is FunderKind.PERSON else funders[payer].name
            found[fund].append(OwnPart(name, pence, _week_pence(weeks[fund, payer])))
    return found


def _week_pence(pounds: set[Decimal]) -> int | None:
    return int(next(iter(pounds)) * PENCE) if len(pounds) == 1 else None
