"""What an Easy Read statement says, as finished text: ideas in reading order, each with a picture. Nothing is computed here.

Source: “Making written information easier to understand for people with learning disabilities” (Department of Health, 2010): a picture to the
left of each idea, short sentences, plain words, letters of 16 points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from basics.periods import Month
from basics.vocabulary import say
from isf.statement import BudgetLine, Contact, Correction, GivenLine, MoneyLine, Statement
from ringfence.documents import easy_words, words
from ringfence.documents.pages import Page, marks, nil_or_more, refuse_unseen


def easy_page(record: Statement) -> Page:
    """A statement in Easy Read. Raises `InputError` as `pages.statement_page` does."""
    words.status(record.status)
    page = {
        "kind": "easy",
        "title": words.statement_title(record.known_as),
        "period": record.period_words,
        "for_whom": words.for_whom(record.name, record.provider),
        "provider": record.provider,
        "marks": marks(record, say("statement.draft"), say("statement.practice")),
        "parts": [{"heading": heading, "ideas": list(ideas)} for heading, ideas in _parts(record)],
        "pictures": say("easy.pictures"),
        "footer": words.statement_footer(record.provider, record.month, record.known_as, record.seal),
        "day": Month.parse(record.month).last.isoformat(),
    }
    refuse_unseen(page, f"statement {record.month} of {record.person_reference}")
    return page


def _parts(record: Statement) -> Iterator[tuple[str, Iterable[Page]]]:
    """In the order in which a reader asks."""
    yield say("easy.enough"), [_idea(easy_words.STATUS_PICTURES[record.status], record.headline)]
    yield words.money_heading(record.known_as), _money(record)
    yield easy_words.given_heading(record.known_as), _given(record)
    if record.corrections:
        yield say("mistake.heading"), _mistakes(record.corrections)
    yield words.budget_heading(record.known_as), _budget(record)
    if record.contacts:
        yield say("contacts.heading"), _contacts(record.contacts)


def _idea(picture: str, *sentences: str, bold: str = "") -> Page:
    return {"picture": picture, "bold": bold, "words": list(sentences)}


def _money(record: Statement) -> Iterator[Page]:
    money, month = record.money, Month.parse(record.month)
    yield _idea("calendar", f"{words.we_held(month.first)} {nil_or_more(money.opening_pence)}.")
    if money.opening_pence < 0:
        yield _idea("council", f"{words.owed(money.who_owes_when_below_nil, money.opening_pence, now=False)}.")
    for picture, lines in (("paid-in", money.paid_in), ("support", money.paid_out), ("put-right", money.put_right)):
        yield from (_movement(picture, line) for line in lines)
    if money.closing_pence < 0:
        yield _idea("council", f"{words.owed(money.who_owes_when_below_nil, money.closing_pence, now=True)}.")
    yield _idea("money", bold=f"{words.we_held(month.last)} {nil_or_more(money.closing_pence)}.")
    yield from (_idea("saved", each) for each in words.ahead_and_saved(money))
    if record.bills_pence:
        yield _idea("bill", *words.bills_to_pay(record.bills_pence))
    for each in record.over_cap:
        much, whose, back = words.over_cap(each, month.last)
        yield from (_idea("look", *much), _idea("council", *whose), _idea("calendar", *back))


def _movement(picture: str, line: MoneyLine) -> Page:
    what, moved = easy_words.came_in(line.words, line.pence)
    return _idea(picture, moved, bold=what)


def _given(record: Statement) -> Iterator[Page]:
    for line in record.given:
        yield _idea(easy_words.MEASURE_PICTURES.get(line.measure, "support"),
                    *easy_words.planned_and_given(line.planned, line.given, line.measure), bold=line.words)
        yield _price(line)
    if record.given:
        yield _idea("money", bold=easy_words.all_cost(record.given_total_pence))
    else:
        yield _idea("support", say("easy.nothing-given"))
    yield from (_idea("money", *words.own_part(each)) for each in record.own_parts)
    for short in record.shortfalls:
        what, sentences = easy_words.did_not_come(short.day, short.words, short.minutes, short.reason)
        yield _idea("did-not-come", *sentences, bold=what)


def _price(line: GivenLine) -> Page:
    return _idea("price", easy_words.it_cost(line.pence), *([words.stop(line.price_words)] if line.price_words else []))


def _mistakes(corrections: Iterable[Correction]) -> Iterator[Page]:
    yield _idea("sorry", say("easy.sorry"))
    for each in corrections:
        what = say("easy.on-a-day", day=each.month, what=each.words)
        yield _idea("put-right", *easy_words.before_and_now(each.before_pence, each.after_pence), bold=what)
        yield _idea("talk", easy_words.because(each.why))


def _budget(record: Statement) -> Iterator[Page]:
    yield _idea("budget", say("easy.budget"))
    if not record.budgets:
        yield _idea("not-known", say("budget.none"))
    for line in record.budgets:
        yield from _of_budget(line)
    if record.budgets:
        yield from (_idea("calendar", *found) for found in [words.expected(record.budgets[-1], Month.parse(record.month).last)] if found)
    if record.forecast:
        used, *rest = words.forecast(record.forecast, lambda minutes: easy_words.in_full(minutes, "minutes"))
        yield from (_idea("calendar", used), _idea("budget", *rest))
    yield from (_idea("budget", each) for each in record.changes)
    yield from (_idea("provider", *found) for found in [words.carried(record.carried_pence, record.provider)] if found)
    yield from (_idea("saved", each) for each in words.set_aside(record.set_aside))
    yield from (_idea("money", each) for each in words.may_use(record))


def _of_budget(line: BudgetLine) -> Iterator[Page]:
    yield _idea("not-known" if line.budget_pence is None else "calendar", easy_words.budget_is(line.budget_pence), bold=line.words)
    yield _idea("support", easy_words.used(line.used_pence))
    yield _idea("money", easy_words.left(line.left_pence))


def _contacts(contacts: Sequence[Contact]) -> Iterator[Page]:
    """Us first, then whoever pays, and the Ombudsman last."""
    for n, each in enumerate(contacts, start=1):
        picture = "ring" if n == 1 else "fair" if n == len(contacts) else "council"
        yield _idea(picture, *filter(None, [each.name, each.telephone]), bold=say("easy.contact", words=each.words))
