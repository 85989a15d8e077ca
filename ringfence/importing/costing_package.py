"""A cost file as a package, with everything that is wrong in it at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from basics.errors import InputError, Problem, Refused
from costing.direct import direct_support
from costing.figure import Unit, fixed
from costing.package import Amount, Package, Per, Percentage, Section, Support
from costing.parameter import Parameters
from ringfence.importing.checked import checked
from ringfence.importing.costing_file import CostFile, ExtraModel
from ringfence.importing.costing_staff import percent, staff
from ringfence.importing.figures import FiguresOf, Group
from ringfence.importing.parameters import built_in_parameters, read_parameters
from ringfence.importing.yaml_text import Place, YamlText, read_yaml_text

_POUNDS_PER = {Per.HOUR: Unit.POUNDS_PER_HOUR, Per.VISIT: Unit.POUNDS_PER_VISIT, Per.WEEK: Unit.POUNDS_PER_WEEK}


def read_package(path: Path, parameters_folder: Path | None = None, otherwise: Callable[[], Parameters] = built_in_parameters) -> Package:
    """The package that a cost file describes.

    Published figures are those of Ringfence, continued by `parameters_folder`, or else by the folder that the file names (beside
    itself); without either they are those of `otherwise`.
    Raises `Refused` with every problem of the file, or `InputError` where it is not YAML at all.
    """
    text = read_yaml_text(path)
    file = checked(text, CostFile)
    folder = parameters_folder or (path.parent / file.parameters if file.parameters else None)
    return _whole(text, file, read_parameters(folder) if folder else otherwise())


def package_of(text: YamlText, otherwise: Callable[[], Parameters] = built_in_parameters) -> Package:
    """The same for content that came without a folder: one that names a folder of published figures is refused."""
    file = checked(text, CostFile)
    if file.parameters is not None:
        raise InputError("A folder of published figures beside the file cannot be opened from here.",
                         "Price this file with “ringfence cost FILE”, or write the figures themselves and take parameters out.",
                         text.where(("parameters",)))
    return _whole(text, file, otherwise())


def _whole(text: YamlText, file: CostFile, parameters: Parameters) -> Package:
    figures = FiguresOf(text, parameters, file.on)
    package = _package(Group(figures, file), file)
    problems = [*figures.problems, *_visits_missing(file, text)] or list(_same_names(package, text))
    if problems:
        raise Refused(f"{text.name} was not taken:", dict.fromkeys(problems))
    return package


def _package(group: Group, file: CostFile) -> Package:
    return Package(
        name=file.name,
        on=file.on,
        support=_support(group.inside("support", file.support), file),
        quoted_per=Per(file.quote.per),
        step_pence=group.inside("quote", file.quote)("step_pence", "Step of the price", Unit.PENCE),
        staff=staff(group.inside("staff", file.staff), file.staff) if file.staff else None,
        other_direct=tuple(_amount(each, model.line, model.per) for each, model in group.each("other_direct", file.other_direct)),
        coordination=tuple(_addition(each, model, model.line) for each, model in group.each("co_ordination", file.co_ordination)),
        company=tuple(_addition(each, model, model.line) for each, model in group.each("company_costs", file.company_costs)),
        contingency=_extra(group, "contingency", file.contingency, Section.CONTINGENCY),
        surplus=_extra(group, "surplus", file.surplus, Section.SURPLUS))


def _support(group: Group, file: CostFile) -> Support:
    hours = group("hours_per_week", "Hours of support", Unit.HOURS_PER_WEEK)
    visits = group.maybe("visits_per_week", "Visits", Unit.VISITS_PER_WEEK)
    if file.support.weeks_per_year == "365/7":
        days = fixed(365, "", Unit.NUMBER)
        return Support(hours, visits, (days / 7).called("Weeks of support", Unit.WEEKS_PER_YEAR))
    return Support(hours, visits, group.maybe("weeks_per_year", "Weeks of support", Unit.WEEKS_PER_YEAR))


def _extra(group: Group, key: str, model: ExtraModel | None, label: str) -> Amount | Percentage | None:
    return None if model is None else _addition(group.inside(key, model), model, label)


def _addition(group: Group, model: ExtraModel, label: str) -> Amount | Percentage:
    if model.basis is not None:
        return Percentage(label, percent(group, label), model.basis)
    assert model.per is not None  # the model has refused anything else
    return _amount(group, label, model.per)


def _amount(group: Group, label: str, per: Per) -> Amount:
    return Amount(label, group("amount", f"{label}, for each {per}", _POUNDS_PER[per]), per)


def _visits_missing(file: CostFile, text: YamlText) -> Iterator[Problem]:
    """Places where something is given for each visit, in a file that does not say how many visits there are."""
    if file.support.visits_per_week is not None:
        return
    given: list[tuple[Place, str | None]] = [
        *((("other_direct", n), each.per) for n, each in enumerate(file.other_direct)),
        *((("co_ordination", n), each.per) for n, each in enumerate(file.co_ordination)),
        *((("company_costs", n), each.per) for n, each in enumerate(file.company_costs)),
        (("contingency",), file.contingency.per if file.contingency else None),
        (("surplus",), file.surplus.per if file.surplus else None),
        (("staff", "travel"), file.staff.travel.per if file.staff and file.staff.travel else None),
    ]
    for place, per in given:
        if per == Per.VISIT:
            yield Problem(text.where(place), "This is for each visit, and the visits a week are not given.",
                          "Add visits_per_week to support.")


def _same_names(package: Package, text: YamlText) -> Iterator[Problem]:
    """Two lines of one name could not be told apart on the page."""
    held = (*package.coordination, *package.company, package.contingency, package.surplus)
    names = [line.label for line in direct_support(package)] + [line.label for line in held if line is not None]
    for name, times in Counter(names).items():
        if times > 1:
            yield Problem(text.name, f"{times} lines are called “{name}”.", "Give each line a name of its own.")
