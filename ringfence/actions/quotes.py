"""Quotes: a price that a funder is asked for, what they say to it, and which of them stand.

A quote is made by one person alone, as long as it is not below full cost: selling below it is a decision of two, and stands in the register
before anybody is asked for such a price.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256

from sqlalchemy import Connection

from basics.errors import InputError, NotAllowed
from basics.money import Money
from basics.periods import day_in_words
from costing.package import Per
from costing.quote import Answer, Followed, Quote, Standing, Word
from costing.quote_answers import is_new, price_meant
from ringfence.actions.acting import Acting
from ringfence.actions.quote_records import Asking, Priced, record_of
from ringfence.actions.subsidies import Subsidy, register
from ringfence.documents.records import quote_from_json, record_json
from ringfence.store import batches, registry
from ringfence.store import quotes as stored
from ringfence.store.billing import Frozen

EXPIRES_SOON = timedelta(days=14)


@dataclass(frozen=True)
class Quotes:
    """Every quote as it stands on a day. `undecided` are the references of those agreed below full cost without a decision that covers it."""

    on: date
    quotes: tuple[Followed, ...]
    undecided: frozenset[str]

    def of(self, standing: Standing) -> tuple[Followed, ...]:
        return tuple(each for each in self.quotes if each.standing(self.on) is standing)

    @property
    def expiring(self) -> tuple[Followed, ...]:
        """Those without an answer that expire within fourteen days, the first first: ask before they do."""
        soon = [each for each in self.of(Standing.OFFERED) if each.quote.last_day - self.on <= EXPIRES_SOON]
        return tuple(sorted(soon, key=lambda each: each.quote.last_day))

    @property
    def more_per_year(self) -> Money:
        """What the year brings more where fees that are paid now were asked to go up: as agreed, or as asked while that stands."""
        more = (each.more_per_year(self.on) for each in self.quotes)
        return Money.total(each for each in more if each is not None)


def make_quote(acting: Acting, priced: Priced, asking: Asking) -> Followed:
    """Ask a funder for a price. What asks the same as one that stands, or is agreed, is that one.

    Raises `InputError` for what cannot be asked, and `NotAllowed` below full cost without a decision that covers it.
    """
    return make_quotes(acting, [(priced, asking)])[0]


def make_quotes(acting: Acting, asked: Sequence[tuple[Priced, Asking]]) -> tuple[Followed, ...]:
    """Several at once: all are made, or none."""
    decided = register(acting).subsidies
    with acting.writing() as connection:
        known = _followed(connection)
        return tuple(_make(connection, acting, record_of(connection, each, asking, acting.today), decided, known) for each, asking in asked)


def drafts(acting: Acting, asked: Sequence[tuple[Priced, Asking]]) -> tuple[Quote, ...]:
    """What would be asked, without a reference: nothing is kept."""
    with acting.reading() as connection:
        return tuple(record_of(connection, each, asking, acting.today) for each, asking in asked)


def answer_quote(acting: Acting, reference: str, word: Word, *, on: date | None = None, first: date | None = None, price: Money | None = None,
                 why: str = "") -> Followed:
    """Record what the funder said. Saying the same again changes nothing. Raises `InputError` for what cannot be said to it any more."""
    with acting.writing() as connection:
        followed = _one(_followed(connection), reference)
        quote = followed.quote
        if word is Word.OFFERED and price is None:
            raise InputError("Nobody said which other price was offered.", "Give it in pounds.")
        pence = price.pence if price else quote.pence if word is Word.REFUSED else price_meant(followed)
        counts_from = followed.agreed.first if followed.agreed else quote.first_day
        said = Answer(word, on or acting.today, first or counts_from, pence, why.strip(), acting.user)
        if not is_new(followed, said, acting.today):
            return followed
        body = {"quote": quote.reference, "word": said.word, "on": said.on, "first": said.first, "pence": said.pence, "why": said.why}
        batches.open_batch(connection, kind=stored.ANSWER, key=f"{stored.ANSWER} {quote.reference} {len(followed.answers) + 1}", digest="",
                           prepared_by=acting.user, recorded_at=acting.recorded_at, body=registry.canonical(body))
        return replace(followed, answers=(*followed.answers, said))


def quote(acting: Acting, reference: str) -> Followed:
    """One quote. Raises `InputError` where there is none of that reference."""
    with acting.reading() as connection:
        return _one(_followed(connection), reference)


def agreed_for(connection: Connection, person: str, on: date) -> Followed | None:
    """The quote for one person that was agreed and counts on a day, the latest of several; None where none does. For a door that has seen to it
    that it may be read."""
    agreed = [each for each in _followed(connection, person) if each.agreed and each.agreed.first <= on]
    return max(agreed, key=lambda each: each.agreed.first if each.agreed else date.min, default=None)


def is_undecided(acting: Acting, followed: Followed) -> bool:
    """Whether a quote was agreed below full cost, and no decision that stands on its first day covers it."""
    return _is_undecided(followed, register(acting).subsidies)


def quotes(acting: Acting, on: date | None = None, review: str = "") -> Quotes:
    """Every quote, or those of one price review, the latest first, as it stands on a day (today, where none is named)."""
    with acting.reading() as connection:
        found = tuple(each for each in reversed(_followed(connection)) if review in ("", each.quote.review))
    decided = register(acting).subsidies
    return Quotes(on or acting.today, found, frozenset(each.quote.reference for each in found if _is_undecided(each, decided)))


def _make(connection: Connection, acting: Acting, record: Quote, decided: Sequence[Subsidy], known: list[Followed]) -> Followed:
    """Record a quote and add it to those that are `known`, or give the one of them that asks the same."""
    for each in known:
        if each.quote.digest == record.digest and each.standing(acting.today) in (Standing.OFFERED, Standing.ACCEPTED):
            return each
    _refuse_below_cost(record, decided)
    record = replace(record, reference=f"Q-{len(known) + 1:04d}")
    key, text = f"{stored.QUOTE} {record.reference}", record_json(record)
    batch = batches.open_batch(connection, kind=stored.QUOTE, key=key, digest="", prepared_by=acting.user, recorded_at=acting.recorded_at, body="")
    number = stored.freeze(connection, Frozen(key, stored.QUOTE, f"quote-{record.reference}", text, sha256(text.encode()).hexdigest(), None, None),
                           batch)
    known.append(Followed(record, acting.user, document_id=number))
    return known[-1]


def _followed(connection: Connection, person: str = "") -> list[Followed]:
    """Every quote, or those that name one person, in the order of their numbers."""
    said: dict[str, list[Answer]] = {}
    for row in stored.answers(connection):
        body = json.loads(row.body)
        said.setdefault(body["quote"], []).append(_answer(body, row.recorded_by))
    found = ((row, quote_from_json(row.record)) for row in stored.quotes(connection)
             if not person or f'"person":{json.dumps(person)}' in row.record)
    return [Followed(record, row.made_by, tuple(said.get(record.reference, ())), row.id) for row, record in found]


def _answer(body: Mapping[str, str | int], recorded_by: str) -> Answer:
    return Answer(Word(str(body["word"])), date.fromisoformat(str(body["on"])), date.fromisoformat(str(body["first"])), int(body["pence"]),
                  str(body["why"]), recorded_by)


def _one(found: Sequence[Followed], reference: str) -> Followed:
    for each in found:
        if each.quote.reference == reference.strip().upper():
            return each
    last = f"The last one is {found[-1].quote.reference}." if found else "None has been made yet: ringfence quote make FILE"
    raise InputError(f"There is no quote {reference}.", last)


def _refuse_below_cost(record: Quote, decided: Sequence[Subsidy]) -> None:
    short = record.short_per_week(record.pence)
    if short and not any(_covers(each, record, record.pence, record.first_day, max(record.first_day, record.last_day)) for each in decided):
        together = ", with what others pay," if record.whole else ""
        raise NotAllowed(
            f"{Money(record.pence)} for each {record.per}{together} is {short} a week below the full cost of {record.package}, and no decision to "
            f"sell it to {record.funder} so covers {day_in_words(record.first_day)} to {day_in_words(max(record.first_day, record.last_day))}.",
            "Ask for one, have it approved, then quote: ringfence offer FILE POUNDS --propose")


def _is_undecided(followed: Followed, decided: Sequence[Subsidy]) -> bool:
    agreed = followed.agreed
    if agreed is None or not followed.short_per_week:
        return False
    return not any(_covers(each, followed.quote, agreed.pence, agreed.first, agreed.first) for each in decided)


def _covers(one: Subsidy, quote: Quote, pence: int, first: date, last: date) -> bool:
    """Whether a decision that stands is about this package and funder, these days, so many, and a price that is no lower. One that is to be
    checked again by the first of the days covers nothing new."""
    names = (one.package.casefold(), one.funder.casefold()) == (quote.package.casefold(), quote.funder.casefold())
    hour = quote.with_others(Per.HOUR, pence)
    return (names and one.stands(first) and one.stands(last) and not one.is_to_be_checked(first) and one.packages >= quote.people
            and one.offered_per_hour.pence <= hour.pence)
