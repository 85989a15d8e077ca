"""cost_a_package: being written."""

from ringfence.screens.components.frame import heading


def page() -> None:
    heading("cost_a_package", "")
