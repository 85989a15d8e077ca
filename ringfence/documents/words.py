"""What the pages of a statement, an invoice or a price add to their record, for paper and screen alike: which words of the vocabulary, and when.

What a record brings with it (its headline, a movement of money, a reason, a name) is printed as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from basics.errors import InputError
from basics.money import Money
from basics.periods import day_in_figures, day_in_words, minutes_in_words
from basics.vocabulary import both, counted, say
from isf.statement import BudgetLine, Forecast, KeptForLater, MoneyHeld, OverCap, OwnPart, PartOf, Statement

MINUTES_IN_AN_HOUR = 60

SHAPES = {"on target": "✓", "over": "▲", "under": "▼", "not known": "?"}
"""A shape for each status, beside its words, so that colour never speaks alone."""

MOST_LINES_NAMED = 3
"""Lines of a price that are named one by one."""


def status(key: str) -> tuple[str, str]:
    """The shape and the words of a status. Raises `InputError` for one that has no words."""
    if key not in SHAPES:
        raise InputError(f"“{key}” is not a status that a statement can show.", f"Use one of: {', '.join(SHAPES)}.")
    return SHAPES[key], say(f"status.{key}")


def possessive(known_as: str) -> str:
    return say("belongs", name=known_as)


def statement_title(known_as: str) -> str:
    return say("statement.title", belongs=possessive(known_as))


def for_whom(name: str, provider: str) -> str:
    return say("statement.for", name=name, provider=provider)


def money_heading(known_as: str) -> str:
    return say("money.heading", known_as=known_as)


def given_heading(known_as: str) -> str:
    return say("given.heading", known_as=known_as)


def budget_heading(known_as: str) -> str:
    return say("budget.heading", belongs=possessive(known_as))


def we_held(day: date) -> str:
    """“On 1 October we held”."""
    return say("money.held", day=short_day(day))


def owed(who: str, pence: int, *, now: bool) -> str:
    """“Northshire Council owes £50.00 for support already given”: below nil, said in words. `now` is false for the opening."""
    several = who == say("you") or say("and", first="", last="") in who
    key = ("money.owe" if several else "money.owes") if now else "money.owed"
    return say(key, who=who, money=Money(abs(pence)))


def ahead_and_saved(money: MoneyHeld) -> list[str]:
    """What of the closing balance is for days to come, and what is saved; nothing where neither is kept."""
    ahead, days, saved = money.paid_ahead_pence, money.paid_ahead_words, money.saved_pence
    if ahead > 0 and money.closing_pence <= 0:
        return [say("money.ahead-used", days=days)]
    if ahead > 0 and saved is not None and saved < 0:
        return [say("money.all-ahead", days=days), say("money.some-ahead-used", money=Money(-saved))]
    found = [say("money.ahead", money=Money(ahead), days=days)] if ahead > 0 else []
    if saved is not None and money.closing_pence >= 0:
        found.append(say("money.saved", money=Money(saved)) if saved else say("money.nothing-saved"))
    return found


def bills_to_pay(pence: int) -> list[str]:
    """Bills of others that are agreed: their money is set apart and still held."""
    return [say("money.bills", money=Money(pence)), say("money.bills-not-paid")] if pence else []


def expected(line: BudgetLine, day: date) -> list[str]:
    """What we expected to be used by the end of the month, and how what was used differs; nothing where that is not known."""
    if line.expected_pence is None or line.under_pence is None:
        return []
    differs = say("budget.more-used" if line.under_pence < 0 else "budget.less-used", money=Money(abs(line.under_pence)))
    return [say("budget.expected", money=Money(line.expected_pence), day=short_day(day)),
            differs if line.under_pence else say("budget.just-used")]


def forecast(found: Forecast, time: Callable[[int], str] = minutes_in_words) -> list[str]:
    """How the year of the budget will end, and how that is worked out. `time` writes minutes."""
    said = [say("forecast.used", money=Money(found.pence), day=_full_day(found.day))]
    if found.less_pence is not None:
        key = "forecast.more" if found.less_pence < 0 else "forecast.less" if found.less_pence else "forecast.just"
        said.append(say(key, money=Money(abs(found.less_pence))))
    if found.minutes is not None and found.planned_minutes is not None:
        said.append(say("forecast.time", time=time(found.minutes), planned=time(found.planned_minutes)))
    return [*said, say("forecast.method")]


def own_part(found: OwnPart) -> list[str]:
    """What the person or their family pays themselves of what was given, and the sum a week that was agreed."""
    money = Money(found.pence)
    said = say("given.pays", who=found.name, money=money) if found.name else say("given.you-pay", money=money)
    return [said, *([] if found.week_pence is None else [say("given.a-week", money=Money(found.week_pence))])]


def over_cap(found: OverCap, day: date) -> list[list[str]]:
    """What is more than may stay, whose it is and when it goes back, at the end of a month: each idea with its sentences."""
    key = ("cap.over" if found.most_pence is not None else "cap.stayed") if found.is_certain else (
        "cap.perhaps" if found.most_pence is not None else "cap.stayed-perhaps")
    much = [say(key, money=Money(found.pence), funder=found.funder)]
    if found.most_pence is not None and found.is_certain:
        much.append(say("cap.most", money=Money(found.most_pence)))
    whose = _whose(found.whose) if found.is_certain else [say("cap.open")]
    back = [say("cap.going-back", money=Money(found.going_back_pence))] if found.going_back_pence else []
    return [much, whose, [*_goes_back(found.by, day), *back]]


def all_over_cap(found: Iterable[OverCap], day: date) -> list[str]:
    """The same as sentences, one after the other."""
    return [sentence for each in found for idea in over_cap(each, day) for sentence in idea]


def _whose(parts: tuple[PartOf, ...]) -> list[str]:
    if len(parts) == 1:
        return [say("cap.all-of", belongs=possessive(parts[0].name))]
    return [say("cap.part-of", money=Money(each.pence), belongs=possessive(each.name)) for each in parts] or [say("cap.whose-not-known")]


def _goes_back(by: tuple[str, ...], day: date) -> list[str]:
    if not by:
        return [say("cap.back-not-known")]
    days = [_full_day(each) for each in by]
    if len(days) > 1:
        return [say("cap.back-by-one-of", day=days[0], other=days[-1])]
    return [say("cap.back-late" if by[0] < day.isoformat() else "cap.back-by", day=days[0])]


def carried(pence: int, provider: str) -> list[str]:
    """Support beyond what was left: said once, with who bears it."""
    return [say("budget.carried", money=Money(pence)), say("budget.carried-by", provider=provider)] if pence else []


def set_aside(kept: Iterable[KeptForLater]) -> list[str]:
    """What of what is left is kept for later on purpose, and until when: a sentence for each."""
    found = []
    for each in kept:
        much = both([*([str(Money(each.pence))] if each.pence else []), *([minutes_in_words(each.minutes)] if each.minutes else [])])
        found.append(say("budget.set-aside", much=much, day=_full_day(each.until)))
    return found


def may_use(record: Statement) -> list[str]:
    """What may be used of all budgets together, where that is not what is left of the last of them."""
    pence = record.may_use_pence
    return [] if pence is None or pence < 0 or pence == record.budgets[-1].left_pence else [say("budget.may-use", money=Money(pence))]


def quantity(count: int | None, measure: str) -> str:
    """Planned or given: “26 h 30 m” where the measure is minutes, else “31 nights”, “1 time”.

    None stands for support that the plan does not have: “Not planned”.
    """
    if count is None:
        return say("given.not-planned")
    if measure == "minutes":
        return minutes_in_words(count)
    return counted(count, measure)


def money_or_not_known(pence: int | None) -> str:
    return say("not-known") if pence is None else str(Money(pence))


def left(pence: int | None) -> str:
    """What is left; where more was used than there was, “£50.00 over” and never a minus."""
    return say("budget.over", money=Money(-pence)) if pence is not None and pence < 0 else money_or_not_known(pence)


def left_label(pence: int) -> str:
    return say("budget.over-label", money=Money(-pence)) if pence < 0 else say("budget.left-label", money=Money(pence))


def used_label(pence: int) -> str:
    return say("budget.used-label", money=Money(pence))


def bar_caption(days: str, *, marked: bool) -> str:
    return say("budget.bar", days=days) if marked else days


def bar_in_words(days: str, budget_pence: int, used_pence: int, left_pence: int) -> str:
    """What the bar shows, for somebody who cannot see it."""
    key = "budget.bar-over" if left_pence < 0 else "budget.bar-left"
    return say(key, days=days, budget=Money(budget_pence), used=Money(used_pence), left=Money(left_pence), over=-Money(left_pence))


def shortfall(day: str, what: str, minutes: int, reason: str) -> tuple[str, str]:
    """The day in bold, and the sentences after it: what did not come, how much of it, and why."""
    plain = what.rstrip(".")
    how_much = say("given.less", what=plain, time=minutes_in_words(minutes)) if minutes else plain
    return day_for_reading(day), f"{stop(how_much)} {stop(say('given.why', reason=reason))}"


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
    return say("day", day=day.day, month=f"{day:%B}")


def statement_footer(provider: str, month: str, known_as: str, seal: str) -> str:
    return dotted((provider, say("statement.footer", month=month, known_as=known_as), seal_words(seal)))


def paid_headline(per_week: Money, staff_minutes: int, per_hour: Money | None) -> str:
    """What a week costs, and the staff time that it pays for."""
    hours = staff_minutes // MINUTES_IN_AN_HOUR
    time = minutes_in_words(staff_minutes) if staff_minutes % MINUTES_IN_AN_HOUR else counted(hours, "hours")
    key = "paid.headline" if per_hour is None else "paid.headline.an-hour"
    return say(key, money=per_week, time=time, per_hour=per_hour)


def paid_lines(lines: Iterable[str]) -> str:
    """“This pays for: team leader; training; 2 more.”: a few lines of a price by their own names."""
    named = list(lines)
    rest = len(named) - MOST_LINES_NAMED
    return say("paid.lines", lines="; ".join([*named[:MOST_LINES_NAMED], *([say("paid.more", count=rest)] if rest > 0 else [])]))


def paid_rounding(*, by_the_hour: bool) -> str:
    """Why the parts of a price and the price differ by pence."""
    return say("paid.hour-rounded" if by_the_hour else "paid.parts-rounded")


def prices(days: str) -> str:
    """“Prices on 1 October 2026”."""
    return say("paid.prices", days=days)


def share_percent(percent: int) -> str:
    """A share of the price in whole per cent; what is there and rounds to nothing says so."""
    return say("paid.share", percent=percent) if percent else say("paid.share.small")


def paid_footer(name: str, provider: str) -> str:
    return dotted((provider, say("paid.title"), name))


def seal_words(seal: str) -> str:
    return say("seal", seal=seal) if seal else say("seal.none")


def dotted(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def stop(sentence: str) -> str:
    """The sentence with its full stop, where it has none."""
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _full_day(day: str) -> str:
    return day_in_words(date.fromisoformat(day))


def _iso_day(text: str) -> date | None:
    return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
