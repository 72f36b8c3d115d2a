"""The twin: one county lived a second time, slowly, one person and one world at a time, from ``docs/week.md`` alone."""

from collections import Counter
from typing import Any

from scorelab.kernel.layout import County, Kinds, Law
from tests.twin.acts import acts, records, response
from tests.twin.life import JOBLESS, recover
from tests.twin.listing import clocks
from tests.twin.needs import economy, needs
from tests.twin.place import Place


def live(county: County, kinds: Kinds, law: Law, weeks: int, groups: int) -> dict[str, Any]:
    """All counts of one county under the names of the kernel's ``Counts``."""
    return live_and_explain(county, kinds, law, weeks, groups)[0]


def live_and_explain(
    county: County, kinds: Kinds, law: Law, weeks: int, groups: int
) -> tuple[dict[str, Any], Counter[str]]:
    """The counts, and how often each kind of clause did something."""
    place = Place(county, kinds, law)
    _before(place)
    for t in range(weeks):
        _week(place, t, t == weeks - 1)
    shape = {
        "weeks": weeks,
        "worlds": len(place.worlds),
        "groups": groups,
        "lists": len(place.lists),
        "sources": len(place.sources),
        "behaviours": len(place.behaviours),
        "services": len(place.services),
        "kinds": len(place.kinds.what),
    }
    adult = [cell // 20 >= 2 for cell in place.county.cell]
    denials = [[life.denials for life in lives] for lives in place.life]
    return place.book.counts(shape, place.county.group, adult, denials), place.book.fired


def _before(place: Place) -> None:
    for scheme in place.schemes:
        for person in place.persons:
            word = place.fate.person(person, 0, place.law.knows_purpose[scheme])
            for world in place.worlds:
                if word < place.law.knows[world][scheme]:
                    place.life[world][person].knows.add(scheme)


def _week(place: Place, t: int, last: bool) -> None:
    place.t = t
    _calendar(place)  # 1
    clocks(place)  # 2
    deeds = acts(place)  # 3, 4
    records(place, deeds)  # 5, 6
    hired = needs(place)  # 7, 8
    economy(place, hired)  # 9
    response(place, deeds)  # 10
    _tally(place, last or t % 13 == 12)  # 11


def _calendar(place: Place) -> None:
    """Schemes in force; a week's recovery; and whoever was listed as the year began counts for that year."""
    starts = place.law.in_force
    place.book.fired["scheme comes into force"] += sum(
        starts[w][h] == place.t > 0 for w in place.worlds for h in place.schemes
    )
    place.active = [{h for h in place.schemes if starts[w][h] <= place.t} for w in place.worlds]
    for world in place.worlds:
        for person in place.persons:
            life = place.life[world][person]
            before = sum(life.points)
            recover(life, place.law.score[world][4])
            place.book.fired["recovery"] += sum(life.points) != before
            if life.ends:
                place.book.mark(place.t, world, "restricted", person)


def _tally(place: Place, date: bool) -> None:
    for person in place.persons:
        on_list = [place.life[world][person].lists() for world in place.worlds]
        for world in place.worlds:
            life = place.life[world][person]
            life.last_week = set(life.ends)
            place.count(world, person, "listed", bool(on_list[world]))
            place.count(world, person, "jobless", life.condition == JOBLESS)
            for number in on_list[world]:
                place.book.lists[place.t, world, number, "listed"] += 1
        if date:
            for number in place.lists:
                pattern = sum(2**world for world in place.worlds if number in on_list[world])
                if pattern:
                    place.book.stocks[place.t // 13, number, place.group(person), pattern] += 1
