"""Step 11 and what is counted at set dates."""

from tests.twin.faults.fault import Fault

_BOTH = "lists = np.int64(lives.hot[p, w, TRUE_LISTS]) | np.int64(lives.hot[p, w, FALSE_LISTS])"

FAULTS = (
    Fault(
        "the throttled are those in arrears",
        "weeks.py",
        "lives.stock[w, g, STOCK_JOBLESS + stock]",
        "lives.stock[w, g, STOCK_JOBLESS + min(stock, 1)]",
    ),
    Fault(
        "the listed of all groups are those of the first",
        "weeks.py",
        "weekly[w, g, W_LISTED] = lives.stock[w, g, STOCK_LISTED]",
        "weekly[w, g, W_LISTED] = lives.stock[w, 0, STOCK_LISTED]",
    ),
    Fault(
        "who is on a list is not counted by list",
        "weeks.py",
        "turnover[w, l, 3] = lives.list_stock[w, l]",
        "turnover[w, l, 3] = 0",
    ),
    Fault(
        "years have a week less",
        "weeks.py",
        "year = t // YEAR_WEEKS",
        "year = min((t + 1) // YEAR_WEEKS, tally.records.shape[0] - 1)",
    ),
    # periods
    Fault(
        "periods begin a week early",
        "occasions.py",
        "key = ((t // PERIOD_WEEKS * 256 + g)",
        "key = (((t + 1) // PERIOD_WEEKS * 256 + g)",
    ),
    Fault("stocks by true records only", "census.py", _BOTH, "lists = np.int64(lives.hot[p, w, TRUE_LISTS])"),
    Fault(
        "stocks of all lists are those of the first",
        "census.py",
        "                if lists >> l & 1:\n",
        "                if lists & 1:\n",
    ),
    Fault("stocks of groups are mixed up", "census.py", "* 256 + np.int64(lives.group[p])) * 256", "* 256) * 256"),
    Fault(
        "the last period is not counted",
        "live.py",
        "if t % PERIOD_WEEKS == 0 or t == weeks:",
        "if t % PERIOD_WEEKS == 0:",
    ),
    # grades and scores
    Fault(
        "grades of whoever is no member",
        "census.py",
        "            if applies(life, h, in_force[w]):\n",
        "            if h >= 0:\n",
    ),
    Fault(
        "grades are those of own points",
        "census.py",
        "np.int64(life[STANDING]) & 15] += 1",
        "np.int64(life[STANDING]) >> 8 & 15] += 1",
    ),
    Fault(
        "scores of whoever is no member",
        "census.py",
        "            if applies(lives.hot[p, w], h, in_force[w]):\n",
        "            if h >= 0:\n",
    ),
    Fault("scores are those of old points", "census.py", "                bring_accounts(world, rest, t)\n", ""),
    Fault("the highest score is in a bin of its own", "census.py", "- lowest + 1\n", "- lowest + 2\n"),
    Fault(
        "scores without points of ties",
        "census.py",
        "score(world, rest, True, True) - lowest",
        "score(world, rest, True, False) - lowest",
    ),
    # years
    Fault("the year's marks stay", "census.py", "np.uint16(0xFF00)", "np.uint16(0xFFFF)"),
    Fault("the year's acts stay", "census.py", "np.uint16(0xFF00)", "np.uint16(0xFF30)"),
    Fault("the run's marks go with the year", "census.py", "np.uint16(0xFF00)", "np.uint16(0x0000)"),
    Fault("who asked in one year asks in the next", "census.py", "np.uint16(0xFFDF)", "np.uint16(0xFFFF)"),
    Fault("a new year forgets who is listed", "census.py", "|= np.uint16(RESTRICTED)", "|= np.uint16(0)"),
    Fault("a new year restricts the honoured", "census.py", "if lists & ~worlds[w, WORLD_RED]:", "if lists:"),
    Fault(
        "the restricted are the denied",
        "census.py",
        "restricted = 1 if marks & RESTRICTED else 0",
        "restricted = 1 if marks & DENIED else 0",
    ),
    Fault(
        "who acted is forgotten after a year", "occasions.py", "np.uint16(mark | mark << RUN_SHIFT)", "np.uint16(mark)"
    ),
    Fault(
        "who turned to the substitute did nothing",
        "occasions.py",
        "mark_act(lives.hot, mind.misdeed, p, substitute, displaced)",
        "pass",
    ),
    Fault(
        "an act in one world is one in all",
        "occasions.py",
        "        if worlds >> w & 1:\n            mark =",
        "        if worlds:\n            mark =",
    ),
    Fault("lawful acts are misdeeds", "parts.py", "law.standing[None, :] == 0", "law.standing[None, :] <= 1"),
    Fault(
        "what any world watches is recordable in all",
        "parts.py",
        "watched = np.any(law.alert > 0, axis=1)\n",
        "watched = np.broadcast_to(np.any(law.alert > 0, axis=(0, 1)), law.base.shape)\n",
    ),
    Fault("children are among those who acted", "census.py", "lives.age[p] >= _ADULT", "lives.age[p] >= 0"),
    Fault(
        "the restricted did it all",
        "census.py",
        "N_RECORDABLE_RESTRICTED if recordable else N_OTHER_RESTRICTED",
        "N_RECORDABLE_RESTRICTED",
    ),
    Fault("who acted is recordable", "census.py", "marks & RECORDABLE != 0", "marks & ACTED != 0"),
    Fault("the denied are the restricted", "census.py", "row[treated + 1] += denied", "row[treated + 1] += restricted"),
    Fault("the run has the last year's askers", "census.py", "asked = 6 if shift else 5", "asked = 5"),
    Fault(
        "the last year is not counted", "live.py", "if t % YEAR_WEEKS == 0 or t == weeks:", "if t % YEAR_WEEKS == 0:"
    ),
    # the run
    Fault("many denials are ten", "census.py", "min(11, np.int64(", "min(10, np.int64("),
    Fault(
        "ever denied in the last year",
        "census.py",
        "MARKS]) >> RUN_SHIFT & DENIED:",
        "MARKS]) & DENIED:",
    ),
    Fault(
        "ever restricted",
        "census.py",
        "MARKS]) >> RUN_SHIFT & DENIED:",
        "MARKS]) >> RUN_SHIFT & RESTRICTED:",
    ),
    Fault("children are adults", "live.py", "CELLS_AN_AGE >= 2]", "CELLS_AN_AGE >= 1]"),
    Fault("the denied did not ask", "live.py", "W_UNSUCCESSFUL : W_DENIED + 1", "W_UNSUCCESSFUL:W_DENIED"),
    Fault(
        "needs are what is asked for",
        "live.py",
        "weekly[..., W_ASKED] + weekly[..., W_NOT_ASKED]",
        "weekly[..., W_ASKED]",
    ),
    # candidates
    Fault(
        "occasions drawn are not counted",
        "occasions.py",
        "tally.candidates[k, 0] += n",
        "tally.candidates[k, 0] += 0 * n",
    ),
    Fault(
        "needs that all worlds met are not kept",
        "needs.py",
        "                kept += 1\n                alike",
        "                alike",
    ),
    Fault(
        "mistakes drawn are kept",
        "records.py",
        "candidates[k, 1] += one_mistake(",
        "candidates[k, 1] += 1 | one_mistake(",
    ),
)
