"""What is counted twice must be the same twice, and what comes in must be there or have gone out."""

from collections.abc import Iterator
from typing import Any

from scorelab.measures.cube import group_columns
from scorelab.measures.lab import PERIOD_WEEKS, YEAR_WEEKS, Lab
from scorelab.measures.lists import HOW
from scorelab.measures.possible import errs
from scorelab.measures.restricted import restricting

SENTENCE = (
    "Candidates equal the sum over their outcomes, persons are the same in every world, entries less exits are the"
    " change of the stock, listings that ended are those that were left, every record that reached an office is in"
    " effect, undone or waiting, everybody who has a score has one grade, and every table counts the same denials."
)


def faults(lab: Lab) -> Iterator[str]:
    """Everything that is counted differently in two places, or lost on the way."""
    yield from _candidates_kept(lab)
    yield from _outcomes_agree(lab)
    yield from _same_persons(lab)
    yield from _stocks(lab)
    yield from _entries_agree(lab)
    yield from _endings(lab)
    yield from _offices(lab)
    yield from _process(lab)
    yield from _members(lab)
    yield from _scores(lab)
    yield from _denials_agree(lab)


def _rows(lab: Lab, query: str) -> list[tuple[Any, ...]]:
    return lab.con.execute(query).fetchall()


def _number(lab: Lab, query: str) -> int:
    [(found,)] = _rows(lab, query)
    return int(found or 0)


def _candidates_kept(lab: Lab) -> Iterator[str]:
    for what, table, column in (("occasion", "occasions", "behaviour"), ("need", "needs", "service")):
        query = f"""
            SELECT coalesce(k.name, t.name), coalesce(kept, 0), coalesce(n, 0)
            FROM (SELECT name, sum(kept)::BIGINT AS kept FROM candidates WHERE what = '{what}' GROUP BY name) k
            FULL JOIN (SELECT {column} AS name, sum(count)::BIGINT AS n FROM {table} GROUP BY 1) t USING (name)
            WHERE coalesce(kept, 0) <> coalesce(n, 0) ORDER BY 1"""
        for name, kept, counted in _rows(lab, query):
            yield f"{what} {name}: {kept:,} candidates kept, {counted:,} outcomes counted"


def _outcomes_agree(lab: Lab) -> Iterator[str]:
    """Outcomes by week and outcomes by pattern."""
    outcomes = {
        "occasions": {"acts": "acted", "displaced": "displaced"},
        "needs": {word: word for word in ("not_asked", "unsuccessful", "granted", "favoured")},
    }
    for table, columns in outcomes.items():
        for name in lab.facts.names:
            by_week = ", ".join(f"sum({column})::BIGINT" for column in columns)
            by_pattern = ", ".join(
                f"sum(count) FILTER (\"{name}\" = '{outcome}')::BIGINT" for outcome in columns.values()
            )
            [weekly] = _rows(lab, f"SELECT {by_week} FROM weekly WHERE world = '{name}'")
            [patterns] = _rows(lab, f"SELECT {by_pattern} FROM {table}")
            for column, one, other in zip(columns, weekly, patterns, strict=True):
                if (one or 0) != (other or 0):
                    yield f"{name}: {one or 0:,} times {column} by week, {other or 0:,} times among the {table}"


def _same_persons(lab: Lab) -> Iterator[str]:
    groups = group_columns(lab)
    by = ", ".join(("replicate", "county", *lab.facts.groups))
    worlds = len(lab.facts.worlds)
    query = f"""
        WITH p AS (
                SELECT replicate, county, {groups}world, sum(persons) AS n FROM persons
                WHERE span = 'run' GROUP BY ALL
             ),
             q AS (SELECT replicate, county, {groups}sum(persons) AS n FROM people GROUP BY ALL),
             e AS (SELECT replicate, county, {groups}sum(persons) AS n FROM ever GROUP BY ALL)
        SELECT
            (SELECT count(*) FROM p FULL JOIN q USING ({by}) WHERE p.n IS DISTINCT FROM q.n)
            + abs((SELECT count(*) FROM p) - {worlds} * (SELECT count(*) FROM q)),
            (SELECT count(*) FROM e FULL JOIN q USING ({by}) WHERE e.n IS DISTINCT FROM q.n)"""
    for by_world, by_pattern in _rows(lab, query):
        if by_world:
            yield f"the number of persons differs between worlds in {by_world:,} groups"
        if by_pattern:
            yield f"the patterns of who was ever denied do not add up to the persons in {by_pattern:,} groups"


