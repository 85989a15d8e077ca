"""What if? Scenarios that are put together away from a file: sent from a browser with their cost files, and changed there.

They are read as `ringfence scenarios` reads its file, by the same reader, so that what is saved as a file says the same there. What was sent
stands for as long as one reading in a folder of its own; nothing outside of that folder can be named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from basics.errors import InputError, Problem, Refused
from costing.explain import in_words
from costing.figure import Figure
from costing.scenario_inputs import published_inputs
from ringfence.actions.cost_files import text_of_sent_file
from ringfence.actions.parameters import own_folder, published
from ringfence.actions.scenarios import Compared, Sampling, compared
from ringfence.importing.costing_text import cost_file_text
from ringfence.importing.scenarios import ScenariosRead, scenarios_of
from ringfence.importing.templates import TEMPLATES, template
from ringfence.importing.yaml_text import Place, YamlText, yaml_text_of

FILE_NAME = "what-if.scenarios.yaml"
MOST_FILES, MOST_BYTES = 60, 20_000_000
_LINES_FROM_A_FILE = ("co_ordination", "company_costs")
_GROUPS = {"scenarios": ("scenario", "Scenario"), "assumed": ("parameter", "Assumed figure"), "provided": ("cost", "Package"),
           "assumptions": ("assumption", "Assumption"), "break_even": ("driver", "Break-even of")}

Content = Mapping[str, Any]
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Question:
    """What a file of scenarios says, and the cost files that it names, each by its name without a folder."""

    content: Content
    costs: Files

    @property
    def file(self) -> bytes:
        """The same as a file for `ringfence scenarios` (docs/formats/scenarios.md)."""
        return cost_file_text(self.content).encode()


@dataclass(frozen=True)
class FigureUsed:
    """A published figure that the packages are priced with: what it is now, and whether it is known on the day that was asked for."""

    key: str
    name: str
    figure: Figure
    is_known: bool

    @property
    def in_words(self) -> str:
        """“National Living Wage, £12.71 an hour now”."""
        return f"{self.name}, {in_words(self.figure)} now"


def example_question() -> Question:
    """The documented example, with its cost files: `ringfence template scenarios`."""
    names = {TEMPLATES[kind]: kind for kind in ("cost", "living")}
    return Question(yaml_text_of(template("scenarios").encode(), TEMPLATES["scenarios"]).data,
                    {name: template(kind).encode() for name, kind in names.items()})


def question_of(sent: Mapping[str, bytes]) -> Question:
    """The scenarios among some files that were sent, with the cost files; of cost files alone, a base of one person each.

    Raises `Refused` with everything that is wrong in any of them, each with its line, or `InputError`.
    """
    files = dict(_named(sent))
    texts = {name: text_of_sent_file(content, name) for name, content in files.items()}
    asking = [name for name, text in texts.items() if "provided" in text.data]
    if len(asking) > 1:
        raise InputError(f"Both {asking[0]} and {asking[1]} are files of scenarios.", "Send one of them, with its cost files.")
    if not asking:
        return _base({name: content for name, content in files.items() if "quote" in texts[name].data}, files)
    question = Question(texts[asking[0]].data, {name: content for name, content in files.items() if name != asking[0]})
    _read(question, texts[asking[0]])
    return question


def answer(question: Question, *, with_tornado: bool = False, sampling: Sampling | None = None) -> Compared:
    """Everything that `ringfence scenarios` would say. Raises `Refused` with every problem, each named by what it is of."""
    return compared(_read(question), FILE_NAME, with_tornado=with_tornado, sampling=sampling)


def figures_used(question: Question, on: date | None = None) -> tuple[FigureUsed, ...]:
    """The published figures behind the base, by name, and which of them are not known on a day, neither published nor assumed."""
    base = {**question.content, "scenarios": [], "assumptions": [], "break_even": []}
    parameters = published()
    known = {each.key: each for each in (*(point for scale in parameters.scales.values() for point in scale.points.values()), *parameters)}
    assumed = {each["parameter"] for each in question.content.get("assumed") or () if on is None or each["from"] <= on}
    found = published_inputs(_read(Question(base, question.costs)).provided)
    used = (FigureUsed(key, known[key].name if key in known else key, next(iter(leaves)),
                       on is None or key in assumed or (key in known and known[key].in_force(on) is not None))
            for key, leaves in found.items())
    return tuple(sorted(used, key=lambda each: each.name))


def rates_stamp() -> tuple[tuple[str, int], ...]:
    """Changes whenever the provider's own published figures do: an answer from before may then be another."""
    folder = own_folder()
    return tuple(sorted((path.name, path.stat().st_mtime_ns) for path in folder.rglob("*.yaml"))) if folder.is_dir() else ()


