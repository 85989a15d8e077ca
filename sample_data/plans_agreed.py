"""How the first seven people of each area came to their plans: needs in points, budgets, outcomes, and what the council answered.

The table of points is invented, like everybody here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from basics.money import Money
from sample_data.block import Block, Section
from sample_data.names import COUNCIL
from sample_data.people import IN_HOSPITAL, MOVES, OVERSPENT
from sample_data.plans import MOVES_ON, YEAR_FROM, Cast, Supported, yearly

TABLE, POUNDS_PER_POINT = "northshore-points", Decimal(250)
ASSESSED, TOLD, WRITTEN, AGREED, SHARED = date(2026, 1, 26), date(2026, 2, 6), date(2026, 3, 2), date(2026, 3, 20), date(2026, 3, 24)
REVIEWED, REVIEWED_AGAIN = date(2026, 5, 20), date(2026, 9, 9)
HALF_POINTS = 2
LAST_TOLD = IN_HOSPITAL

OUTCOMES = ("I choose who supports me and when", "I get out and about every week", "I stay well and safe at home")
_RISKS = "Support may not come when somebody is ill"
_COVER = "Our on-call team covers the same day, and the family is rung"
_FOUND = {
    0: ("met", "Chooses the rota every month with the team leader"), 1: ("partly met", "Went out in five weeks of eight"),
    2: ("met", "Two meetings with the family, and both said so"), MOVES: ("partly met", "Wants a flat, and has seen two"),
    OVERSPENT: ("met", "Chose all three carers, and asks for more time"), IN_HOSPITAL: ("not met", "In hospital from 6 July to 23 August"),
}
"""What reviews found of the first outcome, by the person’s place in the area; of the one who is left out nobody has found anything yet."""


def plans_agreed(cast: Cast, blocks: Iterable[Block]) -> Section:
    """The plans with which the year began, as they were agreed in March."""
    told = _told(cast)
    budgets = {fund: pence for block in blocks for fund, pence in _budgets(block).items()}
    return {
        "points_tables": [{"points_table": TABLE, "from": date(2025, 4, 1), "source": "Northshore Council, invented for this sample", "per": "year",
                           "pounds_per_point": POUNDS_PER_POINT, "at_least": Money(500_00)}],
        "assessments": [{"assessment": f"AS-{one.reference}", "person": one.reference, "on": ASSESSED, "points": _points(one), "points_table": TABLE,
                         "indicative_on": TOLD, "indicative_pounds": Money(_indicative_pence(one)), "words": "Assessed with the social worker"}
                        for one in told],
        "support_plans": [{"support_plan": f"SP-{one.reference}", "person": one.reference, "on": WRITTEN, "words": _about(one), "risks": [_RISKS],
                           "if_it_breaks_down": _COVER} for one in told],
        "outcomes": [{"outcome": f"OC-{one.reference}-{n}", "person": one.reference, "from": YEAR_FROM, "words": words}
                     for one in told for n, words in enumerate(OUTCOMES[:2 if one.position % 2 else 3], start=1)],
        "plan_answers": [{"plan_answer": f"PA-{one.reference}", "person": one.reference, "funder": COUNCIL, "about": "plan", "from": YEAR_FROM,
                          "answer": "agreed", "on": AGREED, "shared_on": SHARED, "asked_pounds": Money(_indicative_pence(one)),
                          "agreed_pounds": Money(budgets[one.reference]), "words": "The plan meets the needs that were assessed"} for one in told],
        "final_budgets": [{"final_budget": f"FB-{one.reference}", "person": one.reference, "funder": COUNCIL, "pounds": Money(budgets[one.reference]),
                           "per": "year", "on": AGREED, "words": "The council’s letter of 20 March 2026"} for one in told],
    }


def first_findings(cast: Cast) -> Section:
    """What the first reviews found of the first outcomes."""
    return {"outcomes_found": [_finding(one, REVIEWED) for one in _told(cast) if one.position in _FOUND and one.position != IN_HOSPITAL]}


def later_findings(cast: Cast) -> Section:
    """What was found after the summer of the person who was in hospital."""
    return {"outcomes_found": [_finding(one, REVIEWED_AGAIN) for one in _told(cast) if one.position == IN_HOSPITAL]}


def answers_of_september(cast: Cast) -> Section:
    """The council agrees that somebody moves, and has a panel look at the person who uses more than was planned."""
    return {"plan_answers": [
        *({**_change(one, MOVES_ON), "answer": "agreed", "on": date(2026, 8, 28), "shared_on": date(2026, 9, 1),
           "agreed_pounds": Money(yearly(one.pence_per_week)), "words": "A flat of one’s own is what the plan is for"}
          for one in cast.people if one.position == MOVES),
        *({**_change(one, date(2026, 10, 1)), "answer": "referred to a panel", "on": date(2026, 9, 9),
           "asked_pounds": Money(2 * yearly(one.pence_per_week)), "words": "More than the social work team may agree"}
          for one in cast.people if one.position == OVERSPENT)]}


def _finding(one: Supported, on: date) -> Section:
    found, words = _FOUND[one.position]
    return {"outcome_found": f"OF-{one.reference}-1", "person": one.reference, "outcome": f"OC-{one.reference}-1", "on": on, "found": found,
            "evidence": words}


def _change(one: Supported, counts_from: date) -> Section:
    return {"plan_answer": f"PA-{one.reference}-2", "person": one.reference, "funder": COUNCIL, "about": "change", "from": counts_from}


def _told(cast: Cast) -> list[Supported]:
    return [one for one in cast.people if one.position <= LAST_TOLD]


def _points(one: Supported) -> Decimal:
    """Points in halves, as many as the plan comes to by the table."""
    return Decimal(round(HALF_POINTS * Decimal(yearly(one.pence_per_week)) / 100 / POUNDS_PER_POINT)) / HALF_POINTS


def _indicative_pence(one: Supported) -> int:
    return int(_points(one) * POUNDS_PER_POINT * 100)


def _budgets(block: Block) -> dict[str, int]:
    """What each fund is promised in the year, by person."""
    found: dict[str, int] = {}
    for (fund, _), pence in block.allocations.items():
        kind, _, person = fund.partition("-")
        if kind == "isf":
            found[person] = found.get(person, 0) + pence
    return found


def _about(one: Supported) -> str:
    if one.position <= MOVES:
        return "A home shared with others, and a life of one’s own outside it"
    return "A life at home with the support that it takes"
