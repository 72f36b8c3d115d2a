"""Step 10 of the week: what people learn from their own acts, and from what they hear of others."""

from scorelab.words import Tie
from tests.twin.acts import Deed, schemes_that_count
from tests.twin.chance import Words
from tests.twin.life import faded, kept_within_16_bits
from tests.twin.place import News, Place

CERTAIN = 65535
HEARD_FROM = (Tie.household, Tie.friend, Tie.colleague)


def response(place: Place, deeds: list[Deed]) -> None:
    """Own acts first, then the news of this week."""
    for deed in deeds:
        _from_own_act(place, deed)
    for news in place.news:
        _from_news(place, news)
    place.news.clear()


def _from_own_act(place: Place, deed: Deed) -> None:
    """An own act that was recorded raises perceived risk, one that was not lowers it."""
    law = place.law
    words = place.words(deed.event, law.round_purpose[deed.behaviour], deed.call)
    for world in deed.worlds:
        if not schemes_that_count(place, world, deed.event.person, deed.behaviour):
            place.fire("nothing to learn about")
            continue
        signal = CERTAIN if world in deed.recorded else 0
        place.fire("learned from a record" if signal else "learned from no record")
        _learn(place, world, deed.event.person, law.domain[deed.behaviour], signal, law.learning[world], words)


def _from_news(place: Place, news: News) -> None:
    """Those around a person who came onto a list hear of it, or do not."""
    law, t = place.law, place.t
    purpose = law.hear_purpose[news.scheme]
    for tie in HEARD_FROM:
        for other in place.ties(tie, news.person):
            if place.fate.person(other, t, purpose) < law.talk[news.world]:
                place.fire("news heard")
                place.life[news.world][other].knows.add(news.scheme)
                words = place.fate.by_person(other, t, purpose, call=1)
                _learn(place, news.world, other, news.domain, CERTAIN, law.heard[news.world], words)


def _learn(place: Place, world: int, person: int, own: int, signal: int, rate: int, words: Words) -> None:
    """Perceived risk moves towards a signal, in a domain and, in part, in all others."""
    law, life = place.law, place.life[world][person]
    left = law.fade[world][place.t - life.risk_week]
    life.risk = [faded(value, law.prior[world], left) for value in life.risk]
    life.risk_week = place.t
    halves = [half for word in words for half in (word % 65536, word // 65536)]
    x = rate * (signal - life.risk[own])
    for domain in place.domains:
        change = x if domain == own else law.spread[world] * x >> 16
        life.risk[domain] = kept_within_16_bits(life.risk[domain] + ((change + halves[domain]) >> 16))