def _named(sent: Files) -> Iterator[tuple[str, bytes]]:
    """What was sent by base names, which stand for files in one folder."""
    if len(sent) > MOST_FILES or sum(map(len, sent.values())) > MOST_BYTES:
        raise InputError(f"These are more than {MOST_FILES} files, or more than {MOST_BYTES // 1_000_000} MB.", "Send fewer.")
    seen = set[str]()
    for given, content in sent.items():
        name = base_name(given)
        if not name.isprintable() or not name or name.startswith(".") or name.casefold() in seen:
            raise InputError(f"“{given[:60]}” cannot be told from the other files by its name.", "Rename it.")
        seen.add(name.casefold())
        yield name, content


def base_name(given: str) -> str:
    """The name of a file without any folder, whichever stroke parts them."""
    return PurePosixPath(given.replace("\\", "/")).name


def _base(costs: Files, files: Files) -> Question:
    if not costs:
        raise InputError("There is no file of scenarios and no cost file among these.", "Send cost files, with a file of scenarios or without.")
    names = {name: str(text_of_sent_file(content, name).data["name"]) for name, content in costs.items()}
    provided = [{"cost": name, "service": called, "funder": "The funder", "people": 1} for name, called in names.items()]
    question = Question({"name": "What if", "provided": provided}, files)
    _read(question)
    return question


def _read(question: Question, text: YamlText | None = None) -> ScenariosRead:
    """Read by the reader of files. Without a text that was sent, what is wrong is named, as no line of it was written by anybody."""
    text = text or _called(yaml_text_of(question.file, FILE_NAME))
    _refuse_outside(question, text)
    try:
        with TemporaryDirectory(prefix="ringfence-") as folder:
            for name, content in question.costs.items():
                (Path(folder) / name).write_bytes(content)
            return scenarios_of(text, Path(folder), published)
    except OSError as fault:
        raise InputError(f"The files could not be laid out to be read: {fault.strerror}.", "Check that the disk has room.") from fault


def _refuse_outside(question: Question, text: YamlText) -> None:
    """Each file that is named was sent: nothing else of this machine is opened."""
    problems = [Problem(text.where(("provided", n, "cost")), f"{str(each.get('cost'))[:60]} was not sent with it.", "Send the cost file too.")
                for n, each in enumerate(_listed(text.data.get("provided"))) if each.get("cost") and str(each["cost"]) not in question.costs]
    for name, content in question.costs.items():
        sent = text_of_sent_file(content, name)
        if sent.data.get("parameters") is not None:
            problems.append(Problem(sent.where(("parameters",)), "A folder of published figures cannot be opened from here.",
                                    "Take parameters out, and write the figures themselves."))
        problems += (Problem(sent.where((key, n, "from_overheads")), f"{str(each['from_overheads'])[:60]} was not sent with it.", "Send it too.")
                     for key in _LINES_FROM_A_FILE for n, each in enumerate(_listed(sent.data.get(key)))
                     if each.get("from_overheads") and str(each["from_overheads"]) not in question.costs)
    if problems:
        raise Refused(f"{text.name} was not taken:", problems)


def _listed(value: Any) -> list[Mapping[str, Any]]:
    """The groups of a list; what is none is for the reader to refuse."""
    return [each if isinstance(each, dict) else {} for each in value] if isinstance(value, list) else []


def _called(text: YamlText) -> YamlText:
    def called(place: Place) -> str:
        group, n = (place[0], place[1]) if len(place) > 1 else ("", 0)
        if group not in _GROUPS or not isinstance(n, int):
            return "The scenarios"
        key, said = _GROUPS[str(group)]
        return f"{said} “{_listed(text.data.get(str(group)))[n].get(key) or n + 1}”"

    return replace(text, called=called)


