"""Who meets how many candidates: weights, thinning by what life is like now, and layers."""

from typing import Any

import numpy as np
import pytest

from scorelab.errors import InputError
from scorelab.kernel.candidates import in_layer
from scorelab.kernel.layout import (
    ALWAYS,
    IN_ARREARS,
    MISTAKE,
    THROTTLED,
)
from scorelab.kernel.people import People
from scorelab.runs.lives import Composition
from scorelab.society.county import people
from scorelab.spec.quantity import Quantity
from scorelab.spec.resolved import ResolvedWorld
from scorelab.spec.scheme import Matching, Mistakes
from scorelab.spec.who import Who
from scorelab.tables.build import Built
from scorelab.tables.county import person_weights
from scorelab.tables.kinds import reach
from scorelab.tables.sources import mistakes_per_year
from scorelab.words import CELLS, Age, Condition, Sex, cell_of, cell_parts
from tests.tables.round_numbers import KEY, built, everything, fitted, whole, with_society, with_worlds

ADULT, INFANT = cell_of(Age.a30_44, 0, 0, 0), cell_of(Age.a0_5, 0, 0, 0)
WORKING, JOBLESS = int(Condition.working), int(Condition.jobless)
PERSONS = 20_000


def two_cells() -> Composition:
    """Half are infants; of the adults a fifth are jobless, a quarter in arrears, half newcomers."""
    cells, newcomers, arrears = [0.0] * CELLS, [0.0] * CELLS, [0.0] * CELLS
    cells[ADULT] = cells[INFANT] = newcomers[ADULT] = 0.5
    arrears[ADULT] = 0.25
    conditions = [[1.0, 0, 0, 0, 0], *[[0, 0, 0.8, 0.2, 0] for _ in range(5)]]
    return Composition(cells, conditions, {"newcomer": newcomers}, arrears)


@pytest.mark.parametrize(
    ("who", "adult", "infant", "thin"),
    [
        ({}, 1.0, 1.0, {}),
        ({"age": {"30-44": 2.0}}, 2 / 1.5, 1 / 1.5, {}),
        ({"age": {"0-5": 0.0}}, 2.0, 0.0, {}),
        ({"sex": {"female": 0.5}, "quintile": {"q1": 4.0}}, 1.0, 1.0, {}),
        ({"condition": {"jobless": 3.0}}, 3 / 1.2, 1 / 1.2, {WORKING: 1 / 3, JOBLESS: 1.0}),
        ({"condition": {"jobless": 0.0}}, 1 / 0.9, 1 / 0.9, {WORKING: 1.0, JOBLESS: 0.0}),
        ({"condition": {"retired": 9.0}}, 1.0, 1.0, {WORKING: 1.0}),
        ({"condition": {"arrears": 2.0}}, 2 / 1.125, 2 / 1.125, {WORKING: 0.5, WORKING + IN_ARREARS: 1.0}),
        ({"condition": {"throttled": 0.5}}, 1.0, 1.0, {WORKING: 1.0, WORKING + THROTTLED: 0.5}),
        (
            {"condition": {"jobless": 3.0, "arrears": 2.0, "throttled": 0.5}},
            6 / (0.5 * 1.4 * 1.25 + 0.5),
            2 / (0.5 * 1.4 * 1.25 + 0.5),
            {WORKING: 1 / 6, JOBLESS + IN_ARREARS: 1.0, JOBLESS + IN_ARREARS + THROTTLED: 0.5},
        ),
        ({"attribute": {"newcomer": 3.0}}, 1 / 1.5, 1 / 1.5, {}),
    ],
)
def test_weights_have_mean_one_and_life_thins_them(
    who: dict[str, Any], adult: float, infant: float, thin: dict[int, float]
) -> None:
    """Catches a rate that is not scaled by all that it depends on, or a condition that nobody of that age can be in."""
    found = reach(Who.model_validate(who), two_cells())
    assert found.weight[ADULT] == pytest.approx(adult) and found.weight[INFANT] == pytest.approx(infant)
    assert {code: found.thin[Age.a30_44][code] for code in thin} == pytest.approx(thin)
    assert found.attribute == who.get("attribute", {})


