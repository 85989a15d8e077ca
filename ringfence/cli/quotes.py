"""`ringfence quote …` and `ringfence quotes`: ask a funder for a price, record what they say, and list how each stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from basics.money import Money
from basics.periods import day_in_figures, day_in_words
from costing.package import Per
from costing.quote import Answer, Followed, Quote, Word
from ringfence.actions.desk import DEFAULT_DATABASE
from ringfence.actions.quote_files import priced_file, write_letter
from ringfence.actions.quote_plans import apply_file_of
from ringfence.actions.quote_records import Asking
from ringfence.actions.quotes import Quotes, answer_quote, make_quote
from ringfence.actions.quotes import quote as one_quote
from ringfence.actions.quotes import quotes as every_quote
from ringfence.cli.columns import aligned
from ringfence.cli.common import As, Database, Json, Out, acting, day_given, day_or_none, in_json, option_for

group = typer.Typer(help="Ask a funder for a price, and record what they say.", no_args_is_help=True, rich_markup_mode=None)

Reference = Annotated[str, typer.Argument(metavar="REFERENCE", help="The reference of the quote, like Q-0001.")]
On = Annotated[str, typer.Option("--on", metavar="DAY", help="The day on which they said so; without it, today.")]
From = Annotated[str, typer.Option("--from", metavar="DAY", help="From when the price counts; without it, as it was asked.")]
At = Annotated[str, typer.Option("--at", metavar="POUNDS", help="Another price than was asked, for the quoted hour or week.")]
Why = Annotated[str, typer.Option("--why", metavar="WORDS", help="Why, in their words.")]


@group.command("make")
def make(
    file: Annotated[Path, typer.Argument(help="The cost file (docs/formats/cost.md).")],
    funder: Annotated[str, typer.Option("--funder", metavar="NAME", help="Whom to ask: a name, or the reference of a funder in the books.")],
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="Until when they can answer, like 2027-01-31.")],
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="From when the price counts; without it, the day of the file.")] = "",
    person: Annotated[str, typer.Option("--for", metavar="PERSON", help="The reference of the person whom it is for.")] = "",
    people: Annotated[int, typer.Option("--people", min=1, help="For how many people.")] = 1,
    at: Annotated[str, typer.Option("--at", metavar="POUNDS", help="Ask for less than the price comes to, for its hour or week.")] = "",
    out: Out = None,
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """Ask a funder for the price of a cost file. Below full cost, a decision in the register must cover it."""
    with acting(database, user) as who:
        asking = Asking(funder, day_given(until, None, "--until"), day_or_none(first, "--from"), person, people, price=_money(at))
        made = make_quote(who, priced_file(file), asking)
        written = write_letter(made, out) if out else None
        today = who.today
    if json_:
        typer.echo(in_json(as_data(made, today)))
        return
    typer.echo("\n".join(in_words(made)))
    for note in made.quote.notes:
        typer.echo(f"Note: {note}")
    typer.echo(f"Its letter is {written}." if written else f"Print its letter: ringfence quote letter {made.quote.reference} --out FOLDER"
               f"{option_for(database)}")


@group.command("offered")
def offered(reference: Reference, at: At, on: On = "", first: From = "", why: Why = "", user: As = "", database: Database = DEFAULT_DATABASE) -> None:
    """Record that the funder offered another price. It is no answer yet."""
    _answer(Word.OFFERED, reference, on, first, at, why, user, database)


@group.command("accepted")
def accepted(reference: Reference, on: On = "", first: From = "", at: At = "", why: Why = "", user: As = "",
             database: Database = DEFAULT_DATABASE) -> None:
    """Record what was agreed: the price that was asked, or another."""
    _answer(Word.ACCEPTED, reference, on, first, at, why, user, database)


@group.command("refused")
def refused(reference: Reference, on: On = "", why: Why = "", user: As = "", database: Database = DEFAULT_DATABASE) -> None:
    """Record that the funder refused."""
    _answer(Word.REFUSED, reference, on, "", "", why, user, database)


@group.command("letter")
def letter(
    reference: Reference,
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="The folder for the letter; it is made if it is not there.")],
    user: As = "",
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Print the letter of a quote as it was made, as a PDF."""
    with acting(database, user) as who:
        typer.echo(f"Its letter is {write_letter(one_quote(who, reference), out)}.")


@group.command("plan")
def plan(
    reference: Reference,
    fund: Annotated[str, typer.Option("--fund", metavar="KEY", help="The fund whose plan it is to be in, like spot-P003.")],
    support: Annotated[str, typer.Option("--support", metavar="KIND", help="The kind of support, as visits have it.")],
    words: Annotated[str, typer.Option("--words", metavar="WORDS", help="What the statement calls it; without it, the name of the package.")] = "",
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="Its last day; without it, the last day of the funding.")] = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
) -> None:
    """Print an accepted quote as a file of ‘apply’: its rate, and its line in the plan. It counts once that is applied and approved."""
    with acting(database, user) as who:
        typer.echo(apply_file_of(who, reference, fund=fund, support=support, words=words, last=day_or_none(last, "--to")), nl=False)


def quotes(
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day to look at; without it, today.")] = "",
    review: Annotated[str, typer.Option("--review", metavar="NAME", help="Only those of this price review.")] = "",
    user: As = "",
    database: Database = DEFAULT_DATABASE,
    json_: Json = False,
) -> None:
    """List what was asked, what was offered and agreed, from when, and what expires soon."""
    with acting(database, user) as who:
        found = every_quote(who, day_or_none(on, "--on"), review)
    if json_:
        typer.echo(in_json(list_as_data(found)))
    else:
        typer.echo("\n".join(list_as_text(found)))


