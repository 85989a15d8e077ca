"""Actual cost in the app: the files go together or say why not, and the page shows what the action finds."""

from __future__ import annotations

from collections.abc import Mapping

from streamlit.testing.v1 import AppTest

from ringfence.actions.actual_cost import actual_of_content, example_files, who_carries_whom
from tests.screens.conftest import Open, html_of, text_of

FILES = example_files()
SERVICES = "actual.yaml"
FOUND = actual_of_content(FILES[SERVICES], SERVICES, FILES).found


def sent(page: AppTest, files: Mapping[str, bytes]) -> AppTest:
    """The files in their boxes: the one of services, and those that it names."""
    page.file_uploader[0].set_value((SERVICES, files[SERVICES], "application/yaml"))
    page.file_uploader[1].set_value([(name, content, "text/csv") for name, content in files.items() if name != SERVICES])
    return page.run()


def test_an_empty_page_says_what_to_send(open_page: Open) -> None:
    text = text_of(open_page("actual"))
    assert "Send a payroll and a rota: they are held beside your prices. Nothing is stored." in text
    assert "There is a problem" not in text


def test_a_file_of_services_alone_asks_for_the_others(open_page: Open) -> None:
    text = text_of(sent(open_page("actual"), {SERVICES: FILES[SERVICES]}))
    assert "Now the files that it names: the payroll, the rota, and the cost file of each service." in text
    assert "There is a problem" not in text


def test_the_page_shows_what_the_action_finds(open_page: Open) -> None:
    text = text_of(sent(open_page("actual"), FILES))
    assert "1 service of 2 cost more than it was priced to." in text
    for sentence in who_carries_whom(FOUND):
        assert sentence in text
    for each in FOUND.services:
        cost = each.cost
        assert f"{each.service.priced.per_hour} {cost.staffing.per_hour} {cost.explained.difference} " + " ".join(
            str(step.variance) for step in cost.explained.steps) in text
    assert f"add to {FOUND.payroll}, the whole payroll. {FOUND.in_no_service} of it is in no service." in text
    assert "W08 Worked 7 h 30 m £111.00 No service" in text
    assert "W01 25 h 23 h 15 m 1 h 45 m £26.46" in text


def test_people_stand_by_service_and_reference(open_page: Open) -> None:
    page = sent(open_page("actual"), FILES)
    assert "P003 14 h £25.24 £299.55 £353.37 £53.82" in text_of(page)
    text = text_of(page.selectbox[0].select("Supported living").run())
    assert "P003" not in text
    assert "£111.00 of the service’s cost is nobody’s: it stands in the list above." in text


def test_the_example_can_be_looked_at_without_any_file(open_page: Open) -> None:
    page = open_page("actual")
    next(button for button in page.button if button.label == "Show what the example says").click()
    text = text_of(page.run())
    assert "This is the documented example, of an invented week." in text
    assert "£89.17" in text


def test_everything_that_is_wrong_is_said_and_the_files_stay(open_page: Open) -> None:
    page = sent(open_page("actual"), {**FILES, "payroll.csv": FILES["payroll.csv"].replace(b"378.00", b"lots").replace(b"sick", b"ill")})
    text = text_of(page)
    assert "payroll.csv, row 2, cost : “lots” is not an amount of money." in text
    assert "“ill” is not a kind of paid time." in text
    assert "The files do not go together yet." in text
    assert page.file_uploader[1].value


def test_what_was_put_right_is_read_again(open_page: Open) -> None:
    page = sent(open_page("actual"), {**FILES, "payroll.csv": b""})
    assert "The file is empty." in text_of(page)
    assert "There is a problem" not in text_of(sent(page, FILES))


def test_a_hostile_name_of_a_service_is_text(open_page: Open) -> None:
    name = "<b>Out</b> & “reach”"
    files = {**FILES, SERVICES: FILES[SERVICES].replace(b"service: Outreach", f"service: '{name}'".encode()),
             "rota.csv": FILES["rota.csv"].replace(b"Outreach", f'"{name}"'.encode()),
             "payroll.csv": FILES["payroll.csv"].replace(b"Outreach", f'"{name}"'.encode())}
    page = sent(open_page("actual"), files)
    assert f"{name} £89.17" in text_of(page)
    assert "<b>Out</b> &" not in html_of(page)
