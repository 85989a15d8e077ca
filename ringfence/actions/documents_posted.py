"""What goes by post, in as few files as a printer takes: for each address a page that shows it in the window of the envelope, then its papers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from basics.errors import InputError, Problem
from basics.vocabulary import say
from isf.statement_forms import Form
from ringfence.actions.documents_listed import Outgoing, To
from ringfence.documents.cover_page import cover_page
from ringfence.documents.kept_files import KeptFiles
from ringfence.documents.pages import Page
from ringfence.documents.press import print_each_afresh
from ringfence.documents.printing import sheets_pdf
from ringfence.documents.records import invoice_from_json, statement_from_json
from ringfence.documents.statement_files import paper_of
from ringfence.store import documents_issued

IN_A_BUNDLE = 250
"""Papers in one file that is printed and posted: more would take much memory."""


@dataclass(frozen=True)
class Bundle:
    """One file to print and post: how many papers and envelopes are in it, and how many of those have no page with an address."""

    path: str
    papers: int
    envelopes: int
    without_address: int


class _File(NamedTuple):
    """One file to come: its path, what it is made from, and each address with its papers."""

    path: str
    made_from: str
    envelopes: list[tuple[To, list[Outgoing]]]

    @property
    def papers(self) -> list[Outgoing]:
        return [each for _, inside in self.envelopes for each in inside]


def bundles(connection: Connection, outgoing: Iterable[Outgoing], kept: KeptFiles, title: str, day: date, *,
            workers: int) -> tuple[list[Bundle], list[Problem]]:
    """Write the papers that go by post, envelope by envelope in the order of names; and the addresses that could not be printed."""
    files = [_file(n, some) for n, some in enumerate(_in_files(_envelopes(outgoing)), start=1)]
    missing, problems = [each for each in files if not kept.stands(each.path, each.made_from)], list[Problem]()
    sheets = ((_envelopes_of(connection, each), title, day) for each in missing)
    made = print_each_afresh(_printed_of, sheets, workers) if len(missing) > 1 else map(_printed_of, sheets)
    for each, (content, bad) in zip(missing, made, strict=True):
        problems += bad
        kept.write(each.path, each.made_from, content)
    return [Bundle(each.path, len(each.papers), len(each.envelopes), sum(len(to) < 2 for to, _ in each.envelopes)) for each in files], problems


def _file(n: int, envelopes: list[tuple[To, list[Outgoing]]]) -> _File:
    told = " ".join(f"{each.made_from(each.endings[0])} {each.to}" for _, inside in envelopes for each in inside)
    return _File(f"to-post-{n:02d}.pdf", hashlib.sha256(told.encode()).hexdigest(), envelopes)


def _envelopes_of(connection: Connection, file: _File) -> list[tuple[To, list[Page]]]:
    records = documents_issued.records(connection, [each.document_id for each in file.papers])
    return [(to, [_sheet(each, records) for each in inside]) for to, inside in file.envelopes]


def letters_pdf(letters: Sequence[tuple[To, Page]], title: str, day: date) -> tuple[bytes, list[Problem]]:
    """Letters, each after the page with its address."""
    return _printed([(to, [page]) for to, page in letters], title, day)


def _envelopes(outgoing: Iterable[Outgoing]) -> list[tuple[To, list[Outgoing]]]:
    """What goes to the same name and address together, a statement before what is asked for; papers with no address by whose they are."""
    found: dict[tuple[To, str], list[Outgoing]] = {}
    for each in outgoing:
        if each.to:
            found.setdefault((each.to, "" if len(each.to) > 1 else each.folder), []).append(each)
    envelopes = [(to, sorted(inside, key=lambda each: each.kind != "statement")) for (to, _), inside in found.items()]
    return sorted(envelopes, key=lambda envelope: (envelope[0][0].casefold(), envelope[0]))


def _in_files(envelopes: Iterable[tuple[To, list[Outgoing]]]) -> Iterator[list[tuple[To, list[Outgoing]]]]:
    some, papers = list[tuple[To, list[Outgoing]]](), 0
    for to, inside in envelopes:
        if some and papers + len(inside) > IN_A_BUNDLE:
            yield some
            some, papers = [], 0
        some.append((to, inside))
        papers += len(inside)
    if some:
        yield some


def _sheet(each: Outgoing, records: Mapping[int, str]) -> Page:
    text, form = records[each.document_id], each.form or Form.STANDARD
    return paper_of(statement_from_json(text) if each.kind == "statement" else invoice_from_json(text), form)


def _printed_of(asked: tuple[list[tuple[To, list[Page]]], str, date]) -> tuple[bytes, list[Problem]]:
    return _printed(*asked)


def _printed(envelopes: Sequence[tuple[To, list[Page]]], title: str, day: date) -> tuple[bytes, list[Problem]]:
    """The file; where an address cannot be printed its page is left out, and everything else stays."""
    covers: list[Page | Problem | None] = [_cover(to, inside) if len(to) > 1 else None for to, inside in envelopes]
    try:
        return sheets_pdf(list(_sheets(covers, envelopes)), title, day), _problems(covers)
    except InputError:
        covers = [_tried(each, day) if isinstance(each, dict) else each for each in covers]
        return sheets_pdf(list(_sheets(covers, envelopes)), title, day), _problems(covers)


def _sheets(covers: Sequence[Page | Problem | None], envelopes: Sequence[tuple[To, list[Page]]]) -> Iterator[Page]:
    for cover, (_, inside) in zip(covers, envelopes, strict=True):
        yield from ([cover] if isinstance(cover, dict) else [])
        yield from inside


def _cover(to: To, inside: Sequence[Page]) -> Page | Problem:
    enclosed = [say("cover.titled", title=each["title"], days=each["period"]) if "period" in each else each["title"] for each in inside]
    try:
        return cover_page(to, inside[0]["provider"], enclosed)
    except InputError as error:
        return error.problem


def _tried(cover: Page, day: date) -> Page | Problem:
    """The page, if it can be printed alone."""
    try:
        sheets_pdf([cover], cover["title"], day)
    except InputError as error:
        return error.problem
    return cover


def _problems(covers: Iterable[Page | Problem | None]) -> list[Problem]:
    return [each for each in covers if isinstance(each, Problem)]
