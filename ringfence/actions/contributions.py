"""Who asks a person for their contribution, and when: what the funder’s terms say, held beside what the books would ask for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from sqlalchemy import Connection, select

from basics.errors import Problem
from basics.periods import ONE_DAY, Month, Period
from invoicing.bearing import may_bear
from invoicing.cycles import EVERY_4_WEEKS
from invoicing.delivery import BY_DELIVERY, Funding, Terms
from invoicing.drafts import AnyDraft, InstalmentDraft
from invoicing.finding import NAMED_AT_MOST
from isf.fund_terms import FundTerms, not_to_be_asked
from isf.schedule import Every
from ringfence.importing.fact_items_terms import FundTermsItem, known_terms
from ringfence.store import facts, registry
from ringfence.store.schema import contract, funder
from ringfence.store.terms_kept import all_terms

Spell = tuple[Period, FundTerms]
TO_DO = "Correct the terms of that funder with an apply file, or how the person pays."


class Contributions:
    """The terms of every funder for every fund, by their days, and what they say of contributions. Read once, when first asked."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def spells(self, fund_key: str, payer: str) -> list[Spell]:
        """One funder’s terms for one fund, each with its days."""
        return self._spells.get((fund_key, payer), [])

    def asked(self, funding: Funding) -> list[Period]:
        """The days of a weekly sum on which its payer is asked for it: not those on which the funder off whose part it comes collects it."""
        found = [funding.period]
        if funding.kind is None or not funding.kind.is_individual:
            return found
        for bearer in self.bearers(funding):
            for days, terms in self.spells(funding.fund, bearer):
                if terms.council_collects:
                    found = [part for each in found for part in _without(each, days)]
        return found

    def bearers(self, funding: Funding) -> list[str]:
        """Off whose part a weekly sum comes."""
        if funding.bears_on:
            return [funding.bears_on]
        return [each.funder for each in may_bear(self.of_fund(funding.fund)) if not each.weekly and each.how == BY_DELIVERY]

    def why_not_asked(self, fund_key: str, bearer: str, period: Period, every: Every, *, as_given: bool) -> str:
        """Why the terms that hold on some of these days do not let the person be asked so; empty where they do."""
        return next((why for days, terms in self.spells(fund_key, bearer)
                     if days.overlap(period) and (why := not_to_be_asked(terms, every, as_given=as_given))), "")

    def invoiced_every(self, part: Funding, period: Period) -> Every:
        """How often whoever pays a sum a week is invoiced on these days, as support is given: by months, where any version of their terms says so."""
        versions = sorted((each for each in self._terms if each.name == part.terms and each.from_on <= period.last), key=lambda each: each.from_on)
        begun = [n for n, each in enumerate(versions) if each.from_on <= period.first]
        held = versions[begun[-1] if begun else 0:]
        return Every.FOUR_WEEKS if held and all(each.invoiced_every == EVERY_4_WEEKS for each in held) else Every.MONTH

    def of_fund(self, fund_key: str) -> list[Funding]:
        return self._fundings.get(fund_key, [])

    def weekly(self, fund_key: str = "") -> list[Funding]:
        """The weekly sums of persons and families in a fund, or in all."""
        of = self.of_fund(fund_key) if fund_key else [each for theirs in self._fundings.values() for each in theirs]
        return [each for each in of if each.weekly and each.kind and each.kind.is_individual]

    def is_individual(self, fund_key: str, payer: str) -> bool:
        return any(each.kind.is_individual for each in self.of_fund(fund_key) if each.funder == payer and each.kind)

    @cached_property
    def contracts(self) -> dict[str, tuple[str, Every]]:
        """The funder of each contract, and how often it pays."""
        rows = self._connection.execute(select(contract.c.reference, funder.c.reference, contract.c.body)
                                        .join(funder, funder.c.id == contract.c.funder_id))
        return {reference: (payer, Every(json.loads(body)["schedule"]["every"])) for reference, payer, body in rows}

    @cached_property
    def _terms(self) -> list[Terms]:
        return list(all_terms(self._connection))

    @cached_property
    def _fundings(self) -> dict[str, list[Funding]]:
        found = defaultdict[str, list[Funding]](list)
        for each in registry.fundings(self._connection):
            found[each.fund].append(each)
        return found

    @cached_property
    def _spells(self) -> dict[tuple[str, str], list[Spell]]:
        said = defaultdict[tuple[str, str], list[facts.Fact]](list)
        for each in facts.facts(self._connection, FundTermsItem.kind):
            said[each.fund, each.said["funder"]].append(each)
        return {key: list(_spells(theirs)) for key, theirs in said.items()}


def _spells(said: list[facts.Fact]) -> Iterator[Spell]:
    for n, each in enumerate(said):
        until = date.fromisoformat(each.said["until"]) if "until" in each.said else date.max
        last = min(until, said[n + 1].from_on - ONE_DAY) if n + 1 < len(said) else until
        if each.from_on <= last:
            yield Period(each.from_on, last), known_terms(each.said)


def _without(period: Period, days: Period) -> Iterator[Period]:
    """What of a period lies before and after those days."""
    if period.overlap(days) is None:
        yield period
        return
    if period.first < days.first:
        yield Period(period.first, days.first - ONE_DAY)
    if days.last < period.last:
        yield Period(days.last + ONE_DAY, period.last)


def asked_against_the_terms(known: Contributions, drafts: Iterable[AnyDraft]) -> list[Problem]:
    """Drafts to a person or a family that the terms of the funder do not let be asked for so: they cannot be issued."""
    found = list[Problem]()
    for draft in drafts:
        for fund, bearer, every in _borne_by(known, draft):
            if why := known.why_not_asked(fund, bearer, draft.period, every, as_given=not isinstance(draft, InstalmentDraft)):
                found.append(Problem(f"draft {draft.key}", f"It asks {draft.funder} for a contribution. By the terms of {bearer}, {why}.", TO_DO))
    return found


def _borne_by(known: Contributions, draft: AnyDraft) -> Iterator[tuple[str, str, Every]]:
    """The funds of a draft to an individual, each with the funder off whose part the sum comes, and how often it is asked for."""
    if isinstance(draft, InstalmentDraft):
        bearer, every = known.contracts[draft.contract]
        yield from ((fund, bearer, every) for fund in draft.funds if known.is_individual(fund, draft.funder) and bearer != draft.funder)
    else:
        yield from ((draft.fund, bearer, known.invoiced_every(part, draft.period)) for part in known.weekly(draft.fund)
                    if part.funder == draft.funder for bearer in known.bearers(part))


def not_asked(known: Contributions, month: Month) -> list[Problem]:
    """Contributions of a month that the funder collects itself: told once for all, since nobody is asked for them here."""
    found = [each for each in known.weekly() if (days := each.period.overlap(month.period))
             and sum(part.days for one in known.asked(each) if (part := one.overlap(days))) < days.days]
    if not found:
        return []
    names = ", ".join(f"{each.funder} in {each.fund}" for each in found[:NAMED_AT_MOST])
    more = f" and {len(found) - NAMED_AT_MOST} more" if len(found) > NAMED_AT_MOST else ""
    return [Problem(month.in_words, f"A contribution is not asked for here: the council pays gross and collects it itself ({names}{more}).",
                    "Nothing, where that is agreed; else correct what the terms of the funder say of contributions, with an apply file.")]
