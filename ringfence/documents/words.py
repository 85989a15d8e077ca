"""Every word that the pages of a statement, an invoice or a price add to their record: one vocabulary for paper and screen.

Plain English: ten to fifteen words a sentence, one idea in each, no short forms that a family would have to look up. What a record
brings with it (its headline, a movement of money, a reason, a name) is printed as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from basics.errors import InputError
from basics.money import Money
from basics.periods import day_in_figures, day_in_words, minutes_in_words
from isf.statement import BudgetLine, KeptForLater, MoneyHeld

MINUTES_IN_AN_HOUR = 60

NOT_KNOWN = "Not known"
NOT_PLANNED = "Not planned"
DRAFT = "DRAFT"
DRAFT_STATEMENT = "Nothing has been charged yet. The figures may still change."
PRACTICE_STATEMENT = "Practice: not a real statement"

STATUS = {
    "on target": ("✓", "On target"),
    "over": ("▲", "More used than planned"),
    "under": ("▼", "Less used than planned"),
    "not known": ("?", "Not known yet"),
}
"""A shape and words for each status, so that colour never speaks alone."""

# What was given
GIVEN_COLUMNS = ("What", "Planned", "Given", "Cost")
GIVEN_TOTAL = "Total"
NOTHING_GIVEN = "No support was given in this month."
SHORTFALLS = "Some support did not come as planned:"

# Corrections
MISTAKE = "We made a mistake"
MISTAKE_SORRY = "We are sorry. This is what we have put right, and why."
MISTAKE_COLUMNS = ("What we put right", "Before", "Now")

# The budget
BUDGET_COLUMNS = ("When", "Budget", "Used", "Left")
NO_BUDGET = "Nobody has told us what the budget is."
BUDGET_NOT_KNOWN = "“Not known” means that nobody has told us this figure yet."

# Whom to ask
CONTACTS = "Not sure? Not happy?"

# Money held
MONEY_COLUMNS = ("What happened", "Amount")

# What you pay for
PAID_TITLE = "What you pay for"
PAID_COLUMNS = ("What it is for", "A week", "Share")
PAID_TOTAL, WHOLE, NO_SHARE, SMALL_SHARE = "One week of support", "100%", "–", "under 1%"
PAID_FOR = {
    "support": ("Your support workers", "Their pay for the time that they support you."),
    "travel": ("Getting to you", "Their time and their miles on the way."),
    "paid time": ("Holidays, illness and training", "Their pay while they are away or learning."),
    "employment": ("Tax and pensions", "What an employer has to pay on top of wages."),
    "bought": ("Things bought for you", ""),
    "empty places": ("Places that stand empty", "When a place is empty, the home still needs its staff."),
    "managing": ("Planning and managing your support", ""),
    "running": ("Running the organisation", ""),
    "reserve": ("A reserve for surprises", "For costs that nobody could foresee."),
    "surplus": ("The years to come", "What we keep so that we can go on and do better."),
}
"""What each part of a price is for, and one plain sentence about it. What differs from one provider to another is told by its own lines."""
PAID_ROUNDING = "Rounding"
WHO_PAYS, NOBODY_PAYS = "Who pays for it", "Nobody, so we carry it"
NOT_IN_IT_HEADING = "What is not in it"
NOT_IN_IT = "Rent and other housing costs are not in this price. Nor are household bills, unless a line above names them."
SHARES_ROUNDED = "The shares are rounded so that together they make 100%."
ASK_WHOEVER = "Ask the person who gave you this page."
MOST_LINES_NAMED = 3


def status(key: str) -> tuple[str, str]:
    """The shape and the words of a status. Raises `InputError` for one that has no words."""
    if key not in STATUS:
        raise InputError(f"“{key}” is not a status that a statement can show.", f"Use one of: {', '.join(STATUS)}.")
    return STATUS[key]


def possessive(known_as: str) -> str:
    return f"{known_as}’s"


def statement_title(known_as: str) -> str:
    return f"{possessive(known_as)} money"


def for_whom(name: str, provider: str) -> str:
    return f"For {name}, from {provider}"


def money_heading(known_as: str) -> str:
    return f"The money we hold for {known_as}"


def given_heading(known_as: str) -> str:
    return f"What {known_as} was given"


def budget_heading(known_as: str) -> str:
    return f"{possessive(known_as)} budget"


def we_held(day: date) -> str:
    """“On 1 October we held”."""
    return f"On {short_day(day)} we held"


def owed(who: str, pence: int, *, now: bool) -> str:
    """“Northshire Council owes £50.00 for support already given”: below nil, said in words. `now` is false for the opening."""
    several = who == "You" or " and " in who
    verb = ("owe" if several else "owes") if now else "owed"
    return f"{who} {verb} {Money(abs(pence))} for support already given"


def ahead_and_saved(money: MoneyHeld) -> list[str]:
    """What of the closing balance is for days to come, and what is saved; nothing where neither is kept."""
    ahead, days, saved = money.paid_ahead_pence, money.paid_ahead_words, money.saved_pence
    if ahead > 0 and money.closing_pence <= 0:
        return [f"The money for {days} has already been used."]
    if ahead > 0 and saved is not None and saved < 0:
        return [f"All of this is for {days}.", f"{Money(-saved)} of the money for those days has already been used."]
    found = [f"{Money(ahead)} of this is for {days}."] if ahead > 0 else []
    if saved is not None and money.closing_pence >= 0:
        found.append(f"{Money(saved)} is saved." if saved else "Nothing is saved.")
    return found


def bills_to_pay(pence: int) -> list[str]:
    """Bills of others that are agreed: their money is set apart and still held."""
    return [f"{Money(pence)} of the money we hold is for bills that are agreed.", "We have not paid them yet."] if pence else []


def expected(line: BudgetLine, day: date) -> list[str]:
    """What we expected to be used by the end of the month, and how what was used differs; nothing where that is not known."""
    if line.expected_pence is None or line.under_pence is None:
        return []
    differs = f"{Money(abs(line.under_pence))} {'more' if line.under_pence < 0 else 'less'} than that was used."
    return [f"We expected {Money(line.expected_pence)} to be used by {short_day(day)}.",
            differs if line.under_pence else "That is what was used."]


def carried(pence: int, provider: str) -> list[str]:
    """Support beyond what was left: said once, with who bears it."""
    return [f"Support cost {Money(pence)} more than there was left.", f"{provider} carries this until more is agreed."] if pence else []


def set_aside(kept: Iterable[KeptForLater]) -> list[str]:
    """What of what is left is kept for later on purpose, and until when: a sentence for each."""
    found = []
    for each in kept:
        much = " and ".join([*([str(Money(each.pence))] if each.pence else []), *([minutes_in_words(each.minutes)] if each.minutes else [])])
        found.append(f"{much} of this is set aside until {day_in_words(date.fromisoformat(each.until))}.")
    return found


def quantity(count: int | None, measure: str) -> str:
    """Planned or given: “26 h 30 m” where the measure is minutes, else “31 nights”, “1 time”.

    None stands for support that the plan does not have: “Not planned”.
    """
    if count is None:
        return NOT_PLANNED
    if measure == "minutes":
        return minutes_in_words(count)
    return counted(count, measure)


def counted(count: int, of: str) -> str:
    """“31 nights”, “1 time”."""
    return f"{count} {of[:-1] if count == 1 and of.endswith('s') else of}"


def money_or_not_known(pence: int | None) -> str:
    return NOT_KNOWN if pence is None else str(Money(pence))


def left(pence: int | None) -> str:
    """What is left; where more was used than there was, “£50.00 over” and never a minus."""
    return f"{Money(-pence)} over" if pence is not None and pence < 0 else money_or_not_known(pence)


def left_label(pence: int) -> str:
    return f"Over by {Money(-pence)}" if pence < 0 else f"Left {Money(pence)}"


def used_label(pence: int) -> str:
    return f"Used {Money(pence)}"


def bar_caption(days: str, *, marked: bool) -> str:
    return f"{days}. The black mark shows what we expected by now." if marked else days


def bar_in_words(days: str, budget_pence: int, used_pence: int, left_pence: int) -> str:
    """What the bar shows, for somebody who cannot see it."""
    rest = f"{Money(-left_pence)} more than the budget" if left_pence < 0 else f"{Money(left_pence)} is left"
    return f"A bar for {days}. The budget is {Money(budget_pence)}. {Money(used_pence)} is used. {rest}."


def shortfall(day: str, what: str, minutes: int, reason: str) -> tuple[str, str]:
    """The day in bold, and the sentences after it: what did not come, how much of it, and why."""
    how_much = f": {minutes_in_words(minutes)} less than planned" if minutes else ""
    return day_for_reading(day), f"{stop(what.rstrip('.') + how_much)} {stop(f'Why: {reason}')}"


def day_for_reading(day: str) -> str:
    """“20 October” for “2026-10-20”; words that are not such a day stand as they are."""
    found = _iso_day(day)
    return short_day(found) if found else day


def day_for_tables(day: str) -> str:
    """“20/10/2026” for “2026-10-20”; words that are not such a day (“1 to 28 October”) stand as they are."""
    found = _iso_day(day)
    return day_in_figures(found) if found else day


def short_day(day: date) -> str:
    """“20 October”: the year stands at the head of the page."""
    return f"{day.day} {day:%B}"


def statement_footer(provider: str, month: str, known_as: str, seal: str) -> str:
    return dotted((provider, f"statement {month} for {known_as}", seal_words(seal)))


def paid_headline(per_week: Money, staff_minutes: int, per_hour: Money | None) -> str:
    """What a week costs, and the staff time that it pays for."""
    hours = staff_minutes // MINUTES_IN_AN_HOUR
    time = minutes_in_words(staff_minutes) if staff_minutes % MINUTES_IN_AN_HOUR else f"{hours} hour{'' if hours == 1 else 's'}"
    each = f", at {per_hour} an hour" if per_hour is not None else ""
    return f"One week of your support costs {per_week}. It pays for {time} of staff time{each}."


def paid_lines(lines: Iterable[str]) -> str:
    """“This pays for: team leader; training; 2 more.”: a few lines of a price by their own names."""
    named = list(lines)
    rest = len(named) - MOST_LINES_NAMED
    return f"This pays for: {'; '.join([*named[:MOST_LINES_NAMED], *([f'{rest} more'] if rest > 0 else [])])}."


def paid_rounding(*, by_the_hour: bool) -> str:
    """Why the parts of a price and the price differ by pence."""
    return "The price of an hour is rounded, which makes this in a week." if by_the_hour else "The price and each part of it are rounded."


def prices(days: str) -> str:
    """“Prices on 1 October 2026”."""
    return f"Prices {days}"


def share_percent(percent: int) -> str:
    """A share of the price in whole per cent; what is there and rounds to nothing says so."""
    return f"{percent}%" if percent else SMALL_SHARE


def paid_footer(name: str, provider: str) -> str:
    return dotted((provider, PAID_TITLE, name))


def seal_words(seal: str) -> str:
    return f"seal {seal}" if seal else "no seal yet"


def dotted(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def stop(sentence: str) -> str:
    """The sentence with its full stop, where it has none."""
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _iso_day(text: str) -> date | None:
    return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
