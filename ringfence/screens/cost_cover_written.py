"""What is paid beyond plain hours, who stands in, sickness, the organisation and the cap, from their boxes to their places in a cost file."""

from __future__ import annotations

from ringfence.importing.yaml_text import Place
from ringfence.screens.cost_written import Written

PARTS = "parts"
UNSAID, CLAIMED = "unsaid", "yes"


def write_cover(written: Written, place: Place, of: str) -> None:
    """What a file says of the staff at a place beyond plain hours; `of` is the grade that they are."""
    form = written.form
    for row, name in written.rows((*place, "unsocial_hours"), f"{of}unsocial_hours"):
        written.text((*row, "line"), f"{name}.line")
        written.number((*row, "percent"), f"{name}.percent")
        kind = form.text(f"{name}.kind")
        if kind == PARTS:
            written.several((*row, PARTS), f"{name}.figure")
        else:
            written.number((*row, kind), f"{name}.figure", "%" if kind.startswith("percent") else "")
    written.group((*place, "bank_holidays"), f"{of}bank_holidays", "days_per_year", "pay_multiple")
    written.group((*place, "agency"), f"{of}agency", "percent_of_hours", "rate_per_hour")
    _vacancies(written, (*place, "vacancies"), f"{of}vacancies")
    _sickness(written, (*place, "sickness"), f"{of}sickness")


def _sickness(written: Written, place: Place, name: str) -> None:
    if written.group(place, name, "days_per_year", "days_per_week", may_have=("spells_per_year",)):
        written.choice((*place, "pay"), f"{name}.pay")


def _vacancies(written: Written, place: Place, name: str) -> None:
    written.names[place] = f"{name}.percent_of_hours"
    if written.form.text(f"{name}.percent_of_hours") or written.form.text(f"{name}.figure"):
        kind = written.form.text(f"{name}.kind")
        written.number((*place, "percent_of_hours"), f"{name}.percent_of_hours", needed=True)
        written.number((*place, kind), f"{name}.figure", "£" if kind.startswith("agency") else "", needed=True)


def write_organisation(written: Written) -> None:
    """The levy and the allowance, which need the pay bill."""
    form, place = written.form, ("organisation",)
    levy, allowance = form.text("organisation.apprenticeship_levy"), form.text("organisation.employment_allowance")
    written.names[place] = "organisation.pay_bill_per_year"
    if not form.text("organisation.pay_bill_per_year") and levy == "none" and allowance == UNSAID:
        return
    written.number((*place, "pay_bill_per_year"), "organisation.pay_bill_per_year", needed=True)
    if levy != "none":
        written.choice((*place, "apprenticeship_levy"), "organisation.apprenticeship_levy")
    if allowance != UNSAID:
        written.put((*place, "employment_allowance", "claimed"), "organisation.employment_allowance", allowance == CLAIMED)
        written.text((*place, "employment_allowance", "reason"), "organisation.reason")


def write_cap(written: Written) -> None:
    """A cap on some lines, or the one that a file came with where names of its lines hold semicolons."""
    written.kept(("cap",), "cap")
    if written.form.text("cap.percent") or written.form.text("cap.lines"):
        written.number(("cap", "percent"), "cap.percent", needed=True)
        written.choice(("cap", "basis"), "cap.basis")
        written.several(("cap", "lines"), "cap.lines")
