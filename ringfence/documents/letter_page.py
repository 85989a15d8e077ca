"""What a letter says that asks a funder for one price or several, as finished text in reading order: every pound on a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from basics.money import Money
from basics.periods import Period, day_in_words
from basics.vocabulary import listed, say
from costing.package import Per
from costing.quote import Quote, QuoteLine, QuoteStep, Whole
from costing.uplift import SPANS, percent_more
from ringfence.documents.pages import Page, refuse_unseen
from ringfence.documents.words import dotted

WHOLE_TENTHS = 1000
MINUS = "\N{MINUS SIGN}"


def letter_page(quotes: Sequence[Quote]) -> Page:
    """One letter to one funder. Raises `InputError` for a character that cannot be seen."""
    first = quotes[0]
    references = say("comma").join(quote.reference for quote in quotes if quote.reference)
    page = {
        "title": _title(first, references),
        "provider": first.provider,
        "marks": list(_marks(first, references)),
        "from": {"label": say("invoice.from"), "lines": [first.provider, *first.provider_address, first.provider_contact]},
        "to": {"label": say("invoice.to"), "lines": [first.funder, *first.funder_address]},
        "facts": list(_facts(quotes, references)),
        "opening": _opening(quotes),
        "asked": [_asked(quote, alone=len(quotes) == 1) for quote in quotes],
        "together": _together(quotes) if len(quotes) > 1 else None,
        "left_out": {"heading": say("quote.left-out"), "lines": list(listed("quote.left-out"))},
        "answer": {"heading": say("quote.answer"), "lines": _how_to_answer(first)},
        "footer": dotted((first.provider, references, say("quote.record", record=first.digest[:8]) if len(quotes) == 1 else "")),
    }
    refuse_unseen(page, f"the letter to {first.funder}")
    return page


def _title(quote: Quote, references: str) -> str:
    if quote.review:
        return say("quote.title.review", review=quote.review)
    return say("quote.title", references=references) if references else say("quote.title.draft")


def _marks(quote: Quote, references: str) -> Iterator[Page]:
    if quote.practice:
        yield {"word": say("quote.practice"), "sentence": ""}
    if not references:
        yield {"word": say("draft"), "sentence": say("quote.draft")}


def _facts(quotes: Sequence[Quote], references: str) -> Iterator[tuple[str, str]]:
    first = quotes[0]
    yield say("invoice.date"), _day(first.made_on)
    if references:
        yield say("reminder.reference" if len(quotes) == 1 else "quote.references"), references
    if first.person:
        yield say("quote.person"), first.person
    yield say("quote.until"), _day(first.until)
    yield say("quote.first"), _day(first.first)


def _opening(quotes: Sequence[Quote]) -> str:
    first = quotes[0]
    if len(quotes) > 1:
        return say("quote.ask.several", day=_day(first.first))
    asked: dict[str, object] = {"package": first.package, "money": Money(first.pence), "per": _span(first.quoted_per), "day": _day(first.first)}
    said = [say("quote.ask", **asked) if first.now_pence is None else say("quote.ask.in-place-of", **asked, now=Money(first.now_pence))]
    if first.whole is not None:
        said.append(say("quote.part-of", money=Money(first.whole.pence), per=_span(Per(first.whole.per))))
    return " ".join([*said, say("quote.shows.whole" if first.whole else "quote.shows")])


def _asked(quote: Quote, *, alone: bool) -> Page:
    per, pence, now = Per(quote.per), quote.pence, quote.now_pence
    if quote.whole:
        per, pence, now = Per(quote.whole.per), quote.whole.pence, quote.whole.now_pence
    which = ".whole" if quote.whole else ""
    return {
        "heading": quote.package if alone or not quote.reference else say("quote.heading", reference=quote.reference, package=quote.package),
        "about": _about(quote),
        "prices": {"columns": list(listed("quote.prices.columns")), "rows": list(_prices(quote))},
        "stretches": {"columns": list(listed("quote.stretches.columns")), "rows": list(_stretches(quote))},
        "lines_heading": say(f"quote.lines{which}", per=_span(per)),
        "columns": list(listed("quote.columns" if quote.now_pence is None else "quote.columns.review")),
        "lines": list(_lines(quote)),
        "total": [say(f"quote.total{which}", per=_span(per)), *_cells(quote, pence, now)],
        "changes": list(map(_change, quote.changes)),
        "changes_heading": say("quote.changes"),
        "notes": {"heading": say("quote.notes"), "lines": [] if quote.reference else list(quote.notes)},
    }


def _change(change: QuoteStep) -> str:
    return f"{say('quote.change', label=change.label, before=change.before, now=change.amount)} {_sentence(change.source)}"


def _span(per: Per) -> str:
    """“an hour”, “a week”, “a year”."""
    return say(f"per.{per}")


def _about(quote: Quote) -> str:
    people = say("quote.about.one" if quote.people == 1 else "quote.about", hours=_plain(quote.hours_per_week), weeks=_plain(quote.weeks_per_year),
                 people=f"{quote.people:,}")
    return f"{people} {_whose_rates(quote)}"


def _whose_rates(quote: Quote) -> str:
    key = "quote.rates" if not quote.priced_until else "quote.rates.stretches" if quote.stretches else "quote.rates.days"
    return say(key, day=_day(quote.priced_on), last=_day(quote.priced_until) if quote.priced_until else "")


def _stretches(quote: Quote) -> Iterator[list[str]]:
    for each in quote.stretches:
        days = Period(date.fromisoformat(each.first), date.fromisoformat(each.last))
        yield [str(days), str(Money(each.hour_pence)), str(Money(each.week_pence))]


def _prices(quote: Quote) -> Iterator[list[str]]:
    whole, of, day = quote.whole, ".part" if quote.whole else "", _day(quote.first)
    if whole is not None:
        if whole.now_pence is not None:
            yield [say("quote.whole.before"), *(str(quote.as_charged(whole.now_pence, Per(whole.per), span)) for span in SPANS)]
        yield [say("quote.whole.from", day=day), *(str(quote.as_charged(whole.pence, Per(whole.per), span)) for span in SPANS)]
        if whole.others_pence:
            yield [say("quote.others"), *(str(_by_others(quote, whole, span)) for span in SPANS)]
        if whole.not_paid_pence:
            yield [say("quote.contingency"), *(str(quote.as_charged(whole.not_paid_pence, Per.WEEK, span)) for span in SPANS)]
        if quote.taken_off_pence:
            yield [say("quote.part.before-taken-off"), *(str(quote.charged(span, quote.pence - quote.taken_off_pence)) for span in SPANS)]
    if quote.now_pence is not None:
        yield [say(f"quote.now{of}"), *(str(quote.charged(span, quote.now_pence)) for span in SPANS)]
    yield [say(f"quote.from{of}", day=day), *(str(quote.charged(span)) for span in SPANS)]
    if quote.now_pence is not None:
        yield [say("quote.more"), *(_signed(quote.charged(span).pence - quote.charged(span, quote.now_pence).pence) for span in SPANS)]
    if quote.people > 1:
        yield [say(f"quote.for-all{of}", people=f"{quote.people:,}"), "", str(quote.for_all(Per.WEEK)), str(quote.for_all(Per.YEAR))]


def _by_others(quote: Quote, whole: Whole, span: Per) -> Money:
    """What others pay: the rest of the whole price, so that the parts add to it for an hour and a year as they do for a week."""
    part = quote.charged(span, quote.pence - quote.taken_off_pence)
    return quote.as_charged(whole.pence, Per(whole.per), span) - part - quote.as_charged(whole.not_paid_pence, Per.WEEK, span)


def _lines(quote: Quote) -> Iterator[Page]:
    """Each section with what its lines add to, and below it the lines; a section that is one line of its own name is one row."""
    for section, found in groupby(quote.lines, key=lambda line: line.section):
        lines = list(found)
        alone = [line.label for line in lines] == [section]
        yield {"kind": "section", "words": section, "below": _because(lines[0]) if alone else "", "cells": _cells(quote, *_summed(lines))}
        if not alone:
            yield from ({"kind": "line", "words": line.label, "below": _because(line), "cells": _cells(quote, *_summed([line]))} for line in lines)
    taken_off = (_taken_off(quote), quote.taken_off_pence, quote.taken_off_before_pence)
    rounding = (say("quote.rounding"), quote.rounding_pence, quote.rounding_before_pence)
    for said, now, before in (*((taken_off,) if quote.whole is None else ()), rounding):
        if now or before:
            share = _percent(_taken_off_tenths(quote)) if said == taken_off[0] and quote.now_pence is None else ""
            yield {"kind": "section", "words": said, "below": "", "cells": [*_cells(quote, now, before)[:-1], share]}


def _taken_off_tenths(quote: Quote) -> int:
    """What was taken off as a share of the price that is asked: by so much the lines are more than the whole."""
    return WHOLE_TENTHS - sum(line.share_tenths for line in quote.lines)


def _taken_off(quote: Quote) -> str:
    """What stands between the lines and the price."""
    if not quote.taken_off_before_pence:
        return say("quote.taken-off")
    return say("quote.not-covered" if quote.taken_off_before_pence < 0 else "quote.beyond")


def _summed(lines: Iterable[QuoteLine]) -> tuple[int, int, int]:
    held = list(lines)
    return sum(line.pence for line in held), sum(line.before_pence or 0 for line in held), sum(line.share_tenths for line in held)


def _cells(quote: Quote, pence: int, before: int | None, share_tenths: int = WHOLE_TENTHS) -> list[str]:
    """A row of figures: alone with its share of the price, or beside what it was before."""
    if quote.now_pence is None:
        return [_figure(pence), _percent(share_tenths)]
    percent = percent_more(Money(before or 0), Money(pence))
    return [_figure(before or 0), _figure(pence), _figure(pence - (before or 0)), "" if percent is None else f"{percent}%".replace("-", MINUS)]


def _percent(tenths: int) -> str:
    return f"{Decimal(tenths).scaleb(-1)}%".replace("-", MINUS)


def _because(line: QuoteLine) -> str:
    if not line.because or line.before_pence == line.pence:
        return ""
    return say("quote.because", changes=say("comma").join(map(str, line.because)))


def _together(quotes: Sequence[Quote]) -> Page:
    rows = [[quote.package, *_years(quote.for_all(Per.YEAR, quote.now_pence or 0).pence, quote.for_all(Per.YEAR).pence)] for quote in quotes]
    now, asked = (sum(each) for each in zip(*((quote.for_all(Per.YEAR, quote.now_pence or 0).pence, quote.for_all(Per.YEAR).pence)
                                              for quote in quotes), strict=True))
    return {"heading": say("quote.together"), "columns": list(listed("quote.together.columns")), "rows": rows,
            "total": [say("quote.together.total"), *_years(now, asked)]}


def _years(now: int, asked: int) -> list[str]:
    return [str(Money(now)), str(Money(asked)), _signed(asked - now)]


def _how_to_answer(quote: Quote) -> list[str]:
    whom = quote.provider_contact
    return [say("quote.answer.until", day=_day(quote.until)), say("quote.answer.tell", whom=whom) if whom else say("quote.answer.tell-us")]


def _figure(pence: int) -> str:
    return _signed(pence).replace("£", "")


def _signed(pence: int) -> str:
    return str(Money(pence)).replace("-", MINUS)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _plain(fraction: str) -> str:
    """An exact number for reading: “20”, “37.5”, “12.3333”."""
    value = Fraction(fraction)
    return f"{(Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal('0.0001')).normalize():f}"


def _day(text: str) -> str:
    return day_in_words(date.fromisoformat(text))
