"""Step 6, rules: what becomes of a record, from its arrival at the office to its effect, and until it is undone."""

import numpy as np

from scorelab.kernel.agenda import done, schedule
from scorelab.kernel.counted import (
    D_APPEAL_UPHELD,
    D_APPEALED,
    D_ARRIVED,
    D_EXPIRED,
    D_IN_EFFECT,
    D_MADE_GOOD,
    D_OBJECTED,
    D_OBJECTION_UPHELD,
    D_TOLD,
    E_UNDONE,
    P_GIVEN,
    P_TAKEN,
)
from scorelab.kernel.fate import BY_PERSON, philox
from scorelab.kernel.jit import inlined, jit, prefetch
from scorelab.kernel.layout import (
    ARRIVAL,
    CAUSE,
    CHECK,
    CHECK_DUE,
    EFFECT,
    EXPIRY,
    FALSE_LISTS,
    GRADES,
    GRIEVANCE,
    KNOWN,
    LIFE,
    LIST_ENTER,
    LIST_SCHEME,
    NEVER,
    OFFICIALS,
    OWN_FALSE,
    OWN_TRUE,
    PROCESS_APPEAL,
    PROCESS_APPEAL_WEEKS,
    PROCESS_APPEALS,
    PROCESS_MAKES_GOOD,
    PROCESS_OBJECTION,
    PROCESS_OBJECTS,
    PROCESS_TOLD,
    PROCESS_WINDOW,
    RULE_AFTER,
    RULE_ALONG,
    RULE_CAP,
    RULE_DISAGREE,
    RULE_EXPIRES,
    RULE_FINE,
    RULE_LEAST,
    RULE_MEMORY,
    RULE_MOST,
    RULE_ONTO,
    RULE_TO_GRADE,
    RULE_WITHIN,
    SIDE,
    SINCE,
    TRACED,
    TRUE_LISTS,
    UNDOING,
)
from scorelab.kernel.lives import (
    add_points,
    bring_accounts,
    by_person,
    fall_behind,
    file_row,
    leave_side,
    listing_of,
    put_on,
    refresh,
    score,
    set_lists,
    take_back,
)
from scorelab.kernel.parts import (
    BEHAVIOUR_WHY_FINE,
    FULL,
    PROCESS_WHY_APPEAL,
    PROCESS_WHY_OFFICIAL,
    PROCESS_WHY_TOLD,
    SCORE_SCHEME,
    SHARED_USED,
    WORLD_SCORE,
    WORLD_SPIRAL,
)
from scorelab.kernel.trace import (
    ARRIVED,
    AT_ONCE,
    FINED,
    MADE_GOOD,
    MOVED,
    OBJECTED,
    OBJECTION_UPHELD,
    TAKEN_BACK,
    TOOK_EFFECT,
    WAS_TOLD,
    note,
)
from scorelab.words import Tie

_TIES = len(Tie)
_MOST = 30000


@jit
def more_grievance(life):  # type: ignore[no-untyped-def]
    """One grievance more, up to fifteen."""
    now = np.int64(life[LIFE])
    if now >> GRIEVANCE & 15 < 15:
        life[LIFE] = now + (1 << GRIEVANCE)


@jit
def severity(fate, rule, u1, u2, purpose):  # type: ignore[no-untyped-def]
    """How far an official goes: half of the way, or, in cases of disagreement, as the official always does."""
    if u1 >= rule[RULE_DISAGREE]:
        return np.int64(1) << 31
    official = (np.int64(1) << 31) + ((u2 * OFFICIALS) >> 32)
    c2 = fate.county * np.uint64(4096) + np.uint64(BY_PERSON)
    word, _, _, _ = philox(np.uint64(official), np.uint64(0), c2, np.uint64(purpose), fate.key0, fate.key1)
    return np.int64(word)


