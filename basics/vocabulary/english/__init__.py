"""English. Plain: ten to fifteen words a sentence, one idea in each, no short forms that a family would have to look up.

One module a kind of document, and `everywhere` for what all of them use. No key stands twice.
"""

from __future__ import annotations

from basics.vocabulary.english import board, easy_read, everywhere, invoices, prices, quotes, reminders, statements

MODULES = (everywhere, statements, easy_read, prices, quotes, invoices, reminders, board)

WORDS: dict[str, str] = {key: said for module in MODULES for key, said in module.WORDS.items()}
LISTS: dict[str, tuple[str, ...]] = {key: said for module in MODULES for key, said in getattr(module, "LISTS", {}).items()}