def list_as_text(found: Quotes) -> Iterator[str]:
    """Every quote on a line, then what calls for something to be done."""
    if not found.quotes:
        yield "No quote has been made yet: ringfence quote make FILE"
        return
    heads = ("Quote", "asked £", "offered £", "agreed £", "for each", "from", "until", "more a year £", "stands")
    yield from aligned([heads, *(_row(each, found.on) for each in found.quotes)])
    yield f"More in a year than is paid now, as agreed or as asked while it stands: {found.more_per_year}"
    for each in found.expiring:
        yield f"{each.quote.reference} expires on {day_in_words(each.quote.last_day)}: ask {each.quote.funder} before then."
    for each in found.quotes:
        if each.carried_in_words:
            yield each.carried_in_words
        if each.quote.reference in found.undecided:
            yield below_cost_in_words(each)


def below_cost_in_words(each: Followed) -> str:
    """What was agreed below full cost, and what to do."""
    assert each.agreed is not None
    return (f"{each.quote.reference} was agreed {each.short_per_week} a week below full cost, and no decision covers it: "
            f"ringfence offer FILE {each.quote.with_others(Per.HOUR, each.agreed.pence).plain} --propose")


def list_as_data(found: Quotes) -> dict[str, object]:
    return {"on": found.on.isoformat(), "more_per_year": found.more_per_year.plain,
            "quotes": [as_data(each, found.on) | {"undecided_below_cost": each.quote.reference in found.undecided} for each in found.quotes]}


def as_data(each: Followed, on: date) -> dict[str, object]:
    """One quote for another program: amounts are text with two decimals, nothing where there is none."""
    quote, more = each.quote, each.more_per_year(on)
    return {
        "reference": quote.reference, "review": quote.review, "funder": quote.funder, "package": quote.package, "person": quote.person,
        "people": quote.people, "made_on": quote.made_on, "made_by": each.made_by, "priced_on": quote.priced_on,
        "priced_until": quote.priced_until or None, "from": quote.first, "until": quote.until,
        "standing": each.standing(on).value, "per": quote.per, "asked": Money(quote.pence).plain,
        "now": None if quote.now_pence is None else Money(quote.now_pence).plain,
        "asked_per": {span.value: quote.charged(span).plain for span in (Per.HOUR, Per.WEEK, Per.YEAR)},
        "offered": _said(each.offer), "answer": _said(each.answer), "more_per_year": None if more is None else more.plain,
        "below_full_cost_per_week": each.short_per_week.plain, "whole": whole_as_data(quote), "notes": list(quote.notes), "digest": quote.digest,
    }


def whole_as_data(quote: Quote) -> dict[str, str] | None:
    """The whole price of which a part is asked, for another program; None where the whole is asked."""
    whole = quote.whole
    return None if whole is None else {"per": whole.per, "asked": Money(whole.pence).plain, "others_per_week": Money(whole.others_pence).plain,
                                       "not_paid_per_week": Money(whole.not_paid_pence).plain}


def _answer(word: Word, reference: str, on: str, first: str, at: str, why: str, user: str, database: str) -> None:
    with acting(database, user) as who:
        done = answer_quote(who, reference, word, on=day_or_none(on, "--on"), first=day_or_none(first, "--from"), price=_money(at), why=why)
        undecided = every_quote(who).undecided
    said = done.answer or done.offer
    assert said is not None
    price = "" if word is Word.REFUSED else f": {Money(said.pence)} for each {done.quote.per}, from {day_in_words(said.first)}"
    typer.echo(f"{done.quote.reference} was {said.word} on {day_in_words(said.on)}{price}.")
    if done.carried_in_words:
        typer.echo(done.carried_in_words)
    if done.quote.reference in undecided:
        typer.echo(below_cost_in_words(done))


def in_words(made: Followed) -> Iterator[str]:
    """What was asked, of whom, and for which days."""
    quote = made.quote
    yield (f"{quote.reference}: {quote.package}, {Money(quote.pence)} for each {quote.per}, {quote.charged(Per.WEEK)} a week, "
           f"{quote.charged(Per.YEAR)} a year.")
    if quote.whole:
        yield f"That is the part of {quote.funder} of the whole price, {Money(quote.whole.pence)} for each {quote.whole.per}."
    yield f"{quote.funder} can answer until {day_in_words(quote.last_day)}. It counts from {day_in_words(quote.first_day)}."
    if quote.last_priced_day:
        yield f"It is one price for all days from {day_in_words(date.fromisoformat(quote.priced_on))} to {day_in_words(quote.last_priced_day)}."


def _row(each: Followed, on: date) -> tuple[str, ...]:
    quote, more = each.quote, each.more_per_year(on)
    agreed = each.agreed
    return (f"{quote.reference}  {quote.funder}: {quote.package}", Money(quote.pence).plain, _pence(each.offer), _pence(agreed), quote.per,
            day_in_figures(agreed.first if agreed else quote.first_day), day_in_figures(quote.last_day), "" if more is None else more.plain,
            each.standing(on).value)


def _pence(said: Answer | None) -> str:
    return "" if said is None else Money(said.pence).plain


def _said(said: Answer | None) -> dict[str, str] | None:
    if said is None:
        return None
    return {"word": said.word.value, "on": said.on.isoformat(), "from": said.first.isoformat(), "pounds": Money(said.pence).plain, "why": said.why,
            "recorded_by": said.recorded_by}


def _money(text: str) -> Money | None:
    return Money.parse(text) if text else None
