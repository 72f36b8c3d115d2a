"""Steps 7 and 11: points along ties, and whom a listing or a grade reaches."""

from tests.twin.faults.fault import Fault

_SHARED = "    shared_points(county, rules, lives, queues, book, scratch.in_force, t)\n"
_CHANNELS = "    channels_of_movers(county, rules, doors.channels, lives)\n"
_WHOM = """\
        for at in range(county.tie_from[{0}, p], county.tie_from[{0}, p + 1]):
            q = np.int64(county.tie[at])
"""

FAULTS = (
    Fault(
        "ties get their points in the same week",
        "ties.py",
        "ready = queues.counter[SHARED_READY]\n",
        "ready = queues.counter[SHARED_USED]\n",
    ),
    Fault(
        "points along ties are all true", "ties.py", "account = TIE_FALSE if truth else TIE_TRUE", "account = TIE_TRUE"
    ),
    Fault(
        "points along ties have no cause",
        "ties.py",
        "                rest[CAUSE + account] = 1 + b + 64 * r\n",
        "                pass\n",
    ),
    Fault(
        "points that others are given are a cause",
        "ties.py",
        "            if k < 0:\n                rest",
        "            if k != 0:\n                rest",
    ),
    Fault(
        "points taken along ties are counted as given",
        "ties.py",
        "P_TAKEN_TIE if k < 0 else P_GIVEN_TIE",
        "P_GIVEN_TIE",
    ),
    Fault(
        "points along ties reach those to whom no score applies",
        "ties.py",
        "            if not applies(lives.hot[q, w], rules.world[w, WORLD_SCORE + SCORE_SCHEME], in_force[w]):\n"
        "                continue\n",
        "",
    ),
    Fault("points along ties change no grade", "ties.py", "            refresh(rules, lives, queues, q, w, t)\n", ""),
    Fault(
        "what is left to share is lost",
        "ties.py",
        "queues.shared[row - ready, column] = queues.shared[row, column]",
        "queues.shared[row - ready, column] = queues.shared[row - ready, column]",
    ),
    Fault("what was shared is shared again", "ties.py", "    queues.counter[SHARED_USED] -= ready\n", ""),
    Fault(
        "points run to partners only",
        "ties.py",
        f"{_WHOM.format('tie')}            if not applies",
        f"{_WHOM.format('0')}            if not applies",
    ),
    # channels
    Fault("the grade of the start reaches others", "ties.py", " and now & 15 != start & 15:", ":"),
    Fault(
        "grades reach others by false records",
        "ties.py",
        "            if channels[x, CHANNEL_GRADES] >> (now >> 4 & 15) & 1:\n",
        "            if channels[x, CHANNEL_GRADES] < 0:\n",
    ),
    Fault(
        "grades reach others by true records",
        "ties.py",
        "            if channels[x, CHANNEL_GRADES] >> (now >> 4 & 15) & 1:\n",
        "            if channels[x, CHANNEL_GRADES] >= 0:\n",
    ),
    Fault(
        "grades reach others without the points of ties",
        "ties.py",
        "channels[x, CHANNEL_GRADES] >> (now & 15) & 1 and",
        "channels[x, CHANNEL_GRADES] >> (now >> 8 & 15) & 1 and",
    ),
    Fault(
        "false listings reach nobody",
        "ties.py",
        "            false_side |= (np.int64(life[FALSE_LISTS]) >> l & 1) << x\n",
        "",
    ),
    Fault(
        "true listings reach nobody",
        "ties.py",
        "            true_side |= (np.int64(life[TRUE_LISTS]) >> l & 1) << x\n",
        "",
    ),
    Fault("the first who gets off frees all", "ties.py", "if number > 0 else 0", "if number > 0 and step > 0 else 0"),
    Fault("who is reached stays so", "ties.py", "step = 1 if now >> x & 1 else -1", "step = 1 if now >> x & 1 else 0"),
    Fault("both sides reach the true one", "ties.py", "field = TIED_FALSE if side else TIED_TRUE", "field = TIED_TRUE"),
    Fault(
        "others are throttled when next looked at", "ties.py", "            restate(rules.world[w], lives, q, w)\n", ""
    ),
    Fault(
        "what was held is forgotten",
        "ties.py",
        "                    held[side] = now\n",
        "                    held[side] = 0\n",
    ),
    Fault("movers move once", "ties.py", "        lives.flag[p] = lives.flag[p] & ~np.uint8(HAS_MOVED)\n", ""),
    Fault("a listing of this very week reaches others", "weeks.py", _SHARED, _SHARED + _CHANNELS),
    Fault(
        "channels run the other way",
        "ties.py",
        "        tie = channels[x, CHANNEL_TIE]\n",
        "        tie = (0, 2, 1, 3, 4, 5)[channels[x, CHANNEL_TIE]]\n",
    ),
    Fault(
        "causes run the other way",
        "doors.py",
        "_BACK = tuple(int(BACK[tie]) for tie in Tie)",
        "_BACK = tuple(int(tie) for tie in Tie)",
    ),
)
