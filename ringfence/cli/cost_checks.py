"""What stands below a price: its cap, and what IAS found of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from basics.rounding import tenth
from costing.beside import Beside
from costing.cap_words import cap_in_words
from costing.price import Capped, money
from ringfence.cli.columns import aligned

TENTH = Decimal("0.1")


def cap_as_text(capped: Capped | None) -> Iterator[str]:
    """Whether the cap is kept; where not, by how much, and the price under it."""
    if capped is None:
        return
    title, *sentences = cap_in_words(capped)
    yield ""
    yield title
    yield from (f"  {sentence}" for sentence in sentences)


def cap_as_data(capped: Capped | None) -> dict[str, object] | None:
    """The cap for another program; None where the file has none."""
    if capped is None:
        return None
    return {
        "percent": f"{capped.cap.percent.value.normalize():f}",
        "basis": capped.cap.basis.value,
        "lines": list(capped.cap.lines),
        "exceeded": capped.is_exceeded,
        "covered_percent": str(tenth(capped.covered_percent)),
        "price_per_hour": money(capped.per_hour).plain,
        "price_per_week": money(capped.per_week).plain,
        "short_per_hour": capped.short_per_hour.plain,
        "short_per_week": capped.short_per_week.plain,
    }


def beside_as_text(beside: Sequence[Beside]) -> Iterator[str]:
    """Our parts of full cost beside those of IAS."""
    if beside:
        yield ""
        yield from aligned([("Full cost, without contingency and surplus", "ours", "IAS 2010", "points"),
                            *((each.section.value, f"{each.ours_percent}%", f"{each.theirs.value}%", f"{each.difference:+}") for each in beside)])


def beside_as_data(beside: Sequence[Beside]) -> list[dict[str, str]]:
    """The same for another program: percentages are text with one decimal."""
    return [{"section": each.section.value, "percent": str(each.ours_percent), "ias_percent": str(each.theirs.value.quantize(TENTH)),
             "difference": str(each.difference.quantize(TENTH))} for each in beside]
