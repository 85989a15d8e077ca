"""Three of the four places that round: charged time, a line, a quoted price. The fourth is `basics.share`."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from basics.errors import InputError
from basics.money import Money

MINUTES_PER_HOUR = 60
QUOTE_STEPS_PENCE = (1, 4, 7)


class TimeRule(StrEnum):
    """How the time of a visit becomes the time charged for. A term of the funder's, never a default."""

    BY_THE_MINUTE = "by the minute"
    NEAREST_5 = "nearest 5"
    NEAREST_15 = "nearest 15"
    UP_TO_15 = "up to 15"


def charged_minutes(minutes: int, rule: TimeRule) -> int:
    """Whole minutes to charge for `minutes` of support; exactly half-way goes up."""
    _refuse_floats(minutes)
    if minutes < 0:
        raise InputError(f"{minutes} minutes is less than none.", "Check the start and the end.")
    if rule is TimeRule.BY_THE_MINUTE:
        return minutes
    if rule is TimeRule.UP_TO_15:
        return -(-minutes // 15) * 15
    step = 5 if rule is TimeRule.NEAREST_5 else 15
    return (2 * minutes + step) // (2 * step) * step


def line(rate_pounds: Decimal, quantity: Decimal | Fraction | int) -> Money:
    """A rate in pounds times a quantity, to the nearest penny, half a penny away from nil.

    A quantity that no decimal holds, like 17 days of a week, is a `Fraction`.
    """
    _refuse_floats(rate_pounds, quantity)
    if isinstance(quantity, Fraction):
        return Money(half_away_from_nil(Fraction(rate_pounds) * quantity * 100))
    return Money(int((rate_pounds * quantity * 100).quantize(Decimal(1), ROUND_HALF_UP)))


def hourly_line(rate_per_hour: Decimal, minutes: int) -> Money:
    """A rate in pounds an hour for whole minutes, to the nearest penny. The division comes last, so nothing is lost on the way."""
    _refuse_floats(rate_per_hour, minutes)
    pence_sixtieths = rate_per_hour * 100 * minutes
    return Money(int((pence_sixtieths / MINUTES_PER_HOUR).quantize(Decimal(1), ROUND_HALF_UP)))


def quote(price_pounds: Decimal, step_pence: int = 1) -> Money:
    """A price as it is offered: to the nearest penny, or up to the next 4p (an hour divides by four) or 7p (a week by seven)."""
    _refuse_floats(price_pounds)
    if step_pence not in QUOTE_STEPS_PENCE:
        raise InputError(f"A price cannot be rounded to {step_pence}p.", "Choose 1, 4 or 7 pence.")
    pence = price_pounds * 100
    if step_pence == 1:
        return Money(int(pence.quantize(Decimal(1), ROUND_HALF_UP)))
    return Money(int((pence / step_pence).quantize(Decimal(1), ROUND_CEILING)) * step_pence)


def half_away_from_nil(value: Fraction) -> int:
    """The nearest whole unit; exactly half-way goes away from nil."""
    return nearest(value.numerator, value.denominator)


def nearest(numerator: int, denominator: int) -> int:
    """The same for a quotient of whole numbers, the denominator above nil: what is asked ten thousand times a month makes no fraction."""
    rounded = (2 * abs(numerator) + denominator) // (2 * denominator)
    return rounded if numerator >= 0 else -rounded


def tenth(value: Fraction) -> Decimal:
    """To a tenth, as a percentage is told; exactly half-way goes away from nil."""
    return Decimal(half_away_from_nil(value * 10)).scaleb(-1)


def _refuse_floats(*values: object) -> None:
    for value in values:
        if isinstance(value, (float, bool)):
            raise TypeError(f"Rates and quantities are Decimal or int, not {type(value).__name__}: {value!r}.")
