"""Steps 3 and 4: who is reached, and who acts, refrains or turns elsewhere."""

from tests.twin.faults.fault import Fault

FAULTS = (
    Fault("occasions do not depend on arrears", "occasions.py", "life & CONDITION]", "life & 7]"),
    Fault("occasions do not depend on age", "occasions.py", "thin[lives.age[p],", "thin[0,"),
    Fault(
        "occasions of all worlds are those of the first",
        "occasions.py",
        "life = np.int64(hot[p, w, LIFE])",
        "life = np.int64(hot[p, 0, LIFE])",
    ),
    # undeterred
    Fault("the contrary follow the norm", "occasions.py", "NORM_CONTRARY if life & CONTRARY else NORM]", "NORM]"),
    Fault("the norm moves nobody", "occasions.py", "(mind.base[w, b] * norm) >> 16", "mind.base[w, b]"),
    Fault(
        "a norm beyond certainty is kept",
        "occasions.py",
        "min(ALWAYS, (mind.base[w, b] * norm) >> 16)",
        "(mind.base[w, b] * norm) >> 16",
    ),
    Fault("eight grievances are none", "occasions.py", "life >> GRIEVANCE & 15]", "life >> GRIEVANCE & 7]"),
    Fault(
        "nobody resents anything",
        "occasions.py",
        "(natural * mind.grievance[w, life >> GRIEVANCE & 15]) >> 16",
        "natural",
    ),
    # deterred
    Fault("nobody is deterred", "occasions.py", "        if known:\n", "        if known and t < 0:\n"),
    Fault("schemes that nobody knows deter", "occasions.py", "known &= known >> 8", "known = known >> 8"),
    Fault("schemes that do not apply deter", "occasions.py", "known &= known >> 8 & scratch", "known &= scratch"),
    Fault("schemes not in force deter", "occasions.py", "mind.deters[w, b] & scratch.in_force[w]", "mind.deters[w, b]"),
    Fault("the last scheme deters", "occasions.py", "most = max(most, (stakes", "most = max(0, (stakes"),
    Fault("the smallest reward pulls", "occasions.py", "else max(pull, here)", "else min(pull, here)"),
    Fault(
        "what rewards crowd out is never felt", "occasions.py", "here if first else max(pull, here)", "max(pull, here)"
    ),
    Fault(
        "rewards pull the more the more they crowd out",
        "occasions.py",
        "- stakes[STAKE_CROWDING]",
        "+ stakes[STAKE_CROWDING]",
    ),
    Fault("rewards are certain", "occasions.py", "(stakes[STAKE_REWARD] * power) >> 16", "stakes[STAKE_REWARD]"),
    Fault("the innocent fear nothing", "occasions.py", "risk - stakes[STAKE_INNOCENT]", "risk"),
    Fault("what everybody believes deters nobody", "occasions.py", " + climate.public[w, d, PUBLIC_RISK]", ""),
    Fault("the risk of another domain", "occasions.py", "faded(rest, t, d, world", "faded(rest, t, 0, world"),
    Fault("risk does not fade", "lives.py", "* fade[weeks]) >> 32", "* fade[0]) >> 32"),
    Fault("risk fades to nothing", "lives.py", "return prior + (((np.int64", "return 0 * prior + (((np.int64"),
    Fault("curves are not interpolated", "occasions.py", "(at & ((1 << shift) - 1))", "(at & 0)"),
    Fault(
        "a pull adds to what deters", "occasions.py", "(bound * (ONE + pull)) >> 16", "bound + ((natural * pull) >> 16)"
    ),
    # bands
    Fault(
        "every scheme thinks of the score",
        "occasions.py",
        "if world[WORLD_SCORE + SCORE_SCHEME] == h else FAR",
        "if h >= 0 else FAR",
    ),
    Fault(
        "no scheme thinks of the score",
        "occasions.py",
        "if world[WORLD_SCORE + SCORE_SCHEME] == h else FAR",
        "if h < 0 else FAR",
    ),
    Fault("next to a cut a point too far", "occasions.py", "if now - highest < points:", "if now - highest <= points:"),
    Fault("near a cut is two records away", "occasions.py", "< 3 * points else FAR", "< 2 * points else FAR"),
    Fault("below all cuts is far", "occasions.py", "        return BELOW\n", "        return FAR\n"),
    Fault("whoever stands on a cut is below it", "occasions.py", "        if cut > now:\n", "        if cut >= now:\n"),
    Fault("the lowest cut counts", "occasions.py", "        highest = cut\n", "        highest = cuts[0]\n"),
    Fault(
        "lists are no cuts",
        "parts.py",
        "np.concatenate([law.grade_from[:, 1:], entered], axis=1)",
        "law.grade_from[:, 1:].copy()",
    ),
    Fault(
        "grades are no cuts", "parts.py", "np.concatenate([law.grade_from[:, 1:], entered], axis=1)", "entered.copy()"
    ),
    Fault("distance is that of old points", "occasions.py", "    bring_accounts(mind.world[w], rest, t)\n", ""),
    # elsewhere
    Fault("whoever refrains turns elsewhere", "occasions.py", "if chance < natural and mind", "if mind"),
    Fault(
        "turning elsewhere is decided like acting",
        "occasions.py",
        "elsewhere = event_word(fate, e, c1, c2, np.uint64(mind.behaviours[b, BEHAVIOUR_WHY_DISPLACE]))",
        "elsewhere = chance",
    ),
    Fault("acts elsewhere have the words of the first", "occasions.py", "c1 + CALL * ELSEWHERE_CALL", "c1"),
    Fault(
        "whoever turns elsewhere does the same",
        "occasions.py",
        "scratch.queued, p, substitute,",
        "scratch.queued, p, b,",
    ),
    # what is decided before anybody is looked at
    Fault("nobody is deterred who could act", "occasions.py", "(natural * left) >> 30", "natural"),
    Fault("no reward pulls the unwilling", "occasions.py", "natural if left >= 0 else ALWAYS", "natural"),
    Fault(
        "minds are alike where grievances differ",
        "occasions.py",
        "CONDITION | CONTRARY | 15 << GRIEVANCE",
        "CONDITION | CONTRARY",
    ),
    Fault("backlash is looked up as none", "occasions.py", "(16 if life & CONTRARY else 0)", "0"),
    Fault("every person is the same in all worlds", "occasions.py", "apart & MINDED |", "0 * apart |"),
    Fault(
        "acts are heeded where the last world has a scheme",
        "occasions.py",
        "heeded = heeded or scratch.in_force[w] != 0",
        "heeded = scratch.in_force[w] != 0",
    ),
    Fault("what all worlds met makes no norm", "occasions.py", "NORM_SEEN] += number", "NORM_SEEN] += 0"),
    Fault("what all worlds did makes no norm", "occasions.py", "NORM_DONE] += number", "NORM_DONE] += 0"),
    # counts
    Fault("occasions make no norm", "occasions.py", "        norms[NORM_SEEN] += 1\n", ""),
    Fault("acts make no norm", "occasions.py", "            norms[NORM_DONE] += 1\n", ""),
    Fault("who turned elsewhere is not counted", "occasions.py", "W_DISPLACED] += 1", "W_DISPLACED] += 0"),
    Fault("refraining is no outcome", "occasions.py", "        outcome = _REFRAINED\n", "        outcome = 0\n"),
)
