"""One run as the measures see it: the facts of its manifest and a door to its ledger."""

import datetime
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import duckdb

from scorelab.errors import RunError
from scorelab.ledger.columns import TABLES
from scorelab.ledger.read import literal
from scorelab.measures.interval import LEAST_REPLICATES
from scorelab.spec.limits import GROUP_SIZES
from scorelab.spec.resolved import ResolvedWorld
from scorelab.spec.scheme import Scheme
from scorelab.spec.society import Response
from scorelab.spec.switches import Left, left

ATTRIBUTES = ("quintile", "residence", "age", "sex", "attributes")
"""Columns by which a ledger can tell people apart; the last one has all of a society's attributes in a breakdown."""
BANDS = ("0", "1", "2", "3")
"""How grave an act is: lawful or nothing happened, minor, serious, crime-like."""
PERIOD_WEEKS = 13
YEAR_WEEKS = 52


@dataclass(frozen=True)
class World:
    """What is known of a world without looking at its counts."""

    name: str
    title: str
    schemes: tuple[Scheme, ...]
    without: tuple[str, ...]
    placebo: bool
    exempts: str | None
    """the attribute of those to whom none of its schemes applies"""
    covers: str | None
    """the attribute of those to whom alone they apply"""
    meaning: str
    """The whole resolved world but for its names, as text: equal for worlds that are equal in everything."""
    left: Left
    """What is left of its schemes and of its people's response after its switches."""

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades of its score, the lowest first; none where it has no score or the score has none."""
        grades = next((scheme.score.grades for scheme in self.left.schemes if scheme.score is not None), {})
        return tuple(sorted(grades, key=lambda name: grades[name]))

    @property
    def red(self) -> frozenset[str]:
        """Its lists that honour and do not restrict."""
        return frozenset(name for scheme in self.schemes for name, clause in scheme.lists.items() if clause.red)

    def but_for(self, *keys: str) -> dict[str, Any]:
        """All that the world is, without its names and without some of its parts; to be compared with another's."""
        parts: dict[str, Any] = json.loads(self.meaning)
        return {name: part for name, part in parts.items() if name not in keys}