def _stocks(lab: Lab) -> Iterator[str]:
    query = """
        SELECT count(*) FROM (
            SELECT listed, sum(entries_true + entries_false - exits) OVER
                (PARTITION BY replicate, county, world, list ORDER BY week) AS moved FROM lists
        ) WHERE listed <> moved"""
    wrong = _number(lab, query)
    if wrong:
        yield f"in {wrong:,} weeks the persons on a list are not those who entered less those who left"


def _entries_agree(lab: Lab) -> Iterator[str]:
    """Entries and exits by group, and by list without the red ones."""
    query = f"""
        SELECT world, entries, exits, coalesce(l.entered, 0), coalesce(l.gone, 0) FROM
            (SELECT world, sum(entries)::BIGINT AS entries, sum(exits)::BIGINT AS exits FROM weekly GROUP BY 1) w
        LEFT JOIN (SELECT world, sum(entries_true + entries_false)::BIGINT AS entered, sum(exits)::BIGINT AS gone
                   FROM {restricting(lab)} GROUP BY 1) l USING (world)
        WHERE entries <> coalesce(l.entered, 0) OR exits <> coalesce(l.gone, 0) ORDER BY 1"""
    for world, entries, exits, entered, gone in _rows(lab, query):
        yield f"{world}: {entries:,} entries and {exits:,} exits by group, {entered:,} and {gone:,} by list"


def _endings(lab: Lab) -> Iterator[str]:
    """Whoever leaves a list has a listing that ends; without false records nobody is on it twice, so that is all."""
    sure = [world.name for world in lab.facts.worlds if not errs(world.left)]
    query = f"""
        WITH l AS (SELECT replicate, county, world, list, week // {YEAR_WEEKS} AS year, sum(exits)::BIGINT AS gone
                   FROM lists GROUP BY ALL),
             e AS (SELECT replicate, county, world, list, year, sum({" + ".join(HOW)})::BIGINT AS ended
                   FROM endings GROUP BY ALL)
        SELECT world, list, sum(coalesce(gone, 0))::BIGINT, sum(coalesce(ended, 0))::BIGINT FROM l
        FULL JOIN e USING (replicate, county, world, list, year)
        WHERE coalesce(gone, 0) > coalesce(ended, 0)
            OR (coalesce(gone, 0) < coalesce(ended, 0) AND list_contains({sure!r}::VARCHAR[], world))
        GROUP BY ALL ORDER BY ALL"""
    for world, name, gone, ended in _rows(lab, query):
        yield f"{world}, list {name}: {gone:,} exits where {ended:,} listings ended"


def _offices(lab: Lab) -> Iterator[str]:
    """What the sources write reaches the office of their scheme, at once where there is neither delay nor fusion."""
    pairs, at_once = [], []
    for world in lab.facts.worlds:
        for scheme in world.left.schemes:
            pairs += [f"('{world.name}', '{name}', '{scheme.scheme}')" for name in scheme.sources]
            if scheme.fusion is None and not any(source.delay_weeks for source in scheme.sources.values()):
                at_once.append(f"{world.name} {scheme.scheme}")
    if not pairs:
        return
    query = f"""
        WITH s AS (SELECT * FROM (VALUES {", ".join(pairs)}) AS v(world, source, scheme)),
             r AS (SELECT world, scheme, sum("true" + "false")::BIGINT AS written
                   FROM records JOIN s USING (world, source) GROUP BY ALL),
             p AS (SELECT world, scheme, sum(arrived)::BIGINT AS arrived FROM process GROUP BY ALL)
        SELECT world, scheme, coalesce(written, 0), coalesce(arrived, 0) FROM r FULL JOIN p USING (world, scheme)
        WHERE coalesce(arrived, 0) > coalesce(written, 0)
            OR (coalesce(arrived, 0) < coalesce(written, 0)
                AND list_contains({at_once!r}::VARCHAR[], world || ' ' || scheme))
        ORDER BY ALL"""
    for world, scheme, written, arrived in _rows(lab, query):
        yield f"{world}, {scheme}: {written:,} records written, {arrived:,} reached the office"


