"""An experiment: which worlds are lived side by side, for how long, over which society."""

import datetime
from typing import Annotated, Literal

from pydantic import Field

from scorelab.spec.quantity import Strict
from scorelab.spec.scheme import Name


class World(Strict):
    """The same society and fate under some schemes and some assumptions."""

    title: str = ""
    like: Name | None = Field(default=None, description="start from this other world of the experiment")
    schemes: list[str] | None = Field(default=None, description="names of the catalogue, or files")
    without: list[Literal["false_records", "ties"]] = Field(default=[], description="mechanisms switched off")
    placebo: bool = Field(default=False, description="the same law with fresh chance for false records")
    set: dict[str, int | float | str] = Field(
        default={}, description="path -> value, in this world only, such as china-rail-2018.lists.rail-fare.until"
    )


class Experiment(Strict):
    """Parallel worlds that share one fate."""

    format: Literal[1]
    experiment: Name
    title: str
    about: str
    society: str = Field(description="a name of the catalogue, or a file")
    start: datetime.date = Field(description="the first day of week 0")
    weeks: Annotated[int, Field(ge=1, le=2080)]
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = 1
    replicates: Annotated[int, Field(ge=1, le=1000)] = 1
    worlds: Annotated[dict[Name, World], Field(min_length=1, max_length=8)]
    against: Name = Field(description="the world that others are compared with")
    focus: Name = Field(description="the world that the report is about")
    groups: list[Literal["quintile", "residence", "age", "sex"]] = Field(
        default=["quintile", "residence", "age"], description="attributes whose combinations are the groups"
    )
