"""References and who they stand for."""

import pytest

from basics.errors import InputError
from basics.people import FunderKind, Person, reference


@pytest.mark.parametrize("text", ["A", "1", "P-0042", "hald.block_2026", "a" * 64])
def test_letters_digits_dots_dashes_and_underscores_make_a_reference(text: str) -> None:
    assert reference(text) == text


@pytest.mark.parametrize("text", ["", " ", "A B", "-A", ".hidden", "_a", "../secret", "A/B", "A\\B", "A:B", "=1+1", "é", "A\n",
                                  "a" * 65, "“A”", "A;B", "١"])
def test_nothing_that_could_harm_a_file_a_ledger_or_a_sheet_is_a_reference(text: str) -> None:
    with pytest.raises(InputError, match="cannot be used as a reference"):
        reference(text)


def test_a_long_reference_is_not_repeated_whole_in_the_message() -> None:
    with pytest.raises(InputError) as refused:
        reference("x" * 10_000)
    assert len(str(refused.value)) < 400


def test_what_belongs_to_a_person_is_called_by_the_name_they_go_by() -> None:
    assert Person("P-1", "Margaret Example", "Meg").possessive == "Meg’s"


def test_a_kind_of_payer_is_read_from_its_word() -> None:
    assert FunderKind("icb") is FunderKind.ICB
    with pytest.raises(ValueError, match="bank"):
        FunderKind("bank")
