"""Before week 0, and step 1: schemes in force, who knows and joins, the papers, norms, openness."""

from tests.twin.faults.fault import Fault

FAULTS = (
    # before week 0
    Fault("nobody is contrary", "census.py", "fate, p, 0, contrary) < chance", "fate, p, 0, contrary) < 0 * chance"),
    Fault("who is contrary is drawn in another week", "census.py", "fate, p, 0, contrary", "fate, p, 1, contrary"),
    Fault("everybody is a member", "census.py", "worlds[w, WORLD_OPEN_TO_ALL] << 8", "255 << 8"),
    Fault("nobody is exempt from the start", "census.py", "county.exempt[p]) >> w & 1 == 0", "county.exempt[p]) >= 0"),
    Fault(
        "whoever is exempt in the first world is so in all",
        "census.py",
        "county.exempt[p]) >> w & 1",
        "county.exempt[p]) & 1",
    ),
    Fault("all begin in the lowest grade", "census.py", "life[STANDING] = lives.start[w]", "life[STANDING] = 0"),
    Fault("who is jobless at first is not counted", "census.py", "STOCK_JOBLESS] += 1", "STOCK_JOBLESS] += 0"),
    Fault("who is in arrears at first is not counted", "census.py", "STOCK_ARREARS] += 1", "STOCK_ARREARS] += 0"),
    Fault("nobody fears anything at first", "blank.py", "= law.prior[None, :, None]", "= 0"),
    # a, b
    Fault("schemes begin a week late", "calendar.py", "county.in_force[w, h] <= t:", "county.in_force[w, h] < t:"),
    Fault(
        "half of those who know beforehand do not",
        "calendar.py",
        "aware_rank[h, at]) < level",
        "aware_rank[h, at]) < level // 2",
    ),
    Fault("awareness comes a week late", "calendar.py", "seasons.aware[w, h, t]", "seasons.aware[w, h, max(0, t - 1)]"),
    Fault(
        "all worlds know what the first one knows", "calendar.py", "seasons.aware[w, h, t]", "seasons.aware[0, h, t]"
    ),
    Fault(
        "joining counts from week 0",
        "calendar.py",
        "seasons.joins[w, h, t - county.in_force[w, h]]",
        "seasons.joins[w, h, t]",
    ),
    Fault("whoever joins does not know it", "calendar.py", "np.uint16(257 << h)", "np.uint16(256 << h)"),
    Fault("the exempt join", "calendar.py", "county.exempt[p]) >> w & 1 == 0", "county.exempt[p]) >= 0"),
    Fault(
        "people join a week before there is anything",
        "calendar.py",
        "in_force[w, h] > t or",
        "in_force[w, h] > t + 1 or",
    ),
    Fault(
        "schemes for everybody are joined too", "calendar.py", " or seasons.world[w, WORLD_OPEN_TO_ALL] >> h & 1", ""
    ),
    # c
    Fault(
        "public risk does not fade",
        "calendar.py",
        "(row[PUBLIC_RISK] * world[WORLD_PUBLIC_FADE]) >> 32",
        "row[PUBLIC_RISK]",
    ),
    Fault("campaigns lift no belief", "calendar.py", "seasons.media[w, d, t] + lift", "lift"),
    Fault("publication lifts no belief", "calendar.py", "seasons.media[w, d, t] + lift", "seasons.media[w, d, t]"),
    Fault("a listing is as public in a large county", "calendar.py", "// max(1, county.adults)", "// 1"),
    Fault("a lift adds to what is certain", "calendar.py", "((65535 - row[PUBLIC_RISK]) * min", "(65535 * min"),
    Fault("old listings stay in the papers", "calendar.py", "        row[PUBLIC_NEWS] = 0\n", "        pass\n"),
    # d
    Fault("a campaign's push lasts a week", "calendar.py", "row[NORM_PUSH] + seasons", "seasons"),
    Fault("campaigns push without bounds", "calendar.py", ", -NORM_BOUND), NORM_BOUND)", ", -(1 << 30)), 1 << 30)"),
    Fault(
        "others' acts are remembered for half as long",
        "calendar.py",
        "- row[NORM_ACTS]) >> 4",
        "- row[NORM_ACTS]) >> 3",
    ),
    Fault(
        "occasions are remembered for half as long",
        "calendar.py",
        "- row[NORM_OCCASIONS]) >> 4",
        "- row[NORM_OCCASIONS]) >> 3",
    ),
    Fault("occasions of all weeks are those of this week", "calendar.py", "    row[NORM_SEEN] = 0\n", ""),
    Fault("acts of all weeks are those of this week", "calendar.py", "    row[NORM_DONE] = 0\n", ""),
    Fault("a few acts are a norm", "calendar.py", "usual + NORM_PRIOR * chance", "usual + chance"),
    Fault("a departure has no upper bound", "calendar.py", "// weight, -ONE), ONE)", "// weight, -ONE), 9 * ONE)"),
    Fault(
        "nobody is carried along", "calendar.py", "(seasons.world[w, WORLD_CONTAGION] * departure) >> 16", "np.int64(0)"
    ),
    Fault(
        "the contrary are pushed like others",
        "calendar.py",
        "exponential, caught - push)",
        "exponential, caught + push)",
    ),
    Fault(
        "the contrary resist each other", "calendar.py", "exponential, caught - push)", "exponential, -caught - push)"
    ),
    Fault("the exponential is not interpolated", "calendar.py", "(y & 1023)", "(y & 0)"),
    Fault("the exponential ends early", "calendar.py", "max(x, -NORM_RANGE)", "max(x, -NORM_RANGE // 2)"),
    # e
    Fault(
        "no place is filled again", "calendar.py", "share = min(ONE, seasons.refill", "share = min(0, seasons.refill"
    ),
    Fault("freed places are not shared out", "calendar.py", "// row[PLACE_FAILED])", "// 1)"),
    Fault("freed places stay free", "calendar.py", "            row[PLACE_FREED] = 0\n", ""),
    Fault("who failed once waits for ever", "calendar.py", "            row[PLACE_FAILED] = 0\n", ""),
    Fault("openness adds to success", "calendar.py", "((ALWAYS - seasons.success[s]) * share)", "(ALWAYS * share)"),
)
