"""What may be said to a quote, and when: other prices until there is an answer, one answer, and none once it has expired."""

from __future__ import annotations

from datetime import date

from basics.errors import InputError
from basics.money import Money
from basics.periods import day_in_words
from costing.quote import Answer, Followed, Word

LONGEST_WORDS = 500


def is_new(followed: Followed, said: Answer, today: date) -> bool:
    """Whether what was said is to be recorded; False where it repeats what stands there already.

    Raises `InputError` for a second answer, for one to a quote that has expired, for a day before it was made or after today, and for a
    price that is none.
    """
    if any(_same(said, each) for each in followed.answers[-1:]):
        return False
    reference = followed.quote.reference
    if followed.answer is not None:
        raise InputError(f"{reference} was {followed.answer.word} on {day_in_words(followed.answer.on)}, and has one answer only.",
                         "Where things have changed since, ask anew with another quote.")
    _refuse_day(followed, said, today)
    _refuse_price(followed, said)
    if len(said.why) > LONGEST_WORDS:
        raise InputError(f"Why is longer than {LONGEST_WORDS} letters.", "Say it shorter.")
    return True


def price_meant(followed: Followed) -> int:
    """The price in pence that an answer means which names none: what was agreed already, or was asked. Raises `InputError` where another was
    offered since."""
    if followed.agreed is not None:
        return followed.agreed.pence
    if followed.offer is None or followed.offer.pence == followed.quote.pence:
        return followed.quote.pence
    raise InputError(f"{followed.quote.reference} asks for {Money(followed.quote.pence)}, and {Money(followed.offer.pence)} was offered.",
                     "Say which of the two was agreed.")


def _same(one: Answer, other: Answer) -> bool:
    """The same said again, on whatever day."""
    if one.word is Word.REFUSED:
        return other.word is Word.REFUSED
    return (one.word, one.pence, one.first) == (other.word, other.pence, other.first)


def _refuse_day(followed: Followed, said: Answer, today: date) -> None:
    reference, made_on, until = followed.quote.reference, date.fromisoformat(followed.quote.made_on), followed.quote.last_day
    if said.on > today:
        raise InputError(f"{day_in_words(said.on)} is still to come.", "Record what was said on the day or later.")
    if said.on < made_on:
        raise InputError(f"{reference} was made on {day_in_words(made_on)}, after {day_in_words(said.on)}.", "Check the day.")
    if said.on > until:
        raise InputError(f"{reference} expired on {day_in_words(until)}.",
                         "If it was answered by then, give that day; otherwise ask anew with another quote.")


def _refuse_price(followed: Followed, said: Answer) -> None:
    quote = followed.quote
    if said.pence <= 0:
        raise InputError(f"{Money(said.pence)} is no price.", "Give one above nil.")
    if said.word is not Word.REFUSED and said.pence > quote.pence:
        raise InputError(f"{Money(said.pence)} for each {quote.per} is more than the {Money(quote.pence)} that {quote.reference} asks for.",
                         "Check the amount.")
