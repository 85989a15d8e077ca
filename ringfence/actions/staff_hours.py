"""What does an hour of staff cost? By grade and contract of a cost file. Nothing is stored."""

from __future__ import annotations

from pathlib import Path

from costing.staff_hour import StaffHour, staff_hours_cost
from ringfence.actions.parameters import published
from ringfence.importing.costing_package import read_package


def staff_hours_of_file(path: Path, parameters_folder: Path | None = None) -> tuple[StaffHour, ...]:
    """The cost of a paid hour and of a productive hour for each grade and contract of a cost file, at the rates of its day.

    Raises `Refused` with every problem of the file, `NotKnown` where it has no contracts, or `InputError`.
    """
    return staff_hours_cost(read_package(path, parameters_folder, published))
