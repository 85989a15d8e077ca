"""In which way each budget is held, and why each person is supported, as councils ask in their returns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sample_data.block import Section
from sample_data.people import PAYS_ALONE
from sample_data.plans import SPOT_FROM, YEAR_FROM, Cast, Supported

_REASONS = ("Learning disability support", "Learning disability support", "Mental health support", "Physical support: Personal care support",
            "Learning disability support", "Support with memory and cognition")


def held_as(people: Iterable[Supported]) -> Section:
    """A block contract’s funds are held by the provider. Of those paid for by delivery, one in four has a brother or sister who holds it, with a
    written agreement, and the council keeps the others; who pays alone has no budget to hold."""
    people = [one for one in people if one.position != PAYS_ALONE]
    family = [one for one in people if one.fund == "spot" and one.position % 4 == 0]
    return {
        "holdings": [{"person": one.reference, "fund": one.fund, "from": _from(one), **_way(one, one in family)} for one in people],
        "agreements": [{"agreement": f"AG-{one.reference}", "person": one.reference, "fund": one.fund, "who": _holder(one), "basis": "consent",
                        "may_decide": ["who supports them and when", "purchases up to £100.00"], "from": _from(one),
                        "words": "Signed by both on 26 January 2026, with the team leader as witness"} for one in family],
    }


def reasons(cast: Cast) -> Section:
    """The client group of each person."""
    return {"support_reasons": [
        {"person": one.reference, "from": SPOT_FROM, "reason": _REASONS[one.position % len(_REASONS)], "client": "service user"}
        for one in cast.people]}


def _from(one: Supported) -> date:
    return YEAR_FROM if one.fund == "isf" else SPOT_FROM


def _way(one: Supported, by_family: bool) -> Section:
    if by_family:
        return {"way": "friend or relative", "held_by": _holder(one)}
    return {"way": "provider" if one.fund == "isf" else "council-managed"}


def _holder(one: Supported) -> str:
    return f"{('Ruth', 'Tom')[one.position // 4 % 2]} {one.last_name}, {('sister', 'brother')[one.position // 4 % 2]}"
