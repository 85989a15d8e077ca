"""The pages of docs/ that concern whoever uses Ringfence, as the app shows them: found by their title, and with links that stay in the app."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

from markdown_it import MarkdownIt
from markdown_it.token import Token

from basics.errors import InputError

_DOCS = Path(__file__).parents[2] / "docs"
FOR_BUILDERS = ("attacks", "attacks-on-the-door", "benchmarks", "contributing", "guards")
"""Pages for whoever changes the program or checks its defences."""
_CODE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_COMMENT, _HEADING = re.compile(r"<!--.*?-->\n?", re.DOTALL), re.compile(r"^#{1,2} (.+)$", re.MULTILINE)
_PLAIN = re.compile(r"[`*]|\[([^]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class HelpPage:
    """One page: its key as an address names it (`funds`, `formats/apply`), its title, and the headings of its parts."""

    key: str
    title: str
    parts: tuple[str, ...]

    @property
    def is_format(self) -> bool:
        return self.key.startswith("formats/")

    def says(self, words: str) -> bool:
        """Whether every word that is looked for stands in its title or in a heading."""
        text = " ".join((self.title, *self.parts)).casefold()
        return all(word in text for word in words.casefold().split())


@cache
def help_pages() -> tuple[HelpPage, ...]:
    """Every page, those about the work first, then the formats of files, each by its title."""
    found = [_page(path) for folder in (_DOCS, _DOCS / "formats") for path in folder.glob("*.md") if path.stem not in FOR_BUILDERS]
    return tuple(sorted(found, key=lambda each: (each.is_format, each.title)))


def find_pages(words: str) -> tuple[HelpPage, ...]:
    """The pages whose title or headings have all of these words, then those that have them anywhere; all, where there are none."""
    named = [each for each in help_pages() if each.says(words)]
    wanted = words.casefold().split()
    return (*named, *(each for each in help_pages() if each not in named and all(word in _folded(each.key) for word in wanted)))


@cache
def help_html(key: str) -> str:
    """A page as HTML without its title, every link to another page an address of the app. Raises `InputError` where there is none."""
    if key not in {each.key for each in help_pages()}:
        raise InputError(f"There is no page “{key[:60]}”.", "Choose one from the list.")
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(_text(_DOCS / f"{key}.md"))
    _prepare(tokens, dirname(key))
    text = str(reader.renderer.render(_without_title(tokens), reader.options, {}))
    return text.replace("<table", '<div class="rf-scroll" role="group" tabindex="0"><table').replace("</table>", "</table></div>").replace(
        "<pre>", '<pre tabindex="0">')


def slug(heading: str) -> str:
    """The name of a heading in an address, as code hosts make it."""
    return re.sub(r"[^\w\- ]", "", heading.casefold()).strip().replace(" ", "-")


def _page(path: Path) -> HelpPage:
    title, *parts = [_PLAIN.sub(r"\1", each) for each in _HEADING.findall(_CODE.sub("", _text(path)))]
    return HelpPage(path.relative_to(_DOCS).with_suffix("").as_posix(), title, tuple(parts))


@cache
def _folded(key: str) -> str:
    return _text(_DOCS / f"{key}.md").casefold()


def _text(path: Path) -> str:
    return _COMMENT.sub("", path.read_text(encoding="utf-8"))


def _without_title(tokens: Sequence[Token]) -> list[Token]:
    first = next(n for n, each in enumerate(tokens) if each.type == "heading_close")
    return list(tokens[first + 1:])


def _prepare(tokens: Sequence[Token], folder: str) -> None:
    """Headings get names, tables a place to scroll in, and links lead to where the app shows the same."""
    for n, each in enumerate(tokens):
        if each.type == "heading_open":
            each.attrSet("id", slug(tokens[n + 1].content))
        elif each.type == "table_open":
            each.attrSet("class", "rf-table")
        elif each.type == "inline":
            each.children = _linked(each.children or [], folder)


def _linked(children: Sequence[Token], folder: str) -> list[Token]:
    """Links that lead nowhere in the app become their words, and pictures what they say."""
    kept: list[Token] = []
    dropped = False
    for each in children:
        if each.type == "link_open":
            to = _address(str(each.attrs.get("href", "")), folder)
            dropped = not to
            each.attrSet("href", to)
            if to.startswith("https:"):
                each.attrSet("target", "_blank")
                each.attrSet("rel", "noopener")
        if each.type == "image":
            kept.append(Token("text", "", 0, content=each.content))
        elif not (dropped and each.type in ("link_open", "link_close")):
            kept.append(each)
    return kept


def _address(href: str, folder: str) -> str:
    if href.startswith(("https://", "#")):
        return href
    path, _, part = href.partition("#")
    key = normpath(join(folder, path)).removesuffix(".md")
    if not path.endswith(".md") or key not in {each.key for each in help_pages()}:
        return ""
    return f"/help?about={key}" + (f"#{part}" if part else "")
