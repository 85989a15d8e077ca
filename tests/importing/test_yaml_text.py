"""YAML in: only what is plain, and every refusal says where and what to do."""

from datetime import date
from decimal import Decimal

import pytest

from basics.errors import InputError
from ringfence.importing.yaml_text import LARGEST_BYTES, read_yaml, read_yaml_text


@pytest.fixture
def written(tmp_path):
    def write(content):
        path = tmp_path / "file.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_numbers_are_exact_days_are_days_and_keys_are_text(written):
    assert read_yaml(written("on: 2026-10-01\n1: 0.10\nno: 7\nyes: no\nempty:\n")) == {
        "on": date(2026, 10, 1), "1": Decimal("0.10"), "no": 7, "yes": False, "empty": None}


def test_what_only_looks_like_a_number_stays_text(written):
    text = "a: 22:30\nb: 012\nc: 1_000\nd: 1e3\ne: .inf\nf: 0x1F\ng: 1,000.00\nh: 2026-10-01 09:00\n"
    assert list(read_yaml(written(text)).values()) == ["22:30", "012", "1_000", "1e3", ".inf", "0x1F", "1,000.00", "2026-10-01 09:00"]


@pytest.mark.parametrize(("content", "line", "told"), [
    ("a: 1\nb: 2\na: 3", 3, "given twice"),
    ("a: &x [1]\nb: *x", 2, "shortcut"),
    ("a: 1\nb: !!python/object/apply:os.getcwd []", 2, "not a kind of value"),
    ("a: 1\nb: !!binary aGk=", 2, "not a kind of value"),
    ("a: 1\nb: !!int twelve", 2, "not a kind of value"),
    ("a: 2026-02-30", 1, "not a day of the calendar"),
    ("a: " + "9" * 5000, 1, "too many digits"),
    ("a: 1\n? [b]\n: 2", 2, "not a list"),
    ("a: 1\n---\na: 2", 2, "another document"),
    ("a:\n\t- 1", 2, "A tab stands here"),
    ("a: " + "[" * 1000, 1, "30 deep"),
    (b"a: 1\nb: \xa3", 2, "not UTF-8"),
])
def test_anything_else_is_refused_with_its_line(written, content, line, told):
    with pytest.raises(InputError, match=told) as refused:
        read_yaml(written(content))
    assert f"file.yaml, line {line}" in str(refused.value)


@pytest.mark.parametrize("content", ["", "# nothing"])
def test_an_empty_file_is_refused(written, content):
    with pytest.raises(InputError, match="The file is empty"):
        read_yaml(written(content))


@pytest.mark.parametrize("content", ["- a\n- b", "just words"])
def test_a_file_without_keys_is_refused(written, content):
    with pytest.raises(InputError, match="key: value"):
        read_yaml(written(content))


def test_a_control_character_is_refused(written):
    with pytest.raises(InputError, match="plain text"):
        read_yaml(written("a: \x01"))


def test_a_file_that_is_too_large_is_refused_before_it_is_read(written):
    with pytest.raises(InputError, match="larger than 5 MB"):
        read_yaml(written(b"#" * (LARGEST_BYTES + 1)))


def test_a_folder_or_a_missing_file_is_refused(tmp_path):
    for path, told in ((tmp_path, "a folder and not a file"), (tmp_path / "none.yaml", "no such file")):
        with pytest.raises(InputError, match=told):
            read_yaml(path)


def test_a_byte_order_mark_is_no_part_of_the_first_key(written):
    assert read_yaml(written(b"\xef\xbb\xbfa: 1")) == {"a": 1}


def test_a_place_is_told_with_its_line_or_that_of_what_it_is_missing_from(written):
    text = read_yaml_text(written("a: 1\nb:\n  - c: 2\n  - d: 3\n"))
    assert text.where(("b", 1, "d")) == "file.yaml, line 4, b 2.d"
    assert text.where(("b", 0, "missing")) == "file.yaml, line 3, b 1.missing"
    assert text.where(()) == "file.yaml, line 1"
