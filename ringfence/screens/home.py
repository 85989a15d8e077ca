"""home: being written."""

from ringfence.screens.components.frame import heading


def page() -> None:
    heading("home", "")
