"""What every command has in common: help that a newcomer understands, who acts, which books, and words on the right stream."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from ringfence.cli.main import app
from tests.cli.desk import EXAMPLES, Desk

WITHOUT_BOOKS = {"cases", "cost", "overheads", "parameters", "presets", "scenarios", "template", "uplift"}
BY_NOBODY = {*WITHOUT_BOOKS, "init", "demo", "sample"}


def commands(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, each in getattr(command, "commands", {}).items():
        yield from commands(each, (*words, name))
    if not hasattr(command, "commands"):
        yield words, command


COMMANDS = dict(commands(typer.main.get_command(app)))
OPTIONS = {words: {option for parameter in command.params for option in parameter.opts} for words, command in COMMANDS.items()}


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_and_each_of_its_options(desk: Desk, words: tuple[str, ...]) -> None:
    told = desk.run(*words, "--help")
    assert told.out.startswith(f"Usage: ringfence {' '.join(words)}")
    assert [parameter.name for parameter in COMMANDS[words].params if not getattr(parameter, "help", "")] == []
    assert list(desk.folder.iterdir()) == []


def test_every_command_that_works_on_books_says_which_and_who() -> None:
    assert {words[0] for words, options in OPTIONS.items() if "--database" not in options} == WITHOUT_BOOKS
    assert {words[0] for words, options in OPTIONS.items() if "--as" not in options} == BY_NOBODY


def test_the_documentation_tells_every_command_and_option() -> None:
    page = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    sections = {heading.splitlines()[0].strip("` "): heading for heading in page.split("\n## ")}
    missing = [f"{' '.join(words)} {option}" for words, options in OPTIONS.items() for option in options if option.startswith("--")
               if option not in ("--help", "--as", "--database", "--json") and f"`{option}" not in sections[f"ringfence {' '.join(words)}"]]
    assert missing == []


@pytest.mark.parametrize("words", [("month-end", "2026-10", "--preview"), ("import", "conflicts"), ("position", "P001", "2026-10"),
                                   ("verify",)], ids=" ".join)
def test_books_are_found_by_name_wherever_one_works(with_visits: Desk, words: tuple[str, ...]) -> None:
    elsewhere, books = Desk(with_visits.folder / "elsewhere"), with_visits.folder / "ringfence.db"
    elsewhere.folder.mkdir()
    expected = with_visits.run(*words, "--as", "asha").out.splitlines()[0]
    assert elsewhere.run(*words, "--as", "asha", "--database", str(books)).out.startswith(expected)
    assert elsewhere.run(*words, "--as", "asha", "--database", f"sqlite:///{books}").out.startswith(expected)
    assert elsewhere.with_variables(RINGFENCE_DATABASE=str(books)).run(*words, "--as", "asha").out.startswith(expected)
    assert list(elsewhere.folder.iterdir()) == []


def test_the_next_command_that_is_shown_finds_the_same_books(desk: Desk) -> None:
    told = desk.run("init", "Harbour Lights", "--practice", "--database", "other books.db")
    assert 'ringfence user add FIRST --database "other books.db"' in told.out
    named = desk.with_variables(RINGFENCE_DATABASE="third.db").run("init", "Harbour Lights", "--practice")
    assert "--database" not in named.out


@pytest.mark.parametrize("typed", [[sys.executable, "-m", "ringfence.cli.main"], [str(Path(sysconfig.get_path("scripts")) / "ringfence")]],
                         ids=["module", "script"])
def test_the_command_runs_as_it_is_typed(desk: Desk, typed: list[str]) -> None:
    told = subprocess.run([*typed, "split", str(EXAMPLES / "block.split.yaml"), "--json"], cwd=desk.folder, capture_output=True,
                          encoding="utf-8", check=True, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert '"sum": "36090.00"' in told.stdout
    assert told.stderr == ""


def test_nothing_but_the_answer_is_on_the_answers_stream(with_visits: Desk) -> None:
    told = with_visits.run("month-end", "2026-10", "--out", "out", "--as", "asha")
    assert told.out.startswith("October 2026\n")
    assert told.err.startswith("Look at these;")
    assert with_visits.run("month-end", "2026-10", "--out", "out", "--as", "asha", "--json").err == ""


def test_a_reader_that_goes_away_is_no_fault(with_visits: Desk) -> None:
    process = subprocess.Popen([sys.executable, "-m", "ringfence.cli.main", "template", "apply"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert b"Traceback" not in process.stderr.read()
    process.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no terminal to make up")
def test_long_work_shows_a_bar_on_a_terminal(with_visits: Desk) -> None:
    import pty

    reader, terminal = pty.openpty()
    words = ("month-end", "2026-10", "--out", "out", "--as", "asha", "--json")
    process = subprocess.Popen([sys.executable, "-m", "ringfence.cli.main", *words], cwd=with_visits.folder, stdout=subprocess.DEVNULL,
                               stderr=terminal, env={**os.environ, "TERM": "xterm"})
    os.close(terminal)
    shown = b""
    while chunk := _read(reader):
        shown += chunk
    os.close(reader)
    assert process.wait() == 0
    assert b"October 2026: documents" in shown
    assert b"100%" in shown


def _read(reader: int) -> bytes:
    try:
        return os.read(reader, 4096)
    except OSError:  # what Linux says at the end of a terminal
        return b""
