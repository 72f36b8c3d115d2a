"""An experiment: which worlds are lived side by side, for how long, over which society."""

import datetime
from typing import Annotated, Literal

from pydantic import Field

from scorelab.spec.limits import MOST_WORLDS
from scorelab.spec.quantity import Strict
from scorelab.spec.who import Name, Title


class World(Strict):
    """The same society and fate under some schemes and some assumptions."""

    title: Title = ""
    like: Name | None = Field(default=None, description="start from this other world of the experiment")
    schemes: list[str] | None = Field(
        default=None, description="names of the catalogue, or files; default those of the world that it is like"
    )
    without: list[str] = Field(
        default=[], description="mechanisms switched off, such as false_records or source:cameras"
    )
    placebo: bool = Field(default=False, description="the same law with fresh chance for false records")
    exempts: Name | None = Field(
        default=None,
        description="an attribute: no scheme applies to whoever has it",
    )
    covers: Name | None = Field(default=None, description="an attribute: no scheme applies to whoever does not have it")
    set: dict[str, int | float | str] = Field(
        default={}, description="path -> value, in this world only, such as china-rail-2018.lists.rail-fare.until"
    )


class Experiment(Strict):
    """Parallel worlds that share one fate."""

    format: Literal[1] = Field(description="the version of this language")
    experiment: Name = Field(description="its name")
    title: str = Field(description="what it is called in a report")
    about: str = Field(description="what it asks")
    society: str = Field(description="a name of the catalogue, or a file")
    start: datetime.date = Field(description="the first day of week 0")
    weeks: Annotated[int, Field(ge=1, le=2080)] = Field(description="how long the worlds are lived, in weeks")
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = Field(
        default=1, description="of all chance; another is another fate"
    )
    replicates: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=1, description="how often they are lived, each time with another fate"
    )
    worlds: Annotated[dict[Name, World], Field(min_length=1, max_length=MOST_WORLDS)] = Field(
        description="name -> a world, at most eight"
    )
    against: Name = Field(description="the world that others are compared with")
    focus: Name = Field(description="the world that the report is about")
    groups: list[str] = Field(
        default=["quintile", "residence", "age"],
        description="what the groups are made of: quintile, residence, age, sex, attributes of the society, or coin",
    )
