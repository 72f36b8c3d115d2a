"""The experiment of round numbers, and what becomes of it."""

import dataclasses
from functools import cache
from pathlib import Path
from typing import Any

from scorelab.runs.lives import Composition, composition
from scorelab.society.plan import Plan, plan
from scorelab.spec.find import CATALOGUE
from scorelab.spec.load import Options, resolve
from scorelab.spec.margins import Margins, load_margins
from scorelab.spec.resolved import Resolved, ResolvedWorld
from scorelab.spec.society import Society
from scorelab.tables.build import Built, build

FILES = Path(__file__).parent / "files"
KEY = (3, 14)


@cache
def fitted() -> Plan:
    """The plan of the margins of China."""
    margins: Margins = load_margins(CATALOGUE / "societies" / "china-2020")
    return plan(margins)


@cache
def everything(**options: Any) -> Resolved:
    """The experiment of round numbers."""
    return resolve(str(FILES / "everything.yaml"), options=Options(**options))


def shares(society: Society) -> Composition:
    """What is expected of such a society at week 0."""
    return composition(fitted(), society)


def built(resolved: Resolved) -> Built:
    """The tables of an experiment in China."""
    return build(resolved, shares(resolved.society))


def with_society(resolved: Resolved, **clauses: Any) -> Resolved:
    """The same, with other clauses of the society."""
    society = Society.model_validate({**resolved.society.model_dump(mode="python"), **clauses})
    return dataclasses.replace(resolved, society=society)


def with_worlds(resolved: Resolved, *worlds: ResolvedWorld) -> Resolved:
    """The same people, in these worlds."""
    return dataclasses.replace(resolved, worlds=list(worlds), against=worlds[0].name, focus=worlds[0].name)


def whole() -> ResolvedWorld:
    """The world with everything."""
    return everything().world("whole")
