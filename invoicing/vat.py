"""How VAT stands for each kind of support on one payer, where its terms tell the kinds apart.

An electronic invoice outside the scope of VAT may hold nothing else (EN 16931, BR-O-11 to BR-O-14). So what is exempt and what is outside the scope
are asked for on two invoices, and each says its own words.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from basics.errors import RingfenceError
from invoicing.delivery import Agreements, Charge, Vat
from invoicing.in_force import InForce


class VatByKind:
    """For each charge: how VAT stands for its kind of support."""

    def __init__(self, agreements: Agreements) -> None:
        self._in_force = InForce(agreements)
        self._any = any(each.vat_by_support for each in agreements.terms)
        self._support = {line.id: line.support_type for line in agreements.plan} if self._any else {}
        self._found: dict[_Asked, dict[str, Vat]] = {}

    def of(self, charge: Charge) -> Vat | None:
        """None where the terms of the day of support do not tell this kind apart: what they say of all support holds."""
        if not self._any:
            return None
        asked = _Asked(charge.fund, charge.funder or "", charge.support_on)
        if asked not in self._found:
            self._found[asked] = self._by_support(asked)
        return self._found[asked].get(self._support.get(charge.plan_line_id or 0, ""))

    def _by_support(self, asked: _Asked) -> dict[str, Vat]:
        try:
            funding = self._in_force.funding(asked.fund, asked.funder, asked.day, asked.day)
            terms = self._in_force.terms(funding.terms, asked.day)
        except RingfenceError:
            return {}
        return dict(terms.vat_by_support)


class _Asked(NamedTuple):
    fund: str
    funder: str
    day: date
