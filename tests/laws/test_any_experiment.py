"""The laws of any experiment: what is no part of a world changes nothing in it, and names and labels are only that."""

import dataclasses
import random
from collections import Counter
from typing import Any

import pytest

from scorelab.kernel.counted import W_ARREARS, W_JOBLESS
from scorelab.spec.quantity import Quantity
from scorelab.spec.resolved import Resolved, ResolvedWorld
from scorelab.spec.scheme import Scheme
from scorelab.words import Switch
from tests.laws.seen import Seen, counts_of, missing_tables, seen
from tests.tables.round_numbers import everything, whole, with_worlds
from tests.twin.specs import random_experiment

SEEDS = range(16)
CLOSER = {Switch.attention.value, Switch.selection.value}


def lively(persons: int = 150, weeks: int = 30) -> Resolved:
    """The experiment of round numbers, over few people and for long enough that everything happens."""
    return everything(persons=persons, weeks=weeks)


def in_worlds(resolved: Resolved, worlds: list[ResolvedWorld]) -> Resolved:
    """The same people in these worlds."""
    return dataclasses.replace(resolved, worlds=worlds, against=worlds[0].name, focus=worlds[0].name)


def alike(resolved: Resolved) -> Resolved:
    """Without the worlds in which sources look more closely than in the first one, or less: see the last two tests."""
    first = resolved.worlds[0]
    worlds = [
        world
        for world in resolved.worlds
        if world.schemes in ([], first.schemes) and not CLOSER & set(world.without) and world.response == first.response
    ]
    return in_worlds(resolved, worlds)


def difference(one: Seen, other: Seen) -> list[Any]:
    """The first entries that are in one of the two only."""
    return sorted((one - other) + (other - one), key=str)[:3]


def test_all_that_is_counted_is_looked_at() -> None:
    """Catches laws about a part of the counts: in these lives something is counted in every table."""
    assert missing_tables(seen(lively())["whole"]) == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_adding_dropping_and_reordering_worlds_changes_no_other(seed: int) -> None:
    """Catches worlds that share a draw in the order in which they stand, or an index that another world moves."""
    dice = random.Random(seed)
    resolved = alike(random_experiment(seed))
    together = seen(resolved)
    for _ in range(2):
        chosen = dice.sample(resolved.worlds, dice.randint(1, len(resolved.worlds)))
        apart = seen(in_worlds(resolved, chosen))
        assert list(apart) == [world.name for world in chosen]
        for name, counts in apart.items():
            assert counts == together[name], (name, difference(counts, together[name]))


@pytest.mark.parametrize("seed", SEEDS[:8])
def test_what_a_world_is_called_and_that_it_is_there_twice_changes_nothing(seed: int) -> None:
    """Catches chance that is keyed by the name or the place of a world."""
    resolved = alike(random_experiment(seed))
    twice = [dataclasses.replace(world, name=f"again-{world.name}") for world in resolved.worlds][:4]
    found = seen(in_worlds(resolved, [*twice, *resolved.worlds[:4]]))
    for world in resolved.worlds[:4]:
        assert found[world.name] == found[f"again-{world.name}"]


@pytest.mark.parametrize("seed", SEEDS[:8])
def test_a_county_is_what_it_is_whatever_others_there_are(seed: int) -> None:
    """Catches chance that runs on from one county to the next, or depends on how many there are."""
    resolved = random_experiment(seed)
    alone = seen(resolved, 2)
    seen(resolved, 0)
    society = resolved.society.model_copy(update={"counties": 50})
    among_many = dataclasses.replace(resolved, counties=50, society=society)
    assert seen(among_many, 2) == alone
    assert seen(resolved, 1) != alone, "or nothing depends on chance"


@pytest.mark.parametrize("seed", SEEDS[:8])
def test_a_longer_run_begins_as_the_shorter_one(seed: int) -> None:
    """Catches tables that depend on how long a run is, and what is counted ahead of its time."""
    resolved = random_experiment(seed)
    long, _ = counts_of(dataclasses.replace(resolved, weeks=resolved.weeks + 9))
    short, _ = counts_of(resolved)
    assert (long.weekly[: resolved.weeks] == short.weekly).all() and (long.lists[: resolved.weeks] == short.lists).all()
    years = resolved.weeks // 52
    assert (long.records[:years] == short.records[:years]).all() and (
        long.process[:years] == short.process[:years]
    ).all()


