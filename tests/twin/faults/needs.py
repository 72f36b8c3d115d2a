"""Step 8: what closes a door, what people ask for and get, and what a refusal does to them."""

from tests.twin.faults.fault import Fault

FAULTS = (
    # what closes
    Fault(
        "false listings close nothing",
        "doors.py",
        "false_lists = np.int64(life[FALSE_LISTS]) & door[DOOR_LISTS]",
        "false_lists = np.int64(0) * life[FALSE_LISTS]",
    ),
    Fault(
        "channels of false records close nothing",
        "doors.py",
        "false_tied = np.int64(life[TIED_FALSE]) & door[DOOR_TIED]",
        "false_tied = np.int64(0) * life[TIED_FALSE]",
    ),
    Fault(
        "every list closes every door",
        "doors.py",
        "true_lists = np.int64(life[TRUE_LISTS]) & door[DOOR_LISTS]",
        "true_lists = np.int64(life[TRUE_LISTS])",
    ),
    Fault(
        "grades close where no score applies",
        "doors.py",
        "door[DOOR_GRADES] if scored else np.int64(0)",
        "door[DOOR_GRADES]",
    ),
    Fault(
        "the grade of own points closes",
        "doors.py",
        "    now = np.int64(life[STANDING]) & 15\n    grade =",
        "    now = np.int64(life[STANDING]) >> 8 & 15\n    grade =",
    ),
    Fault("doors close wholly", "doors.py", "    if door[DOOR_PARTIAL]:\n", "    if door[DOOR_PARTIAL] < 0:\n"),
    Fault(
        "channels are as strong as lists",
        "doors.py",
        "true_tied = strong(true_tied, strength, CHANNEL_STATUS,",
        "true_tied = strong(true_tied, strength, 0,",
    ),
    Fault(
        "grades are as strong as lists",
        "doors.py",
        "strong(grades, strength, GRADE_STATUS,",
        "strong(grades, strength, 0,",
    ),
    Fault(
        "strength is decided by luck",
        "needs.py",
        "np.uint64(doors.services[s, SERVICE_WHY_DOOR])",
        "np.uint64(doors.services[s, SERVICE_WHY_ASK])",
    ),
    Fault(
        "the last status closes no door",
        "doors.py",
        "return shut.true_lists | shut.false_lists | shut.true_tied | shut.false_tied != 0 or shut.grade >= 0",
        "return shut.true_lists | shut.false_lists | shut.true_tied | shut.false_tied != 0",
    ),
    Fault(
        "grades are never looked at",
        "doors.py",
        "lists | tied | (door[DOOR_GRADES] >> (np.int64(life[STANDING]) & 15) & 1) != 0",
        "lists | tied != 0",
    ),
    # asking
    Fault(
        "everybody asks",
        "needs.py",
        "if shy < doors.world[w, WORLD_NOT_ASKING]:",
        "if shy < 0 * doors.world[w, WORLD_NOT_ASKING]:",
    ),
    Fault(
        "who knows nothing does not ask",
        "needs.py",
        "            if np.int64(life[KNOWN]) & schemes:\n",
        "            if schemes:\n",
    ),
    Fault(
        "the scheme behind a channel is another", "doors.py", "status_scheme[CHANNEL_STATUS + x]", "status_scheme[x]"
    ),
    Fault(
        "the scheme behind a grade is that of a list",
        "doors.py",
        "status_scheme[GRADE_STATUS + shut.grade]",
        "status_scheme[shut.grade]",
    ),
    Fault(
        "false listings have no scheme behind them",
        "doors.py",
        "if (shut.true_lists | shut.false_lists) >> l & 1:",
        "if shut.true_lists >> l & 1:",
    ),
    # outcomes
    Fault("the unlucky are denied", "needs.py", "            if not lucky:\n", "            if not lucky and t < 0:\n"),
    Fault(
        "others' places help nobody who is marked",
        "needs.py",
        "lucky = luck < place[PLACE_OPEN]",
        "lucky = luck < doors.services[s, SERVICE_SUCCESS]",
    ),
    Fault(
        "places are as open as in the first world",
        "needs.py",
        "place = climate.places[w, s]",
        "place = climate.places[0, s]",
    ),
    Fault("nobody is favoured", "needs.py", "luck < lifted(door", "luck < 0 * lifted(door"),
    Fault("the smallest favour counts", "doors.py", "best = max(best, lift[l])", "best = lift[l]"),
    Fault(
        "favours by grade without effect",
        "doors.py",
        "best = max(best, lift[GRADE_STATUS + now])",
        "best = max(best, 0)",
    ),
    Fault(
        "favours by grade where no score applies",
        "doors.py",
        "if scored and door[FAVOUR_GRADES]",
        "if door[FAVOUR_GRADES]",
    ),
    Fault(
        "favours by true records only",
        "doors.py",
        "(np.int64(life[TRUE_LISTS]) | np.int64(life[FALSE_LISTS])) & door[FAVOUR_LISTS]",
        "np.int64(life[TRUE_LISTS]) & door[FAVOUR_LISTS]",
    ),
    Fault("nobody loses favours", "doors.py", "& door[UNFAVOUR_TIED]:", "& door[UNFAVOUR_TIED] & 0:"),
    Fault(
        "whoever asks is not marked",
        "needs.py",
        "            life[LIFE] |= np.uint16(ASKED)\n            if not lucky:",
        "            if not lucky:",
    ),
    Fault(
        "whoever is served did not ask",
        "needs.py",
        "    life[LIFE] |= np.uint16(ASKED)\n    if lucky:",
        "    if lucky:",
    ),
    Fault("the unlucky met no bar", "needs.py", "W_UNSUCCESSFUL_BARRED] += 1", "W_UNSUCCESSFUL_BARRED] += 0"),
    # what a refusal does
    Fault(
        "every refusal is a grievance",
        "needs.py",
        "    if np.int64(life[KNOWN]) & schemes == 0:\n",
        "    if schemes >= 0:\n",
    ),
    Fault(
        "no refusal is a grievance",
        "needs.py",
        "    if np.int64(life[KNOWN]) & schemes == 0:\n",
        "    if schemes < 0:\n",
    ),
    Fault("a refusal teaches nothing", "needs.py", "    life[KNOWN] |= np.uint16(schemes)\n", ""),
    Fault("a refusal is not felt", "needs.py", "    feel(lives, shut, p, w)\n", ""),
    Fault(
        "refusals over false records are not felt",
        "needs.py",
        "lists = shut.true_lists | shut.false_lists\n    l = 0",
        "lists = shut.true_lists\n    l = 0",
    ),
    Fault(
        "refusals cost everywhere", "needs.py", "bound = owing if doors.world[w, WORLD_SPIRAL] else 0", "bound = owing"
    ),
    Fault(
        "refusals cost nobody anything",
        "needs.py",
        "bound = owing if doors.world[w, WORLD_SPIRAL] else 0",
        "bound = 0 * owing",
    ),
    Fault(
        "what a refusal costs is decided like asking",
        "needs.py",
        "np.uint64(service[SERVICE_WHY_OWE])",
        "np.uint64(service[SERVICE_WHY_ASK])",
    ),
    Fault("retries share the first call", "needs.py", "(1 + made // 4)", "1"),
    Fault("retries begin with the word of asking", "needs.py", "(1 + made // 4)", "(made // 4)"),
    Fault(
        "the last refusal is not counted",
        "needs.py",
        "                return made + 1\n",
        "                return made\n",
    ),
    Fault("32 further tries", "layout.py", "MAX_TRIES = 31", "MAX_TRIES = 32"),
    # places
    Fault("refused places are not free", "needs.py", "place[PLACE_FREED] += 1", "place[PLACE_FREED] += 0"),
    Fault("who fails does not wait", "needs.py", "place[PLACE_FAILED] += 1", "place[PLACE_FAILED] += 0"),
    Fault(
        "who fails everywhere does not wait", "needs.py", "PLACE_FAILED] += 0 if luck else number", "PLACE_FAILED] += 0"
    ),
    # the same everywhere
    Fault(
        "all worlds are alike where somebody has a status",
        "needs.py",
        "if simple and first & MARKED == 0 and",
        "if simple and",
    ),
    Fault(
        "all worlds are alike where conditions differ",
        "needs.py",
        "if apart | first & TRACED == 0:",
        "if first & TRACED == 0:",
    ),
    Fault(
        "all worlds are as open as the first",
        "needs.py",
        "lowest = min(lowest, places[w, s, PLACE_OPEN])",
        "pass",
    ),
    Fault(
        "the grade of the start favours nobody",
        "needs.py",
        "(door[FAVOUR_GRADES] | door[DOOR_GRADES]) >> (start",
        "door[DOOR_GRADES] >> (start",
    ),
    Fault(
        "the grade of the start closes nothing",
        "needs.py",
        "(door[FAVOUR_GRADES] | door[DOOR_GRADES]) >> (start",
        "door[FAVOUR_GRADES] >> (start",
    ),
    Fault(
        "whoever is as others finds no work",
        "needs.py",
        "same = doors.services[s, SERVICE_WORK] == 0",
        "same = doors.services[s, SERVICE_WORK] >= 0",
    ),
    Fault("what all met is counted once more", "needs.py", "            alike[g, luck] = 0\n", ""),
    Fault(
        "who is as others did not ask",
        "needs.py",
        "                    hot[p, w, LIFE] |= np.uint16(ASKED)\n",
        "                    pass\n",
    ),
    Fault(
        "needs do not depend on the condition",
        "needs.py",
        "if reach >= thin[lives.age[p], condition]:",
        "if reach >= thin[lives.age[p], 2]:",
    ),
    # work
    Fault("nobody is hired", "needs.py", "            hired |= 1 << w\n", "            hired |= 0\n"),
    Fault("every service gives work", "needs.py", "if served and work and condition", "if served and condition"),
    Fault(
        "the favoured are not hired",
        "needs.py",
        "served = outcome in (_GRANTED, _FAVOURED)",
        "served = outcome == _GRANTED",
    ),
    Fault(
        "schemes cost jobs where they should not",
        "needs.py",
        "if doors.world[w, WORLD_SPIRAL] == 0:",
        "if doors.world[w, WORLD_SPIRAL] < 0:",
    ),
    Fault(
        "others' places give work where they should not",
        "needs.py",
        "served = luck < doors.services[s, SERVICE_SUCCESS]",
        "served = luck < place[PLACE_OPEN]",
    ),
)
