"""What can happen in a world at all: what its schemes, its people and its society let happen, whatever chance does."""

from collections.abc import Callable, Iterator

from scorelab.measures.lab import Facts, World
from scorelab.spec.scheme import Consequence, Source
from scorelab.spec.switches import Left


def _consequences(left: Left) -> Iterator[Consequence]:
    return (consequence for scheme in left.schemes for consequence in scheme.consequences)


def records(left: Left) -> bool:
    """Whether anything watches."""
    return any(scheme.sources for scheme in left.schemes)


def mistaken(source: Source) -> bool:
    """Whether a source ever accuses somebody who did nothing."""
    if source.mistakes is None:
        return False
    matching, stated = source.mistakes.matching, source.mistakes.per_year
    if matching is not None:
        return min(matching.scans_per_year.value, matching.false_match_rate.value, matching.gallery.value) > 0
    return stated is not None and stated.value > 0


def errs(left: Left) -> bool:
    """Whether any source ever accuses somebody who did nothing."""
    return any(mistaken(source) for scheme in left.schemes for source in scheme.sources.values())


def scored(left: Left) -> bool:
    """Whether there is a score."""
    return any(scheme.score is not None for scheme in left.schemes)


def listed(left: Left) -> bool:
    """Whether anybody can come onto a list that restricts."""
    return any(not clause.red for scheme in left.schemes for clause in scheme.lists.values())


def shuns(left: Left) -> bool:
    """Whether employers refuse people because they are on a published list."""
    published = any(clause.published and not clause.red for s in left.schemes for clause in s.lists.values())
    return published and left.response.shunned.value > 0


def throttles(left: Left) -> bool:
    """Whether anybody's connection can be throttled."""
    return any(one.throttle is not None and one.throttle.value > 0 for one in _consequences(left))


def denies(left: Left) -> bool:
    """Whether anything can be refused because of a record."""
    return any(one.bar for one in _consequences(left)) or throttles(left) or shuns(left)


def favours(left: Left) -> bool:
    """Whether anybody is served before others."""
    return any(one.favour for one in _consequences(left))


def reaches_others(left: Left) -> bool:
    """Whether anybody is closed out or loses points because of somebody else's record."""
    along = any(share.value > 0 for scheme in left.schemes for rule in scheme.rules for share in rule.along.values())
    return along or any(one.whom != "self" for one in _consequences(left))


def discourages(left: Left) -> bool:
    """Whether anybody does not ask because of a bar."""
    return denies(left) and left.response.not_asking.value > 0


def displaces(left: Left) -> bool:
    """Whether anybody who is deterred turns to something else."""
    return bool(left.schemes) and left.response.displacement.value > 0


_NEEDED: tuple[tuple[Callable[[Left], bool], tuple[str, ...]], ...] = (
    (lambda left: bool(left.schemes), ("tries_", "unrelated_context", "collateral", "list_", "listed")),
    (records, ("records_", "alerts_", "adults_recordable")),
    (errs, ("records_false", "alerts_false", "listings_by_error", "ever_wronged", "wrongful_")),
    (listed, ("listings", "ever_restricted", "restricted_")),
    (denies, ("ever_denied", "wrongful_", "denials_", "needs_denied", "refused_tries", "denied_")),
    (discourages, ("needs_not_asked",)),
    (favours, ("needs_favoured",)),
    (reaches_others, ("ever_for_another", "denials_own_and_tie", "collateral")),
    (throttles, ("throttled_person_years",)),
    (scored, ("points_taken", "points_given")),
    (displaces, ("acts_displaced",)),
)
"""What a world needs for numbers whose names begin so to be other than 0."""


def impossible(world: World, name: str) -> bool:
    """Whether a measure is 0 in a world because of what the world lacks."""
    return any(name.startswith(names) and not can(world.left) for can, names in _NEEDED)


def lives_without_the_spiral(facts: Facts, world: World) -> bool:
    """Whether what a world's schemes do can change nobody's work or arrears, in no way at all.

    Without the spiral a job is found or not as if no scheme were there, whatever a scheme makes of the application, and
    nobody falls into arrears over a scheme. One way remains: a throttled connection may change how often work is lost
    or looked for, or bills are paid.
    """
    if world.left.spiral:
        return False
    society = facts.resolved["society"]
    work = [one for one in society["services"].values() if one.get("grants_work")]
    events = [*work, society.get("job_loss") or {}, society.get("arrears") or {}]
    factors = [event.get("who", {}).get("condition", {}).get("throttled", 1) for event in events]
    return not throttles(world.left) or all(factor == 1 for factor in factors)
