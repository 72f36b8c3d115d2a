"""Step 2, clocks: delayed records arrive, terms end, people make good, false listings are struck off."""

import numpy as np

from scorelab.kernel.jit import jit
from scorelab.kernel.layout import ACCOUNT_ZERO, LIFE, LISTS, NEVER, OPEN, OWN_FALSE
from scorelab.kernel.lives import apply_record, bring_accounts, by_person, score, set_lists
from scorelab.kernel.parts import (
    B_SETTLE,
    BECAUSE,
    END,
    L_BY_SCORE,
    L_CORRECT,
    L_CORRECT_WHY,
    L_ENTER,
    L_LEAVE,
    L_REPEAT,
    L_SETTLE_WHY,
    L_THEN,
    REPEATS,
    SETTLED,
    SIDE,
)


@jit
def arrivals(fate, rules, lives, pending, weekly, turnover, t):  # type: ignore[no-untyped-def]
    """Apply the pending records that are due, in the order in which they were written down."""
    kept = 0
    for row in range(pending.used[0]):
        entry = pending.rows[row]
        if entry[0] <= t:
            w = entry[2]
            apply_record(fate, rules, lives, weekly[w], turnover[w], entry[1], w, entry[3], entry[4], entry[5], t)
        else:
            for column in range(6):
                pending.rows[kept, column] = entry[column]
            kept += 1
    pending.used[0] = kept


@jit
def settle(clause, listing, t):  # type: ignore[no-untyped-def]
    """A person makes good; with escalation, one who came back too often stays on the list for a while."""
    end = 0
    if clause[L_REPEAT] > 0:
        if listing[SETTLED] == 0:
            listing[SETTLED] = t + 1
            listing[REPEATS] = 0
        elif listing[REPEATS] >= clause[L_REPEAT]:
            end = t + clause[L_THEN]
            listing[SETTLED] = 0
            listing[REPEATS] = 0
    listing[END] = end


@jit
def run_out(clause, scale, rest, end, t):  # type: ignore[no-untyped-def]
    """Whether a listing ends by its term or by the score."""
    if end != OPEN:
        return end <= t
    if clause[L_BY_SCORE]:
        bring_accounts(scale, rest, t)
        return score(scale, rest, True) >= clause[L_LEAVE]
    return False


@jit
def true_side(fate, rules, condition, rest, listing, p, w, l, t):  # type: ignore[no-untyped-def]  # noqa: E741
    """Whether the listing by true records ends this week: by its term, by the score, or because it is settled."""
    clause = rules.lists[w, l]
    end = np.int64(listing[END])
    if run_out(clause, rules.score[w], rest, end, t):
        listing[END] = 0
    elif end == OPEN and clause[L_BY_SCORE] == 0:
        chance = rules.behaviours[w, listing[BECAUSE], B_SETTLE + condition]
        if by_person(fate, p, t, clause[L_SETTLE_WHY]) < chance:
            settle(clause, listing, t)
    return listing[END] == 0


@jit
def false_side(fate, rules, rest, listing, p, w, l, t):  # type: ignore[no-untyped-def]  # noqa: E741
    """Whether the listing by false records ends this week: by its term, by the score, or by correction."""
    clause = rules.lists[w, l]
    ends = run_out(clause, rules.score[w], rest, np.int64(listing[SIDE + END]), t)
    if not ends and by_person(fate, p, t, clause[L_CORRECT_WHY]) < clause[L_CORRECT]:
        ends = True
        if clause[L_ENTER] > -NEVER:
            bring_accounts(rules.score[w], rest, t)
            rest[OWN_FALSE] = ACCOUNT_ZERO
    if ends:
        listing[SIDE + END] = 0
    return ends


@jit
def listed(fate, rules, lives, weekly, turnover, t):  # type: ignore[no-untyped-def]
    """Go through everybody who is on a list in some world, and forget those who no longer are."""
    kept = 0
    for row in range(lives.actives[0]):
        p = lives.active[row]
        on_any = False
        for w in range(lives.hot.shape[1]):
            before = np.int64(lives.hot[p, w, LISTS])
            if before == 0:
                continue
            rest = lives.rest[p, w]
            condition = np.int64(lives.hot[p, w, LIFE]) & 7
            after = before
            for l in range(turnover.shape[1]):  # noqa: E741
                listing = lives.listings[p, w, l]
                if before >> l & 1 and true_side(fate, rules, condition, rest, listing, p, w, l, t):
                    after &= ~(1 << l)
                if before >> (l + 8) & 1 and false_side(fate, rules, rest, listing, p, w, l, t):
                    after &= ~(1 << (l + 8))
            if after != before:
                set_lists(lives, weekly[w], turnover[w], p, w, t, after)
            on_any = on_any or after != 0
        if on_any:
            lives.active[kept] = p
            kept += 1
        else:
            lives.is_active[p] = 0
    lives.actives[0] = kept
