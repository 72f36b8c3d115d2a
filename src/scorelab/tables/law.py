"""Schemes and assumptions of each world as the kernel's tables."""

import numpy as np

from scorelab.errors import InputError, Problem
from scorelab.kernel import layout
from scorelab.kernel.fate import purpose
from scorelab.kernel.layout import (
    CHANNELS,
    GRADES,
    NEVER,
    ONE,
    STATUSES,
    Int64s,
    Law,
    UInt64s,
)
from scorelab.spec.resolved import Resolved
from scorelab.spec.society import Society
from scorelab.spec.switches import Left, left
from scorelab.tables.chances import exponential_curve, share, threshold
from scorelab.tables.doors import channels_of, write_channels, write_doors, write_partial, write_stigma
from scorelab.tables.names import Names
from scorelab.tables.response import write_response
from scorelab.tables.rules import write_list, write_process, write_rules, write_score
from scorelab.tables.seasons import refill_row, write_seasons
from scorelab.tables.sources import EVERYBODY, group_factors, write_sources
from scorelab.words import CELLS, Switch

_SETTLE, _CORRECT, _NOTICE, _REPAIR, _DISMISS, _UNABLE = "settle", "correct", "notice", "repair", "dismiss", "unable"
_CODES = layout.CONDITION + 1


def _zeros(*shape: int) -> Int64s:
    return np.zeros(shape, np.int64)


def _hashes(*words: str) -> UInt64s:
    return np.array([purpose(word) for word in words], np.uint64)


def _purposes(names: Names) -> dict[str, UInt64s]:
    """The purposes of all words of chance, by name and never by position in a file."""
    sources, behaviours, lists = names.sources, names.behaviours, names.lists
    by_list = [f"{why}/{x}" for x in lists for why in (_SETTLE, _CORRECT, _NOTICE, _REPAIR, _DISMISS, _UNABLE)]
    found = {
        "record": _hashes(*(f"record/{x}/{y}" for x in sources for y in behaviours)).reshape(
            len(sources), len(behaviours)
        ),
        "list": _hashes(*by_list).reshape(len(lists), layout.LIST_PURPOSES),
        "which": _hashes(*(f"which/{x}" for x in sources)),
        "contrary": _hashes("contrary"),
    }
    for why in ("rollout", "told", "appeal", "official", "hear"):
        found[why] = _hashes(*(f"{why}/{x}" for x in names.schemes))
    for why in ("fine", "round", "displace"):
        found[why] = _hashes(*(f"{why}/{x}" for x in behaviours))
    for why in ("ask", "door", "owe"):
        found[why] = _hashes(*(f"{why}/{x}" for x in names.services))
    return {f"{name}_purpose": values for name, values in found.items()}


def empty_law(names: Names, weeks: int, rules: int = 1, steps: int = 1, channels: int = 1) -> Law:
    """Tables in which nothing is in force and nobody does anything."""
    w, b, s = len(names.worlds), len(names.behaviours), len(names.services)
    r, l, h, d = len(names.sources), len(names.lists), len(names.schemes), len(names.domains)  # noqa: E741
    rollout = _zeros(w, h, steps, 2)
    rollout[..., 0] = NEVER
    select = _zeros(w, r, 1 + CELLS + 8 + _CODES)
    select[..., 0] = EVERYBODY
    by_rule = _zeros(w, rules, layout.RULE_COLUMNS)
    by_rule[..., [layout.RULE_SCHEME, layout.RULE_MEMORY, layout.RULE_TO_GRADE]] = -1
    by_list = _zeros(w, l, layout.LIST_COLUMNS)
    by_list[..., layout.LIST_SCHEME] = -1
    by_list[..., layout.LIST_ENTER] = -NEVER
    grade_from = _zeros(w, GRADES) + NEVER
    everywhere = {name: _zeros(w) for name in _BY_WORLD}
    return Law(
        rollout=rollout,
        aware=_zeros(w, h, weeks),
        joins=_zeros(w, h, weeks),
        media=_zeros(w, d, weeks),
        norm_push=_zeros(w, b, weeks),
        exponential=np.array(exponential_curve(), np.int64),
        refill=_zeros(w, s),
        source_scheme=_zeros(w, r) - 1,
        delay=_zeros(w, r),
        alert=_zeros(w, r, b),
        keep_true=_zeros(w, r) + ONE,
        keep_false=_zeros(w, r) + ONE,
        mistaken_for=_zeros(w, r, b) - 1,
        varied=_zeros(w, r),
        sees=_zeros(w, r, CELLS) + ONE,
        attention=_zeros(w, r) + ONE,
        attention_lists=_zeros(w, r),
        attention_grades=_zeros(w, r),
        otherwise=_zeros(w, r) + ONE,
        select=select,
        fused=_zeros(w, r),
        rule_of=_zeros(w, h, b),
        rules=by_rule,
        score=_zeros(w, 5) - np.array([1, 0, 0, 0, 0]),
        grade_from=grade_from,
        process=_zeros(w, h, layout.PROCESS_COLUMNS),
        fined=_zeros(w, CELLS),
        lists=by_list,
        settle=_zeros(w, b, _CODES),
        channel_tie=_zeros(w, channels) - 1,
        channel_list=_zeros(w, channels) - 1,
        channel_grades=_zeros(w, channels),
        bar_lists=_zeros(w, s),
        bar_grades=_zeros(w, s),
        bar_tied=_zeros(w, s),
        partial=_zeros(w, s),
        strength=_zeros(w, s, STATUSES),
        favour_lists=_zeros(w, s),
        favour_grades=_zeros(w, s),
        lift=_zeros(w, s, STATUSES - CHANNELS),
        unfavour_tied=_zeros(w, s),
        status_scheme=_zeros(w, STATUSES) - 1,
        success=_zeros(s),
        retry=_zeros(s),
        grants_work=_zeros(s),
        owing=_zeros(w, s),
        sibling=_zeros(w, 3) - 1,
        base=_zeros(w, b),
        deters=_zeros(w, b),
        slope=_zeros(w, h, b, layout.BANDS),
        innocent=_zeros(w, h, b),
        reward=_zeros(w, h, b),
        crowding=_zeros(w, h, b),
        next_points=_zeros(w, b),
        curve=_zeros(w, layout.CURVE_STEPS + 1) + layout.CURVE_ONE,
        power=_zeros(w, layout.POWER_STEPS + 1),
        fade=_zeros(w, weeks + 1),
        grievance=_zeros(w, 16) + ONE,
        domain=_zeros(b),
        substitute=_zeros(b) - 1,
        standing=_zeros(b),
        **everywhere,  # type: ignore[arg-type]
        **_purposes(names),  # type: ignore[arg-type]
    )


