"""Living an experiment again with other numbers: each of its stated ranges drawn at once, and all chance kept.

A draw has the seed of its run, so draws share their people and their fate as worlds do: what differs between two
draws is what was assumed differently. Where in its range a number is drawn depends on the study's seed, the number's
name and the number of the draw, and on nothing else: another parameter, or more draws, move none.
"""

import dataclasses
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scorelab.errors import InputError, RunError
from scorelab.kernel.fate import key, person_words
from scorelab.ledger.manifest import FILE, Manifest, read_manifest, versions, write_manifest
from scorelab.ledger.study import BASE, FOLDER, Draw, Study, draw_name, finished, put, write_draw
from scorelab.runs.country import persons_lived
from scorelab.runs.estimate import Estimate, estimate
from scorelab.runs.execute import Progress, Watcher, execute
from scorelab.runs.lives import Prepared, prepare
from scorelab.spec.ranges import Parameter, ranges, refusals, with_values
from scorelab.spec.resolved import Resolved, digest
from scorelab.tables.elementary import exp, log

DRAWS = 40
COUNTIES = 20
PERSONS = 2000
"""Draws, and the society that each lives, where nobody says otherwise; never more than the run itself has."""
STRATA = 20
"""Draws in a block: in each block, every number is drawn once from each of so many equal parts of its range."""
MOST_TRIES = 50
_WORD = 2.0**32
_ASKED = ("counties", "persons", "weeks", "seed", "every", "groups")

Measure = Callable[[Path, Path], None]
"""Computes the measures of the run in the first folder and writes those that are kept into the second."""


@dataclass(frozen=True)
class Wanted:
    """What somebody asks of a study; None leaves it to what is usual, or to the study that was begun."""

    draws: int | None = None
    counties: int | None = None
    persons: int | None = None
    weeks: int | None = None
    seed: int | None = None
    every: bool = False
    groups: bool = False


def completed(wanted: Wanted, found: Study | None) -> Wanted:
    """What is wanted, and where nothing is said, what the study that was begun has."""
    if found is None:
        return wanted
    return Wanted(
        draws=wanted.draws or found.draws,
        counties=wanted.counties or found.counties,
        persons=wanted.persons or found.persons,
        weeks=wanted.weeks or found.weeks,
        seed=found.seed if wanted.seed is None else wanted.seed,
        every=wanted.every or found.every,
        groups=wanted.groups or bool(found.groups),
    )


