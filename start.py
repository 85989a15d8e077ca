"""From a fresh copy to a running Ringfence in one command: `python start.py`.

It makes `.venv` beside this file, installs Ringfence there with the versions that constraints.txt pins, and runs
`ringfence demo`. `python start.py test` runs the tests; anything else after it is passed to `ringfence`.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

OLDEST_PYTHON = (3, 11)
HERE = Path(__file__).absolute().parent
VENV = HERE / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(PROGRAMS / "python")
STAMP = VENV / "installed-by-start.txt"
NO_VENV = """Python could not make the folder .venv beside start.py: the reason stands above.
Close what uses that folder and check that you may write there. On Debian and Ubuntu: apt install python3-venv"""
NO_PACKAGES = """What Ringfence needs could not be installed: the reason stands above.
Most often there is no network, or it asks for a proxy (set HTTPS_PROXY). Then run the same command again."""


def run(*command: str, folder: "Path | None" = None) -> int:
    """Run a program to its end. On Ctrl-C it gets the same signal, and is left to finish in its own way."""
    with subprocess.Popen(command, cwd=folder, env=dict(os.environ, PYTHONUTF8="1")) as child:
        while child.returncode is None:
            try:
                child.wait()
            except KeyboardInterrupt:
                continue
    return child.returncode if child.returncode >= 0 else 128 - child.returncode


def become(*command: str) -> int:
    """Run the last program in the place of this one, so that whoever stops this stops it; on Windows, as a child."""
    if os.name == "posix":
        os.execve(command[0], command, dict(os.environ, PYTHONUTF8="1"))
    return run(*command)


def attempt(advice: str, *command: str) -> None:
    """Run one step of the installation; where it fails, say what to do next and stop with its exit code."""
    code = run(*command, folder=HERE)
    if code:
        print(advice, file=sys.stderr)
        sys.exit(code)


def works() -> bool:
    """Whether the Python in .venv runs, is new enough and can install."""
    check = f"import pip, sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    try:
        return subprocess.run([PYTHON, "-c", check], capture_output=True).returncode == 0
    except OSError:
        return False


def install(extra: str) -> None:
    """Install Ringfence where it stands, unless nothing has changed since the last time."""
    read = [(HERE / name).read_bytes() for name in ("pyproject.toml", "constraints.txt", "start.py")]
    digest = hashlib.sha256(b"\0".join([os.fsencode(HERE), *read])).hexdigest()
    if not works():
        print("Making .venv ...", flush=True)
        attempt(NO_VENV, sys.executable, "-m", "venv", "--clear", str(VENV))
    if not STAMP.exists() or STAMP.read_text() not in (digest + extra, digest + "[dev]"):
        print("Installing what Ringfence needs: a minute or two, the first time ...", flush=True)
        pip = (PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-compile", "-c", "constraints.txt")
        attempt(NO_PACKAGES, *pip, "pip")
        attempt(NO_PACKAGES, *pip, "-e", "." + extra)
        STAMP.write_text(digest + extra)


def main(arguments: "list[str]") -> int:
    """Install what is needed, then run the tests or the command; the exit code is theirs."""
    testing = arguments[:1] == ["test"]
    install("[dev]" if testing else "")
    if testing:
        return run(PYTHON, "-m", "pytest", "-n", "2", "--dist", "loadgroup", *arguments[1:], folder=HERE)
    return become(str(PROGRAMS / "ringfence"), *(arguments or ["demo"]))


if __name__ == "__main__":
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(f"Ringfence needs Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or newer; this is {sys.version.split()[0]}.")
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
