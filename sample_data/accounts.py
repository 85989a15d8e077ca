"""What the invented provider’s own accounts know: codes, and what its auditor decided of the block contracts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from isf.nominal import Nominal
from sample_data.block import Block, Section

_FROM = date(2026, 1, 1)
_FIRST_CODE, _STEP = 4000, 10
NOMINAL_CODES: tuple[Section, ...] = tuple(
    {"account": account.value, "code": str(_FIRST_CODE + _STEP * n), "from": _FROM} for n, account in enumerate(Nominal))


def contract_accounts(blocks: Iterable[Block]) -> list[Section]:
    """The provider gives the support itself, and what is unspent is no restricted fund of its own."""
    return [{"contract": block.contract["reference"], "from": block.contract["from"], "acts_as": "principal", "restricted": False,
             "cost_centre": f"ISF-{n}", "source": "The auditor’s letter of 3 March 2026"} for n, block in enumerate(blocks, start=1)]
