"""One contract: its versions side by side, what the council agreed of each and what is missing, and the way to the next version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from basics.money import Money
from basics.periods import day_in_figures, day_in_words, day_of
from isf.split import Allocation, Method
from ringfence.actions.acting import Acting
from ringfence.actions.contracts import ContractTold, Stage, VersionTold
from ringfence.actions.split_agreements import Agreement
from ringfence.screens.components.frame import back_to, heading, part, words
from ringfence.screens.components.markup import NOT_KNOWN, address, hours, how_many, link, pounds, tag, under
from ringfence.screens.components.paged import paged
from ringfence.screens.components.table import Row, figures, table
from ringfence.screens.components.table import words as text
from ringfence.screens.contract_again import prepare_again
from ringfence.screens.split_agreed import note_agreed
from ringfence.screens.split_approval import show_done
from ringfence.screens.split_case import METHODS
from ringfence.screens.split_change_chart import changes
from ringfence.screens.split_tables import signed

NOTHING = Markup("")
SHOWN_VERSIONS = 3
STAGE_COLOURS = {Stage.DRAFT: "grey", Stage.METHOD_AGREED: "orange", Stage.READY: "orange", Stage.COMING: "blue", Stage.IN_FORCE: "green",
                 Stage.REPLACED: "grey"}


def one(caller: Acting, told: ContractTold, names: Mapping[str, str]) -> None:
    """The whole page of one contract."""
    contract = told.contract
    back_to(("Contracts", "/contracts"))
    heading(contract.reference, _first_line(told))
    show_done()
    words(f"{contract.payer}, {contract.period}: {Money(contract.pence)}. {_sums(told)}")
    if not told.versions:
        st.html(Markup('<p class="rf-empty">It is not split yet. {}</p>').format(
            link("Look at the methods side by side", address("split", contract=contract.reference))))
        return
    _versions(told)
    _by_person(told, names)
    _agreed(caller, told.versions, names)
    prepare_again(caller, told, names)


def _first_line(told: ContractTold) -> str:
    for version in told.waiting:
        if version.missing:
            return f"Version {version.number} waits for {how_many(len(version.missing), 'agreement')} of the council."
        return f"Version {version.number} is agreed. Somebody other than {version.prepared_by} can approve it."
    return "Nothing is waiting." if told.versions else "It is not split yet."


def _sums(told: ContractTold) -> str:
    return (f"{how_many(told.people, 'person', 'people')} {'has' if told.people == 1 else 'have'} {Money(told.allocated_pence)} of it, "
            f"{Money(told.kept_back_pence)} is kept back, and {Money(told.not_placed_pence)} is in no fund. {Money(told.paid_in_pence)} "
            "has been paid in so far.")


def _versions(told: ContractTold) -> None:
    part("Versions of the split")
    table("Versions of the split", (text("Version"), text("How"), text("Counts from"), text("Stage"), text("Prepared"), text("Approved")),
          map(_version, reversed(told.versions)))
    for version in told.waiting:
        if not version.missing:
            words(Markup("Version {} is approved under {}.").format(version.number, link("Waiting for approval", "/approvals")))


def _version(version: VersionTold) -> Row:
    prepared = Markup("{}{}").format(version.prepared_by, under(day_in_figures(day_of(version.prepared_at))))
    approved = Markup("{}{}").format(version.approved_by, under(day_in_figures(day_of(version.approved_at)))) if version.approved_at else "Not yet"
    return [f"Version {version.number}", METHODS[version.said.method], day_in_figures(version.from_on),
            tag(version.stage, STAGE_COLOURS[version.stage]), prepared, approved]


def _by_person(told: ContractTold, names: Mapping[str, str]) -> None:
    """The last versions beside each other, each for the whole contract, with the difference between the last two."""
    shown = told.versions[-SHOWN_VERSIONS:]
    part("What each person has", "Each version as it divides the whole contract. One that counts from a later day changes only the instalments "
         "from then on.")
    parts = [{each.person: each for each in version.divided.allocations} for version in shown]
    everybody = sorted({person for of_version in parts for person in of_version}, key=lambda who: (names.get(who, who), who))
    if len(shown) > 1:
        before, now = ({person: each.pence for person, each in of_version.items()} for of_version in parts[-2:])
        changes(f"version {shown[-2].number}", f"version {shown[-1].number}",
                [(names.get(who, who), before.get(who, 0), now.get(who, 0)) for who in everybody])
    columns = [text("Person"), *(column for version in shown for column in (figures(f"Version {version.number}"), figures("Hours"))),
               *([figures("Difference")] if len(shown) > 1 else [])]
    kept = [version.divided.top_sliced_pence for version in shown]
    rows: list[Row] = [[_called(who, names), *(cell for of_version in parts for cell in _cells(of_version.get(who))), *_difference(
        [of_version[who].pence if who in of_version else 0 for of_version in parts])] for who in everybody]
    rows.append(["Kept back", *(cell for pence in kept for cell in (pounds(pence), NOTHING)), *_difference(kept)])
    sums = [version.divided.top_sliced_pence + sum(each.pence for each in version.divided.allocations) for version in shown]
    total: Row = ["The whole contract", *(cell for pence in sums for cell in (pounds(pence), NOTHING)), *_difference(sums)]
    paged(rows, "versions_page", lambda found: table("What each person has", columns, found, total=total))


def _cells(found: Allocation | None) -> tuple[Markup | str, Markup | str]:
    return ("–", "–") if found is None else (pounds(found.pence), hours(found.minutes))


def _difference(pence: Sequence[int]) -> list[str]:
    return [signed(pence[-1] - pence[-2])] if len(pence) > 1 else []


def _called(person: str, names: Mapping[str, str]) -> Markup:
    return Markup("{}{}").format(names[person], under(person)) if person in names else Markup("{}").format(person)


def _agreed(caller: Acting, versions: Sequence[VersionTold], names: Mapping[str, str]) -> None:
    """The two agreements of the version that comes last: the method, and each sum by itself."""
    version = versions[-1]
    part(f"What the council agreed of version {version.number}",
         "The council agrees the method, and the social work team approves each sum. Until all of it is there the version cannot be approved.")
    rows = [_agreement(each, names) for each in version.agreements]
    columns = (text("What"), figures("Sum"), text("Who agreed it"), text("When"), text("Where it is written"), text("Status"))
    paged(rows, "agreed", lambda found: table("What the council agreed", columns, found))
    if version.missing:
        note_agreed(caller, version.agreements, names, version.digest)


def _agreement(each: Agreement, names: Mapping[str, str]) -> Row:
    what = _called(each.person, names) if each.person else Markup("The method: {}").format(METHODS[Method(each.method)].lower())
    status = tag("Agreed", "green") if each.is_there else tag("Missing", "orange")
    return [what, pounds(each.pence) if each.person else NOTHING, each.by or NOT_KNOWN, day_in_words(each.on) if each.on else NOT_KNOWN,
            each.source or NOT_KNOWN, Markup("{}{}").format(status, under(each.why_not)) if each.why_not else status]
