"""The set-up: every version pinned, and `python start.py` on a tiny project of its own, with no network."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.xdist_group("one folder is started, moved and broken")

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINNED = dict(line.split("==") for line in PINS)
STARTER = ROOT / "start.py"

# A project that brings its own build backend, so that pip needs nothing from outside: it writes a wheel with a `ringfence` command.
TINY_PROJECT = """
[build-system]
requires = []
build-backend = "tiny"
backend-path = ["."]
[project]
name = "ringfence"
version = "0.1.0"
"""
TINY_BACKEND = '''
import zipfile, pathlib
def build_editable(folder, config_settings=None, metadata_directory=None):
    with open("installed.log", "a") as log: log.write("installed\\n")
    info, name = "ringfence-0.1.0.dist-info/", "ringfence-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(pathlib.Path(folder) / name, "w") as wheel:
        wheel.writestr("tiny_command.py", "import sys\\ndef main():\\n    print(sys.argv[1:])\\n    return 7\\n")
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: ringfence\\nVersion: 0.1.0\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: tiny\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "entry_points.txt", "[console_scripts]\\nringfence = tiny_command:main\\n")
        wheel.writestr(info + "RECORD", "")
    return name
'''


def start(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(folder / "start.py"), *arguments], capture_output=True, text=True, encoding="utf-8",
                          cwd=folder.parent, env={**os.environ, "PIP_NO_INDEX": "1", **environment}, stdin=subprocess.DEVNULL)


def declared() -> list[Requirement]:
    project = PROJECT["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    return [requirement for group in groups for requirement in map(Requirement, group) if requirement.name != "ringfence"]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny project whose folder has a space, an apostrophe and letters from afar, started once."""
    folder = tmp_path_factory.mktemp("copies") / "Zoë’s café – O'Brien ж"
    folder.mkdir()
    shutil.copy(STARTER, folder)
    (folder / "pyproject.toml").write_text(TINY_PROJECT, encoding="utf-8")
    (folder / "tiny.py").write_text(TINY_BACKEND, encoding="utf-8")
    (folder / "constraints.txt").write_text("", encoding="utf-8")
    first = start(folder)
    assert (first.stdout.splitlines()[-1], first.returncode) == ("['demo']", 7), first.stderr
    return folder


def times_installed(folder: Path) -> int:
    return len((folder / "installed.log").read_text().splitlines())


def test_constraints_are_names_and_versions_and_nothing_else() -> None:
    assert [line for line in PINS if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*==[0-9][0-9a-z.]*", line)] == []
    assert sorted(set(PINS)) == PINS


def test_every_dependency_is_pinned_and_so_is_what_it_needs() -> None:
    waiting, seen, unpinned = declared(), set[str](), set[str]()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if PINNED.get(name) is None:
            unpinned.add(name)
        if str(requirement) in seen or (requirement.marker and not requirement.marker.evaluate()):
            continue
        seen.add(str(requirement))
        for each in map(Requirement, metadata.requires(name) or ()):
            if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in {"", *requirement.extras}):
                waiting.append(each)
    assert unpinned == set()


def test_what_is_tested_is_what_is_pinned() -> None:
    here = {canonicalize_name(each.metadata["Name"]): each.version for each in metadata.distributions()}
    assert {name: here[name] for name in PINNED if name in here and name not in ("pip", "setuptools")
            and here[name] != PINNED[name]} == {}


def test_the_build_backend_is_pinned() -> None:
    assert PROJECT["build-system"]["requires"] == [f"setuptools=={PINNED['setuptools']}"]


def test_the_starter_needs_nothing_but_python() -> None:
    tree = ast.parse(STARTER.read_text(encoding="utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= sys.stdlib_module_names


def test_an_older_python_is_told_what_is_needed() -> None:
    ast.parse(STARTER.read_text(encoding="utf-8"), feature_version=(3, 6))
    pretend = ("import runpy, sys; sys.version_info, sys.version = (3, 9, 1), '3.9.1 (old)'\n"
               "runpy.run_path(sys.argv[1], run_name='__main__')")
    told = subprocess.run([sys.executable, "-c", pretend, str(STARTER)], capture_output=True, text=True)
    assert (told.returncode, told.stderr.strip()) == (1, "Ringfence needs Python 3.11 or newer; this is 3.9.1.")


def test_a_second_start_installs_nothing_and_passes_words_and_exit_code_on(tiny: Path) -> None:
    before = times_installed(tiny)
    again = start(tiny, "cost", "my file.yaml", "--json")
    assert (again.stdout, again.returncode) == ("['cost', 'my file.yaml', '--json']\n", 7)
    assert times_installed(tiny) == before


def test_a_changed_pin_is_installed_at_the_next_start(tiny: Path) -> None:
    before = times_installed(tiny)
    with (tiny / "constraints.txt").open("a") as pins:
        pins.write("six==1.17.0\n")
    assert [start(tiny).returncode, start(tiny).returncode] == [7, 7]
    assert times_installed(tiny) == before + 1


def test_a_copy_moved_elsewhere_is_installed_where_it_now_stands(tiny: Path) -> None:
    moved = tiny.with_name("moved")
    shutil.copytree(tiny, moved, symlinks=True)
    before = times_installed(moved)
    assert start(moved).returncode == 7
    assert times_installed(moved) == before + 1


def test_a_python_that_does_not_run_is_made_anew(tiny: Path) -> None:
    programs = tiny / ".venv" / ("Scripts" if os.name == "nt" else "bin")
    python = programs / ("python.exe" if os.name == "nt" else "python")
    python.unlink()
    mended = start(tiny)
    assert (mended.stdout.splitlines()[-1], mended.returncode) == ("['demo']", 7)


def test_without_a_network_it_says_what_to_do_and_the_next_start_mends_it(tiny: Path) -> None:
    pyproject = tiny / "pyproject.toml"
    pyproject.write_text(TINY_PROJECT.replace("requires = []", 'requires = ["setuptools==80.9.0"]'), encoding="utf-8")
    lost = start(tiny, PIP_FIND_LINKS="")
    assert lost.returncode == 1
    assert "Most often there is no network" in lost.stderr
    assert "Traceback" not in lost.stderr
    pyproject.write_text(TINY_PROJECT, encoding="utf-8")
    assert start(tiny).returncode == 7
