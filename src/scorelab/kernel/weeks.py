"""The week of a county, in order.

1. Calendar: which schemes are in force in which world.
2. Clocks: delayed records arrive; terms end, people make good, errors are corrected.
3. Fate: who meets which occasion.
4. Acts: each world keeps or drops the candidate, then acts or refrains.
5. Records: sources see or miss; false records are written.
6. Rules: points and listings.
7. Ties: what a parent's listing of last week does this week (looked up in step 8).
8. Needs: kept or not, asked or not, unsuccessful, granted or denied.
9. Economy: jobs lost and found.
10. Response: perceived risk moves.
11. Tally: the stocks of the week.

``docs/week.md`` says each step to the bit.
"""

from scorelab.kernel.candidates import count
from scorelab.kernel.clocks import arrivals, listed
from scorelab.kernel.economy import hires, job_losses
from scorelab.kernel.jit import inlined, jit
from scorelab.kernel.layout import JOB_LOSS, MISTAKE, NEED, OCCASION, W_JOBLESS, W_LISTED, YEAR_WEEKS
from scorelab.kernel.needs import needs
from scorelab.kernel.occasions import occasions
from scorelab.kernel.records import mistakes, true_records
from scorelab.kernel.response import response


@jit
def calendar(first_week, in_force, t):  # type: ignore[no-untyped-def]
    """Step 1: the schemes in force in each world, as bits."""
    for w in range(first_week.shape[0]):
        in_force[w] = 0
        for h in range(first_week.shape[1]):
            if first_week[w, h] <= t:
                in_force[w] |= 1 << h


@jit
def tally_stocks(lives, weekly, turnover):  # type: ignore[no-untyped-def]
    """Step 11: who is on a list, and who is jobless, at the end of the week."""
    for w in range(weekly.shape[0]):
        for g in range(weekly.shape[1]):
            weekly[w, g, W_LISTED] = lives.stock[w, g]
            weekly[w, g, W_JOBLESS] = lives.jobless[w, g]
        for l in range(turnover.shape[1]):  # noqa: E741
            turnover[w, l, 3] = lives.list_stock[w, l]


@jit
def has_room(tally, pending, scratch, sources, total, largest):  # type: ignore[no-untyped-def]
    """Whether every table can take whatever this week's candidates could lead to."""
    worlds = scratch.in_force.shape[0]
    used = tally.used
    tables = 2 * (used[0] + total) <= tally.occasions.shape[0] and 2 * (used[1] + total) <= tally.needs.shape[0]
    tables = tables and 2 * (used[2] + total * worlds) <= tally.denials.shape[0]
    tables = tables and 2 * (used[3] + total * worlds) <= tally.flow.shape[0]
    waiting = pending.used[0] + total * worlds * max(1, sources) <= pending.rows.shape[0]
    return tables and waiting and total <= scratch.acts.shape[0] and largest <= scratch.words.shape[1]


@inlined
def live_week(county, fate, kinds, law, lives, pending, tally, scratch, t):  # type: ignore[no-untyped-def]
    """One week, for which all tables have room; ``law`` is (rules, watch, doors, mind)."""
    rules, watch, doors, mind = law
    weekly, turnover = tally.weekly[t], tally.lists[t]
    book = (weekly, turnover, tally.records[t // YEAR_WEEKS])
    every = range(kinds.what.shape[0])
    calendar(rules.in_force, scratch.in_force, t)
    arrivals(fate, rules, lives, pending, weekly, turnover, t)
    listed(fate, rules, lives, weekly, turnover, t)
    scratch.queued[0] = 0
    scratch.queued[1] = 0
    for k in every:
        if kinds.what[k] == OCCASION:
            occasions(county, fate, kinds, mind, lives, tally, scratch, k, t)
    true_records(fate, watch, rules, lives, pending, book, scratch, t)
    for k in every:
        if kinds.what[k] == MISTAKE:
            mistakes(county, fate, kinds, watch, rules, lives, pending, book, scratch, tally.candidates, k, t)
    for k in every:
        if kinds.what[k] == NEED:
            needs(county, fate, kinds, doors, lives, tally, scratch, k, t)
    for k in every:
        if kinds.what[k] == JOB_LOSS:
            job_losses(county, fate, kinds, lives, scratch, tally.candidates, k, t)
    hires(lives, scratch)
    response(fate, mind, lives.rest, scratch, t)
    tally_stocks(lives, weekly, turnover)


@jit
def live_weeks(county, fate, kinds, law, lives, pending, tally, scratch, start, stop):  # type: ignore[no-untyped-def]
    """Live the weeks ``start`` .. ``stop - 1``; returns (week reached, candidates of that week, largest draw).

    It stops before a week for which some table has no room; the caller makes room and goes on.
    """
    sources = law[1].sensitivity.shape[1]
    for t in range(start, stop):
        total, largest = count(county, fate, kinds, scratch.numbers, t)
        if not has_room(tally, pending, scratch, sources, total, largest):
            return t, total, largest
        live_week(county, fate, kinds, law, lives, pending, tally, scratch, t)
    return stop, 0, 0
