"""A cost file as a package, with everything that is wrong in it at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from basics.errors import InputError, Problem, Refused
from basics.periods import Period
from costing.direct import direct_support
from costing.figure import Figure, Unit, share
from costing.funders import Payer
from costing.package import Amount, Package, Per, Percentage, Section
from costing.parameter import Parameters
from ringfence.importing.checked import checked
from ringfence.importing.costing_file import AdditionModel, AmountModel, CostFile, ExtraModel, PayerModel, VatModel
from ringfence.importing.costing_missing import missing
from ringfence.importing.costing_overheads import OverheadsBeside
from ringfence.importing.costing_parts import parts, support
from ringfence.importing.costing_remarks import remarks
from ringfence.importing.costing_staff import percent, staff
from ringfence.importing.costing_terms import cap, organisation, pay_periods
from ringfence.importing.costing_workbook import ENDING, read_cost_workbook
from ringfence.importing.figures import FiguresOf, Group
from ringfence.importing.parameters import built_in_parameters, read_parameters
from ringfence.importing.yaml_text import YamlText, read_yaml_text

_POUNDS_PER = {Per.HOUR: Unit.POUNDS_PER_HOUR, Per.VISIT: Unit.POUNDS_PER_VISIT, Per.WEEK: Unit.POUNDS_PER_WEEK,
               Per.MONTH: Unit.POUNDS_PER_MONTH, Per.YEAR: Unit.POUNDS_PER_YEAR, Per.ONCE: Unit.POUNDS}


def read_package(path: Path, parameters_folder: Path | None = None, otherwise: Callable[[], Parameters] = built_in_parameters) -> Package:
    """The package that a cost file describes.

    Published figures are those of Ringfence, continued by `parameters_folder`, or else by the folder that the file names (beside
    itself); without either they are those of `otherwise`.
    A file that ends in .xlsx is a filled workbook, and any other is YAML.
    Raises `Refused` with every problem of the file, or `InputError` where it is neither.
    """
    text = read_cost_workbook(path) if path.suffix.lower() == ENDING else read_yaml_text(path)
    file = checked(text, CostFile)
    folder = parameters_folder or (path.parent / file.parameters if file.parameters else None)
    return _whole(text, file, read_parameters(folder) if folder else otherwise(), path.parent)


def package_of(text: YamlText, otherwise: Callable[[], Parameters] = built_in_parameters) -> Package:
    """The same for content that came without a folder: one that names a folder of published figures, or an overheads file, is refused."""
    file = checked(text, CostFile)
    if file.parameters is not None:
        raise InputError("A folder of published figures beside the file cannot be opened from here.",
                         "Price this file with “ringfence cost FILE”, or write the figures themselves and take parameters out.",
                         text.where(("parameters",)))
    return _whole(text, file, otherwise())


def _whole(text: YamlText, file: CostFile, parameters: Parameters, folder: Path | None = None) -> Package:
    beside = OverheadsBeside(folder)
    days = Period(file.on, file.until) if file.until else None
    stretches, problems = list[Package](), list[Problem]()
    on: date | None = file.on
    while on is not None:
        figures = FiguresOf(text, parameters, on, days, pay_periods(file.pay_periods))
        stretches.append(_package(Group(figures, file), file, beside))
        problems += figures.problems
        on = None if figures.problems else figures.next_change
    package = replace(stretches[0], rules=tuple(sorted(figures.rules)), until=file.until,
                      later=tuple(stretches[1:]))
    package = replace(package, remarks=(*dict.fromkeys(beside.remarks), *remarks(package, parameters)))
    problems = [*problems, *missing(file, text)] or list(_same_names(package, text))
    if problems:
        raise Refused(f"{text.name} was not taken:", dict.fromkeys(problems))
    return package


def _package(group: Group, file: CostFile, beside: OverheadsBeside) -> Package:
    inside = group.inside("support", file.support)
    held = parts(inside, file.support)
    return Package(
        name=file.name,
        on=group.of.on,
        support=support(inside, file.support, held),
        quoted_per=Per(file.quote.per),
        step_pence=group.inside("quote", file.quote)("step_pence", "Step of the price", Unit.PENCE),
        staff=staff(group.inside("staff", file.staff), file.staff) if file.staff else None,
        parts=held,
        grades=tuple((model.grade, staff(each, model)) for each, model in group.each("grades", file.grades)),
        empty_percent=inside.maybe("empty_percent", "Time that a place is expected to stand empty", Unit.PERCENT),
        other_direct=tuple(_bought(each, model) for each, model in group.each("other_direct", file.other_direct)),
        coordination=_lines(group.each("co_ordination", file.co_ordination), Section.COORDINATION, beside),
        company=_lines(group.each("company_costs", file.company_costs), Section.COMPANY, beside),
        contingency=_extra(group, "contingency", file.contingency, Section.CONTINGENCY),
        surplus=_extra(group, "surplus", file.surplus, Section.SURPLUS),
        payers=tuple(_payer(each, model) for each, model in group.each("funders", file.funders)),
        organisation=organisation(group.inside("organisation", file.organisation), file.organisation) if file.organisation else None,
        cap=cap(group.inside("cap", file.cap), file.cap) if file.cap else None)


def _lines(each: Iterator[tuple[Group, AdditionModel]], section: Section, beside: OverheadsBeside) -> tuple[Amount | Percentage, ...]:
    return tuple(beside.line(group, model, section) if model.from_overheads else _addition(group, model, model.line) for group, model in each)


def _payer(group: Group, model: PayerModel) -> Payer:
    return Payer(model.funder, group.maybe("percent", f"{model.funder}, in per cent", Unit.PERCENT),
                 group.maybe("pounds_per_week", f"{model.funder}, a week", Unit.POUNDS_PER_WEEK), model.takes_contingency)


def _extra(group: Group, key: str, model: ExtraModel | None, label: str) -> Amount | Percentage | None:
    return None if model is None else _addition(group.inside(key, model), model, label)


def _addition(group: Group, model: ExtraModel, label: str) -> Amount | Percentage:
    if model.basis is not None:
        return Percentage(label, percent(group, label), model.basis)
    assert model.per is not None  # the model has refused anything else
    return _amount(group, label, model.per)


def _amount(group: Group, label: str, per: Per) -> Amount:
    net = group("amount", f"{label}, for each {per}", _POUNDS_PER[per])
    vat = group.maybe("vat_percent", f"{label}, VAT, in per cent", Unit.PERCENT) if isinstance(group.model, VatModel) else None
    return Amount(label, net if vat is None else _with_vat(group, net, vat, label), per)


def _with_vat(group: Group, net: Figure, vat_percent: Figure, label: str) -> Figure:
    """What is borne: the amount and the VAT on it, less what of the VAT is recovered (exempt supplies recover none)."""
    vat = share(vat_percent, net).called(f"{label}, VAT", net.unit)
    recovered = group.maybe("vat_recovered_percent", f"{label}, part of the VAT that is recovered", Unit.PERCENT)
    borne = vat if recovered is None else (vat - share(recovered, vat)).called(f"{label}, VAT that is not recovered", net.unit)
    return (net + borne).called(f"{label}, with the VAT that is borne", net.unit)


def _bought(group: Group, model: AmountModel) -> Amount:
    """Something that is bought for the person besides staff."""
    line = model.line
    return replace(
        _amount(group, line, model.per), times=group.maybe("times", f"{line}, how many", Unit.NUMBER),
        among=group.maybe("people", f"{line}, people who share it", Unit.NUMBER) or group.maybe("places", "Places of the home", Unit.NUMBER),
        is_shared=model.places is not None,
        over_weeks=group.maybe("over_weeks", f"{line}, weeks to recover it", Unit.WEEKS), charged=model.charged)


def _same_names(package: Package, text: YamlText) -> Iterator[Problem]:
    """Two lines of one name could not be told apart on the page."""
    held = (*package.coordination, *package.company, package.contingency, package.surplus)
    names = [line.label for line in direct_support(package)] + [line.label for line in held if line is not None]
    for name in package.cap.lines if package.cap else ():
        if name not in names:
            yield Problem(text.where(("cap", "lines")), f"The cap names “{name}”, which is no line of the price.", "Name a line as it is called.")
    for name, times in Counter(names).items():
        if times > 1:
            yield Problem(text.name, f"{times} lines are called “{name}”.", "Give each line a name of its own.")
