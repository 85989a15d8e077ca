"""Whether a workbook is safe to open.

A workbook is a zip: a few kilobytes can unpack to more than a computer holds, and one cell far down the sheet makes a reader reserve
room for everything above it. So what it really unpacks to is counted as it streams, and every cell's address is read, before any of it
is kept.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO

from basics.errors import InputError, Problem, Refused

LARGEST_UNPACKED_BYTES = 100_000_000
LARGEST_AREA_CELLS = 15_000_000
MOST_ZIP_ENTRIES = 2_000

_CHUNK_BYTES = _LONGEST_TAG_BYTES = 1 << 20
_CELL = re.compile(rb"<(?:[\w.-]+:)?c(?:\s(?:[^<>]*?\s)?r\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']([^<>]*)|[\s/>])")
_IN_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_XML_STARTS = (b"<", b"\xef\xbb\xbf<")
_OTHER_KINDS = {"content.xml", "xl/workbook.bin"}  # OpenDocument and binary Excel, which the reader would open by rules of their own


def check_workbook(content: bytes, name: str) -> None:
    """Raise `InputError` for a workbook that is damaged, too large unpacked or reaches too far, `Refused` for cells in error."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise InputError("The workbook is damaged.", "Open it in Excel and save it again, or save it as CSV.", name) from None
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names or names & _OTHER_KINDS:
        raise InputError("This is a zip file and not an Excel workbook.", "Save the sheet as .xlsx or as CSV.", name)
    if len(entries) > MOST_ZIP_ENTRIES:
        raise InputError(f"The workbook is made of {len(entries):,} parts.", "Save only the sheet that is needed, as CSV.", name)
    left, in_error = LARGEST_UNPACKED_BYTES, list[str]()
    for entry in entries:
        left -= _check_entry(content, entry, left, name, in_error)
    if in_error:
        raise Refused(f"{name} was not read:", [
            Problem(f"{name}, cell {cell}", "shows an error, such as #N/A.", "Correct it, and save.") for cell in in_error])


def _check_entry(content: bytes, entry: zipfile.ZipInfo, left: int, name: str, in_error: list[str]) -> int:
    """Unpack one part without keeping it, reading the cells' addresses as they pass. Gives the bytes that it unpacks to."""
    extent, count, carried = _Extent(name, in_error), 0, b""
    is_xml = False
    for chunk in _unpacked(content, entry, name):
        if not count:
            is_xml = chunk.lstrip()[:4].startswith(_XML_STARTS)
        count += len(chunk)
        if count > left:
            raise InputError(f"The workbook unpacks to more than {LARGEST_UNPACKED_BYTES // 1_000_000} MB.",
                             "Check that it is the right file. If it is, save the sheet as CSV and import that.", name)
        if is_xml:
            text = carried + chunk
            opened = text.rfind(b"<")
            cut = opened if opened > text.rfind(b">") else len(text)  # a tag that goes on in the next piece is kept for it
            extent.read(text[:cut])
            carried = text[cut:]
            if len(carried) > _LONGEST_TAG_BYTES:
                raise _damaged(name)
    extent.read(carried)
    return count


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


class _Extent:
    """How far down and across the cells of one part of the workbook reach."""

    def __init__(self, name: str, in_error: list[str]) -> None:
        self.name, self.in_error = name, in_error
        self.last_row = self.last_column = 0
        self.columns: set[bytes] = set()

    def read(self, xml: bytes) -> None:
        cells = _CELL.findall(xml)
        if not cells:
            return
        self.columns.update(column for column, _, _ in cells)
        if b"" in self.columns:
            raise InputError("Some cells of the workbook have no address.", "Open it in Excel and save it again.", self.name)
        self.last_row = max(self.last_row, max(map(int, {row for _, row, _ in cells})))
        self.last_column = max(map(_number_of, self.columns))
        if self.last_row * self.last_column > LARGEST_AREA_CELLS:
            raise InputError(f"The cells of the workbook reach down to row {self.last_row:,} and across to column "
                             f"{self.last_column:,}, which is more than is read.",
                             "Delete what stands far from the table, or save the sheet as CSV.", self.name)
        if _IN_ERROR.search(xml):
            self.in_error += [f"{column.decode()}{row.decode()}" for column, row, rest in cells if _IN_ERROR.search(rest)]


def _number_of(column: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in column.upper():
        number = number * 26 + letter - 64
    return number
