"""The house keeps its shape: rooms and their tests, words in every module, documentation that knows every command."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

ROOT = Path(__file__).parent.parent
PURE_ROOMS = ("basics", "costing", "isf", "invoicing")
SOURCE_ROOMS = (*PURE_ROOMS, "ringfence", "sample_data")
TESTS_OF_NO_ROOM = {"worked_examples", "properties", "attacks", "faults", "journeys", "stateful"}
TEXT_ENDINGS = {".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".sql", ".typ", ".jinja", ".html", ".csv", ""}
LONGEST_FILE_LINES, LONGEST_TEST_LINES = 300, 400


def modules(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


def text_files() -> Iterator[Path]:
    """Every text file of the project itself, and nothing that tools or a demonstration have left in the folder."""
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.suffix in TEXT_ENDINGS)
    for folder in (*SOURCE_ROOMS, "cases", "tests", "docs", ".ci"):
        yield from (path for path in (ROOT / folder).rglob("*")
                    if path.is_file() and path.suffix in TEXT_ENDINGS and "__pycache__" not in path.parts)


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def public_parts(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    return (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"))


def commands(command: Any, name: str) -> Iterator[str]:
    """Every command that a person can type, a command of a group with its group."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield name
    else:
        for word, each in inner.items():
            yield from commands(each, f"{name} {word}")


def test_every_folder_of_tests_belongs_to_a_room() -> None:
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and not path.name.startswith(("_", "."))}
    rooms = {name for name in folders if (ROOT / name).is_dir() or (ROOT / "ringfence" / name).is_dir()}
    assert folders - rooms == TESTS_OF_NO_ROOM & folders


def test_every_room_has_its_tests() -> None:
    rooms = {*PURE_ROOMS, "sample_data"} | {path.name for path in (ROOT / "ringfence").iterdir() if (path / "__init__.py").exists()}
    assert {room for room in rooms if not list((ROOT / "tests" / room).glob("test_*.py"))} == set()


def test_folders_of_tests_are_no_packages_and_their_files_have_names_of_their_own() -> None:
    names = Counter(path.name for path in modules("tests") if path.name != "conftest.py")
    assert [name for name, count in names.items() if count > 1 or name == "__init__.py"] == []


def test_every_module_says_what_it_is() -> None:
    silent = [place(path) for path in [*modules(*SOURCE_ROOMS, "tests"), ROOT / "start.py"]
              if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert silent == []


def test_every_public_function_of_a_pure_room_says_what_it_means() -> None:
    silent = [f"{place(path)}: {node.name}" for path in modules(*PURE_ROOMS)
              for node in public_parts(ast.parse(path.read_text(encoding="utf-8")))
              if isinstance(node, ast.FunctionDef) and not ast.get_docstring(node)]
    assert silent == []


def test_no_float_comes_near_the_rules_of_the_field() -> None:
    found = []
    for path in modules(*PURE_ROOMS):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
            written = isinstance(node, ast.Constant) and type(node.value) is float
            if called or written:
                found.append(f"{place(path)}:{node.lineno}")
    assert found == []


def test_no_file_has_grown_past_reading() -> None:
    for most, files in ((LONGEST_FILE_LINES, modules(*SOURCE_ROOMS)), (LONGEST_TEST_LINES, modules("tests"))):
        lengths = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
        assert {name: lines for name, lines in lengths.items() if lines > most} == {}


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")
    assert [place(path) for path in text_files() if later.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("what", [
    r"(?i)pypi\.org|pythonhosted|npmjs|index" r"-url|find" r"-links|trusted" r"-host",
    r"(?<![\w.~}])/(?:work|root|home|Users)/",
], ids=["registry", "machine"])
def test_no_file_names_a_registry_or_a_folder_of_one_machine(what: str) -> None:
    assert [place(path) for path in text_files() if path != Path(__file__) and re.search(what, path.read_text(encoding="utf-8"))] == []


def test_the_documentation_knows_every_command() -> None:
    from ringfence.cli.main import app

    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    written = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    known = list(commands(typer.main.get_command(app), "ringfence"))
    assert len(known) > 1
    assert [name for name in known if not re.search(re.escape(name) + r"(?![\w-])", written)] == []


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)\s#]+)", page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                broken.append(f"{place(page)}: {target}")
    assert broken == []
