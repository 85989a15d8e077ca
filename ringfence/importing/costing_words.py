"""What the models of a cost file are written with: numbers with their limits, names of published figures, points of a pay scale."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from ringfence.importing.checked import FileModel, Label, number
from ringfence.importing.pay_scales import PointName


def _name_of_a_figure(text: str) -> str:
    if not text.isidentifier():
        raise PydanticCustomError("name", "There is “{value}” where a number, or the name of a published figure, belongs.",
                                  {"value": text[:60], "to_do": "Write figures and a point only, or a name like national_living_wage."})
    return text


# Several keys take either a word or something else; telling which first keeps the message about the one that was meant.
WORD_OR = Discriminator(lambda value: "word" if isinstance(value, str) else "other")

AboveNil = Annotated[Decimal, BeforeValidator(number), Field(gt=0, le=10**9)]
Percent = Annotated[Decimal, BeforeValidator(number), Field(ge=0, le=1000)]
Week = Annotated[Decimal, BeforeValidator(number), Field(gt=0, le=168)]
"""Hours of a week, of which there are 168."""
Weeks = Annotated[Decimal, BeforeValidator(number), Field(gt=0, le=53)]
NumberOrName = Annotated[
    Annotated[AboveNil, Tag("other")] | Annotated[str, AfterValidator(_name_of_a_figure), Tag("word")], WORD_OR]


class PayPointModel(FileModel):
    """A point of a pay scale of one's own."""

    scale: Label
    point: PointName


Pay = Annotated[
    Annotated[AboveNil, Tag("other")] | Annotated[str, AfterValidator(_name_of_a_figure), Tag("word")] | Annotated[PayPointModel, Tag("point")],
    Discriminator(lambda value: "word" if isinstance(value, str) else "point" if isinstance(value, (dict, PayPointModel)) else "other")]
WeeksOfTheYear = Annotated[Annotated[Weeks, Tag("other")] | Annotated[Literal["365/7"], Tag("word")], WORD_OR]
CHOICE = Field(strict=False)


def says(what: str, to_do: str) -> PydanticCustomError:
    return PydanticCustomError("whole", "{what}", {"what": what, "to_do": to_do})