def _ineffective() -> list[tuple[str, dict[str, Any]]]:
    """A switch, and what the schemes or the response say instead of the mechanism that it takes away."""
    one, none = Quantity(value=1.0), Quantity(value=0.0)
    return [
        ("campaigns", {"campaigns": []}),
        ("rollout", {"rollout": []}),
        ("opt_in", {"opt_in": None}),
        ("awareness", {"aware": none, "campaigns": []}),
        ("fusion", {"fusion": None}),
        ("window", {"due_process": None}),
        ("appeals", {"due_process": None}),
        ("favours", {"consequences": []}),
        ("throttling", {"consequences": []}),
        ("information_ties", {"response.talk": one, "response.heard": none, "aware": one}),
        ("spread", {"response.spread": none}),
        ("contagion", {"response.contagion": none}),
        ("felt_loss", {"response.felt_loss": none}),
        ("defiance", {"response.grievance": none}),
        ("backlash", {"campaigns": []}),
        ("displacement", {"response.sensitivity": none}),
        ("nearness", {"response.sensitivity": none}),
        ("chilling", {"response.sensitivity": none}),
        ("diffusion", {"response.sensitivity": none}),
        ("crowding_out", {"rules": []}),
        ("discretion", {"score": None, "rules": []}),
        ("caps", {"rules": []}),
        ("expiry", {"rules": []}),
        ("corrections", {"sources": {}}),
        ("review", {"sources": {}}),
        ("delay", {"sources": {}}),
        ("attention", {"sources": {}}),
        ("false_records", {"sources": {}}),
        ("source:guards", {"sources": {}}),
        ("recovery", {"sources": {}, "response.sensitivity": none}),
        ("not_asking", {"consequences": [], "response.shunned": none}),
        ("refill", {"consequences": [], "response.shunned": none}),
        ("fines", {"rules": []}),
        ("stigma", {"lists": {}, "rules": [], "consequences": []}),
        ("publicity", {"lists": {}, "rules": [], "consequences": []}),
    ]


@pytest.mark.parametrize(("word", "instead"), _ineffective(), ids=[word for word, _ in _ineffective()])
def test_a_switch_without_effect_makes_the_same_world(word: str, instead: dict[str, Any]) -> None:
    """Catches a switch that does more than it says: where its mechanism does nothing, nobody's life may change.

    Unlike the tables, lives are the same also where a mechanism is there and cannot come to anything: nobody hears
    anything new where everybody knows, and nearness to a cut is nothing where nobody is deterred.
    """
    numbers = {name.removeprefix("response."): one for name, one in instead.items() if name.startswith("response.")}
    clauses = {name: one for name, one in instead.items() if not name.startswith("response.")}
    response = whole().response.model_copy(update=numbers)
    schemes = [_fitting(scheme, clauses) for scheme in whole().schemes]
    with_it = dataclasses.replace(whole(), name="with", schemes=schemes, response=response)
    found = seen(with_worlds(lively(), with_it, dataclasses.replace(with_it, name="without", without=[word])))
    assert found["with"] == found["without"], difference(found["with"], found["without"])
    assert found["with"]


def _fitting(scheme: Scheme, clauses: dict[str, Any]) -> Scheme:
    """The scheme with other clauses, and without what would have nothing to speak of then."""
    if clauses.get("sources") == {}:
        clauses = {**clauses, "fusion": None}
    if clauses.get("lists") == {}:
        sources = {name: source.model_copy(update={"attention": None}) for name, source in scheme.sources.items()}
        clauses = {**clauses, "sources": sources}
    if "score" in clauses:
        sources = {name: source.model_copy(update={"attention": None}) for name, source in scheme.sources.items()}
        consequences = [clause for clause in scheme.consequences if not clause.while_grade]
        clauses = {**clauses, "sources": sources, "consequences": consequences}
    return scheme.model_copy(update=clauses)


