"""Days that were paid for by instalment, and in which much less support came than was agreed for them.

The Ombudsman’s reports find hours that were commissioned and charged and did not come. A week may be early or late, so that it is told where less
than half came; what is short by less is told over three months.
"""

from __future__ import annotations

from collections.abc import Sequence

from basics.periods import Period, minutes_in_words
from isf.plan import Measure, PlanLine, planned
from isf.position import Delivered

MUCH_LESS_PERCENT = 50
"""Less than this of what was agreed for the days is much less."""


def much_less(lines: Sequence[PlanLine], days: Period, given: Delivered) -> str:
    """What is told of the plan of one fund over the days of an instalment; empty where nothing is, or nothing was agreed for them.

    Time is looked at where any is planned; where a plan only counts, like nights, how often it was.
    """
    agreed = {measure: sum(planned(line, days) for line in lines if line.measure is measure) for measure in Measure}
    measure = Measure.MINUTES if agreed[Measure.MINUTES] else Measure.TIMES
    came = given.of(measure)
    if not agreed[measure] or came * 100 >= agreed[measure] * MUCH_LESS_PERCENT:
        return ""
    if measure is Measure.MINUTES:
        return f"{minutes_in_words(came)} of the {minutes_in_words(agreed[measure])} agreed for those days were given"
    return f"{came:,} of the {agreed[measure]:,} times agreed for those days were given"
