"""What a fund may buy: what is in the agreed plan; some things never; and for the rest three questions, answered by somebody who is named.

Each answer says why, and where the rule is written. Councils differ: a funder’s own agreement may say more, and never less, than this.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from basics.money import Money
from basics.periods import day_in_words


class Verdict(StrEnum):
    """Whether a fund may pay for something."""

    ALLOWED = "allowed"
    ASK = "ask"
    NEVER = "never"


class Kind(StrEnum):
    """What is bought, as far as a rule looks at it."""

    ILLEGAL = "illegal"
    GAMBLING = "gambling"
    ALCOHOL = "alcohol"
    TOBACCO = "tobacco"
    DEBT = "debt"
    NHS_CARE = "NHS care"
    HOUSING = "housing costs"
    HOUSEHOLD_BILLS = "household bills"
    ORDINARY_FOOD = "ordinary food"
    COUNCIL_SERVICES = "council services"
    RESIDENTIAL_CARE = "long-term residential care"
    RELATIVE = "relative in the same home"
    CAPITAL_GOODS = "capital goods"
    SECURITY = "security"
    OTHER = "other"


class Rule(NamedTuple):
    """Why, in plain words, and where it is written."""

    why: str
    source: str


_OLDHAM = "Oldham Council, What can’t I spend my direct payment on"
_SOUTH_TYNESIDE = "South Tyneside Council, What a payment can’t be used for"
_SURREY = "Surrey Heartlands ICB, personal health budgets"
_GREENWICH = "Royal Borough of Greenwich, Using your direct payment"
_REGULATIONS = "Care and Support (Direct Payments) Regulations 2014"

NEVER: dict[Kind, Rule] = {
    Kind.ILLEGAL: Rule("A fund never pays for anything illegal.", f"{_SURREY}; {_SOUTH_TYNESIDE}"),
    Kind.GAMBLING: Rule("A fund never pays for gambling.", f"{_SURREY}; {_SOUTH_TYNESIDE}"),
    Kind.ALCOHOL: Rule("A fund never pays for alcohol.", f"{_SURREY}; {_OLDHAM}"),
    Kind.TOBACCO: Rule("A fund never pays for tobacco.", f"{_SURREY}; {_OLDHAM}"),
    Kind.DEBT: Rule("A fund never pays a debt.", f"{_SURREY}; {_GREENWICH}"),
    Kind.NHS_CARE: Rule("The NHS gives health care, so the fund does not pay for it.", f"Care Act 2014, section 22; {_SOUTH_TYNESIDE}"),
    Kind.HOUSING: Rule("Rent and other housing costs are not support.", f"Care Act 2014, section 23; {_OLDHAM}"),
    Kind.HOUSEHOLD_BILLS: Rule("Everybody pays household bills from their own income.", f"{_GREENWICH}; {_OLDHAM}"),
    Kind.ORDINARY_FOOD: Rule("Everybody pays for ordinary food from their own income.", f"{_GREENWICH}; {_SOUTH_TYNESIDE}"),
    Kind.COUNCIL_SERVICES: Rule("The council’s own services are arranged with the council, not bought.", _SOUTH_TYNESIDE),
    Kind.RESIDENTIAL_CARE: Rule("The council arranges long-term care in a care home itself.", f"{_REGULATIONS}; {_SOUTH_TYNESIDE}"),
}
"""What a fund never buys, whatever anybody answers."""

BY_AGREEMENT = Rule("A close relative in the same home is a paid worker only by agreement.", f"{_REGULATIONS}; {_OLDHAM}")
ONLY_IN_THE_PLAN: dict[Kind, Rule] = {
    Kind.CAPITAL_GOODS: Rule("Capital goods are bought only where the plan has them.", "the usual agreement with a funder; look in yours"),
    Kind.SECURITY: Rule("A fund is security for nothing, unless the plan says so.", "the usual agreement with a funder; look in yours"),
}
IN_THE_PLAN = "the agreed plan"
QUESTIONS = {"legal": "Is it legal?", "disrepute": "Would it bring the funder into disrepute?", "works": "Will it work for the outcome?"}
"""What is asked of everything that the plan does not have."""
_WANTED = {"legal": True, "disrepute": False, "works": True}


class Answer(NamedTuple):
    """What was answered to one of the questions, by whom, and when."""

    yes: bool
    who: str
    on: date


class Line(NamedTuple):
    """A line of the agreed plan, and what of it is neither used nor promised to anybody, in pence. None is “not known”."""

    words: str
    left_pence: int | None


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """What is to be bought. `line`: the line of the agreed plan that it is in; None where it is in none. `by_agreement`: an agreement in
    force says that this relative may be paid."""

    kind: Kind
    pence: int
    line: Line | None = None
    answers: tuple[tuple[str, Answer], ...] = ()
    by_agreement: bool = False


@dataclass(frozen=True)
class Checked:
    """What the rules say of a purchase: the verdict, and each reason with its source. `to_answer` are the questions still to be asked."""

    verdict: Verdict
    reasons: tuple[Rule, ...]
    to_answer: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        return " ".join(f"{each.why} ({each.source[:1].upper()}{each.source[1:]}.)" for each in self.reasons)


def check(purchase: Purchase) -> Checked:
    """Whether a fund may pay for it: never, only once the three questions are answered, or at once because the plan has it."""
    if forbidden := _never(purchase):
        return Checked(Verdict.NEVER, (forbidden,))
    asked = _not_in_the_plan(purchase)
    if asked is None:
        assert purchase.line is not None, "only what a line has is in the plan"
        return Checked(Verdict.ALLOWED, (Rule(f"The plan has it: {purchase.line.words}.", IN_THE_PLAN),))
    return _by_answers(asked, dict(purchase.answers))


def _never(purchase: Purchase) -> Rule | None:
    if purchase.kind is Kind.RELATIVE:
        return None if purchase.by_agreement else BY_AGREEMENT
    if purchase.kind in ONLY_IN_THE_PLAN:
        return None if purchase.line else ONLY_IN_THE_PLAN[purchase.kind]
    return NEVER.get(purchase.kind)


def _not_in_the_plan(purchase: Purchase) -> Rule | None:
    """Why it must be asked about; None where a line of the plan has all of it."""
    if purchase.line is None:
        return Rule("It is in no line of the agreed plan.", IN_THE_PLAN)
    words, left = purchase.line
    if left is None:
        return Rule(f"How much is left of “{words}” is not known, because it has no price.", IN_THE_PLAN)
    if purchase.pence > left:
        return Rule(f"It is {Money(purchase.pence)}, and {Money(max(0, left))} is left of “{words}”.", IN_THE_PLAN)
    return None


def _by_answers(asked: Rule, answers: dict[str, Answer]) -> Checked:
    open_questions = tuple(question for question in QUESTIONS if question not in answers)
    against = [_answered(question, answers[question]) for question in QUESTIONS
               if question in answers and answers[question].yes is not _WANTED[question]]
    if against:
        return Checked(Verdict.NEVER, (asked, *against))
    if open_questions:
        return Checked(Verdict.ASK, (asked,), open_questions)
    return Checked(Verdict.ALLOWED, (asked, *(_answered(question, answers[question]) for question in QUESTIONS)))


def _answered(question: str, answer: Answer) -> Rule:
    return Rule(f"{QUESTIONS[question]} {'Yes' if answer.yes else 'No'}.", f"answered by {answer.who} on {day_in_words(answer.on)}")
