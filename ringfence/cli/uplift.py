"""`ringfence uplift`: what becomes of a price on a later day, line by line, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from basics.money import Money
from basics.periods import day_in_figures
from costing.price import Price, money
from costing.uplift import SPANS, Uplift, UpliftLine, percent_more
from ringfence.actions.uplifting import uplift_of_file
from ringfence.cli.columns import aligned
from ringfence.cli.common import Json, show

ROUNDED = "pennies of each line"


def uplift(
    file: Annotated[Path, typer.Argument(help="The cost file (docs/formats/cost.md).")],
    to: Annotated[str, typer.Option("--to", metavar="DAY|FILE", help="The later day, like 2027-04-01, or the cost file of next year.")],
    json_: Json = False,
) -> None:
    """Show each line of a price before and after, what it comes to more, and which figures have changed."""
    found = uplift_of_file(file, _day_or_file(to))
    show(as_data(found), as_text(found), as_json=json_)


def as_text(found: Uplift) -> Iterator[str]:
    """The two prices line by line, and below them the inputs that changed, each by the number that its lines name."""
    per = found.after.quoted_per
    yield f"{found.after.name}: the price {found.before.days_in_words} and {found.after.days_in_words}"
    yield ""
    heads = [f"The {per.value} in £", _days(found.before), _days(found.after), "more an hour", "more a week", "more a year",
             "more %", "because of"]
    yield from aligned([heads, *(_line(found, line) for line in found.lines), *_rounding(found), _price(found)])
    if found.changes:
        yield ""
        yield "What has changed"
    yield from (f"{n}. {change}" for n, change in enumerate(found.changes, start=1))
    notes = list(_notes(found))
    if notes:
        yield ""
    yield from notes


def as_data(found: Uplift) -> dict[str, object]:
    """The same for another program: every amount is text with two decimals, nothing where a year is not known."""
    return {
        "name": found.after.name, "before_on": found.before.on.isoformat(), "before_until": _until(found.before),
        "after_on": found.after.on.isoformat(), "after_until": _until(found.after),
        "quoted_per": found.after.quoted_per.value, "price_before": money(found.before.quoted).plain, "price_after": money(found.after.quoted).plain,
        "more": {span.value: _plain(found.price_more(span)) for span in SPANS}, "percent": _percent(found.percent),
        "lines": [{
            "section": line.section.value, "line": line.label, "before": _plain(line.before), "after": _plain(line.after),
            "more": {span.value: _plain(found.more(line, span)) for span in SPANS}, "percent": _percent(line.percent),
            "because": list(line.because), "why": found.why(line)} for line in found.lines],
        "rounding": {span.value: _plain(found.rounding(span)) for span in SPANS},
        "changes": [{"figure": change.label, "before": change.before, "after": change.after, "source": change.source} for change in found.changes],
        "notes_before": list(found.before.notes), "notes": list(found.after.notes),
    }


def _days(price: Price) -> str:
    """The day or the days of a price, over its column."""
    return day_in_figures(price.on) + (f" to {day_in_figures(price.until)}" if price.until else "")


def _until(price: Price) -> str | None:
    return price.until.isoformat() if price.until else None


def _notes(found: Uplift) -> Iterator[str]:
    """The notes of both prices, each once."""
    yield from (f"Note: {note}" for note in found.after.notes)
    yield from (f"Note on the price before: {note}" for note in found.before.notes if note not in found.after.notes)


def _line(found: Uplift, line: UpliftLine) -> Sequence[str]:
    return [line.label, _plain(line.before) or "", _plain(line.after) or "", *_more(found.more(line, span) for span in SPANS),
            _percent(line.percent) or "", found.why(line)]


def _rounding(found: Uplift) -> Iterator[Sequence[str]]:
    more = [found.rounding(span) for span in SPANS]
    if any(more) or found.before.rounding or found.after.rounding:
        yield ["Rounding", found.before.rounding.plain, found.after.rounding.plain, *_more(more), "", ROUNDED if any(more) else ""]


def _price(found: Uplift) -> Sequence[str]:
    before, after = money(found.before.quoted), money(found.after.quoted)
    return ["Price", before.plain, after.plain, *_more(found.price_more(span) for span in SPANS), _percent(percent_more(before, after)) or "", ""]


def _more(amounts: Sequence[Money | None] | Iterator[Money | None]) -> Iterator[str]:
    return ("not known" if amount is None else amount.plain for amount in amounts)


def _plain(amount: Money | None) -> str | None:
    return None if amount is None else amount.plain


def _percent(percent: Decimal | None) -> str | None:
    return None if percent is None else str(percent)


def _day_or_file(text: str) -> date | Path:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Path(text)
