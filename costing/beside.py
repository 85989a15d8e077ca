"""A price beside what IAS found of its own in 2010: 77% direct support, 13.5% co-ordination and development, 9.5% company costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from basics.share import share
from costing.figure import Figure
from costing.package import Section
from costing.parameter import Parameters
from costing.price import Price

IAS = {Section.DIRECT: "ias_direct_support", Section.COORDINATION: "ias_co_ordination", Section.COMPANY: "ias_company_costs"}
TENTHS_IN_THE_WHOLE = 1000


@dataclass(frozen=True)
class Beside:
    """A part of full cost: what it is of ours, to a tenth of a per cent, and what IAS found."""

    section: Section
    ours_percent: Decimal
    theirs: Figure

    @property
    def difference(self) -> Decimal:
        """Percentage points that ours is above theirs."""
        return self.ours_percent - self.theirs.value


def beside_ias(price: Price, parameters: Parameters, on: date) -> tuple[Beside, ...]:
    """The three parts of the full cost of a price beside those of IAS, which had no contingency and no surplus. Ours add to 100.0%.
    None where the price has no full cost."""
    weights = {section: price.full_cost[section] for section in IAS}
    if not any(weights.values()):
        return ()
    tenths = share(TENTHS_IN_THE_WHOLE, {section.value: weight for section, weight in weights.items()})
    return tuple(Beside(section, Decimal(tenths[section.value]).scaleb(-1), parameters.figure(key, on)) for section, key in IAS.items())
