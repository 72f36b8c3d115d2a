"""The twin: one county lived a second time, slowly, one person and one world at a time, from ``docs/week.md`` alone."""

from collections import Counter
from typing import Any

from scorelab.kernel.counted import SCORE_BINS
from scorelab.kernel.layout import County, Kinds, Law
from tests.twin.acts import acts
from tests.twin.climate import Climate, calendar
from tests.twin.economy import economy
from tests.twin.life import ALL, JOBLESS, recover
from tests.twin.listing import clocks
from tests.twin.needs import needs
from tests.twin.place import Place, has
from tests.twin.process import agenda, rules
from tests.twin.records import records
from tests.twin.response import response
from tests.twin.ties import channels, shared_points


def live(county: County, kinds: Kinds, law: Law, weeks: int, groups: int) -> dict[str, Any]:
    """All counts of one county under the names of the kernel's ``Counts``."""
    return live_and_explain(county, kinds, law, weeks, groups)[0]


def live_and_explain(
    county: County, kinds: Kinds, law: Law, weeks: int, groups: int
) -> tuple[dict[str, Any], Counter[str]]:
    """The counts, and how often each kind of clause did something."""
    place = Place(county, kinds, law)
    climate = Climate(place)
    for t in range(weeks):
        _week(place, climate, t, t == weeks - 1)
    shape = {
        "weeks": weeks,
        "worlds": len(place.worlds),
        "groups": groups,
        "lists": len(place.lists),
        "sources": len(place.sources),
        "behaviours": len(place.behaviours),
        "services": len(place.services),
        "schemes": len(place.schemes),
        "kinds": len(place.kinds.what),
    }
    adult = [cell // 20 >= 2 for cell in place.county.cell]
    denials = [[life.denials for life in lives] for lives in place.life]
    return place.book.counts(shape, place.county.group, adult, denials), place.book.fired


def _week(place: Place, climate: Climate, t: int, last: bool) -> None:
    place.t = t
    calendar(place, climate)  # 1
    _recovery(place)
    agenda(place)  # 2a
    clocks(place)  # 2b
    deeds = acts(place, climate)  # 3, 4
    records(place, deeds)  # 5
    rules(place)  # 6
    shared_points(place)  # 7
    hired = needs(place, climate)  # 8
    economy(place, hired)  # 9
    response(place, deeds)  # 10
    _tally(place)  # 11
    if last or t % 13 == 12:
        _end_of_period(place)
    if last or t % 52 == 51:
        _end_of_year(place)
    channels(place)


def _recovery(place: Place) -> None:
    """A week's recovery, for everybody at once."""
    for world in place.worlds:
        points = place.law.score[world][4]
        for life in place.life[world] if points > 0 else []:
            before = sum(life.points)
            recover(life, points)
            place.fire("recovery", sum(life.points) != before)
            place.refresh(world, life, "recovery")


def _tally(place: Place) -> None:
    for world in place.worlds:
        for person in place.persons:
            life = place.life[world][person]
            on_list = life.lists()
            throttled = place.throttled(world, life)
            restricted = any(not has(place.law.red[world], number) for number in on_list)
            place.count(world, person, "listed", restricted)
            place.count(world, person, "jobless", life.work == JOBLESS)
            place.count(world, person, "arrears", life.arrears)
            place.count(world, person, "throttled", bool(throttled))
            for number in on_list:
                place.book.lists[place.t, world, number, "listed"] += 1
            for reason in throttled:
                place.fire(f"throttled by {reason}")


def _end_of_period(place: Place) -> None:
    for person in place.persons:
        on_list = [place.life[world][person].lists() for world in place.worlds]
        for number in place.lists:
            pattern = sum(2**world for world in place.worlds if number in on_list[world])
            if pattern:
                place.book.stocks[place.t // 13, number, place.group(person), pattern] += 1
        for world in place.worlds:
            if place.score_counts(world, person):
                grade = place.life[world][person].standing[ALL]
                place.book.grades[place.t // 13, world, place.group(person), grade] += 1


def _end_of_year(place: Place) -> None:
    for world in place.worlds:
        _, _, lowest, highest, _ = place.law.score[world]
        for person in place.persons:
            if place.score_counts(world, person):
                score = place.score(world, place.life[world][person])
                bin_of_score = (score - lowest) * SCORE_BINS // (highest - lowest + 1)
                place.book.scores[place.t // 52, world, bin_of_score] += 1
