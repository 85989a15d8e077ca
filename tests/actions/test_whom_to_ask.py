"""Whom to ask about a statement, and whom next."""

from __future__ import annotations

from tests.actions.provider_books import Books


def test_a_council_is_named_though_nobody_there_is_known(issued: Books) -> None:
    asked = issued.statement("isf-P001").contacts
    assert "Southgate Council" in [each.name for each in asked], asked
