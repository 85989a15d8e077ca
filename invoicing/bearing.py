"""Off whose part a fixed sum a week comes. A contribution bears on the council’s part only: NHS care is free, and so is section 117 aftercare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from basics.people import FunderKind
from invoicing.delivery import Funding
from invoicing.finding import Cause, Stopped

BEARS_ON = "bears_on"
"""The term of a funding that says it."""


def may_bear(sharing: Iterable[Funding]) -> list[Funding]:
    """Those off whose part a sum may come: whoever pays a share, and is not the NHS."""
    return [each for each in sharing if each.kind is not FunderKind.ICB]


def needs_saying(funding: Funding, sharing: Sequence[Funding]) -> bool:
    """Whether what an individual pays could come off more than one part, or off the NHS’s."""
    return (not funding.bears_on and funding.kind is not None and funding.kind.is_individual
            and (len(sharing) > 1 or len(may_bear(sharing)) < len(sharing)))


def refuse_unclear(fundings: Sequence[Funding], day: date) -> None:
    """Raise `Stopped` where one of the payers of a day pays a sum a week and it is not known, or cannot be, off whose part it comes."""
    sharing = [each for each in fundings if not each.weekly]
    for each in (one for one in fundings if one.weekly):
        if each.bears_on:
            _refuse_wrong(each, sharing, day)
        elif needs_saying(each, sharing):
            raise Stopped(_not_said(each, sharing, day))


def _not_said(funding: Funding, sharing: Sequence[Funding], day: date) -> Cause:
    what = (f"{funding.funder} pays a sum a week in the fund {funding.fund}, shared by {_and(sharing)}, and it is not said off whose part it comes "
            f"({BEARS_ON}). A contribution comes off the council’s part only.")
    if not (may := may_bear(sharing)):
        return Cause(f"{what} The NHS pays all the rest, and NHS care is free.", "End this funding: the NHS pays all of it.", day)
    return Cause(what, f"Give {BEARS_ON} with the funding in an apply file: {' or '.join(each.funder for each in may)}.", day, BEARS_ON)


def _refuse_wrong(funding: Funding, sharing: Sequence[Funding], day: date) -> None:
    bearer = next((each for each in sharing if each.funder == funding.bears_on), None)
    what = f"The sum a week of {funding.funder} in the fund {funding.fund} comes off the part of {funding.bears_on} ({BEARS_ON}), "
    if bearer is None:
        raise Stopped(Cause(f"{what}who pays no share of it by delivery on {{days}}.",
                            f"Correct {BEARS_ON}, or the days of one of the two fundings, in an apply file.", day))
    if bearer.kind is FunderKind.ICB:
        raise Stopped(Cause(f"{what}and that is the NHS’s, whose care is free.", f"Name the council in {BEARS_ON}, in an apply file.", day))


def _and(fundings: Sequence[Funding]) -> str:
    return " and ".join(each.funder for each in fundings)
