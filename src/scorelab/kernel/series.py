"""The state of traced persons at the end of a week, read and never changed."""

from scorelab.kernel.jit import jit
from scorelab.kernel.layout import STANDING
from scorelab.kernel.lives import bring_accounts, faded, score
from scorelab.kernel.parts import PUBLIC_RISK, WORLD_PRIOR

# Fields of a week of a life in one world: those of ``Lives.hot`` up to the standing, then these. RISKS is followed by
# the perceived risk in each domain, in 16 bits, what all believe included.
SCORE_NOW = STANDING + 1
RISKS = SCORE_NOW + 1


@jit
def snapshot(world, fade, public, lives, persons, rest, into, t):  # type: ignore[no-untyped-def]
    """Write the state of ``persons`` into ``into`` [persons, W, RISKS + D]; ``rest`` is room for one row of rests."""
    for n in range(persons.shape[0]):
        p = persons[n]
        for w in range(lives.hot.shape[1]):
            for field in range(STANDING + 1):
                into[n, w, field] = lives.hot[p, w, field]
            for field in range(rest.shape[0]):
                rest[field] = lives.rest[p, w, field]
            bring_accounts(world[w], rest, t)
            into[n, w, SCORE_NOW] = score(world[w], rest, True, True)
            for d in range(public.shape[1]):
                risk = faded(rest, t, d, world[w, WORLD_PRIOR], fade[w]) + public[w, d, PUBLIC_RISK]
                into[n, w, RISKS + d] = min(65535, risk)