_BY_WORLD = (
    *("open_to_all", "published_lift", "public_fade", "contagion", "fusion_needs", "red", "published", "stigma"),
    *("cannot_pay", "felt_loss", "throttle_lists", "throttle_grades", "throttle_tied", "spiral", "not_asking"),
    *("prior", "learning", "heard", "talk", "spread", "displacement", "contrary"),
)
"""What is one number a world."""


def _siblings(resolved: Resolved) -> list[list[int]]:
    """For each world the same world without false records, without ties, and without either; -1 where there is none."""
    wanted = ({Switch.false_records.value}, {Switch.ties.value}, {Switch.false_records.value, Switch.ties.value})
    table = []
    for world in resolved.worlds:
        row = []
        for switches in wanted:
            found = [
                w
                for w, other in enumerate(resolved.worlds)
                if not switches & set(world.without)
                and set(other.without) == set(world.without) | switches
                and other.schemes == world.schemes
                and other.response == world.response
                and (other.placebo, other.exempts, other.covers) == (world.placebo, world.exempts, world.covers)
            ]
            row.append(found[0] if found else -1)
        table.append(row)
    return table


def check_purposes(words: list[int]) -> None:
    """Two purposes with one hash would share their chance; another name for one of them puts it right."""
    if len(set(words)) != len(words):
        raise InputError([Problem("names", 0, 0, "two names have the same 32-bit hash; please rename one of them")])


def _write_society(law: Law, names: Names, society: Society) -> None:
    """What is the same in all worlds."""
    for b, name in enumerate(names.behaviours):
        behaviour = society.behaviours[name]
        law.domain[b] = names.domains.index(behaviour.domain)
        law.standing[b] = ("unlawful", "lawful", "prosocial").index(behaviour.standing)
        if behaviour.substitute is not None:
            law.substitute[b] = names.behaviours.index(behaviour.substitute)
    for s, name in enumerate(names.services):
        service = society.services[name]
        law.success[s] = threshold(service.success.value)
        law.retry[s] = threshold(service.retry.value) if service.retry else 0
        law.grants_work[s] = int(service.grants_work)


def _write_economy(law: Law, names: Names, w: int, world: Left, society: Society) -> None:
    law.spiral[w] = int(world.spiral)
    law.stigma[w] = share(world.response.stigma.value) if world.spiral else 0
    for s, name in enumerate(names.services):
        owing = society.services[name].arrears_if_denied
        law.owing[w, s] = threshold(owing.value) if owing is not None else 0
    if society.arrears is not None and world.fines:
        chance = society.arrears.over_a_fine.value
        law.fined[w] = [threshold(min(1.0, chance * factor)) for factor in group_factors(society.arrears.fined)]


def _write_world(law: Law, names: Names, w: int, world: Left, resolved: Resolved) -> None:
    society = resolved.society
    channels = channels_of(names, world.schemes)
    write_channels(law, w, channels)
    rule = memory = 0
    law.open_to_all[w] = (1 << len(names.schemes)) - 1
    for scheme in world.schemes:
        h = names.schemes.index(scheme.scheme)
        write_score(law, w, h, scheme)
        write_sources(law, names, w, h, scheme)
        rule, memory = write_rules(law, names, w, h, scheme, rule, memory)
        write_process(law, w, h, scheme.due_process)
        for name, clause in scheme.lists.items():
            write_list(law, w, names.lists.index(name), h, clause)
        write_doors(law, names, w, scheme, society, channels)
        write_seasons(law, names, w, scheme, resolved)
    write_stigma(law, names, w, world.response)
    write_partial(law, w)
    law.refill[w] = refill_row(names, resolved, world.refill)
    _write_economy(law, names, w, world, society)
    write_response(law, names, w, world.schemes, world.response, resolved)


def law_table(resolved: Resolved, names: Names) -> Law:
    """The law of all worlds.

    Raises InputError in the (one in many thousand) case that two names share a hash.
    """
    worlds = [left(world) for world in resolved.worlds]
    rules = max(1, *(sum(len(scheme.rules) for scheme in world.schemes) for world in worlds))
    steps = max(1, *(len(scheme.rollout) for world in worlds for scheme in world.schemes), 1)
    channels = max(1, *(len(channels_of(names, world.schemes)) for world in worlds))
    law = empty_law(names, resolved.weeks, rules, steps, channels)
    _write_society(law, names, resolved.society)
    for w, world in enumerate(worlds):
        _write_world(law, names, w, world, resolved)
    law.sibling[:] = _siblings(resolved)
    return law
