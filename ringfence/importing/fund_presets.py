"""Presets: the terms that councils publish for a fund, one file a council, with where they are written and what was not found there."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

import isf
from basics.errors import NotKnown
from isf.fund_terms import FundTerms
from ringfence.importing.checked import FileModel, Label, read_checked
from ringfence.importing.fund_terms_fields import TermsSaid, terms_of

FOLDER = Path(isf.__file__).parent / "presets"
Sentence = Annotated[str, Field(min_length=1, max_length=500)]


class PresetFile(FileModel):
    """What one council publishes. `evidence` is how it is known: read in the source."""

    name: Label
    nation: Literal["England", "Scotland", "Wales", "Northern Ireland"]
    scheme: Label
    evidence: Literal["seen"]
    sources: Annotated[list[Annotated[str, Field(pattern="^https?://")]], Field(min_length=1)]
    terms: TermsSaid = TermsSaid()
    unclear: dict[str, Sentence] = Field(default_factory=dict)
    also: list[Sentence] = Field(default_factory=list)


@dataclass(frozen=True)
class Preset:
    """The terms that a council publishes. `key` names its file. `unclear` says, by term, what the source leaves open; `also` tells what else
    it says, which no term holds."""

    key: str
    name: str
    nation: str
    scheme: str
    evidence: str
    sources: tuple[str, ...]
    said: TermsSaid
    unclear: tuple[tuple[str, str], ...]
    also: tuple[str, ...]

    @property
    def source(self) -> str:
        return "; ".join(self.sources)

    @property
    def terms(self) -> FundTerms:
        """Its terms as the rules read them."""
        values = self.said.said
        return terms_of(values, dict.fromkeys(values, self.source))


@cache
def presets() -> tuple[Preset, ...]:
    """Every preset, by its name. Raises `Refused` where a file cannot be read."""
    return tuple(sorted(map(_preset, FOLDER.glob("*.yaml")), key=lambda each: each.name))


def preset(key: str) -> Preset:
    """One preset by the name of its file. Raises `NotKnown`, with the nearest there is."""
    found = {each.key: each for each in presets()}
    if key not in found:
        near = difflib.get_close_matches(key, found, 1)
        raise NotKnown(f"There is no preset “{key[:60]}”.",
                       f"Did you mean “{near[0]}”?" if near else "List them with: ringfence presets")
    return found[key]


def _preset(path: Path) -> Preset:
    said, _ = read_checked(path, PresetFile)
    return Preset(path.stem, said.name, said.nation, said.scheme, said.evidence, tuple(said.sources), said.terms, tuple(said.unclear.items()),
                  tuple(said.also))