def base(resolved: Resolved, wanted: Wanted) -> Resolved:
    """The experiment of a run at the size of its draws, at the stated values; one replicate.

    No group is told apart unless that is asked for: groups are labels that change no life, and cost most of the time.
    Raises InputError where the size is none.
    """
    persons = wanted.persons or min(resolved.persons, PERSONS)
    total = persons_lived(resolved)
    counties = wanted.counties or min(COUNTIES, max(resolved.counties, total // persons))
    return Resolved.from_json(
        dataclasses.replace(
            resolved,
            persons=persons,
            counties=counties,
            weeks=wanted.weeks or resolved.weeks,
            replicates=1,
            groups=list(resolved.groups) if wanted.groups else [],
            society=resolved.society.model_copy(update={"persons": persons, "counties": counties, "country": None}),
        ).to_json(),
        file="--persons, --counties, --weeks",
    )


def study_of(small: Resolved, wanted: Wanted, tables_digest: str = "") -> Study:
    """What is drawn over the stated ranges of an experiment. Raises RunError where it states none."""
    found = ranges(small, every=wanted.every)
    if not found.drawn:
        stay = f"; {', '.join(found.left)} {'is' if len(found.left) == 1 else 'are'} set by hand" if found.left else ""
        hint = "" if wanted.every else "; --documented draws documented and derived numbers with a range as well"
        raise RunError(
            f"nothing to draw: no number of {small.name} is assumed and has a range, such as "
            f"{{value: 0.2, range: [0.05, 0.5], basis: assumed}}{stay}{hint}"
        )
    return Study(
        digest=digest(small),
        tables_digest=tables_digest,
        versions=versions(),
        seed=small.seed if wanted.seed is None else wanted.seed,
        draws=wanted.draws or DRAWS,
        every=wanted.every,
        counties=small.counties,
        persons=small.persons,
        weeks=small.weeks,
        groups=tuple(small.groups),
        parameters=found.drawn,
        left=found.left,
    )


def same_study(folder: Path, found: Study, wanted: Study) -> None:
    """Raise RunError where draws of a folder cannot go together with those that are wanted."""
    before, now = json.loads(json.dumps(found.but_for_draws())), json.loads(json.dumps(wanted.but_for_draws()))
    changed = [name for name in now if before[name] != now[name]]
    if not changed:
        return
    told = [f"{name}: {before[name]} -> {now[name]}" for name in _ASKED if name in changed]
    told = told or ["begun under other versions, or another state, of scorelab"]
    raise RunError(
        f"{folder / FOLDER} holds another study of this run ({'; '.join(told)}): its draws would not go together. Ask for "
        f"the same again, or remove {folder / FOLDER}"
    )


def expected(small: Resolved, draws: int, workers: int) -> tuple[Estimate, float]:
    """What one draw takes, and the seconds of all draws and their base one after another."""
    each = estimate(small, workers)
    return each, each.seconds * (draws + 1)


def share_of(name: str, number: int, seed: int, again: int = 0) -> float:
    """Where in its range a parameter is drawn, between 0 and 1: keyed, and stratified within each block of draws.

    What is drawn anew gives up its strata, which may be what was refused.
    """
    words = key(seed)
    if again:
        return float(person_words(1, again, 0, f"study/again/{name}", words, first=number)[0, 0]) / _WORD
    first = number - number % STRATA
    found = person_words(STRATA, 0, 0, f"study/{name}", words, first=first)
    stratum = int(np.argsort(np.argsort(found[0], kind="stable"), kind="stable")[number - first])
    return (stratum + float(found[1, number - first]) / _WORD) / STRATA


def value_of(parameter: Parameter, share: float) -> float:
    """The value at a share of a parameter's range, by ratio or by difference."""
    if parameter.by_ratio:
        low, high = log(parameter.low), log(parameter.high)
        value = exp(low + share * (high - low))
    else:
        value = parameter.low + share * (parameter.high - parameter.low)
    return min(max(value, parameter.low), parameter.high)


def drawn(small: Resolved, study: Study, number: int) -> tuple[Prepared, Draw]:
    """A draw, ready to be lived. A clause that the checks refuse is drawn anew, and nothing else with it.

    What can only be told of the whole is drawn anew as a whole. Raises RunError where a draw is refused again and
    again: then the ranges contradict each other.
    """
    usual, rounds = refusals(small), dict.fromkeys((one.clause for one in study.parameters), 0)
    refused = ""
    for again in range(MOST_TRIES):
        values = {
            one.name: value_of(one, share_of(one.name, number, study.seed, rounds[one.clause]))
            for one in study.parameters
        }
        try:
            changed = with_values(small, values)
            found = {said: clause for said, clause in refusals(changed).items() if said not in usual}
            if not found:
                return prepare(changed), Draw(values, again)
        except InputError as error:
            found = {error.problems[0].message: ""}
        refused = min(found)
        for clause in set(found.values()) & set(rounds) or set(rounds):
            rounds[clause] += 1
    raise RunError(
        f"draw {number} was refused {MOST_TRIES} times, last since {refused}; the stated ranges do not go together"
    )


def live_draws(
    small: Resolved, study: Study, folder: Path, measure: Measure, workers: int | None, watch: Watcher | None
) -> None:
    """Live the base and the draws that a run's folder lacks, one after another. The caller holds the folder's lock."""
    numbers = [None, *range(study.draws)]
    for done, number in enumerate(numbers):
        name = BASE if number is None else draw_name(number)
        if not finished(folder, name):
            prepared, draw = (prepare(small), Draw({}, 0)) if number is None else drawn(small, study, number)
            told = _of_all(watch, done, len(numbers)) if watch is not None else None
            _live(prepared, draw, folder / FOLDER / name, measure, workers, told)
        elif watch is not None:
            weeks = small.counties * small.weeks
            _of_all(watch, done, len(numbers))(Progress(small.counties, small.counties, weeks, weeks))


def _of_all(watch: Watcher, done: int, draws: int) -> Watcher:
    """The progress of one draw as that of the whole study."""

    def tell(lived: Progress) -> None:
        watch(
            Progress(
                done * lived.counties + lived.counties_done,
                draws * lived.counties,
                done * lived.weeks + lived.weeks_done,
                draws * lived.weeks,
            )
        )

    return tell


def _live(
    prepared: Prepared, draw: Draw, place: Path, measure: Measure, workers: int | None, watch: Watcher | None
) -> None:
    """Live one draw aside, keep its values and its numbers, and let its counts go."""
    work, made = place.with_name(f".{place.name}"), place.with_name(f".{place.name}.done")
    wanted = Manifest(
        digest=digest(prepared.resolved),
        resolved=json.loads(prepared.resolved.to_json()),
        tables_digest=prepared.built.digest(),
        versions=versions(),
    )
    if not _same(work, wanted):
        shutil.rmtree(work, ignore_errors=True)
    shutil.rmtree(made, ignore_errors=True)
    try:
        work.mkdir(exist_ok=True)
        made.mkdir()
    except OSError as error:
        raise RunError(f"cannot write in {place.parent}: {error.strerror}") from error
    write_manifest(work, wanted)
    execute(prepared, work, wanted, workers=workers, watch=watch)
    measure(work, made)
    write_draw(made, draw)
    put(made, place)
    shutil.rmtree(work, ignore_errors=True)


def _same(work: Path, wanted: Manifest) -> bool:
    """Whether counties that lie in a folder are of this draw and can be gone on with."""
    if not (work / FILE).is_file():
        return False
    try:
        found = read_manifest(work)
    except RunError:
        return False
    return (found.digest, found.tables_digest, found.versions) == (wanted.digest, wanted.tables_digest, wanted.versions)
