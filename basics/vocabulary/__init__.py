"""What documents say, looked up by key: one file for each language, and the files hold nothing but words.

A key names where words stand (“money.held”), never what they are in English. What stands in braces is filled in, and is never read as a template.
How numbers, days and hours are written is in `basics.money` and `basics.periods`.
"""

from __future__ import annotations

from basics.vocabulary import english

WORDS = english.WORDS
"""The language in which documents are made."""
LISTS = english.LISTS


def say(key: str, **filled: object) -> str:
    """The words of a key. Raises `KeyError` for a key, or for a place in braces, that is not known: a fault of ours."""
    return WORDS[key].format(**filled)


def listed(key: str) -> tuple[str, ...]:
    """Words that stand together, like the heads of a table. Raises `KeyError` for a key that is not known."""
    return LISTS[key]


def counted(count: int, of: str) -> str:
    """“31 nights”, “1 time”: a number with what it counts, as every language has forms of its own."""
    return say(f"counted.{of}.one" if count == 1 else f"counted.{of}", count=count)


def both(parts: list[str]) -> str:
    """“£5.00 and 2 h”; one part, or none, stands alone."""
    return say("and", first=say("comma").join(parts[:-1]), last=parts[-1]) if len(parts) > 1 else "".join(parts)
