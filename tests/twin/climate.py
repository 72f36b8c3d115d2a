"""Step 1 of the week: what changes for everybody, because of the calendar or because of what happened last week."""

from scorelab.kernel.layout import (
    ALWAYS,
    NORM_BOUND,
    NORM_PRIOR,
    NORM_RANGE,
    ONE,
)
from tests.twin.place import Place, has, read


class Climate:
    """What is the same for everybody in a world."""

    def __init__(self, place: Place) -> None:
        self.public = [[0 for _ in place.domains] for _ in place.worlds]
        self.push = [[0 for _ in place.behaviours] for _ in place.worlds]
        self.met = [[0 for _ in place.behaviours] for _ in place.worlds]
        self.done = [[0 for _ in place.behaviours] for _ in place.worlds]
        self.norm = [[(ONE, ONE) for _ in place.behaviours] for _ in place.worlds]
        """by world and behaviour: the norm of most people, and that of contrary ones"""
        self.openness = [list(place.law.success) for _ in place.worlds]


def calendar(place: Place, climate: Climate) -> None:
    """Step 1, and whoever is on a list as the week begins is restricted in this year."""
    starts = place.county.in_force
    place.fire("scheme comes into force", sum(starts[w][h] == place.t > 0 for w in place.worlds for h in place.schemes))
    place.active = [{h for h in place.schemes if starts[w][h] <= place.t} for w in place.worlds]
    for world in place.worlds:
        _restricted(place, world)
        for scheme in place.schemes:
            _awareness(place, world, scheme)
            _joining(place, world, scheme)
        for domain in place.domains:
            _public_risk(place, climate, world, domain)
        for behaviour in place.behaviours:
            _norm(place, climate, world, behaviour)
        for service in place.services:
            _openness(place, climate, world, service)
    place.happened.clear()


def _restricted(place: Place, world: int) -> None:
    for person in place.persons:
        if any(not has(place.law.red[world], on_list) for on_list in place.life[world][person].lists()):
            place.book.mark(place.t, world, "restricted", person)


def _awareness(place: Place, world: int, scheme: int) -> None:
    for word, person in zip(place.county.aware_rank[scheme], place.county.aware_order[scheme], strict=True):
        if word < place.law.aware[world][scheme][place.t]:
            knows = place.life[world][person].knows
            place.fire("aware by the calendar", scheme not in knows)
            knows.add(scheme)


def _joining(place: Place, world: int, scheme: int) -> None:
    if scheme not in place.active[world] or has(place.law.open_to_all[world], scheme):
        return
    threshold = place.law.joins[world][scheme][place.t - place.county.in_force[world][scheme]]
    for word, person in zip(place.county.join_rank[scheme], place.county.join_order[scheme], strict=True):
        if person >= 0 and word < threshold:
            if place.exempt(world, person):
                place.fire("exempt from what others join")
                continue
            life = place.life[world][person]
            place.fire("joins", scheme not in life.member)
            life.member.add(scheme)
            life.knows.add(scheme)


def _public_risk(place: Place, climate: Climate, world: int, domain: int) -> None:
    law = place.law
    published = place.happened["published", world, domain]
    by_media = law.media[world][domain][place.t]
    by_publication = published * law.published_lift[world] // max(1, place.county.adults)
    public = climate.public[world][domain] * law.public_fade[world] >> 32
    public += (65535 - public) * min(ONE, by_media + by_publication) >> 16
    climate.public[world][domain] = public
    place.fire("public risk lifted by media", by_media > 0)
    place.fire("public risk lifted by publication", by_publication > 0)


def _norm(place: Place, climate: Climate, world: int, behaviour: int) -> None:
    law = place.law
    campaign = law.norm_push[world][behaviour][place.t]
    push = max(-NORM_BOUND, min(NORM_BOUND, climate.push[world][behaviour] + campaign))
    climate.push[world][behaviour] = push
    occasions = place.happened["occasions", world, behaviour]
    acts = place.happened["acts", world, behaviour]
    met, done = climate.met[world][behaviour], climate.done[world][behaviour]
    met += ((occasions << 16) - met) >> 4
    done += ((acts << 16) - done) >> 4
    climate.met[world][behaviour], climate.done[world][behaviour] = met, done
    departure = _departure(law.base[world][behaviour], met, done)
    place.fire("departure at its bound", departure == ONE and law.contagion[world] > 0)
    caught = law.contagion[world] * departure >> 16
    climate.norm[world][behaviour] = (_exponential(place, caught + push), _exponential(place, caught - push))
    place.fire("norm pushed", campaign != 0)
    place.fire("contagion", caught != 0)


def _departure(base: int, met: int, done: int) -> int:
    """How far acting departs from the usual, as a share of it."""
    share = base >> 16
    usual = met * share >> 16
    weight = usual + NORM_PRIOR * share
    if weight == 0:
        return 0
    return max(-ONE, min(ONE, ((done - usual) << 16) // weight))


def _exponential(place: Place, x: int) -> int:
    y = max(-NORM_RANGE, min(NORM_RANGE - 1, x)) + NORM_RANGE
    return read(place.law.exponential, y, 10)


def _openness(place: Place, climate: Climate, world: int, service: int) -> None:
    success = place.law.success[service]
    denied = place.happened["denied", world, service]
    unsuccessful = place.happened["unsuccessful", world, service]
    climate.openness[world][service] = success
    if unsuccessful > 0:
        share = min(ONE, place.law.refill[world][service] * denied // unsuccessful)
        climate.openness[world][service] += (ALWAYS - success) * share >> 16
        place.fire("openness raised", climate.openness[world][service] > success)