def test_arrears_count_towards_the_mean_also_where_those_who_work_meet_nothing() -> None:
    """Catches a rate that is higher than it says: of the jobless a quarter is in arrears and meets thrice as much."""
    found = reach(Who.model_validate({"condition": {"working": 0.0, "arrears": 3.0}}), two_cells())
    assert found.weight[ADULT] == pytest.approx(3 / (0.5 * 0.2 * (1 + 0.25 * 2) + 0.5))


@pytest.mark.parametrize(
    "who",
    [
        {"condition": {word.name: 0.0 for word in Condition}},
        {
            "age": {"0-5": 0.0, "6-17": 0.0, "18-29": 0.0, "30-44": 0.0, "45-59": 0.0},
            "condition": {"retired": 0.0, "working": 0.0, "jobless": 0.0},
        },
    ],
    ids=["nobody", "only in a condition in which nobody of that age begins"],
)
def test_what_concerns_nobody_gives_no_weight(who: dict[str, dict[str, float]]) -> None:
    """Catches a mean of nothing that is divided by, or a weight that does not fit its integer."""
    found = reach(Who.model_validate(who), two_cells())
    assert max(found.weight) < 1e7 and all(weight >= 0 for weight in found.weight)


@pytest.fixture(scope="module")
def tables() -> Built:
    """Those of the experiment of round numbers."""
    return built(everything())


@pytest.fixture(scope="module")
def county() -> People:
    """A county of twenty thousand."""
    return people(fitted(), everything().society, PERSONS, 0, KEY)


def per_year(made: Built, who: People, what: str, name: str) -> float:
    """The mean rate of everybody at week 0, all layers together."""
    weights = person_weights(made, who) / 65536
    kinds = [k for k, kind in enumerate(made.names.kinds) if kind[:2] == (what, name)]
    age = who.cell // 20
    reached = [weights[k] * made.kinds.thin[k][age, who.condition] / ALWAYS for k in kinds]
    return 52 * sum(made.intensity[k] * float(part.mean()) for k, part in zip(kinds, reached, strict=True))


