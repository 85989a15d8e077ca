"""Which keys of an item must, or may not, stand together: looked at as written, so that one wrong value hides nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ringfence.importing.problems import Finding

Raw = Mapping[str, object]


def has(raw: Raw, key: str) -> bool:
    return raw.get(key) is not None


def exactly_one(raw: Raw, *keys: str) -> Iterator[Finding]:
    """One of these keys, and not two."""
    given = [key for key in keys if has(raw, key)]
    if not given:
        yield Finding((), f"needs one of {_either(keys)}.", "Give one of them.")
    yield from at_most_one(raw, *keys)


def at_most_one(raw: Raw, *keys: str) -> Iterator[Finding]:
    """None of these keys, or one."""
    given = [key for key in keys if has(raw, key)]
    if len(given) > 1:
        yield Finding((), f"has {' and '.join(f'“{key}”' for key in given)}, which rule each other out.", "Keep one of them.")


def needed_when(raw: Raw, key: str, other: str, *values: str) -> Iterator[Finding]:
    """`key` must be there where `other` is one of these."""
    if _is(raw, other, values) and not has(raw, key):
        yield Finding((key,), f"is missing, and “{other}” is “{raw[other]}”.", "Add it.")


def needed_with(raw: Raw, key: str, other: str) -> Iterator[Finding]:
    """`key` must be there where `other` is."""
    if has(raw, other) and not has(raw, key):
        yield Finding((key,), f"is missing, and “{other}” is there.", "Add it.")


def absent_when(raw: Raw, key: str, other: str, *values: str) -> Iterator[Finding]:
    """`key` has no meaning where `other` is one of these."""
    if _is(raw, other, values) and has(raw, key):
        yield Finding((key,), f"does not belong here where “{other}” is “{raw[other]}”.", "Take it out.")


def _is(raw: Raw, other: str, values: tuple[str, ...]) -> bool:
    given = raw.get(other)
    return isinstance(given, str) and given.strip() in values


def _either(keys: tuple[str, ...]) -> str:
    return " or ".join(f"“{key}”" for key in keys)
