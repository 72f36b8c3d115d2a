"""Steps 9 and 10: work and arrears, and what people learn."""

from tests.twin.faults.fault import Fault

_OWN = "    response(fate, mind, lives, scratch, t)\n"
_NEWS = "    news(county, fate, mind, rules.process, lives, queues, t)\n"

FAULTS = (
    # work, arrears
    Fault(
        "jobs are lost by those who have none",
        "economy.py",
        "        if now & 7 != _WORKING:\n            return 0\n",
        "",
    ),
    Fault("life events do not depend on age", "economy.py", "chance = thin[lives.age[p], np", "chance = thin[0, np"),
    Fault(
        "life events do not depend on the condition",
        "economy.py",
        "np.int64(hot[p, w, LIFE]) & CONDITION]",
        "np.int64(hot[p, w, LIFE]) & 7]",
    ),
    Fault("no published list costs the job", "economy.py", "times(rate, ONE + world[WORLD_STIGMA])", "rate"),
    Fault("every list costs the job", "economy.py", "if lists & world[WORLD_PUBLISHED]:", "if lists:"),
    Fault(
        "published lists cost the job by true records only",
        "economy.py",
        "lists = np.int64(life[TRUE_LISTS]) | np.int64(life[FALSE_LISTS])",
        "lists = np.int64(life[TRUE_LISTS])",
    ),
    Fault("stigma costs more than the job", "economy.py", "if what == JOB_LOSS and chance > 0:", "if chance > 0:"),
    Fault(
        "stigma is that of the first world",
        "economy.py",
        "raised(chance, hot[p, w], worlds[w])",
        "raised(chance, hot[p, w], worlds[0])",
    ),
    Fault(
        "arrears end for those who have none",
        "economy.py",
        "elif (now & IN_ARREARS != 0) == (what == ARREARS):",
        "elif what == ARREARS and now & IN_ARREARS != 0:",
    ),
    Fault("arrears never end", "economy.py", "        lives.hot[p, w, LIFE] = now & ~IN_ARREARS\n", ""),
    Fault("arrears that end are still counted", "economy.py", "STOCK_ARREARS] -= 1", "STOCK_ARREARS] -= 0"),
    Fault("arrears that begin are not counted", "lives.py", "STOCK_ARREARS] += 1", "STOCK_ARREARS] += 0"),
    Fault(
        "a job lost is not counted",
        "lives.py",
        "STOCK_JOBLESS] += 1 if condition == _JOBLESS else -1",
        "STOCK_JOBLESS] += 0 if condition == _JOBLESS else -1",
    ),
    Fault("who loses work has no arrears", "lives.py", "& 0xFFF8) | condition", "& 0xFFF0) | condition"),
    Fault(
        "life events are kept that change nobody",
        "economy.py",
        "kept |= life_event(lives, what, p, w, t)",
        "kept |= 1 | life_event(lives, what, p, w, t)",
    ),
    Fault(
        "arrears end before they begin",
        "weeks.py",
        "for what in (JOB_LOSS, ARREARS, CLEARING):",
        "for what in (JOB_LOSS, CLEARING, ARREARS):",
    ),
    Fault(
        "hires before losses",
        "weeks.py",
        "    for what in (JOB_LOSS, ARREARS, CLEARING):\n",
        "    hires(lives, scratch, t)\n    for what in (JOB_LOSS, ARREARS, CLEARING):\n",
    ),
    Fault(
        "who works already is hired once more",
        "economy.py",
        " and np.int64(lives.hot[p, w, LIFE]) & 7 == _JOBLESS:",
        ":",
    ),
    Fault("all worlds hire", "economy.py", "if scratch.hires[row, 1] >> w & 1 and", "if scratch.hires[row, 1] and"),
    # own experience
    Fault("acts that nobody saw frighten too", "response.py", "65535 if act[6] >> w & 1 else 0", "65535"),
    Fault("acts that were seen do not frighten", "response.py", "65535 if act[6] >> w & 1 else 0", "0"),
    Fault("who did not act learns", "response.py", "act[5] >> w & 1 and ", ""),
    Fault("who knows no scheme for the act learns", "response.py", "known & known >> 8 & ", "known >> 8 & "),
    Fault("those to whom no scheme for the act applies learn", "response.py", "known & known >> 8 & ", "known & "),
    Fault("people learn where no scheme counts for the act", "response.py", " & mind.deters[w, b] &", " &"),
    Fault("people learn of a scheme not in force", "response.py", " & scratch.in_force[w]:", ":"),
    Fault(
        "all worlds learn alike",
        "response.py",
        "rate = mind.world[w, WORLD_LEARNING]",
        "rate = mind.world[0, WORLD_LEARNING]",
    ),
    Fault(
        "experience is of the first domain",
        "response.py",
        "w, t, behaviour[BEHAVIOUR_DOMAIN], target",
        "w, t, 0 * behaviour[BEHAVIOUR_DOMAIN], target",
    ),
    Fault(
        "nothing passes to other domains",
        "response.py",
        "passed = (world[WORLD_SPREAD] * change) >> 16",
        "passed = np.int64(0)",
    ),
    Fault(
        "everything passes to other domains",
        "response.py",
        "passed = (world[WORLD_SPREAD] * change) >> 16",
        "passed = change",
    ),
    Fault("risk is always rounded down", "response.py", "((moved + half) >> 16)", "((moved + 0 * half) >> 16)"),
    Fault("one half-word for all domains", "response.py", "(16 * (d % 2))", "(0 * d)"),
    Fault("one word for all domains", "response.py", "rounding[d // 2]", "rounding[0]"),
    Fault(
        "all behaviours round alike",
        "response.py",
        "behaviour[BEHAVIOUR_WHY_ROUND]",
        "mind.behaviours[0, BEHAVIOUR_WHY_ROUND]",
    ),
    Fault("risk fades twice", "response.py", "rest[MIND + RISK_WEEK] = t", "rest[MIND + RISK_WEEK] = 0"),
    Fault(
        "the other domains fade no more",
        "response.py",
        "rest[MIND + RISK + d] = faded(rest, t, d, world[WORLD_PRIOR], mind.fade[w])",
        "rest[MIND + RISK + d] = faded(rest, t, d, world[WORLD_PRIOR], mind.fade[w]) if d == met else rest[11 + d]",
    ),
    Fault("risk passes certainty", "response.py", "min(max(now, 0), 65535)", "max(now, 0) & 65535"),
    # news
    Fault(
        "nobody hears",
        "response.py",
        "if np.int64(word) < world[WORLD_TALK]:",
        "if np.int64(word) < 0 * world[WORLD_TALK]:",
    ),
    Fault("the household does not talk", "response.py", "_HEARERS = (int(Tie.household), ", "_HEARERS = ("),
    Fault("colleagues do not talk", "response.py", ", int(Tie.colleague))", ")"),
    Fault(
        "partners talk twice",
        "response.py",
        "_HEARERS = (int(Tie.household)",
        "_HEARERS = (int(Tie.partner), int(Tie.household)",
    ),
    Fault(
        "who hears of a listing does not know why",
        "response.py",
        "                    lives.hot[q, w, KNOWN] |= np.uint16(1 << h)\n",
        "",
    ),
    Fault(
        "who hears learns like who acts",
        "response.py",
        "65535, world[WORLD_HEARD], rounding",
        "65535, world[WORLD_LEARNING], rounding",
    ),
    Fault(
        "what one hears is rounded by what made one hear",
        "response.py",
        "words_by_person(fate, q, t + CALL, why)",
        "words_by_person(fate, q, t, why)",
    ),
    Fault("the listed hear of themselves", "response.py", "q = np.int64(county.tie[at])", "q = np.int64(p)"),
    Fault(
        "all schemes are heard of alike",
        "response.py",
        "process[w, h, PROCESS_WHY_HEAR]",
        "process[w, 0, PROCESS_WHY_HEAR]",
    ),
    Fault("news come before own experience", "weeks.py", _OWN + _NEWS, _NEWS + _OWN),
    Fault("old news are told again", "response.py", "    queues.counter[NEWS_USED] = 0\n", ""),
)
