"""Steps 3 and 4 of the week: who meets what, and who acts."""

from dataclasses import dataclass, field

from scorelab.kernel.layout import (
    ALWAYS,
    BELOW,
    ELSEWHERE_CALL,
    FAR,
    LARGEST_EXPONENT,
    LIST_ENTER,
    NEAR,
    NEXT,
    OCCASION,
    ONE,
)
from scorelab.words import Act
from tests.twin.climate import Climate
from tests.twin.life import Life, faded
from tests.twin.place import NEVER, Event, Place, has, read

UNLAWFUL = 0
BAND_WORDS = {FAR: "far", NEAR: "near", NEXT: "next", BELOW: "below"}


@dataclass
class Deed:
    """An act: who did what in which worlds, and where it was recorded."""

    event: Event
    behaviour: int
    call: int
    """added to the calls of all its words"""
    worlds: list[int]
    recorded: set[int] = field(default_factory=set)


def acts(place: Place, climate: Climate) -> list[Deed]:
    """Candidates of all kinds of occasion, and each world's answer."""
    deeds = []
    for event in place.events(OCCASION):
        behaviour = place.kinds.item[event.kind]
        outcome = [_answer(place, climate, event, behaviour, world) for world in place.worlds]
        if any(outcome):
            pattern = sum(int(code) * 4**world for world, code in enumerate(outcome))
            place.book.candidates[event.kind, 1] += 1
            place.book.occasions[place.t // 13, place.group(event.person), behaviour, pattern] += 1
        substitute = place.law.substitute[behaviour]
        for code, done, call in ((Act.acted, behaviour, 0), (Act.displaced, substitute, ELSEWHERE_CALL)):
            worlds = [world for world in place.worlds if outcome[world] == code]
            if worlds:
                deeds.append(Deed(event, done, call, worlds))
                _mark(place, event.person, done, worlds)
    return deeds


def _mark(place: Place, person: int, behaviour: int, worlds: list[int]) -> None:
    """Whoever does something unlawful has acted; it is recordable where some source watches it."""
    if place.law.standing[behaviour] != UNLAWFUL:
        return
    for world in worlds:
        place.book.mark(place.t, world, "acted", person)
        if any(place.law.alert[world][source][behaviour] > 0 for source in place.sources):
            place.book.mark(place.t, world, "recordable", person)


def _answer(place: Place, climate: Climate, event: Event, behaviour: int, world: int) -> Act:
    if not place.reached(event, world):
        return Act.not_reached
    place.fire("layer above the ceiling", event.layer > 0)
    place.count(world, event.person, "occasions")
    place.happened["occasions", world, behaviour] += 1
    natural = _natural(place, climate, event, behaviour, world)
    bound = _bound(place, climate, event.person, behaviour, world, natural)
    if event.d < bound:
        place.fire("pulled by a reward", event.d >= natural)
        place.count(world, event.person, "acts")
        place.happened["acts", world, behaviour] += 1
        return Act.acted
    if event.d < natural:
        place.fire("deterred")
        if _moves_elsewhere(place, event, behaviour, world):
            place.fire("displaced")
            place.count(world, event.person, "displaced")
            return Act.displaced
    return Act.refrained


def _moves_elsewhere(place: Place, event: Event, behaviour: int, world: int) -> bool:
    law = place.law
    if law.substitute[behaviour] == -1:
        return False
    return place.word(event, law.displace_purpose[behaviour]) < int(law.displacement[world])


def _natural(place: Place, climate: Climate, event: Event, behaviour: int, world: int) -> int:
    """The threshold of acting where nothing deters and nothing pulls."""
    law, life = place.law, place.life[world][event.person]
    usual, contrary = climate.norm[world][behaviour]
    norm = contrary if life.contrary else usual
    place.fire("contrary person", life.contrary and contrary != usual)
    calm = min(ALWAYS, law.base[world][behaviour] * norm >> 16)
    natural = min(ALWAYS, calm * law.grievance[world][life.grievances] >> 16)
    place.fire("grievance raises acting", calm <= event.d < natural)
    return int(natural)


def schemes_that_count(place: Place, world: int, person: int, behaviour: int) -> list[int]:
    """Those that a person thinks of before doing something."""
    known, deters = place.life[world][person].knows, place.law.deters[world][behaviour]
    return [h for h in place.schemes if place.applies(world, person, h) and h in known and has(deters, h)]


def _bound(place: Place, climate: Climate, person: int, behaviour: int, world: int, natural: int) -> int:
    """The threshold of acting, given the schemes that count."""
    law, life = place.law, place.life[world][person]
    counting = schemes_that_count(place, world, person, behaviour)
    if not counting:
        return natural
    place.fire("knows what deters")
    domain = law.domain[behaviour]
    risk = min(65535, _perceived(place, world, life, domain) + climate.public[world][domain])
    exponents, pulls = [], []
    for h in counting:
        certainty = read(law.power[world], max(0, risk - law.innocent[world][h][behaviour]), 8)
        band = _band(place, person, behaviour, world, h)
        exponents.append(law.slope[world][h][behaviour][band] * certainty >> 16)
        pulls.append((law.reward[world][h][behaviour] * certainty >> 16) - law.crowding[world][h][behaviour])
    left = read(law.curve[world], min(LARGEST_EXPONENT - 1, max(exponents)), 11)
    deterred = natural * left >> 30
    return int(min(ALWAYS, max(0, deterred * (ONE + max(pulls)) >> 16)))


def _perceived(place: Place, world: int, life: Life, domain: int) -> int:
    """Perceived risk as it has faded to this week; nothing is stored."""
    law = place.law
    return faded(life.risk[domain], law.prior[world], law.fade[world][place.t - life.risk_week])


def _band(place: Place, person: int, behaviour: int, world: int, scheme: int) -> int:
    """How near the person's score is to the next cut."""
    law = place.law
    step = law.next_points[world][behaviour]
    grades = law.grade_from[world][1:]
    lists = [terms[LIST_ENTER] for terms in law.lists[world]]
    cuts = [cut for cut in grades if cut != NEVER] + [cut for cut in lists if cut != -NEVER]
    if law.score[world][0] != scheme or not cuts or step == 0:
        return FAR
    score = place.score(world, place.life[world][person])
    passed = [cut for cut in cuts if cut <= score]
    if not passed:
        band = BELOW
    else:
        distance = score - max(passed)
        band = NEXT if distance < step else NEAR if distance < 3 * step else FAR
    place.fire(f"band: {BAND_WORDS[band]}")
    return band
