"""Whether a workbook is safe to open, and what a person would see of it that a reader of values is not told.

A workbook is a zip: a few kilobytes can unpack to more than a computer holds, and one cell far down the sheet makes a reader reserve
room for everything above it. So what it really unpacks to is counted as it streams, and every cell's address is read, before any of it
is kept. A cell that shows an error, and a formula whose value nobody stored, would be read as an empty one: both are refused.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO

from lxml import etree

from basics.errors import InputError, Problem, Refused
from ringfence.importing.workbook_cells import Cells, last_cell_in, percent_styles, tree_of

LARGEST_UNPACKED_BYTES = 100_000_000
MOST_ZIP_ENTRIES = 2_000
MOST_CELLS_NAMED = 20
"""Of one sheet; the rest are counted."""

_CHUNK_BYTES = _LONGEST_TAG_BYTES = 1 << 20
_LONGEST_CELL_BYTES = 1 << 17
_XML_STARTS = (b"<", b"\xef\xbb\xbf<")
_OTHER_KINDS = {"content.xml", "xl/workbook.bin"}  # OpenDocument and binary Excel, which the reader would open by rules of their own
_WORKBOOK, _RELATIONS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_FIRST = (_STYLES, _WORKBOOK, _RELATIONS)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class _Look:
    """A workbook as it streams past: the bytes that it may still unpack to, the parts that are kept, and the cells of each part."""

    name: str
    left: int
    kept: dict[str, bytes] = field(default_factory=dict)
    cells: dict[str, Cells] = field(default_factory=dict)
    percent: frozenset[int] = frozenset()


def check_workbook(content: bytes, name: str) -> Mapping[str, Cells]:
    """What is seen of the cells of each sheet, by its name.

    Raises `InputError` for a workbook that is damaged, too large unpacked or reaches too far, `Refused` for cells in error and for
    formulas whose value is not stored.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise InputError("The workbook is damaged.", "Open it in Excel and save it again, or save it as CSV.", name) from None
    names = {entry.filename for entry in entries}
    if _WORKBOOK not in names or names & _OTHER_KINDS:
        raise InputError("This is a zip file and not an Excel workbook.", "Save the sheet as .xlsx or as CSV.", name)
    if len(entries) > MOST_ZIP_ENTRIES:
        raise InputError(f"The workbook is made of {len(entries):,} parts.", "Save only the sheet that is needed, as CSV.", name)
    look = _Look(name, LARGEST_UNPACKED_BYTES)
    for entry in sorted(entries, key=lambda entry: entry.filename not in _FIRST):  # which styles are per cent, before any cell
        _check_entry(content, entry, look)
    sheets = _by_sheet(look)
    problems = [problem for sheet, cells in sheets.items() for problem in _problems(f"{name}, sheet “{sheet}”", cells)]
    if problems:
        raise Refused(f"{name} was not read:", problems)
    return sheets


def _problems(sheet: str, cells: Cells) -> Iterator[Problem]:
    for found, what, to_do in ((cells.in_error, "shows an error, such as #N/A.", "Correct it, and save."),
                               (cells.not_stored, "holds a formula whose value is not stored.", "Open it in Excel or LibreOffice, and save it.")):
        yield from (Problem(f"{sheet}, cell {cell}", what, to_do) for cell in found[:MOST_CELLS_NAMED])
        if len(found) > MOST_CELLS_NAMED:
            yield Problem(sheet, f"And {len(found) - MOST_CELLS_NAMED:,} more cells like these.", "")


def _by_sheet(look: _Look) -> dict[str, Cells]:
    """The cells by the name of their sheet, as its tab says it; a part that is no sheet keeps its own, should it hold cells."""
    try:
        targets = {each.get("Id"): each.get("Target", "") for each in tree_of(look.kept[_RELATIONS])}
        sheets = {posixpath.normpath(posixpath.join("/xl", targets[each.get(_RELATION)])).lstrip("/"): each.get("name", "")
                  for each in tree_of(look.kept[_WORKBOOK]).iterfind("{*}sheets/{*}sheet")}
    except (KeyError, etree.LxmlError):
        raise _damaged(look.name) from None
    return {sheets.get(part, part): cells for part, cells in look.cells.items()}


def _check_entry(content: bytes, entry: zipfile.ZipInfo, look: _Look) -> None:
    """Unpack one part, keeping it only where it says what the others are, and read the cells as they pass."""
    cells = look.cells.setdefault(entry.filename, Cells(look.name, look.percent))
    carried, kept, is_xml, is_first = b"", list[bytes](), False, True
    for chunk in _unpacked(content, entry, look.name):
        if is_first:
            is_xml, is_first = chunk.lstrip()[:4].startswith(_XML_STARTS), False
        look.left -= len(chunk)
        if look.left < 0:
            raise InputError(f"The workbook unpacks to more than {LARGEST_UNPACKED_BYTES // 1_000_000} MB.",
                             "Check that it is the right file. If it is, save the sheet as CSV and import that.", look.name)
        if entry.filename in _FIRST:
            kept.append(chunk)
        if is_xml:
            text = carried + chunk
            cut = _cut(text)
            cells.read(text[:cut])
            carried = text[cut:]
            if len(carried) > _LONGEST_TAG_BYTES:
                raise _damaged(look.name)
    cells.read(carried)
    if entry.filename in _FIRST:
        look.kept[entry.filename] = b"".join(kept)
    if entry.filename == _STYLES:
        look.percent = _styles(look)


def _cut(text: bytes) -> int:
    """Where a piece ends: a cell that may go on in the next piece is kept for it whole, and so is a tag."""
    cell = last_cell_in(text, _LONGEST_CELL_BYTES)
    if cell >= 0:
        return cell
    opened = text.rfind(b"<")
    return opened if opened > text.rfind(b">") else len(text)


def _styles(look: _Look) -> frozenset[int]:
    try:
        return percent_styles(look.kept[_STYLES])
    except etree.LxmlError:
        raise _damaged(look.name) from None


def _unpacked(content: bytes, entry: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """The real bytes of one part, piece by piece. What the zip *says* of their number is not believed."""
    header = content[entry.header_offset:entry.header_offset + 30]
    if len(header) < 30 or entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _damaged(name)
    start = entry.header_offset + 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed: IO[bytes] = BytesIO(content[start:start + entry.compress_size])
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from iter(lambda: packed.read(_CHUNK_BYTES), b"")
        return
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while not unpack.eof:
            fresh = unpack.unconsumed_tail or packed.read(_CHUNK_BYTES)
            piece = unpack.decompress(fresh, _CHUNK_BYTES)
            if not piece and not fresh:
                raise _damaged(name)
            if piece:
                yield piece
    except zlib.error:
        raise _damaged(name) from None


def _damaged(name: str) -> InputError:
    return InputError("The workbook is damaged or has a password.",
                      "Open it in Excel and save it again without a password, or save it as CSV.", name)
