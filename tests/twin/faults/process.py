"""Step 6: arrival, effect and what may undo it; what rules do."""

from tests.twin.faults.fault import Fault

_IF_SECOND = "            if second:\n"
_ONTO = """\
                true_lists = np.int64(0) if truth else rule[RULE_ONTO]
                false_lists = rule[RULE_ONTO] if truth else np.int64(0)
"""
_TURNED = f"""\
            if second == 0:
                by_score = true_lists, false_lists
{_ONTO}\
            else:
                true_lists, false_lists = by_score
"""
_ONTO_TRUE = """\
                true_lists = rule[RULE_ONTO]
                false_lists = np.int64(0)
"""

FAULTS = (
    # arrival
    Fault("nobody is told of a record", "process.py", "< process[PROCESS_TOLD]:", "< 0 * process[PROCESS_TOLD]:"),
    Fault(
        "whoever is told forgets it",
        "process.py",
        "        counted[D_TOLD] += 1\n        life[KNOWN] |= np.uint16(1 << h)\n",
        "        counted[D_TOLD] += 1\n",
    ),
    Fault("records take effect at once", "process.py", "at_once = process[PROCESS_WINDOW] == 0", "at_once = True"),
    Fault(
        "the window is a week longer", "process.py", "t + process[PROCESS_WINDOW]", "t + 1 + process[PROCESS_WINDOW]"
    ),
    Fault("false records are made good", "process.py", "dropped = truth == 0 and", "dropped ="),
    Fault(
        "what is made good takes effect",
        "process.py",
        "        if dropped:\n            counted[D_MADE_GOOD] += 1\n",
        "        if dropped:\n            counted[D_MADE_GOOD] += 1\n            dropped = False\n",
    ),
    Fault(
        "making good goes with objecting",
        "process.py",
        "u2 & 65535 < process[PROCESS_MAKES_GOOD]",
        "u3 >> 16 < process[PROCESS_MAKES_GOOD]",
    ),
    Fault("who knows nothing objects", "process.py", "np.int64(life[KNOWN]) >> h & 1 and u3", "u3"),
    Fault(
        "objections are judged as if all records were true",
        "process.py",
        "process[PROCESS_OBJECTION + truth]",
        "process[PROCESS_OBJECTION]",
    ),
    Fault(
        "who objects is right",
        "process.py",
        "u3 & 65535 < process[PROCESS_OBJECTION",
        "u3 >> 16 < process[PROCESS_OBJECTION",
    ),
    # effect and appeal
    Fault(
        "who knows nothing appeals",
        "process.py",
        "np.int64(life[KNOWN]) >> h & 1 and process[PROCESS_APPEALS] > 0",
        "process[PROCESS_APPEALS] > 0",
    ),
    Fault("who appeals is right", "process.py", "upheld = word & 65535 <", "upheld = word >> 16 <"),
    Fault(
        "appeals are judged as if all records were true",
        "process.py",
        "process[PROCESS_APPEAL + truth]",
        "process[PROCESS_APPEAL]",
    ),
    Fault(
        "appeals take a week longer",
        "process.py",
        "t + process[PROCESS_APPEAL_WEEKS]",
        "t + 1 + process[PROCESS_APPEAL_WEEKS]",
    ),
    Fault("an appeal undoes the last rule alone", "process.py", "            total += k\n", "            total = k\n"),
    Fault(
        "an appeal ends the last rule's listings alone",
        "process.py",
        "            onto |= lists\n",
        "            onto = lists\n",
    ),
    Fault(
        "an appeal keeps the points",
        "process.py",
        "    if k != 0:\n        take_back(",
        "    if k != 0 and t < 0:\n        take_back(",
    ),
    Fault(
        "an appeal gives back to the true account",
        "process.py",
        "t, k, OWN_FALSE if truth else OWN_TRUE)\n    true_lists",
        "t, k, OWN_TRUE)\n    true_lists",
    ),
    Fault(
        "an appeal ends what came later",
        "process.py",
        "listing[truth * SIDE + SINCE] == since + 1",
        "listing[truth * SIDE + SINCE] >= since + 1",
    ),
    Fault(
        "an appeal ends the true side",
        "process.py",
        "lists = false_lists if truth else true_lists",
        "lists = true_lists",
    ),
    Fault(
        "an appeal ends nothing",
        "process.py",
        "        if (onto & lists) >> l & 1:",
        "        if (onto & lists) >> l & 1 and t < 0:",
    ),
    Fault("false records are no grievance", "process.py", "    if truth:\n        more_grievance(life)\n", ""),
    Fault(
        "true records are a grievance",
        "process.py",
        "    if truth:\n        more_grievance(life)\n",
        "    more_grievance(life)\n",
    ),
    Fault("sixteen grievances", "process.py", "if now >> GRIEVANCE & 15 < 15:", "if now >> GRIEVANCE & 15 <= 15:"),
    Fault(
        "the standing is not refreshed", "process.py", "if fresh and rules.world", "if fresh and t < 0 and rules.world"
    ),
    Fault(
        "undoing is counted as expiry", "process.py", "D_EXPIRED if what == EXPIRY else D_APPEAL_UPHELD", "D_EXPIRED"
    ),
    # memory
    Fault("a window is a week shorter", "process.py", "> rule[RULE_WITHIN]:", ">= rule[RULE_WITHIN]:"),
    Fault(
        "a window never closes",
        "process.py",
        "memory[0] == 0 or t + 1 - np.int64(memory[0]) > rule[RULE_WITHIN]",
        "memory[0] == 0",
    ),
    Fault(
        "a new window remembers the old one",
        "process.py",
        "        memory[0] = t + 1\n        memory[1] = 0\n",
        "        memory[0] = t + 1\n",
    ),
    Fault(
        "a window moves with each record",
        "process.py",
        "    if rule[RULE_AFTER] > 1:\n",
        "    memory[0] = t + 1\n    if rule[RULE_AFTER] > 1:\n",
    ),
    Fault(
        "one repetition more",
        "process.py",
        "return memory[1] >= rule[RULE_AFTER]",
        "return memory[1] > rule[RULE_AFTER]",
    ),
    Fault("one record is a repetition", "process.py", "if rule[RULE_AFTER] > 1:", "if rule[RULE_AFTER] > 0:"),
    Fault("all rules have one memory", "process.py", "- 2 * max(slot, 0)", "- 0 * max(slot, 0)"),
    # points
    Fault("officials agree", "process.py", "if u1 >= rule[RULE_DISAGREE]:", "if u1 >= 0:"),
    Fault("officials disagree", "process.py", "if u1 >= rule[RULE_DISAGREE]:", "if u1 < 0:"),
    Fault(
        "the middle is the least", "process.py", "        return np.int64(1) << 31\n", "        return np.int64(0)\n"
    ),
    Fault("a county has half its officials", "process.py", "(u2 * OFFICIALS) >> 32", "(u2 * OFFICIALS) >> 33"),
    Fault("officials have persons' numbers", "process.py", "(np.int64(1) << 31) + ((u2", "((u2"),
    Fault("no official gives the most", "process.py", "(rule[RULE_MOST] - k + 1) * way", "(rule[RULE_MOST] - k) * way"),
    Fault(
        "officials go by the chance of appeals",
        "process.py",
        "rules.process[w, h, PROCESS_WHY_OFFICIAL]",
        "rules.process[w, h, PROCESS_WHY_APPEAL]",
    ),
    Fault(
        "down to the next grade",
        "process.py",
        "rules.grade_from[w, g + 1] - 1 - score",
        "rules.grade_from[w, g + 1] - score",
    ),
    Fault(
        "up into a grade",
        "process.py",
        "min(np.int64(0), rules.grade_from[w, g + 1] - 1 - score(world, rest, True, True))",
        "rules.grade_from[w, g + 1] - 1 - score(world, rest, True, True)",
    ),
    Fault(
        "down into a grade from old points",
        "process.py",
        "            bring_accounts(world, rest, t)\n            k = min",
        "            k = min",
    ),
    Fault(
        "the highest grade takes points",
        "process.py",
        "        k = np.int64(0)\n        if g + 1 < GRADES",
        "        if g + 1 < GRADES",
    ),
    Fault(
        "the cap on points given is a point higher",
        "process.py",
        "min(max(k, -room), room)",
        "min(max(k, -room), room + 1)",
    ),
    Fault(
        "the cap on points taken is a point higher",
        "process.py",
        "min(max(k, -room), room)",
        "min(max(k, -room - 1), room)",
    ),
    Fault("a cap is for each record", "process.py", "        memory[1] += abs(k)\n", ""),
    Fault("rules of other schemes move the score", "process.py", "if rule[0] == h:", "if h >= 0:"),
    Fault(
        "points expire although the appeal is upheld",
        "process.py",
        "if rule[RULE_EXPIRES] > 0 and not upheld:",
        "if rule[RULE_EXPIRES] > 0:",
    ),
    Fault("points expire a week late", "process.py", "t + rule[RULE_EXPIRES]", "t + 1 + rule[RULE_EXPIRES]"),
    Fault(
        "expired points come back to the true account",
        "process.py",
        "EXPIRY, p, w, h, t, truth, k, 0, 0)",
        "EXPIRY, p, w, h, t, 0, k, 0, 0)",
    ),
    # where points go
    Fault(
        "all points are true",
        "process.py",
        "    account = OWN_FALSE if truth else OWN_TRUE\n",
        "    account = OWN_TRUE\n",
    ),
    Fault("points taken are counted as given", "process.py", "P_TAKEN if k < 0 else P_GIVEN", "P_GIVEN"),
    Fault("an account has no cause", "process.py", "        rest[CAUSE + account] = 1 + b + 64 * r\n", ""),
    Fault(
        "the first cause stays",
        "process.py",
        "        rest[CAUSE + account] = 1 + b + 64 * r\n",
        "        rest[CAUSE + account] = rest[CAUSE + account] if rest[CAUSE + account] else 1 + b + 64 * r\n",
    ),
    Fault(
        "points given lead onto lists",
        "process.py",
        "    if k < 0:\n        rest[CAUSE",
        "    if k != 0:\n        rest[CAUSE",
    ),
    Fault("entry at the cut and not below it", "process.py", "if now < below and", "if now <= below and"),
    Fault(
        "a score leads onto other schemes' lists",
        "process.py",
        " and rules.lists[w, l, LIST_SCHEME] == world[WORLD_SCORE + SCORE_SCHEME]:",
        ":",
    ),
    Fault(
        "entry by score is always true",
        "process.py",
        "if without_false >= below:",
        "if without_false >= below and t < 0:",
    ),
    Fault(
        "whose score would be at the cut is there truly",
        "process.py",
        "if without_false >= below:",
        "if without_false > below:",
    ),
    Fault(
        "nothing runs along ties to friends", "process.py", "for tie in range(_TIES):", "for tie in range(_TIES - 2):"
    ),
    Fault("points given are taken along ties", "process.py", "part if k > 0 else -part", "-part"),
    Fault(
        "points run whole along ties",
        "process.py",
        "(abs(k) * rule[RULE_ALONG + tie]) >> 16",
        "abs(k) if rule[RULE_ALONG + tie] else 0",
    ),
    Fault("all ties get what partners get", "process.py", "rule[RULE_ALONG + tie]", "rule[RULE_ALONG]"),
    Fault("only true points run along ties", "process.py", "        row[4] = truth\n", "        row[4] = 0\n"),
    # lists and fines
    Fault("lists by score come after those by rule", "process.py", _IF_SECOND + _ONTO, _TURNED),
    Fault("false records put people on the true side", "process.py", _ONTO, _ONTO_TRUE),
    Fault(
        "fines in a world without their effects",
        "process.py",
        "rule[RULE_FINE] and world[WORLD_SPIRAL]",
        "rule[RULE_FINE]",
    ),
    Fault("every rule is a fine", "process.py", "rule[RULE_FINE] and world[WORLD_SPIRAL]", "world[WORLD_SPIRAL]"),
    Fault("fines weigh the same for all", "process.py", "rules.fined[w, lives.cell[p]]", "rules.fined[w, 0]"),
    Fault(
        "fines have the chance of another behaviour",
        "process.py",
        "rules.behaviours[b, BEHAVIOUR_WHY_FINE]",
        "rules.behaviours[0, BEHAVIOUR_WHY_FINE]",
    ),
)
