"""A quote between the disk and the books: the cost file that it is made of, and the folder that its letter goes to."""

from __future__ import annotations

from pathlib import Path

from costing.price import price
from costing.quote import Followed
from ringfence.actions.parameters import published
from ringfence.actions.quote_records import Priced
from ringfence.documents.files import check_folder, document_name, write_document
from ringfence.documents.printing import letter_pdf
from ringfence.importing.costing_on import CostSource, read_source, source_of


def priced_file(path: Path) -> Priced:
    """The price of a cost file with the file itself. Raises `Refused` with every problem of it, or `InputError`."""
    return priced_source(read_source(path, published))


def priced_content(content: bytes, name: str) -> Priced:
    """The same for the content of a cost file that was sent."""
    return priced_source(source_of(content, name, published))


def priced_source(source: CostSource) -> Priced:
    """The price of an open cost file, with what the file says."""
    return Priced(price(source.package), source)


def write_letter(followed: Followed, folder: Path) -> Path:
    """Write the letter of a quote to a folder, whole or not at all, and say where it stands."""
    name = document_name("quote", followed.quote.reference, form="pdf")
    check_folder(folder)
    write_document(folder, name, letter_pdf([followed.quote]))
    return folder / name
