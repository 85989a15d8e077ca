"""month_end: being written."""

from ringfence.screens.components.frame import heading


def page() -> None:
    heading("month_end", "")