@jit
def passes(rule, memory, t):  # type: ignore[no-untyped-def]
    """Whether a rule with a memory applies now: opens or goes on with its window, and counts the repetition."""
    if memory[0] == 0 or t + 1 - np.int64(memory[0]) > rule[RULE_WITHIN]:
        memory[0] = t + 1
        memory[1] = 0
    if rule[RULE_AFTER] > 1:
        memory[1] = min(_MOST, memory[1] + 1)
        return memory[1] >= rule[RULE_AFTER]
    return True


@jit
def points_of(fate, rules, rest, memory, rule, w, h, u1, u2, t):  # type: ignore[no-untyped-def]
    """The points that a rule moves in one case."""
    world = rules.world[w]
    k = rule[RULE_LEAST]
    if rule[RULE_MOST] != k:
        way = severity(fate, rule, u1, u2, rules.process[w, h, PROCESS_WHY_OFFICIAL])
        k += ((rule[RULE_MOST] - k + 1) * way) >> 32
    g = rule[RULE_TO_GRADE]
    if g >= 0:
        k = np.int64(0)
        if g + 1 < GRADES and rules.grade_from[w, g + 1] != NEVER:
            bring_accounts(world, rest, t)
            k = min(np.int64(0), rules.grade_from[w, g + 1] - 1 - score(world, rest, True, True))
    if rule[RULE_CAP] > 0:
        room = rule[RULE_CAP] - np.int64(memory[1])
        k = min(max(k, -room), room)
        memory[1] += abs(k)
    return k


@jit
def share_along(queues, rule, p, w, b, r, truth, k):  # type: ignore[no-untyped-def]
    """What of some points ties get next week."""
    for tie in range(_TIES):
        part = (abs(k) * rule[RULE_ALONG + tie]) >> 16
        if part == 0:
            continue
        if queues.counter[SHARED_USED] >= queues.shared.shape[0]:
            queues.counter[FULL] = 1
            return
        row = queues.shared[queues.counter[SHARED_USED]]
        row[0] = p
        row[1] = w
        row[2] = tie
        row[3] = part if k > 0 else -part
        row[4] = truth
        row[5] = b
        row[6] = r
        queues.counter[SHARED_USED] += 1


@inlined
def move_points(rules, lives, queues, book, rule, p, w, b, r, truth, k, t):  # type: ignore[no-untyped-def]
    """Points of a record go onto the account; returns, as bits, the lists that the score now leads onto, by side."""
    world = rules.world[w]
    rest = lives.rest[p, w]
    account = OWN_FALSE if truth else OWN_TRUE
    add_points(world, rest, t, k, account)
    book.points[w, r, b, truth, P_TAKEN if k < 0 else P_GIVEN] += abs(k)
    if np.int64(lives.hot[p, w, LIFE]) & TRACED:
        note(lives, t, p, w, MOVED, b, r, truth, k, account)
    share_along(queues, rule, p, w, b, r, truth, k)
    true_side = np.int64(0)
    false_side = np.int64(0)
    if k < 0:
        rest[CAUSE + account] = 1 + b + 64 * r
        now = score(world, rest, True, True)
        without_false = score(world, rest, False, True)
        for l in range(rules.lists.shape[1]):  # noqa: E741
            below = rules.lists[w, l, LIST_ENTER]
            if now < below and rules.lists[w, l, LIST_SCHEME] == world[WORLD_SCORE + SCORE_SCHEME]:
                if without_false >= below:
                    false_side |= np.int64(1) << l
                else:
                    true_side |= np.int64(1) << l
    return true_side, false_side


