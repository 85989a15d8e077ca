"""Showing how a contract would divide. Nothing is stored: a split counts only once it is applied and approved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from isf.layers import PlaceCost, layers_cost
from isf.split import Claim, Method, Split, split
from ringfence.importing.split_file import SplitRequest, read_split_file

LAYERS_HOURS_ARE = "planned a week"


@dataclass(frozen=True)
class SplitShown:
    """A split beside what it was made from: what its hours are, and each person's weekly layers where it went by layers."""

    contract: str
    split: Split
    hours_are: str | None
    layers: Mapping[str, PlaceCost]


def show_split(path: Path) -> SplitShown:
    """How the contract in the file divides. Raises `Refused` with everything that is wrong with the file or the split."""
    asked = read_split_file(path)
    by_layers = asked.method is Method.LAYERS
    layers = layers_cost(asked.houses, asked.own) if by_layers else {}
    claims = _costed(asked.claims, layers) if by_layers else asked.claims
    divided = split(asked.contract_pence, asked.method, claims, asked.top_slices)
    return SplitShown(asked.contract, divided, _hours_are(asked), layers)


def _hours_are(asked: SplitRequest) -> str | None:
    return LAYERS_HOURS_ARE if asked.method is Method.LAYERS else asked.hours_are


def _costed(claims: Sequence[Claim], layers: Mapping[str, PlaceCost]) -> list[Claim]:
    """Each claim with the weekly cost and the weekly hours of its layers; a yearly figure would need a year nobody named."""
    return [replace(claim, cost_pence=layers[claim.person].exact_pence_per_week, minutes=layers[claim.person].minutes_per_week)
            if claim.person in layers else replace(claim, minutes=None) for claim in claims]
