"""What goes by post, in as few files as a printer takes: for each address a page that shows it in the window of the envelope, then its papers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from basics.errors import InputError, Problem
from basics.vocabulary import say
from isf.statement_forms import Form
from ringfence.actions.documents_listed import Outgoing, To
from ringfence.documents.cover_page import cover_page
from ringfence.documents.kept_files import KeptFiles
from ringfence.documents.pages import Page
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


def bundles(connection: Connection, outgoing: Iterable[Outgoing], kept: KeptFiles, title: str, day: date) -> tuple[list[Bundle], list[Problem]]:
    """Write the papers that go by post, envelope by envelope in the order of names; and the addresses that could not be printed."""
    found, problems = list[Bundle](), list[Problem]()
    for some in _in_files(_envelopes(outgoing)):
        path = f"to-post-{len(found) + 1:02d}.pdf"
        papers = [each for _, inside in some for each in inside]
        made_from = hashlib.sha256(" ".join(f"{each.made_from(each.endings[0])} {each.to}" for each in papers).encode()).hexdigest()
        if not kept.stands(path, made_from):
            records = documents_issued.records(connection, [each.document_id for each in papers])
            content, bad = _printed([(to, [_sheet(each, records) for each in inside]) for to, inside in some], title, day)
            problems += bad
            kept.write(path, made_from, content)
        found.append(Bundle(path, len(papers), len(some), sum(len(to) < 2 for to, _ in some)))
    return found, problems


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