@inlined
def apply_rule(fate, rules, lives, queues, book, u, p, w, b, r, truth, u1, u2, upheld, t):  # type: ignore[no-untyped-def]
    """One rule and one record; returns the points moved and, as bits, the lists that the person is put on."""
    rule = rules.rules[w, u]
    world = rules.world[w]
    h = world[WORLD_SCORE + SCORE_SCHEME]
    slot = rule[RULE_MEMORY]
    row = file_row(lives, queues, p) if slot >= 0 else np.int32(0)
    begin = lives.files.shape[2] - 2 - 2 * max(slot, 0)
    memory = lives.files[row, w, begin : begin + 2]
    k = np.int64(0)
    onto = np.int64(0)
    if slot < 0 or passes(rule, memory, t):
        true_lists = np.int64(0)
        false_lists = np.int64(0)
        if rule[0] == h:
            k = points_of(fate, rules, lives.rest[p, w], memory, rule, w, h, u1, u2, t)
            if k != 0:
                true_lists, false_lists = move_points(rules, lives, queues, book, rule, p, w, b, r, truth, k, t)
                if rule[RULE_EXPIRES] > 0 and not upheld:
                    schedule(queues, t + rule[RULE_EXPIRES], EXPIRY, p, w, h, t, truth, k, 0, 0)
        onto = true_lists | false_lists | rule[RULE_ONTO]
        for second in range(2 if onto else 0):
            if second:
                true_lists = np.int64(0) if truth else rule[RULE_ONTO]
                false_lists = rule[RULE_ONTO] if truth else np.int64(0)
            for l in range(rules.lists.shape[1]):  # noqa: E741
                if (true_lists | false_lists) >> l & 1:
                    put_on(fate, rules, lives, queues, book, p, w, l, false_lists >> l & 1, b, r, t)
        fined = rule[RULE_FINE] and world[WORLD_SPIRAL]
        if fined and by_person(fate, p, t, rules.behaviours[b, BEHAVIOUR_WHY_FINE]) < rules.fined[w, lives.cell[p]]:
            fall_behind(lives, p, w, FINED, t)
    return k, onto


@inlined
def effect(fate, rules, lives, queues, book, h, p, w, b, r, truth, u1, u2, t):  # type: ignore[no-untyped-def]
    """A record takes effect by the rules of its scheme ``h``, and may be appealed against."""
    process = rules.process[w, h]
    counted = book.process[w, h, truth]
    life = lives.hot[p, w]
    counted[D_IN_EFFECT] += 1
    upheld = False
    appeal = 0
    if np.int64(life[KNOWN]) >> h & 1 and process[PROCESS_APPEALS] > 0:
        word = by_person(fate, p, t, process[PROCESS_WHY_APPEAL])
        if word >> 16 < process[PROCESS_APPEALS]:
            counted[D_APPEALED] += 1
            upheld = word & 65535 < process[PROCESS_APPEAL + truth]
            appeal = 2 if upheld else 1
    total = np.int64(0)
    onto = np.int64(0)
    which = rules.rule_of[w, h, b]
    u = 0
    while which >> u:
        if which >> u & 1:
            k, lists = apply_rule(fate, rules, lives, queues, book, u, p, w, b, r, truth, u1, u2, upheld, t)
            total += k
            onto |= lists
        u += 1
    if np.int64(life[LIFE]) & TRACED:
        note(lives, t, p, w, TOOK_EFFECT, b, r, truth, total, onto, appeal)
    if truth:
        more_grievance(life)
    if upheld:
        schedule(queues, t + process[PROCESS_APPEAL_WEEKS], UNDOING, p, w, h, t, truth, total, onto, 0)