@pytest.mark.parametrize(
    ("what", "name", "wanted"),
    [
        *[
            ("occasion", name, rate)
            for name, rate in zip(("dodging", "helping", "loitering", "speeding"), (26, 26, 13, 13), strict=True)
        ],
        *[("need", name, rate) for name, rate in zip(("job", "school", "train"), (13, 13, 26), strict=True)],
        ("job-loss", "job-loss", 2),
        ("arrears", "arrears", 1),
    ],
)
def test_rates_have_the_mean_that_the_file_says(
    what: str, name: str, wanted: float, tables: Built, county: People
) -> None:
    """Catches a factor that is scaled away, or not at all.

    A trait of shape 1 has a standard deviation of 1, so the mean of 20,000 one of 0.7 %; the jobless are 2.6 % of
    persons and met within half a percent. 3 % is beyond four standard errors. Job losses and arrears are per year and
    person, though only who works or owes nothing can meet them.
    """
    society = everything().society
    rate = per_year(tables, county, what, name)
    if what == "arrears":
        # drawn for whoever could fall behind; who has fallen behind already is thinned out, 12.5 % of adults
        adults = (county.cell // 20 >= Age.a18_29).sum() / PERSONS
        owing = (county.condition & IN_ARREARS > 0).sum() / PERSONS
        wanted *= 1 - owing / adults
    assert society.persons > 0 and rate == pytest.approx(wanted, rel=0.03)


def test_attributes_and_conditions_multiply_the_rate(tables: Built, county: People) -> None:
    """Catches a factor that concerns other people: newcomers dodge twice as often, so do the jobless."""
    (k,) = [k for k, kind in enumerate(tables.names.kinds) if kind[:2] == ("occasion", "dodging")]
    weights = person_weights(tables, county)[k]
    newcomer = county.attributes >> 1 & 1 == 1
    assert set(weights[newcomer]) == {2 * weight for weight in set(weights[~newcomer])}
    thin = tables.kinds.thin[k] / ALWAYS
    plain = thin[Age.a30_44, WORKING]
    for code, factor in (
        (JOBLESS, 2.0),
        (WORKING + IN_ARREARS, 1.5),
        (JOBLESS + IN_ARREARS, 3.0),
        (JOBLESS + IN_ARREARS + THROTTLED, 1.5),
        (WORKING + THROTTLED, 0.5),
    ):
        assert thin[Age.a30_44, code] / plain == pytest.approx(factor, rel=1e-6)
    assert thin[Age.a0_5, 0] == pytest.approx(1 / 1.5), "infants could owe, as far as the table goes"


def test_only_the_jobless_look_for_work_and_only_who_works_loses_it(tables: Built) -> None:
    """Catches life events of people whom they cannot befall."""
    for what, condition in (("need", JOBLESS), ("job-loss", WORKING)):
        (k,) = [k for k, kind in enumerate(tables.names.kinds) if kind[:2] == (what, "job" if what == "need" else what)]
        reached = tables.kinds.thin[k].max(axis=0)
        assert {code % 8 for code in np.flatnonzero(reached)} == {condition}


def test_arrears_begin_for_those_who_have_none_and_end_more_slowly_without_work(tables: Built, county: People) -> None:
    """Catches arrears that begin twice, and a factor on the wrong people: 4 a year with work, 2 without."""
    begins, ends = (tables.names.kinds.index((what, what, 0)) for what in ("arrears", "clearing"))
    thin = tables.kinds.thin / ALWAYS
    assert not thin[begins][:, [code for code in range(32) if code & IN_ARREARS]].any()
    assert not thin[ends][:, [code for code in range(32) if not code & IN_ARREARS]].any()
    rate = 52 * tables.intensity[ends] * person_weights(tables, county)[ends] / 65536
    adult = county.cell // 20 >= Age.a18_29
    assert set(rate[adult]) == {4.0} and set(rate[~adult]) == {0.0}
    assert thin[ends][Age.a30_44][[WORKING + IN_ARREARS, JOBLESS + IN_ARREARS]] == pytest.approx([1.0, 0.5])


def test_out_of_work_arrears_can_end_sooner() -> None:
    """Catches a factor above one that is cut off at certainty."""
    arrears = everything().society.arrears
    assert arrears is not None
    quick = arrears.model_copy(update={"when_not_working": Quantity(value=3.0)})
    made = built(with_society(everything(), arrears=quick.model_dump()))
    k = made.names.kinds.index(("clearing", "clearing", 0))
    adult = made.weight[k, cell_of(Age.a30_44, 0, 0, 0)] / 65536
    thin = made.kinds.thin[k, Age.a30_44] / ALWAYS
    rates = [52 * made.intensity[k] * adult * thin[code + IN_ARREARS] for code in (WORKING, JOBLESS)]
    assert rates == pytest.approx([4.0, 12.0])


def _layers(made: Built, what: str, name: str) -> list[tuple[int, int, float, float]]:
    """Layer, purpose, intensity a year and largest share kept by condition, of each layer."""
    found = [k for k, kind in enumerate(made.names.kinds) if kind[:2] == (what, name)]
    return [
        (
            int(made.kinds.layer[k]),
            int(made.kinds.purpose[k]),
            52 * made.intensity[k],
            made.kinds.thin[k].max() / ALWAYS,
        )
        for k in found
    ]


def test_a_rate_is_drawn_at_the_end_of_its_range_and_thinned(tables: Built) -> None:
    """Catches a study of a rate that compares other lives: within its range candidates are the same."""
    ((layer, _, drawn, kept),) = _layers(tables, "occasion", "speeding")
    assert [layer, drawn, kept] == pytest.approx([0, 26, 0.5])


def test_a_rate_set_beyond_its_range_adds_layers_and_moves_none(tables: Built) -> None:
    """Catches a ceiling that follows the value."""
    louder = built(everything(sets=("society.behaviours.speeding.per_year=60",)))
    before, after = _layers(tables, "occasion", "speeding"), _layers(louder, "occasion", "speeding")
    assert [one[:3] for one in after[:1]] == [one[:3] for one in before]
    assert [layer for layer, _, _, _ in after] == [0, 1, 2]
    assert [drawn for _, _, drawn, _ in after] == pytest.approx([26, 26, 52])
    assert len({purpose for _, purpose, _, _ in after}) == 1, "layers are told apart by the week's word"
    assert sum(drawn * kept for _, _, drawn, kept in after) == pytest.approx(60)


def test_job_losses_leave_room_for_stigma() -> None:
    """Catches losses that cannot become more frequent, since all candidates are kept: stigma 1 doubles them."""
    ((_, _, drawn, kept),) = _layers(built(everything()), "job-loss", "job-loss")
    assert [drawn, kept] == pytest.approx([4, 0.5])


def _mistakes(made: Built, source: str) -> list[int]:
    return [k for k, kind in enumerate(made.names.kinds) if kind[:2] == ("mistake", source)]


def _alerts(made: Built, source: str, world: int = 0) -> Any:
    """False alerts a year by cell, of a person with the exposure's mean."""
    kinds = _mistakes(made, source)
    return 52 * sum(made.intensity[k] * _kept(made, k, world) for k in kinds)


def _kept(made: Built, k: int, world: int) -> Any:
    """Share of a layer's candidates that a world keeps, by cell."""
    layer = int(made.kinds.layer[k])
    return np.array([in_layer(layer, int(rate)) for rate in made.kinds.share[k, world]]) / ALWAYS


def test_false_matches_multiply(tables: Built) -> None:
    """Catches a gallery that gives more than one alert a scan: 8 scans, each wrong with 1/1024 * 256 = a quarter."""
    source = whole().schemes[0].sources["cameras"]
    assert mistakes_per_year(source.mistakes) == 2.0
    numbers = (Quantity(value=value) for value in (8.0, 0.5, 1000.0))
    crowd = Matching(**dict(zip(("scans_per_year", "false_match_rate", "gallery"), numbers, strict=True)))
    assert mistakes_per_year(Mistakes(exposure="same-name", matching=crowd)) == 8.0
    assert mistakes_per_year(None) == 0.0


def test_mistakes_are_by_group_and_their_mean_is_not_scaled(tables: Built, county: People) -> None:
    """Catches a recogniser that errs more about women because it errs less about men."""
    alerts = _alerts(tables, "cameras", world=1)
    male = np.array([cell_parts(cell)[1] is Sex.male for cell in range(CELLS)])
    assert alerts[~male] == pytest.approx(2.0) and alerts[male] == pytest.approx(1.0)
    (k,) = _mistakes(tables, "cameras")
    weights = person_weights(tables, county)[k] / 65536
    assert not weights[county.cell // 20 == Age.a0_5].any(), "nobody takes infants for somebody else"
    assert weights.mean() == pytest.approx(1.0, rel=0.005), "the exposure is scaled; ages are met within half a percent"
    assert (alerts[county.cell] * weights).mean() == pytest.approx(1.5, rel=0.02)


def test_a_source_that_looks_more_closely_has_room_for_it(tables: Built) -> None:
    """Catches a layer that is full where attention wants more: the guards' 1 a year is half of what is drawn."""
    kinds = _mistakes(tables, "guards")
    assert [52 * tables.intensity[k] for k in kinds] == pytest.approx([2.0])
    assert _alerts(tables, "guards", world=1) == pytest.approx(1.0)
    assert not _alerts(tables, "guards", world=0).any()


def _guards(**changed: Any) -> ResolvedWorld:
    """The world with everything, in which the guards are others."""
    world = whole()
    points = world.schemes[0]
    guards = points.sources["guards"].model_copy(update=changed)
    schemes = [points.model_copy(update={"sources": {**points.sources, "guards": guards}}), world.schemes[1]]
    return ResolvedWorld("other", "", schemes, world.response, [], False)


def _mistaken(per_year: float) -> Mistakes:
    return Mistakes(exposure="same-name", per_year=Quantity(value=per_year))


def test_attention_finds_layers_to_rise_into() -> None:
    """Catches a raised rate that is cut off at the top of a layer: 1 a year times 5 needs 2 + 2 + 4 drawn.

    Unraised it takes half of layer 0, as it does where no world raises it.
    """
    attention = whole().schemes[0].sources["guards"].attention
    assert attention is not None
    close = attention.model_copy(update={"times": Quantity(value=5.0)})
    made = built(with_worlds(everything(), _guards(attention=close)))
    kinds = _mistakes(made, "guards")
    assert [52 * made.intensity[k] for k in kinds] == pytest.approx([2.0, 2.0, 4.0])
    assert [float(_kept(made, k, 0).max()) for k in kinds] == pytest.approx([0.5, 0, 0])
    raised = [in_layer(layer, 5 * int(made.kinds.share[k, 0, 0])) / ALWAYS for layer, k in enumerate(kinds)]
    assert raised == pytest.approx([1, 1, 0.25])


def test_without_attention_lower_layers_are_filled_first() -> None:
    """Catches a source of 3 a year whose first 2 are others than those of a source of 2 a year."""
    made = built(with_worlds(everything(), _guards(attention=None, mistakes=_mistaken(3.0))))
    kinds = _mistakes(made, "guards")
    assert [52 * made.intensity[k] for k in kinds] == pytest.approx([2.0, 2.0])
    assert [_kept(made, k, 0)[0] for k in kinds] == pytest.approx([1.0, 0.5])


def test_mistakes_beyond_all_measure_are_refused() -> None:
    """Catches a product that does not fit its integer, and thousands of layers."""
    with pytest.raises(InputError, match="more than 16,384 times the ceiling_per_year of 'same-name'"):
        built(with_worlds(everything(), _guards(attention=None, mistakes=_mistaken(40_000.0))))


def test_worlds_keep_shares_of_the_same_mistakes() -> None:
    """Catches worlds whose false records are each other's neighbours and not each other's subset."""
    worlds = [_guards(attention=None, mistakes=_mistaken(rate)) for rate in (0.5, 2.0, 0.0)]
    made = built(with_worlds(everything(), *worlds))
    (k,) = _mistakes(made, "guards")
    assert made.kinds.worlds[k] == 0b011
    assert (made.kinds.share[k, :, 0] / ALWAYS).tolist() == pytest.approx([0.25, 1.0, 0.0])


def test_two_exposures_of_a_source_have_chance_of_their_own() -> None:
    """Catches a world whose source errs on another occasion and still about the same people."""
    exposures = {name: one.model_dump() for name, one in everything().society.exposures.items()}
    exposures["passage"] = {"ceiling_per_year": {"value": 2.0}}
    other = Mistakes(exposure="passage", per_year=Quantity(value=1.0))
    resolved = with_society(everything(), exposures=exposures)
    made = built(with_worlds(resolved, whole(), _guards(mistakes=other)))
    first, second = _mistakes(made, "guards")
    assert [int(made.kinds.worlds[k]) for k in (first, second)] in ([1, 2], [2, 1])
    assert made.kinds.purpose[first] != made.kinds.purpose[second]


def test_kinds_are_sorted_by_what_and_name(tables: Built) -> None:
    """Catches an order of events that depends on the order of a file."""
    order = ["occasion", "mistake", "need", "job-loss", "arrears", "clearing"]
    keys = [(order.index(what), name, layer) for what, name, layer in tables.names.kinds]
    assert keys == sorted(keys)
    for k, (what, name, _) in enumerate(tables.names.kinds):
        axis = {"occasion": tables.names.behaviours, "mistake": tables.names.sources, "need": tables.names.services}
        assert tables.kinds.item[k] == (axis[what].index(name) if what in axis else 0)
        assert (tables.kinds.share[k] == ALWAYS).all() or what == "mistake"
        assert (tables.kinds.what[k] == MISTAKE) == (what == "mistake")


def test_factors_by_attribute_that_leave_no_room_for_others_are_refused() -> None:
    """Catches a mean rate that rounding abolishes: two attributes of half the people, each with the largest factor."""
    attributes = {name: {"share": 0.5} for name in ("one", "other")}

    def trial(one: float, other: float) -> Built:
        resolved = everything()
        clauses = {name: item.model_dump(mode="python") for name, item in resolved.society.behaviours.items()}
        clauses["dodging"]["who"] = {"attribute": {"one": one, "other": other}}
        return built(with_society(resolved, attributes=attributes, behaviours=clauses))

    with pytest.raises(InputError, match="factors by attribute of 'dodging' are so large"):
        trial(1000, 1000)
    assert trial(10, 10).weight.max() > 0