def _process(lab: Lab) -> Iterator[str]:
    """Every record that arrived was made good, was dropped, is in effect, or waits within a window."""
    waits = [
        f"{world.name} {scheme.scheme}"
        for world in lab.facts.worlds
        for scheme in world.left.schemes
        if scheme.due_process is not None and scheme.due_process.window is not None
    ]
    query = f"""
        SELECT world, scheme, count(*) FROM (
            SELECT *, sum(arrived - made_good - objection_upheld - in_effect) OVER so_far AS waiting,
                sum(appealed - appeal_upheld) OVER so_far AS undecided FROM process
            WINDOW so_far AS (PARTITION BY replicate, county, world, scheme, truth ORDER BY year))
        WHERE waiting < 0 OR undecided < 0 OR told > arrived OR objection_upheld > objected OR appealed > in_effect
            OR (waiting > 0 AND NOT list_contains({waits!r}::VARCHAR[], world || ' ' || scheme))
        GROUP BY ALL ORDER BY ALL"""
    for world, scheme, wrong in _rows(lab, query):
        yield f"{world}, {scheme}: in {wrong:,} entries records are lost between the office and their effect"


def _members(lab: Lab) -> Iterator[str]:
    """Persons by grade are everybody where the score applies to everybody, and never more."""
    by = ", ".join(("replicate", "county", *lab.facts.groups))
    sure = []
    for world in lab.facts.worlds:
        for scheme in world.left.schemes:
            everybody = scheme.opt_in is None and not scheme.rollout and not (world.exempts or world.covers)
            if scheme.score is not None and everybody:
                sure.append(f"('{world.name}', {lab.facts.week_of(scheme.in_force)})")
    query = f"""
        WITH g AS (SELECT {by}, world, period, sum(persons) AS n FROM grades GROUP BY ALL),
             q AS (SELECT {by}, sum(persons) AS everybody FROM people GROUP BY ALL),
             s AS (SELECT * FROM (VALUES {", ".join(sure) or "(NULL::VARCHAR, NULL::INTEGER)"}) AS v(world, week))
        SELECT world, count(*) FROM g JOIN q USING ({by}) LEFT JOIN s USING (world)
        WHERE n > everybody
            OR (n < everybody AND week < least((period + 1) * {PERIOD_WEEKS}, {lab.facts.weeks}))
        GROUP BY ALL ORDER BY ALL"""
    for world, wrong in _rows(lab, query):
        yield f"{world}: persons by grade are not those to whom the score applies, in {wrong:,} groups"


def _scores(lab: Lab) -> Iterator[str]:
    """At the end of a year everybody with a grade has a score."""
    last = lab.facts.periods - 1
    a_year = YEAR_WEEKS // PERIOD_WEEKS
    query = f"""
        WITH g AS (SELECT replicate, county, world, period // {a_year} AS year, sum(persons) AS n FROM grades
                   WHERE period % {a_year} = {a_year - 1} OR period = {last} GROUP BY ALL),
             s AS (SELECT replicate, county, world, year, sum(persons) AS n FROM scores GROUP BY ALL)
        SELECT world, count(*) FROM g FULL JOIN s USING (replicate, county, world, year)
        WHERE g.n IS DISTINCT FROM s.n GROUP BY ALL ORDER BY ALL"""
    for world, wrong in _rows(lab, query):
        yield f"{world}: in {wrong:,} counties and years there are more or fewer scores than grades"


def _denials_agree(lab: Lab) -> Iterator[str]:
    patterns = " UNION ALL ".join(
        f"SELECT '{name}' AS world, count FROM needs WHERE \"{name}\" = 'denied'" for name in lab.facts.names
    )
    query = f"""
        SELECT w.world, n.n, d.n, k.n, f.n FROM (SELECT unnest({list(lab.facts.names)!r}) AS world) w
        LEFT JOIN (SELECT world, sum(count)::BIGINT AS n FROM ({patterns}) GROUP BY 1) n USING (world)
        LEFT JOIN (SELECT world, sum(count)::BIGINT AS n FROM denials GROUP BY 1) d USING (world)
        LEFT JOIN (SELECT world, sum(denied)::BIGINT AS n FROM weekly GROUP BY 1) k USING (world)
        LEFT JOIN (SELECT world, sum(count)::BIGINT AS n FROM flow GROUP BY 1) f USING (world) ORDER BY 1"""
    for world, *counts in _rows(lab, query):
        numbers = [int(count or 0) for count in counts]
        if len(set(numbers)) > 1:
            yield (
                f"{world}: {numbers[0]:,} denials among the needs, {numbers[1]:,} by cause, {numbers[2]:,} by week,"
                f" {numbers[3]:,} by source"
            )
