"""The page that costs a package, as its tests hold it: its boxes by name, its buttons, and what it shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import typer
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from ringfence.cli.cost import cost
from ringfence.screens.cost_pricing import outcome
from tests.screens.conftest import html_of

COMMAND = typer.Typer()
COMMAND.command("cost")(cost)


def _draw() -> None:
    from ringfence.screens.cost_a_package import page

    page()


def opened() -> AppTest:
    return AppTest.from_function(_draw, default_timeout=60).run()


def form_of(page: AppTest):
    return page.session_state["cost-desk"].form


def box(page: AppTest, name: str):
    key = form_of(page).key(name)
    return next(each for kind in (page.text_input, page.selectbox, page.checkbox, page.date_input, page.radio) for each in kind if each.key == key)


def fill(page: AppTest, **typed) -> AppTest:
    for name, value in typed.items():
        box(page, name.replace("__", ".")).set_value(value)
        page.run()
    return page


def press(page: AppTest, label: str, nth: int = 0) -> AppTest:
    return [each for each in page.button if each.label == label][nth].click().run()


def row(page: AppTest, name: str) -> str:
    return f"{name}.{form_of(page).rows[name][-1]}"


def has_download(page: AppTest) -> bool:
    return bool(page.get("download_button"))


def by_the_command(page: AppTest, folder: Path, *options: str) -> dict:
    """What the command says of the file that can be downloaded."""
    assert has_download(page)
    file = folder / "package.cost.yaml"
    file.write_bytes(outcome(form_of(page)).file)
    result = CliRunner().invoke(COMMAND, [str(file), "--json", *options], catch_exceptions=False)
    assert result.exit_code == 0
    return json.loads(result.stdout)


def shown_prices(page: AppTest) -> dict[str, str]:
    """The figures of the card, as text: the hour or week that is quoted, and what follows from it."""
    card = re.sub(r"<[^>]+>", "", re.search(r'<section class="rf-block rf-price".*?<div', html_of(page), re.DOTALL)[0])
    found = {per: amount.replace(",", "") for amount, per in re.findall(r"£([\d,.]+)\s*an? (hour|week|year)", card)}
    assert found
    return found


def table_of(page: AppTest, caption: str) -> list[list[str]]:
    table = re.search(rf"<caption[^>]*>{caption}</caption>(.*?)</table>", html_of(page), re.DOTALL)[1]
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL)]
            for line in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)]
