"""Chance, candidates, what is to come, and the room for all of it."""

from tests.twin.faults.fault import Fault

FAULTS = (
    # words
    Fault("nine rounds of Philox", "fate.py", "for _ in range(10):", "for _ in range(9):"),
    Fault("the second multiplier is the first", "fate.py", "_M1 = np.uint64(0xCD9E8D57)", "_M1 = _M0"),
    Fault("the key is bumped the same way twice", "fate.py", "k1 = (k1 + _W1) & _LOW", "k1 = (k1 + _W0) & _LOW"),
    Fault("the second word is the third", "fate.py", "return c0, c1, c2, c3\n", "return c0, c2, c1, c3\n"),
    Fault("words by person are those of the first block", "lives.py", "+ np.uint64(BY_PERSON)", "+ np.uint64(0)"),
    Fault("words by person are the same each week", "lives.py", "np.uint64(p), np.uint64(c1)", "np.uint64(p), c2 * 0"),
    # candidates
    Fault(
        "layers share their chance",
        "candidates.py",
        "return t + 16 * CALL * kinds.layer[k]",
        "return t + 0 * kinds.layer[k]",
    ),
    Fault(
        "layers share their number",
        "candidates.py",
        "c1 = np.uint64(first_counter(kinds, k, t))",
        "c1 = np.uint64(t)",
    ),
    Fault(
        "every week has the same number of candidates",
        "candidates.py",
        "first_counter(kinds, k, t))",
        "first_counter(kinds, k, 0))",
    ),
    Fault("number of candidates wrong at a cut", "candidates.py", "<= np.int64(word):", "< np.int64(word) - 2**28:"),
    Fault(
        "the smallest number of candidates is left out",
        "candidates.py",
        "n = county.first[k, block] + low - begin",
        "n = low - begin",
    ),
    Fault(
        "blocks have the same number of candidates",
        "candidates.py",
        "np.uint64(4096) + np.uint64(block)",
        "np.uint64(4096) + np.uint64(0)",
    ),
    Fault("blocks share their chance", "candidates.py", "* 4096 + block\n", "* 4096\n"),
    Fault("alias table read the wrong way round", "candidates.py", "coin < slots[slot, 0]", "coin >= slots[slot, 0]"),
    Fault("everybody meets what the slot's own person meets", "candidates.py", "coin < slots", "0 * coin < slots"),
    Fault(
        "all blocks have the first block's events", "candidates.py", "words[1, n + e] = block", "words[1, n + e] = 0"
    ),
    Fault("events are numbered through the blocks", "candidates.py", "return e - begins[block],", "return e,"),
    Fault("every block meets the first block's persons", "candidates.py", "first = block * BLOCK", "first = 0 * BLOCK"),
    # what is to come
    Fault(
        "the latest entry of a week comes first",
        "agenda.py",
        "    if last >= 0:\n        queues.agenda[last, 0] = row\n    else:\n        queues.due[due, 0] = row\n",
        "    entry[0] = queues.due[due, 0]\n    queues.due[due, 0] = row\n",
    ),
    Fault("the last entry of a week is forgotten", "agenda.py", "    queues.due[due, 1] = row\n", ""),
    Fault("what is due in the last week is left out", "agenda.py", "if due >= queues.due", "if due + 1 >= queues.due"),
    # room
    Fault(
        "a table that grows loses rows",
        "sparse.py",
        "for row in range(source.shape[0]):",
        "for row in range(source.shape[0] // 2):",
    ),
    Fault(
        "equal keys have a row each", "sparse.py", "table[slot, 0] != key + 1:", "table[slot, 0] != key + 1 + 2**60:"
    ),
    Fault("a full slot is taken over", "sparse.py", "if table[slot, 0] == 0:", "if table[slot, 0] >= 0:"),
    Fault(
        "what does not fit on the agenda is lost",
        "agenda.py",
        "            queues.counter[FULL] = 1\n            return",
        "            return",
    ),
    Fault("news that do not fit are lost", "lives.py", "        else:\n            queues.counter[FULL] = 1\n", ""),
    Fault("points along ties that do not fit are lost", "process.py", "            queues.counter[FULL] = 1\n", ""),
    Fault(
        "all who do not fit share one file",
        "lives.py",
        "            queues.counter[FULL] = 1\n            return row",
        "            return row",
    ),
    Fault(
        "the last file is lost as the files grow",
        "live.py",
        "int(self.lives.counter[FILES]) + 1)",
        "int(self.lives.counter[FILES]))",
    ),
)
