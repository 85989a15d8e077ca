"""The operations of `costing.figure` over arrays of packages down and scenarios across. Each may write into `out`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from costing.figure import Operation

Numbers = NDArray[np.float64]

PENCE_IN_A_POUND = 100
WHOLE_PERCENT = 100
# Float64 leaves a half-penny a hair too low as often as too high, and some prices in a thousand would be a penny out. So before it is rounded
# a number is moved past the tie that it lies within a few parts in 10^13 of: more than sums of floats lose, less than real prices differ by.
_OUT, _IN = 1 + 2**-42, 1 - 2**-42


def rounded(pounds: Numbers, step_pence: int, out: Numbers | None) -> Numbers:
    """As quoted: to the nearest penny, half a penny away from nil; or up to the next step."""
    if step_pence == 1:
        pence = np.multiply(pounds, PENCE_IN_A_POUND * _OUT, out=out)
        np.rint(pence, out=pence)  # which takes ties to the even penny; but none is left once it is snapped
        return np.divide(pence, PENCE_IN_A_POUND, out=pence)
    steps = np.multiply(pounds, PENCE_IN_A_POUND / step_pence, out=out)
    steps *= _IN if steps.min() >= 0 else np.where(steps > 0, _IN, _OUT)
    np.ceil(steps, out=steps)
    return np.multiply(steps, step_pence / PENCE_IN_A_POUND, out=steps)


def _sum(parts: Sequence[Numbers], out: Numbers | None) -> Numbers:
    """The small ones first, so that only as many sums as must be are of a whole block."""
    found, *others = sorted(parts, key=lambda part: part.size)
    for other in others:
        whole = out is not None and (max(len(found), len(other)), max(found.shape[1], other.shape[1])) == out.shape
        found = np.add(found, other, out=out if whole else None)
    return found


def _share(parts: Sequence[Numbers], out: Numbers | None) -> Numbers:
    """The smaller of the two is divided by the hundred."""
    small, large = sorted(parts, key=lambda part: part.size)
    return np.multiply(small / WHOLE_PERCENT, large, out=out)


def _whole_of(parts: Sequence[Numbers], out: Numbers | None) -> Numbers:
    rest, percent = parts
    return np.multiply(rest, WHOLE_PERCENT / (WHOLE_PERCENT - percent), out=out)


def _where_above(parts: Sequence[Numbers], _out: Numbers | None) -> Numbers:
    amount, tested, threshold = parts
    return np.where(tested > threshold, amount, 0)


DO: Mapping[Operation, Callable[[Sequence[Numbers], Numbers | None], Numbers]] = {
    Operation.ADD: _sum,
    Operation.SUM: _sum,
    Operation.SUBTRACT: lambda parts, out: np.subtract(parts[0], parts[1], out=out),
    Operation.MULTIPLY: lambda parts, out: np.multiply(parts[0], parts[1], out=out),
    Operation.DIVIDE: lambda parts, out: np.divide(parts[0], parts[1], out=out),
    Operation.SHARE: _share,
    Operation.WHOLE_OF: _whole_of,
    Operation.AT_LEAST: lambda parts, out: np.maximum(parts[0], parts[1], out=out),
    Operation.AT_MOST: lambda parts, out: np.minimum(parts[0], parts[1], out=out),
    Operation.WHERE_ABOVE: _where_above,
}