@dataclass(frozen=True)
class Facts:
    """The run as its manifest tells it: the resolved experiment in plain JSON types, and what measures need of it."""

    run_dir: Path
    manifest: dict[str, Any]
    weeks: int
    against: str
    focus: str
    groups: tuple[str, ...]
    """Columns of the breakdown: quintile, residence, age, sex, and attributes for all attributes of the society."""
    attributes: tuple[str, ...]
    """The society's attributes in the breakdown, sorted."""
    worlds: tuple[World, ...]
    standing: dict[str, str]
    """behaviour -> unlawful, lawful or prosocial"""
    behaviour_domain: dict[str, str]
    service_domain: dict[str, str]
    gravity: dict[str, str]
    """behaviour -> its band: 0 for what is lawful, else 1 to 3"""
    substitute: dict[str, str]
    """behaviour -> what some turn to when they are deterred from it"""
    life_chances: tuple[str, ...]
    """services whose loss lasts, sorted"""

    @property
    def lists(self) -> tuple[str, ...]:
        """All lists of all worlds."""
        return tuple(sorted({name for world in self.worlds for scheme in world.schemes for name in scheme.lists}))

    @property
    def sources(self) -> tuple[str, ...]:
        """All sources of all worlds."""
        return tuple(sorted({name for world in self.worlds for scheme in world.schemes for name in scheme.sources}))

    @property
    def national(self) -> bool:
        """Whether counties of a country were lived; then the ledger holds county groups."""
        return self.resolved["society"].get("country") is not None

    def week_of(self, date: datetime.date) -> int:
        """The first week of the run that does not begin before a date."""
        return max(0, -(-(date - datetime.date.fromisoformat(self.resolved["start"])).days // 7))

    @property
    def resolved(self) -> dict[str, Any]:
        resolved: dict[str, Any] = self.manifest["resolved"]
        return resolved

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(world.name for world in self.worlds)

    def said(self, name: str) -> str:
        """What a behaviour, a service or an attribute is called in prose; other names lose their hyphens only."""
        society = self.resolved["society"]
        for part in ("behaviours", "services", "attributes"):
            title = society.get(part, {}).get(name, {}).get("title")
            if title:
                return str(title)
        return name.replace("-", " ")

    def world(self, name: str) -> World:
        return next(world for world in self.worlds if world.name == name)

    @property
    def shown(self) -> tuple[World, ...]:
        """The worlds that pictures show: of worlds that are equal in everything, the focus or else the first."""
        kept: dict[str, World] = {}
        for world in sorted(self.worlds, key=lambda world: world.name != self.focus):
            kept.setdefault(world.meaning, world)
        return tuple(world for world in self.worlds if kept[world.meaning] is world)

    @property
    def periods(self) -> int:
        """Number of 13-week periods, the last one perhaps cut short."""
        return -(-self.weeks // PERIOD_WEEKS)

    @property
    def years(self) -> int:
        return -(-self.weeks // YEAR_WEEKS)

    def sibling(self, switch: str, name: str | None = None) -> str | None:
        """The world that is this one (the focus, where none is named) but for one switch, such as false_records.

        It is equal in everything else, as the ledger's columns ``without_...`` have it; None where there is none.
        """
        return next((other for other, lacks in self.siblings(name).items() if lacks == (switch,)), None)

    def siblings(self, name: str | None = None) -> dict[str, tuple[str, ...]]:
        """Worlds that are this one (the focus, where none is named) but for some switches more, and these, sorted."""
        here = self.world(name or self.focus)
        base = here.but_for("without")
        found: dict[tuple[str, ...], str] = {}
        for world in self.worlds:
            if set(world.without) > set(here.without) and world.but_for("without") == base:
                found.setdefault(tuple(sorted(set(world.without) - set(here.without))), world.name)
        return {other: lacks for lacks, other in found.items()}

    @property
    def placebo(self) -> str | None:
        """The world that is the focus in everything but its fresh chance for false records, or None."""
        focus = self.world(self.focus)
        if focus.placebo:
            return None
        same = focus.but_for("placebo")
        return next((world.name for world in self.worlds if world.placebo and world.but_for("placebo") == same), None)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """(world, against): every world against the reference, and the focus against every other."""
        pairs = [(name, self.against) for name in self.names if name != self.against]
        pairs += [(self.focus, name) for name in self.names if name not in (self.focus, self.against)]
        return tuple(dict.fromkeys(pairs))


def _gravity(behaviour: dict[str, Any]) -> str:
    """How grave an act of it is, as a measure's item; what is unlawful and says nothing is minor."""
    if behaviour["standing"] != "unlawful":
        return BANDS[0]
    said = behaviour.get("gravity")
    return BANDS[1] if said is None else str(int(said["value"]))


def _world(parts: dict[str, Any]) -> World:
    meaning = json.dumps({k: v for k, v in parts.items() if k not in ("name", "title")}, sort_keys=True)
    schemes = [Scheme.model_validate_json(json.dumps(scheme)) for scheme in parts["schemes"]]
    response = Response.model_validate_json(json.dumps(parts["response"]))
    name, title = parts["name"], parts["title"] or parts["name"]
    resolved = ResolvedWorld(name, title, schemes, response, list(parts["without"]), parts["placebo"])
    return World(
        name=name,
        title=title,
        schemes=tuple(schemes),
        without=tuple(parts["without"]),
        placebo=parts["placebo"],
        exempts=parts.get("exempts"),
        covers=parts.get("covers"),
        meaning=meaning,
        left=left(resolved),
    )


def _columns(groups: list[str]) -> tuple[str, ...]:
    """The columns that a breakdown makes: all attributes of the society that are in it share one."""
    told = tuple(name for name in groups if name in GROUP_SIZES)
    return (*told, "attributes") if len(told) < len(groups) else told


def facts(run_dir: Path) -> Facts:
    """Read the manifest of a run. Raises RunError where there is none."""
    try:
        return facts_of(json.loads((run_dir / "manifest.json").read_text(encoding="utf-8")), run_dir)
    except FileNotFoundError:
        raise RunError(f"{run_dir} holds no manifest.json; it is not the folder of a run") from None
    except (KeyError, TypeError, ValueError) as error:
        raise RunError(f"{run_dir}/manifest.json is not the manifest of a run: {error}") from None


def facts_of(manifest: dict[str, Any], run_dir: Path) -> Facts:
    """The facts of a manifest in plain JSON types; KeyError, TypeError or ValueError where it is none."""
    resolved = manifest["resolved"]
    society = resolved["society"]
    behaviours, services = society["behaviours"], society["services"]
    return Facts(
        run_dir=run_dir,
        manifest=manifest,
        weeks=resolved["weeks"],
        against=resolved["against"],
        focus=resolved["focus"],
        groups=_columns(resolved["groups"]),
        attributes=tuple(sorted(set(resolved["groups"]) - set(GROUP_SIZES))),
        worlds=tuple(_world(world) for world in resolved["worlds"]),
        standing={name: behaviour["standing"] for name, behaviour in behaviours.items()},
        behaviour_domain={name: behaviour["domain"] for name, behaviour in behaviours.items()},
        service_domain={name: service["domain"] for name, service in services.items()},
        gravity={name: _gravity(behaviour) for name, behaviour in behaviours.items()},
        substitute={name: one["substitute"] for name, one in behaviours.items() if one.get("substitute")},
        life_chances=tuple(sorted(name for name, one in services.items() if one.get("life_chance"))),
    )


class Lab:
    """A run's facts with its ledger opened in DuckDB, one view a table; to be used in a ``with`` statement.

    ``units`` are the independent parts that carry the interval: replicates where there are at least five, else the
    counties of all replicates, and where a country was lived its county groups. Each view has their number, from 0, in
    the column ``unit_no``.
    """

    def __init__(self, run: Facts) -> None:
        self.facts = run
        self.con = duckdb.connect()
        self.con.execute("SET enable_progress_bar = false")
        self.kept: dict[str, object] = {}
        parts = sorted(
            path.name for path in (run.run_dir / "ledger").glob("r*-[cg]*") if (path / "people.parquet").is_file()
        )
        if not parts:
            raise RunError(f"{run.run_dir} holds no ledger; `scorelab run` writes it county by county")
        replicates = sorted({part.split("-")[0] for part in parts})
        self.replicates = len(replicates)
        self.counties = run.resolved["counties"] * self.replicates if run.national else len(parts)
        self.by_replicate = len(replicates) >= LEAST_REPLICATES
        names = replicates if self.by_replicate else parts
        self.units = len(names)
        order = "replicate" if self.by_replicate else "replicate, county"
        self.con.execute(
            f"CREATE TEMP TABLE units AS SELECT DISTINCT replicate, county, dense_rank() OVER (ORDER BY {order}) - 1"
            " AS unit_no "
            f"FROM read_parquet('{self.files('people')}')"
        )
        for table in TABLES:
            self._view(table)
        self.values = {name: self._values(name) for name in run.groups}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.con.close()

    def files(self, table: str) -> str:
        """The files of a table of the ledger, as DuckDB's ``read_parquet`` takes them in quotation marks."""
        return f"{literal(self.facts.run_dir / 'ledger')}/r*-[cg]*/{table}.parquet".replace("'", "''")

    def _view(self, table: str) -> None:
        kind = "VIEW" if table == "weekly" else "TABLE"
        self.con.execute(
            f"CREATE TEMP {kind} {table} AS SELECT unit_no, t.* FROM read_parquet('{self.files(table)}') t "
            "JOIN units USING (replicate, county)"
        )

    def _values(self, attribute: str) -> tuple[str, ...]:
        found = self.con.execute(f"SELECT DISTINCT {attribute} FROM people ORDER BY 1").fetchall()
        return tuple(str(value) for (value,) in found)
