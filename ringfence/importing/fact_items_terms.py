"""The terms on which a funder lets a fund be kept: a section of the apply file, that two people agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from basics.errors import NotKnown
from basics.periods import day_in_words
from isf.fund_terms import FundTerms, impossible_mixes, in_words
from ringfence.importing import apply_fields as a
from ringfence.importing.apply_presence import Raw, has
from ringfence.importing.checked import FileModel
from ringfence.importing.fact_items import FactOfAFund, Lasting
from ringfence.importing.fund_presets import Preset, preset
from ringfence.importing.fund_terms_fields import TermsSaid, terms_of
from ringfence.importing.problems import Finding

TERMS = tuple(TermsSaid.model_fields)


class SourceOf(FileModel):
    """Where a term is written."""

    term: str
    source: str


class Resolved(TermsSaid):
    """All terms that an item comes to, its preset’s among them, as they were when it was agreed. A preset may change; this does not."""

    sources: a.Several[SourceOf] = ()

    @property
    def fund_terms(self) -> FundTerms:
        return terms_of(self.said, {each.term: each.source for each in self.sources})


class FundTermsItem(FactOfAFund, Lasting, TermsSaid):
    """One funder’s terms for one fund: those of a preset, and each that differs from it with where that is written."""

    kind = "fund terms"
    known_by = ("person", "fund", "funder", "from_on")
    funder: a.Reference
    preset: a.Reference | None = None
    source: a.Words | None = None

    @classmethod
    def presence(cls, raw: Raw, /) -> Iterator[Finding]:
        given = [key for key in TERMS if has(raw, key)]
        if not given and not has(raw, "preset"):
            yield Finding((), "has neither a preset nor a term.", "Give a preset (ringfence presets lists them), or what is known.")
        if given and not has(raw, "source"):
            yield Finding(("source",), f"is missing, and “{given[0]}” is given.", "Say where it is written: the agreement and its page.")

    def consistency(self) -> Iterator[Finding]:
        yield from super().consistency()
        try:
            found = self.resolved.fund_terms
        except NotKnown as error:
            yield Finding(("preset",), error.problem.what, error.problem.to_do)
            return
        for mix in impossible_mixes(found):
            yield Finding((mix.term,), mix.why, "Correct one of the two.")

    @property
    def resolved(self) -> Resolved:
        """Raises `NotKnown` where there is no such preset."""
        base, own = preset(self.preset) if self.preset else None, _given(self)
        terms = (_given(base.said) if base else {}) | own
        return Resolved.model_construct(**terms, sources=tuple(SourceOf(term=key, source=self._source(key, base)) for key in terms))

    @property
    def about(self) -> str:
        said = "; ".join(f"{key.replace('_', ' ')}: {in_words(value)}" for key, value in self.resolved.said.items())
        until = f" until {day_in_words(self.until)}" if self.until else ""
        return f"terms of {self.funder} for the {self.fund} fund of {self.person} from {day_in_words(self.from_on)}{until}: {said or 'none known'}"

    def _source(self, key: str, base: Preset | None) -> str:
        return self.source or "" if base is None or getattr(self, key) is not None else base.source


def known_terms(said: Mapping[str, Any]) -> FundTerms:
    """The terms of a fact that was kept."""
    return Resolved.model_validate({key: said[key] for key in Resolved.model_fields if key in said}).fund_terms


def _given(item: TermsSaid) -> dict[str, Any]:
    return {key: value for key in TERMS if (value := getattr(item, key)) is not None}
