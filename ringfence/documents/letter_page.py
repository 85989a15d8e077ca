"""What a letter says that asks a funder for one price or several, as finished text in reading order: every pound on a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from basics.money import Money
from basics.periods import Period, day_in_words
from costing.package import Per
from costing.quote import Quote, QuoteLine, Whole
from costing.uplift import SPANS, percent_more
from ringfence.documents.pages import Page, refuse_unseen

DRAFT = {"word": "DRAFT", "sentence": "Nothing is asked with this page yet. It has no reference."}
PRACTICE = {"word": "Practice: not a real letter", "sentence": ""}
LEFT_OUT = ("Rent, service charge and all other costs of housing. They are no part of support.",
            "Anything that stands on no line of this letter.")
A_SPAN = {Per.HOUR: "an hour", Per.WEEK: "a week", Per.YEAR: "a year"}
WHOLE_TENTHS = 1000
MINUS = "\N{MINUS SIGN}"


def letter_page(quotes: Sequence[Quote]) -> Page:
    """One letter to one funder. Raises `InputError` for a character that cannot be seen."""
    first = quotes[0]
    references = ", ".join(quote.reference for quote in quotes if quote.reference)
    page = {
        "title": f"Price review: {first.review}" if first.review else f"Price offer {references}".strip(),
        "provider": first.provider,
        "marks": [*([PRACTICE] if first.practice else []), *([] if references else [DRAFT])],
        "from": {"label": "From", "lines": [first.provider, *first.provider_address, first.provider_contact]},
        "to": {"label": "To", "lines": [first.funder, *first.funder_address]},
        "facts": list(_facts(quotes, references)),
        "opening": _opening(quotes),
        "asked": [_asked(quote, alone=len(quotes) == 1) for quote in quotes],
        "together": _together(quotes) if len(quotes) > 1 else None,
        "left_out": {"heading": "What is not in the price", "lines": list(LEFT_OUT)},
        "answer": {"heading": "How to answer", "lines": _how_to_answer(first)},
        "footer": " · ".join(filter(None, (first.provider, references, f"record {first.digest[:8]}" if len(quotes) == 1 else ""))),
    }
    refuse_unseen(page, f"the letter to {first.funder}")
    return page


def _facts(quotes: Sequence[Quote], references: str) -> Iterator[tuple[str, str]]:
    first = quotes[0]
    yield "Date", _day(first.made_on)
    if references:
        yield "Our reference" if len(quotes) == 1 else "Our references", references
    if first.person:
        yield "Person", first.person
    yield "Stands until", _day(first.until)
    yield "Counts from", _day(first.first)


def _opening(quotes: Sequence[Quote]) -> str:
    first = quotes[0]
    if len(quotes) > 1:
        return f"We ask for the prices below from {_day(first.first)}. Each is opened, so that you can see what every pound of it is for."
    more = "" if first.now_pence is None else f" in place of the {Money(first.now_pence)} that is paid now"
    part = "" if first.whole is None else f"That is your part of a price of {Money(first.whole.pence)} {A_SPAN[Per(first.whole.per)]}. "
    return (f"For {first.package} we ask {Money(first.pence)} {A_SPAN[first.quoted_per]} from {_day(first.first)}{more}. {part}"
            f"This letter shows what every pound of {'the whole price' if part else 'it'} is for.")


def _asked(quote: Quote, *, alone: bool) -> Page:
    number = "" if alone or not quote.reference else f"{quote.reference}: "
    per, pence, now = Per(quote.per), quote.pence, quote.now_pence
    if quote.whole:
        per, pence, now = Per(quote.whole.per), quote.whole.pence, quote.whole.now_pence
    return {
        "heading": f"{number}{quote.package}",
        "about": f"{_plain(quote.hours_per_week)} hours of support a week, {_plain(quote.weeks_per_year)} weeks a year, "
                 f"for {'one person' if quote.people == 1 else f'{quote.people:,} people'}. "
                 f"{_whose_rates(quote)}",
        "prices": {"columns": ["The price", *(A_SPAN[span].capitalize() for span in SPANS)], "rows": list(_prices(quote))},
        "stretches": {"columns": ["At the rates of each stretch of days", "An hour", "A week"], "rows": list(_stretches(quote))},
        "lines_heading": f"What the {'whole ' if quote.whole else ''}price of {A_SPAN[per]} is made of",
        "columns": ["What it is for", *_columns(quote)],
        "lines": list(_lines(quote)),
        "total": [f"{'Whole price' if quote.whole else 'Price'} of {A_SPAN[per]}", *_cells(quote, pence, now)],
        "changes": [f"{each.label}: {each.before} before, {each.amount} now. {_sentence(each.source)}" for each in quote.changes],
        "changes_heading": "What has changed",
        "notes": {"heading": "For you, before it is sent", "lines": [] if quote.reference else list(quote.notes)},
    }


def _whose_rates(quote: Quote) -> str:
    if not quote.priced_until:
        return f"Worked out at the rates of {_day(quote.priced_on)}."
    days = f"all days from {_day(quote.priced_on)} to {_day(quote.priced_until)}"
    return f"One price for {days}{': each stretch of them counts at its own rates' if quote.stretches else ''}."


def _stretches(quote: Quote) -> Iterator[list[str]]:
    for each in quote.stretches:
        days = Period(date.fromisoformat(each.first), date.fromisoformat(each.last))
        yield [str(days), str(Money(each.hour_pence)), str(Money(each.week_pence))]


def _prices(quote: Quote) -> Iterator[list[str]]:
    whole, your = quote.whole, "Your part, " if quote.whole else ""
    if whole is not None:
        if whole.now_pence is not None:
            yield ["The whole price, before", *(str(quote.as_charged(whole.now_pence, Per(whole.per), span)) for span in SPANS)]
        yield [f"The whole price, from {_day(quote.first)}", *(str(quote.as_charged(whole.pence, Per(whole.per), span)) for span in SPANS)]
        if whole.others_pence:
            yield ["Paid by others", *(str(_by_others(quote, whole, span)) for span in SPANS)]
        if whole.not_paid_pence:
            yield ["Contingency that nobody pays", *(str(quote.as_charged(whole.not_paid_pence, Per.WEEK, span)) for span in SPANS)]
        if quote.taken_off_pence:
            yield ["Your part, before what we take off", *(str(quote.charged(span, quote.pence - quote.taken_off_pence)) for span in SPANS)]
    if quote.now_pence is not None:
        yield [f"{your}paid now".capitalize(), *(str(quote.charged(span, quote.now_pence)) for span in SPANS)]
    yield [f"{your}from {_day(quote.first)}" if your else f"From {_day(quote.first)}", *(str(quote.charged(span)) for span in SPANS)]
    if quote.now_pence is not None:
        yield ["More", *(_signed(quote.charged(span).pence - quote.charged(span, quote.now_pence).pence) for span in SPANS)]
    if quote.people > 1:
        yield [f"{your}for all {quote.people:,} people".capitalize(), "", str(quote.for_all(Per.WEEK)), str(quote.for_all(Per.YEAR))]


def _by_others(quote: Quote, whole: Whole, span: Per) -> Money:
    """What others pay: the rest of the whole price, so that the parts add to it for an hour and a year as they do for a week."""
    part = quote.charged(span, quote.pence - quote.taken_off_pence)
    return quote.as_charged(whole.pence, Per(whole.per), span) - part - quote.as_charged(whole.not_paid_pence, Per.WEEK, span)


def _columns(quote: Quote) -> list[str]:
    if quote.now_pence is None:
        return ["£", "Share"]
    return ["Now £", "Asked £", "More £", "More %"]


def _lines(quote: Quote) -> Iterator[Page]:
    """Each section with what its lines add to, and below it the lines; a section that is one line of its own name is one row."""
    for section, found in groupby(quote.lines, key=lambda line: line.section):
        lines = list(found)
        alone = [line.label for line in lines] == [section]
        yield {"kind": "section", "words": section, "below": _because(lines[0]) if alone else "", "cells": _cells(quote, *_summed(lines))}
        if not alone:
            yield from ({"kind": "line", "words": line.label, "below": _because(line), "cells": _cells(quote, *_summed([line]))} for line in lines)
    taken_off = (_taken_off(quote), quote.taken_off_pence, quote.taken_off_before_pence)
    for said, now, before in (*((taken_off,) if quote.whole is None else ()), ("Rounding", quote.rounding_pence, quote.rounding_before_pence)):
        if now or before:
            share = _percent(_taken_off_tenths(quote)) if said == taken_off[0] and quote.now_pence is None else ""
            yield {"kind": "section", "words": said, "below": "", "cells": [*_cells(quote, now, before)[:-1], share]}


def _taken_off_tenths(quote: Quote) -> int:
    """What was taken off as a share of the price that is asked: by so much the lines are more than the whole."""
    return WHOLE_TENTHS - sum(line.share_tenths for line in quote.lines)


def _taken_off(quote: Quote) -> str:
    """What stands between the lines and the price."""
    if not quote.taken_off_before_pence:
        return "Taken off by us"
    return "Not covered by what is paid now" if quote.taken_off_before_pence < 0 else "Paid now beyond what it came to"


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
    return f"because of {', '.join(map(str, line.because))}" if line.because and line.before_pence != line.pence else ""


def _together(quotes: Sequence[Quote]) -> Page:
    rows = [[quote.package, *_years(quote.for_all(Per.YEAR, quote.now_pence or 0).pence, quote.for_all(Per.YEAR).pence)] for quote in quotes]
    now, asked = (sum(each) for each in zip(*((quote.for_all(Per.YEAR, quote.now_pence or 0).pence, quote.for_all(Per.YEAR).pence)
                                              for quote in quotes), strict=True))
    return {"heading": "All together, for a year", "columns": ["Package", "Now", "Asked", "More"], "rows": rows,
            "total": ["All packages", *_years(now, asked)]}


def _years(now: int, asked: int) -> list[str]:
    return [str(Money(now)), str(Money(asked)), _signed(asked - now)]


def _how_to_answer(quote: Quote) -> list[str]:
    whom = f"{quote.provider_contact}," if quote.provider_contact else "us"
    return [f"This stands until {_day(quote.until)}. After that day it is no longer offered, and we would work it out again.",
            f"Please tell {whom} whether you accept it, offer another price, or refuse it, and from when."]


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
