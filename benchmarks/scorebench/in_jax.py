"""JAX: the weeks are one compiled scan over dense arrays; further worlds share the draws and are mapped over (vmap)."""

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.scorebench import model as m
from benchmarks.scorebench.model import Change, Counts, Lived

NAME = "JAX, jit + scan"
PERSONS = 100_000


def made(persons: int, weeks: int, seed: int, thresholds: tuple[int, ...], change: Change) -> Lived:
    """All worlds in one call, as vmap makes them: the draws of a week are made once.

    Arrays are filled up with people to whom nothing happens, so that counting by group is adding along an axis.
    """
    group = m.group_of_households(persons // m.HOUSEHOLD, change)
    real = np.arange(-(-len(group) // m.GROUPS) * m.GROUPS) < len(group)
    alive = jnp.asarray(np.repeat(real, m.HOUSEHOLD))
    chances = jnp.asarray(m.detection(change, np.arange(m.GROUPS)), jnp.float32)

    def lived() -> Counts:
        found = _worlds(weeks, jax.random.key(seed), jnp.asarray(thresholds, jnp.int32), alive, chances)
        return np.asarray(found).astype(np.int64)

    return lived


@partial(jax.jit, static_argnums=0)
def _worlds(weeks: int, key: Any, thresholds: Any, alive: Any, chances: Any) -> Any:
    return jax.vmap(partial(_world, weeks), in_axes=(None, 0, None, None))(key, thresholds, alive, chances)


def _world(weeks: int, key: Any, threshold: Any, alive: Any, chances: Any) -> Any:
    n = alive.shape[0]
    group = jnp.arange(n) // m.HOUSEHOLD % m.GROUPS
    points = jnp.asarray(m.POINTS, jnp.int32)
    start = (jnp.full(n, m.START, jnp.int32), jnp.zeros(n, jnp.int32), jnp.zeros(n, jnp.int32))

    def week(life: Any, now: Any) -> Any:
        score, until, fear = life
        keys = jax.random.split(jax.random.fold_in(key, now), 4)
        drawn = tuple(jax.random.uniform(keys[why], (n,)) for why in range(4))
        occasion, acting, seen, need = jax.lax.optimization_barrier(drawn)  # else XLA draws anew for each use
        home = (until.reshape(-1, m.HOUSEHOLD) >= jnp.maximum(now, 1)).any(axis=1).repeat(m.HOUSEHOLD)
        what = (occasion * (m.BEHAVIOURS / m.P_OCCASION)).astype(jnp.int32)
        acts = alive & (occasion < m.P_OCCASION) & (acting < 1 - m.DETERS / m.FEAR_MOST * fear)
        records = acts & (seen < chances[group, what])
        score += jnp.where(records, points[what], 0)
        fear = jnp.minimum(fear + m.FEAR_STEP * records, m.FEAR_MOST)
        fear -= fear >> m.FEAR_FADES
        new = (score < threshold) & (until <= now)
        until = jnp.where(new, now + m.TERM_WEEKS, until)
        score = jnp.where(new, m.AGAIN, score)
        needs = alive & (need < m.P_NEED)
        service = (need * (m.SERVICES / m.P_NEED)).astype(jnp.int32)
        denials = needs & (((until > now) & (service < m.DENIED)) | (home & (service < m.DENIED_AT_HOME)))
        happened = jax.lax.optimization_barrier((acts, records, new, needs, denials))
        by_group = [column.reshape(-1, m.GROUPS, m.HOUSEHOLD).sum(axis=(0, 2)) for column in happened]
        return (score, until, fear), jnp.stack(by_group, axis=1)

    return jax.lax.scan(week, start, jnp.arange(weeks))[1]