def _without_throttled(society: Any) -> Any:
    """A society in which work and arrears do not depend on a connection."""

    def free(clause: Any) -> Any:
        left = {word: factor for word, factor in clause.who.condition.items() if word != "throttled"}
        return clause.model_copy(update={"who": clause.who.model_copy(update={"condition": left})})

    services = {name: free(one) if one.grants_work else one for name, one in society.services.items()}
    changed = {"services": services}
    changed |= {name: free(getattr(society, name)) for name in ("job_loss", "arrears") if getattr(society, name)}
    return society.model_copy(update=changed)


@pytest.mark.parametrize("seed", SEEDS)
def test_without_the_spiral_work_and_arrears_are_those_of_a_world_without_schemes(seed: int) -> None:
    """Catches a way by which a scheme changes anybody's work or arrears although it is not to."""
    resolved = random_experiment(seed)
    resolved = dataclasses.replace(resolved, society=_without_throttled(resolved.society))
    world = dataclasses.replace(resolved.worlds[0], name="tame", without=[Switch.spiral.value])
    nothing = dataclasses.replace(world, name="nothing", schemes=[], without=[])
    counts, _ = counts_of(in_worlds(resolved, [world, nothing]))
    stocks = counts.weekly[..., [W_JOBLESS, W_ARREARS]]
    assert (stocks[:, 0] == stocks[:, 1]).all()


def test_with_the_spiral_they_are_not() -> None:
    """Catches a law that holds because schemes never change work or arrears."""
    counts, _ = counts_of(lively())
    jobless, arrears = (counts.weekly[..., column].sum(axis=-1) for column in (W_JOBLESS, W_ARREARS))
    assert (jobless[:, 0] != jobless[:, 1]).any() and (arrears[:, 0] != arrears[:, 1]).any()


@pytest.mark.parametrize("seed", SEEDS[:8])
def test_groups_are_labels_and_add_up(seed: int) -> None:
    """Catches a breakdown that changes a life, or counts somebody twice: finer groups together are the coarser."""
    resolved = random_experiment(seed)
    attributes = sorted(resolved.society.attributes)
    coarse = seen(dataclasses.replace(resolved, groups=["sex"]))
    for finer in (["sex", "quintile"], ["residence", "sex", "age"], ["sex", *attributes]):
        fine = seen(dataclasses.replace(resolved, groups=finer))
        for name, counts in fine.items():
            assert _by_sex(counts) == coarse[name], (finer, difference(_by_sex(counts), coarse[name]))


def _by_sex(counts: Seen) -> Seen:
    """The same counts with what else the groups say left out."""
    found: Seen = Counter()
    for entry, count in counts.items():
        found[tuple(_sex(part) if isinstance(part, tuple) else part for part in entry)] += count
    return found


def _sex(group: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(part for part in group if part[0] == "sex")


def _looking(times: float, name: str) -> ResolvedWorld:
    """The world with everything, in which guards who err three times a year look so much more closely at some."""
    scheme = whole().schemes[0]
    guards = scheme.sources["guards"]
    assert guards.attention is not None and guards.mistakes is not None
    parts = {"attention": guards.attention.model_copy(update={"times": Quantity(value=times)})}
    changed: dict[str, Any] = {
        **parts,
        "mistakes": guards.mistakes.model_copy(update={"per_year": Quantity(value=3.0)}),
    }
    sources = {**scheme.sources, "guards": guards.model_copy(update=changed)}
    return dataclasses.replace(whole(), name=name, schemes=[scheme.model_copy(update={"sources": sources})])


def test_a_world_in_which_one_looks_more_closely_changes_no_other() -> None:
    """Catches candidates that depend on what another world does with them."""
    usual, close = _looking(1.0, "usual"), _looking(20.0, "close")
    assert seen(with_worlds(lively(), usual))["usual"] == seen(with_worlds(lively(), usual, close))["usual"]


def test_a_world_with_more_stigma_changes_no_other() -> None:
    """Catches the same where a world sets a number beyond its range."""
    more = whole().response.model_copy(update={"stigma": Quantity(value=9.0)})
    strict = dataclasses.replace(whole(), name="strict", response=more)
    assert seen(with_worlds(lively(), whole()))["whole"] == seen(with_worlds(lively(), whole(), strict))["whole"]
