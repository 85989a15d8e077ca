"""Plans and steps for another program: amounts as text with two decimals, null where a figure is not known; whole minutes or times."""

from __future__ import annotations

from datetime import date

from basics.money import Money
from isf.position import FundPosition
from isf.steps import Standing
from ringfence.actions.plan_facts import AnswerAt, Final, Needs, OutcomeAt, PlanFacts
from ringfence.actions.plans import ChangeAt, FundPlan, PersonPlan
from ringfence.actions.steps import PersonSteps

Data = dict[str, object]


def plan_as_data(found: PersonPlan) -> Data:
    """One person’s plan."""
    return {
        "person": found.person, "name": found.name, "on": found.on.isoformat(), "steps": _standing(found.standing), **_facts(found.facts),
        "changes": [_change(each) for each in found.changes], "funds": [_fund(each, found.on) for each in found.funds],
    }


def steps_as_data(each: PersonSteps) -> Data:
    """Where one person stands."""
    return {"person": each.person, "name": each.name, "funds": list(each.funds), **_standing(each.standing)}


def _standing(found: Standing) -> Data:
    return {"step": found.now.step if found.now else None, "days": found.days, "all": [
        {"step": each.step, "state": each.state, "on": _day(each.on), "days": each.days} for each in found.steps]}


def _facts(found: PlanFacts) -> Data:
    written = found.written
    return {
        "needs": _needs(found.needs) if found.needs else None, "final_budget": _final(found.final) if found.final else None,
        "plan": {"on": _day(written.on), "words": written.words, "risks": list(written.risks),
                 "if_it_breaks_down": written.if_it_breaks_down or None} if written else None,
        "outcomes": [_outcome(each) for each in found.outcomes], "answers": [_answer(each) for each in found.answers],
    }


def _needs(needs: Needs) -> Data:
    worked_out = needs.worked_out
    return {
        "on": _day(needs.on), "points": f"{needs.points.normalize():f}", "words": needs.words,
        "indicative_pounds": worked_out.pounds.plain if worked_out else None, "per": worked_out.per if worked_out else None,
        "worked_out": list(worked_out.steps) if worked_out else [], "why_not": needs.why_not or None,
        "told_pounds": _pounds(needs.told), "told_on": _day(needs.told_on),
    }


def _final(final: Final) -> Data:
    return {"on": _day(final.on), "from": final.payer, "pounds": final.pounds.plain, "per": final.per, "words": final.words,
            "more_than_indicative": _pounds(final.more)}


def _outcome(each: OutcomeAt) -> Data:
    return {"outcome": each.reference, "words": each.words, "from": _day(each.from_on), "until": _day(each.until), "found": each.found,
            "found_on": _day(each.found_on), "evidence": each.evidence or None, "evidence_sha256": each.evidence_sha256 or None}


def _answer(each: AnswerAt) -> Data:
    return {"answer_reference": each.reference, "from": each.payer, "about": each.about, "counts_from": _day(each.from_on), "answer": each.answer,
            "on": _day(each.on), "why": each.why, "shared_on": _day(each.shared_on), "asked_pounds": _pounds(each.asked),
            "agreed_pounds": _pounds(each.agreed)}


def _change(each: ChangeAt) -> Data:
    return {"fund": each.fund, "on": _day(each.change.on), "pounds_per_week": _pounds(each.change.size), "asked": each.ruling.is_asked,
            "why": each.ruling.why, "answer": each.answer.answer if each.answer else None}


def _fund(each: FundPlan, on: date) -> Data:
    return {"fund": each.key, "month": str(each.month), "position": _position(each.position) if each.position else None, "set_aside": [
        {"set_aside": kept.reference, "until": _day(kept.until), "is_past": kept.until < on, "pounds": Money(kept.pence).plain,
         "minutes": kept.minutes} for kept in each.kept]}


def _position(found: FundPosition) -> Data:
    return {
        "status": found.status, "forecast_status": found.forecast_status, "budget": _plain(found.budget_pence), "used": _plain(found.used_pence),
        "left": _plain(found.left_pence), "left_of_others": {each.words: _plain(each.left_pence) for each in found.left_of_others},
        "set_aside": _plain(found.aside_pence), "may_be_used": _plain(found.may_use_pence), "carried": _plain(found.carried_pence),
        "beside_the_plan": _plain(found.beside_pence),
        "lines": [{
            "line": each.line.reference, "words": each.line.words, "measure": each.line.measure, "planned": each.planned, "delivered": each.delivered,
            "left": each.left, "forecast": each.forecast, "planned_pounds": _plain(each.planned_pence),
            "committed_pounds": _plain(each.committed_pence), "delivered_pounds": _plain(each.delivered_pence),
            "left_pounds": _plain(each.left_pence), "forecast_pounds": _plain(each.forecast_pence), "status": each.status,
            "forecast_status": each.forecast_status} for each in found.lines],
    }


def _plain(pence: int | None) -> str | None:
    return None if pence is None else Money(pence).plain


def _pounds(amount: Money | None) -> str | None:
    return None if amount is None else amount.plain


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
