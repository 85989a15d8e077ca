"""The ways in which a personal budget may be held."""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """Who holds the budget. A direct payment goes to the person; a fund that the provider holds is an individual service fund."""

    DIRECT_PAYMENT = "direct payment"
    COUNCIL = "council-managed"
    FRIEND_OR_RELATIVE = "friend or relative"
    PROVIDER = "provider"
    TRUST = "trust"
    MIXED = "mixed"


NEEDS_AGREEMENT = (Way.FRIEND_OR_RELATIVE, Way.TRUST)
"""Somebody else then looks after the person’s money, and needs a written agreement."""

PAYS_A_RELATIVE = "pay a close relative in the same home"
"""What an agreement must say, among what it lets somebody decide, before such a relative is paid from the fund."""
