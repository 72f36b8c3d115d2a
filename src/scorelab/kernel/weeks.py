"""The week of a county, in order.

1. Calendar: schemes in force, who knows and who joins them, the papers, norms, places freed.
2. Clocks: what is due arrives or ends; terms end, people make good, errors are corrected.
3. Fate: who meets which occasion.
4. Acts: each world keeps or drops the candidate, then acts, refrains or turns elsewhere.
5. Records: sources see or miss; false records are written.
6. Rules: what becomes of records; points, grades and listings.
7. Ties: points of last week that come along them (whom listings reach is looked up in step 8).
8. Needs: kept or not, asked or not, unsuccessful, granted, favoured or denied.
9. Economy: work lost and found, arrears begun and cleared.
10. Response: perceived risk moves, by one's own acts and by what one hears.
11. Tally: the stocks of the week; whom its changes reach next week.

``docs/week.md`` says each step to the bit.
"""

from scorelab.kernel.calendar import calendar
from scorelab.kernel.candidates import DRAWN_AT_ONCE, count
from scorelab.kernel.clocks import listed
from scorelab.kernel.counted import W_JOBLESS, W_LISTED
from scorelab.kernel.economy import hires, life_events
from scorelab.kernel.jit import inlined, jit
from scorelab.kernel.layout import (
    ARREARS,
    CLEARING,
    JOB_LOSS,
    MISTAKE,
    NEED,
    OCCASION,
    YEAR_WEEKS,
)
from scorelab.kernel.needs import needs
from scorelab.kernel.occasions import occasions
from scorelab.kernel.parts import (
    AGENDA_USED,
    FILES,
    FULL,
    SHARED_READY,
    SHARED_USED,
    STOCK_JOBLESS,
    STOCK_LISTED,
    Book,
)
from scorelab.kernel.process import agenda
from scorelab.kernel.records import mistakes, true_records
from scorelab.kernel.response import news, response
from scorelab.kernel.ties import channels_of_movers, shared_points


@jit
def tally_stocks(lives, weekly, turnover):  # type: ignore[no-untyped-def]
    """Step 11: who is on a list, jobless, in arrears, throttled, at the end of the week."""
    for w in range(weekly.shape[0]):
        for g in range(weekly.shape[1]):
            weekly[w, g, W_LISTED] = lives.stock[w, g, STOCK_LISTED]
            for stock in range(3):
                weekly[w, g, W_JOBLESS + stock] = lives.stock[w, g, STOCK_JOBLESS + stock]
        for l in range(turnover.shape[1]):  # noqa: E741
            turnover[w, l, 3] = lives.list_stock[w, l]


@jit
def has_room(tally, lives, queues, scratch, total, largest):  # type: ignore[no-untyped-def]
    """Whether the tables can take whatever this week's candidates could lead to, and the queues what is usual."""
    worlds = scratch.in_force.shape[0]
    used = tally.used
    tables = 2 * (used[0] + total) <= tally.occasions.shape[0] and 2 * (used[1] + total) <= tally.needs.shape[0]
    tables = tables and 2 * (used[2] + total * worlds) <= tally.denials.shape[0]
    tables = tables and 2 * (used[3] + total * worlds) <= tally.flow.shape[0]
    rows = 2 * queues.counter[AGENDA_USED] <= queues.agenda.shape[0]
    rows = rows and 2 * queues.counter[SHARED_USED] <= queues.shared.shape[0]
    rows = rows and 2 * lives.counter[FILES] <= lives.files.shape[0]
    return tables and rows and 2 * total <= scratch.acts.shape[0] and largest + DRAWN_AT_ONCE <= scratch.words.shape[1]


@inlined
def live_week(county, fate, kinds, law, lives, climate, queues, tally, scratch, t):  # type: ignore[no-untyped-def]
    """One week; ``law`` is (rules, watch, doors, mind, seasons)."""
    rules, watch, doors, mind, seasons = law
    year = t // YEAR_WEEKS
    book = Book(
        tally.weekly[t],
        tally.lists[t],
        tally.records[year],
        tally.points[year],
        tally.process[year],
        tally.endings[year],
        climate.public,
    )
    every = range(kinds.what.shape[0])
    calendar(seasons, county, lives.hot, climate, scratch.in_force, t)
    queues.counter[SHARED_READY] = queues.counter[SHARED_USED]
    agenda(fate, rules, lives, queues, book, t)
    listed(fate, rules, lives, queues, book, t)
    scratch.queued[0] = 0
    scratch.queued[1] = 0
    for k in every:
        if kinds.what[k] == OCCASION:
            occasions(county, fate, kinds, mind, lives, climate, tally, scratch, k, t)
    true_records(county, fate, watch, lives, queues, book, scratch, t)
    for k in every:
        if kinds.what[k] == MISTAKE:
            mistakes(county, fate, kinds, watch, lives, queues, book, scratch, tally.candidates, k, t)
    agenda(fate, rules, lives, queues, book, t)
    shared_points(county, rules, lives, queues, book, scratch.in_force, t)
    for k in every:
        if kinds.what[k] == NEED:
            needs(county, fate, kinds, doors, lives, climate, tally, scratch, k, t)
    for what in (JOB_LOSS, ARREARS, CLEARING):
        for k in every:
            if kinds.what[k] == what:
                life_events(county, fate, kinds, rules.world, lives, scratch, tally.candidates, k, t)
    hires(lives, scratch, t)
    response(fate, mind, lives, scratch, t)
    news(county, fate, mind, rules.process, lives, queues, t)
    tally_stocks(lives, book.weekly, book.turnover)
    channels_of_movers(county, rules, doors.channels, lives)


@jit
def live_weeks(county, fate, kinds, law, lives, climate, queues, tally, scratch, start, stop):  # type: ignore[no-untyped-def]
    """Live the weeks ``start`` .. ``stop - 1``; returns (week reached, candidates of that week, largest draw).

    It stops before a week for which some table has no room; the caller makes room and goes on. Queues that were
    full all the same say so in FULL: then the counts are wrong, and the county is lived again with more room.
    """
    for t in range(start, stop):
        total, largest = count(county, fate, kinds, scratch.numbers, t)
        if not has_room(tally, lives, queues, scratch, total, largest):
            return t, total, largest
        live_week(county, fate, kinds, law, lives, climate, queues, tally, scratch, t)
        if queues.counter[FULL]:
            return t, -1, -1
    return stop, 0, 0
