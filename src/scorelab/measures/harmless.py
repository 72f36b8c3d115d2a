"""What a world cannot do for want of the means: where nothing denies, nobody is denied, and so for all the rest."""

from collections.abc import Callable, Iterator

from scorelab.measures import possible
from scorelab.measures.lab import Lab, World
from scorelab.spec.switches import Left

_ALONG = "sum(taken_along_ties + given_along_ties)"
_FALSE = "WHERE truth = 'false'"
_Counted = tuple[str, str, str]
"""What it is called, the sum, the rows of a table."""
_PROMISES: tuple[tuple[Callable[[Left], bool], str, tuple[_Counted, ...]], ...] = (
    (
        possible.denies,
        "no consequence",
        (
            ("denial", "sum(count)", "denials"),
            ("denial in a week", "sum(denied)", "weekly"),
            ("person denied", "sum(denied)", "persons"),
        ),
    ),
    (possible.records, "no source", (("record", 'sum("true" + "false")', "records"),)),
    (
        possible.errs,
        "no false records",
        (
            ("tainted denial", "sum(count)", "denials WHERE tainted OR truth = 'false'"),
            ("false record", 'sum("false" + alerts_false)', "records"),
            ("entry by a false record", "sum(entries_false)", "lists"),
            ("point for a false record", f"sum(taken + given) + {_ALONG}", f"points {_FALSE}"),
            ("false record at an office", "sum(arrived)", f"process {_FALSE}"),
            ("person wronged", "sum(wronged)", "persons"),
        ),
    ),
    (
        possible.reaches_others,
        "no consequences along ties",
        (
            ("denial along a tie", "sum(count)", "denials WHERE origin = 'tie' OR own_and_tie"),
            ("point along a tie", _ALONG, "points"),
            ("person denied for another", "sum(for_another)", "persons"),
        ),
    ),
    (possible.favours, "no favours", (("favoured need", "sum(favoured)", "weekly"),)),
    (possible.throttles, "no throttle", (("throttled person-week", "sum(throttled)", "weekly"),)),
    (possible.discourages, "nothing to be shy of", (("need not asked for", "sum(not_asked)", "weekly"),)),
    (possible.displaces, "no displacement", (("displaced act", "sum(displaced)", "weekly"),)),
    (
        possible.scored,
        "no score",
        (
            ("point", f"sum(taken + given) + {_ALONG}", "points"),
            ("person with a grade", "sum(persons)", "grades"),
        ),
    ),
    (possible.listed, "no list that restricts", (("person-week on a list", "sum(listed)", "weekly"),)),
)
"""What a world may lack, how that is said, and what then is never counted in it."""


_NEVER_EXEMPT: tuple[_Counted, ...] = (
    ("record", "sum(records_true + records_false)", "weekly"),
    ("week on a list", "sum(listed)", "weekly"),
    ("denial for a record of their own", "sum(count)", "(FROM denials WHERE origin = 'own')"),
    ("grade", "sum(persons)", "grades"),
)
"""What is never counted of people to whom no scheme applies."""


def faults(lab: Lab) -> Iterator[str]:
    """Everything that some world cannot do and yet did."""
    for world in lab.facts.worlds:
        for can, lacks, promised in _PROMISES:
            if can(world.left):
                continue
            for what, total, rows in promised:
                found = _number(lab, f"SELECT ({total})::BIGINT FROM (FROM {rows}) WHERE world = '{world.name}'")
                if found:
                    yield f"{world.name} has {lacks} and yet {found:,} times a {what}"
    yield from _exempt(lab)
    for world, other in spirals(lab):
        yield from _spiral(lab, world, other)


def exempting(lab: Lab) -> list[tuple[World, str]]:
    """Worlds that exempt people whom the breakdown tells apart, each with the condition on rows about the exempt."""
    found = []
    for world in lab.facts.worlds:
        name = world.exempts or world.covers
        if name in lab.facts.attributes:
            has = f"list_contains(string_split(attributes, ' + '), '{name}')"
            found.append((world, has if world.exempts else f"NOT {has}"))
    return found


def _exempt(lab: Lab) -> Iterator[str]:
    """What a scheme did to people to whom it does not apply; what others' records bring them is none of it."""
    for world, them in exempting(lab):
        for what, total, table in _NEVER_EXEMPT:
            found = _number(lab, f"SELECT ({total})::BIGINT FROM {table} WHERE world = '{world.name}' AND {them}")
            if found:
                yield f"{world.name} exempts people who have yet {found:,} times a {what}"


def spirals(lab: Lab) -> list[tuple[World, World]]:
    """Worlds in which work and arrears must be what they are without any scheme, each with a world without any."""
    bare = next((world for world in lab.facts.worlds if not world.schemes), None)
    if bare is None:
        return []
    return [
        (world, bare)
        for world in lab.facts.worlds
        if world.schemes and possible.lives_without_the_spiral(lab.facts, world)
    ]


def _number(lab: Lab, query: str) -> int:
    found = lab.con.execute(query).fetchone()
    return int(found[0] or 0) if found else 0


def _spiral(lab: Lab, world: World, other: World) -> Iterator[str]:
    by = ", ".join(("replicate", "county", "week", *lab.facts.groups))
    sides = [
        f"(SELECT {by}, jobless, arrears FROM weekly WHERE world = '{one.name}' AND jobless + arrears > 0)"
        for one in (world, other)
    ]
    query = f"SELECT count(*) FROM (({sides[0]} EXCEPT {sides[1]}) UNION ALL ({sides[1]} EXCEPT {sides[0]}))"
    found = lab.con.execute(query).fetchone()
    if found and found[0]:
        yield f"{world.name} has no spiral and yet work or arrears differ from {other.name} in {found[0]:,} entries"
