# The few commands of a working day. `just` lists them; each is one line that runs without just, too.

default:
    @just --list

# all that continuous integration runs
check:
    bash .ci/run

# the tests; `just test tests/isf -k void` runs some
test *which:
    python3 start.py test {{which}}

# style, types and the layers of the house
lint:
    .venv/bin/ruff check .
    .venv/bin/mypy
    .venv/bin/lint-imports

# a sample provider, a month end
demo:
    python3 start.py

# pictures of every page of the app, into docs/screens
screens *which:
    .venv/bin/python -m tests.journeys.screens {{which}}

# the table of speeds, beside the peers
benchmarks *which:
    .venv/bin/python -m benchmarks {{which}}
