"""A price review: each funder is asked, in one letter, for what its packages come to from a day on. What is asked are quotes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from costing.price import price
from costing.quote import Quote
from costing.uplift import uplift
from ringfence.actions.acting import Acting
from ringfence.actions.parameters import published
from ringfence.actions.quote_records import Asking, Priced
from ringfence.actions.quotes import drafts, make_quotes
from ringfence.documents.files import check_folder, document_name, write_document
from ringfence.documents.printing import letter_pdf
from ringfence.importing.review_file import Review, ReviewedPackage, read_review


def review_of_file(acting: Acting, path: Path, *, record: bool = False) -> tuple[Quote, ...]:
    """What a review asks for, by funder. With `record` it is asked: every price is recorded as a quote, or none; what was asked before and
    stands, or is agreed, is not asked again. Raises `Refused` with every problem of the file, or as `make_quote` does."""
    review = read_review(path, published)
    asked = [(_priced(each), _asking(each, review)) for each in review.packages]
    return tuple(each.quote for each in make_quotes(acting, asked)) if record else drafts(acting, asked)


def by_funder(quotes: Sequence[Quote]) -> tuple[tuple[Quote, ...], ...]:
    """The quotes of each funder, who has one letter."""
    return tuple(tuple(found) for _, found in groupby(sorted(quotes, key=lambda quote: quote.funder), key=lambda quote: quote.funder))


def write_letters(quotes: Sequence[Quote], folder: Path) -> tuple[Path, ...]:
    """Write a letter to each funder; drafts say that they are."""
    check_folder(folder)
    written = []
    for n, letter in enumerate(by_funder(quotes), start=1):
        named = ("review", *dict.fromkeys((letter[0].reference, letter[-1].reference))) if letter[0].reference else ("draft-review", str(n))
        name = document_name(*named, form="pdf")
        write_document(folder, name, letter_pdf(letter))
        written.append(folder / name)
    return tuple(written)


def _priced(each: ReviewedPackage) -> Priced:
    beside = uplift(price(each.source.package), price(each.later))
    return Priced(beside.after, each.asked, beside)


def _asking(each: ReviewedPackage, review: Review) -> Asking:
    return Asking(each.funder, review.until, review.on, people=each.people, review=review.name, now=each.now)