@inlined
def arrive(fate, rules, lives, queues, book, h, p, w, b, r, truth, u1, u2, u3, t):  # type: ignore[no-untyped-def]
    """A record reaches the office of scheme ``h``: the person may be told, make good or object before its effect.

    Returns whether it takes effect at once.
    """
    process = rules.process[w, h]
    counted = book.process[w, h, truth]
    life = lives.hot[p, w]
    counted[D_ARRIVED] += 1
    became = 0
    if process[PROCESS_TOLD] > 0 and by_person(fate, p, t, process[PROCESS_WHY_TOLD]) < process[PROCESS_TOLD]:
        counted[D_TOLD] += 1
        life[KNOWN] |= np.uint16(1 << h)
        became |= WAS_TOLD
    at_once = process[PROCESS_WINDOW] == 0
    if not at_once:
        dropped = truth == 0 and u2 & 65535 < process[PROCESS_MAKES_GOOD]
        if dropped:
            counted[D_MADE_GOOD] += 1
            became |= MADE_GOOD
        elif np.int64(life[KNOWN]) >> h & 1 and u3 >> 16 < process[PROCESS_OBJECTS]:
            counted[D_OBJECTED] += 1
            became |= OBJECTED
            dropped = u3 & 65535 < process[PROCESS_OBJECTION + truth]
            if dropped:
                counted[D_OBJECTION_UPHELD] += 1
                became |= OBJECTION_UPHELD
        if not dropped:
            schedule(queues, t + process[PROCESS_WINDOW], EFFECT, p, w, b, r, truth, u1, u2, h)
    if np.int64(life[LIFE]) & TRACED:
        note(lives, t, p, w, ARRIVED, b, r, truth, became | (AT_ONCE if at_once else 0))
    return at_once


@inlined
def undo(rules, lives, book, p, w, since, truth, k, onto, t):  # type: ignore[no-untyped-def]
    """Points come back, as far as they are still there, and what the record put the person on ends."""
    if k != 0:
        take_back(rules.world[w], lives.rest[p, w], t, k, OWN_FALSE if truth else OWN_TRUE)
    true_lists = np.int64(lives.hot[p, w, TRUE_LISTS])
    false_lists = np.int64(lives.hot[p, w, FALSE_LISTS])
    lists = false_lists if truth else true_lists
    ended = np.int64(0)
    for l in range(rules.lists.shape[1]):  # noqa: E741
        if (onto & lists) >> l & 1:
            listing = listing_of(lives, lives.file_of[p], w, l)
            if listing[truth * SIDE + SINCE] == since + 1:
                leave_side(lives, book, p, w, l, truth, E_UNDONE, t)
                ended |= np.int64(1) << l
    if ended:
        set_lists(
            rules, lives, book, p, w, true_lists if truth else lists & ~ended, lists & ~ended if truth else false_lists
        )


@jit
def agenda(fate, rules, lives, queues, book, t):  # type: ignore[no-untyped-def]
    """Everything that is due this week and not done yet, in the order in which it was entered."""
    row = queues.due[t, 0]
    while row >= 0:
        entry = queues.agenda[row]
        if entry[0] >= 0:
            soon = queues.agenda[entry[0], 2]
            prefetch(lives.hot, soon)
            prefetch(lives.rest, soon)
        what, p, w, b, r = entry[1], entry[2], entry[3], entry[4], entry[5]
        truth, x, y, z = entry[6] & 1, entry[7], entry[8], entry[9]
        h = entry[6] >> 1
        fresh = True
        now = what == EFFECT
        if what == ARRIVAL:
            now = arrive(fate, rules, lives, queues, book, h, p, w, b, r, truth, x, y, z, t)
            fresh = now
        elif what == EFFECT:
            h = z
        elif what == CHECK:
            fresh = lives.rest[p, w, CHECK_DUE] == t
            if fresh:
                lives.rest[p, w, CHECK_DUE] = 0
                h = rules.world[w, WORLD_SCORE + SCORE_SCHEME]
        else:
            h = b
            book.process[w, h, truth, D_EXPIRED if what == EXPIRY else D_APPEAL_UPHELD] += 1
            undo(rules, lives, book, p, w, r, truth, x, y, t)
            if np.int64(lives.hot[p, w, LIFE]) & TRACED:
                note(lives, t, p, w, TAKEN_BACK, h, what, truth, x, y)
        if now:
            effect(fate, rules, lives, queues, book, h, p, w, b, r, truth, x, y, t)
        if fresh and rules.world[w, WORLD_SCORE + SCORE_SCHEME] == h:
            refresh(rules, lives, queues, p, w, t)
        row = done(queues, row)
    queues.due[t, 0] = -1
    queues.due[t, 1] = -1
