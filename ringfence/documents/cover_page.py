"""A page with an address, before what goes into one envelope: to whom, and what is in it."""

from __future__ import annotations

from collections.abc import Sequence

from basics.vocabulary import say
from ringfence.documents.pages import Page, refuse_unseen

COVER_SIZE_PT = 14


def cover_page(to: Sequence[str], provider: str, enclosed: Sequence[str]) -> Page:
    """The page. `to` is a name and the lines of an address, `enclosed` what each paper is called. Raises `InputError` for a character that cannot
    be seen."""
    page = {"kind": "cover", "title": say("cover.title", provider=provider), "provider": provider, "marks": [], "to": list(to),
            "enclosed": list(enclosed), "footer": provider, "size_pt": COVER_SIZE_PT, "stacked": False}
    refuse_unseen(page, say("cover.title", provider=provider))
    return page
