"""Random schemes as a person could write them, with every clause of the language."""

import datetime
import random
from typing import Any

from tests.twin.spec_dice import (
    CONDITIONS,
    GROUPS,
    START,
    Plain,
    Words,
    factors,
    group,
    maybe,
    number,
    some,
    weeks_later,
)
from tests.twin.spec_rules import random_consequences, random_process, random_rules

KINDS = ("staff", "police", "court", "administration", "bank", "employer", "camera", "web", "purchases", "platform")


def random_scheme(dice: random.Random, words: Words, number_of: int, *, scored: bool, fusing: bool) -> Plain:
    """A whole file. ``scored`` and ``fusing``: it may keep the score, and join sources, which one of a world may."""
    score = _score(dice) if scored else None
    grades = sorted(score["grades"], key=score["grades"].__getitem__) if score else []
    lists = {f"list-{number_of}-{part}": _list(dice, score) for part in range(dice.randint(1, 3))}
    sources = {
        f"source-{number_of}-{part}": _source(dice, words, list(lists), grades) for part in range(dice.randint(1, 4))
    }
    watched = sorted({name for source in sources.values() for name in source["watches"]})
    in_force = START + datetime.timedelta(days=dice.choice((-400, 0, 0, 10, 7 * (words.weeks // 3))))
    return {
        "format": 1,
        "scheme": f"scheme-{number_of}",
        "title": "Random",
        "about": "Thrown.",
        "in_force": in_force,
        **maybe(dice, 0.3, rollout=_rollout(dice, in_force)),
        **maybe(dice, 0.3, opt_in={"share": number(dice, 0.3, 1), **maybe(dice, 0.7, per_year=number(dice, 0.5, 6))}),
        **maybe(dice, 0.8, aware=number(dice, 0, 1)),
        "campaigns": [_campaign(dice, words) for _ in range(dice.choice((0, 1, 1, 2)))],
        "sources": sources,
        **(_fusion(dice, list(sources)) if fusing else {}),
        **({"score": score} if score else {}),
        "lists": lists,
        "rules": random_rules(dice, words, watched, lists, score),
        **maybe(dice, 0.7, due_process=random_process(dice)),
        "consequences": random_consequences(dice, words, lists, score),
        "left_out": ["everything else"],
    }


def _rollout(dice: random.Random, in_force: datetime.date) -> list[Plain]:
    """Two or three steps; the last need not reach everybody."""
    days, share = 0, 0.0
    steps = []
    for _ in range(dice.randint(2, 3)):
        share = round(dice.uniform(share + 0.01, 1), 2)
        steps.append({"date": in_force + datetime.timedelta(days=days), "share": share})
        days += dice.randint(1, 40)
        if share >= 0.98:
            break
    return steps


def _campaign(dice: random.Random, words: Words) -> Plain:
    """It does at least one of three things, somewhere around the run."""
    begin = dice.randint(-3, max(0, words.weeks - 4))
    end = weeks_later(begin + dice.randint(1, 12), dice.randint(0, 6))
    ways = {"lifts": (0.01, 0.3), "informs": (0.01, 0.4), "persuades": (-0.3, 0.3)}
    return {
        "start": weeks_later(begin),
        "end": end,
        **maybe(dice, 0.5, domains=some(dice, words.domains())),
        **{name: number(dice, *ways[name]) for name in some(dice, ways)},
        "note": "in all papers",
    }


def _score(dice: random.Random) -> Plain:
    """A start of 100 within bounds, and up to five grades, of which one begins at the lowest score."""
    lowest, highest = dice.choice((0, 30, 60)), dice.choice((100, 115, 150))
    cuts = sorted(dice.sample(range(lowest + 1, highest + 1), dice.choice((0, 1, 2, 3, 4))))
    names = [f"grade-{number}" for number in range(len(cuts) + 1)]
    dice.shuffle(names)
    grades = dict(zip(names, [lowest, *cuts], strict=True)) if cuts else {}
    return {
        "start": 100,
        "lowest": lowest,
        "highest": highest,
        "recovery_per_week": dice.choice((0, 1, 1, 3, 8)),
        "grades": grades,
        "note": "a hundred for everybody",
    }


def _list(dice: random.Random, score: Plain | None) -> Plain:
    """A list that ends in one of its ways, and that one comes onto by rules, or by a low score, or by both."""
    how = dice.choice(("term", "settled", "repeat", *(("score", "score") if score else ())))
    red = how in ("term", "settled") and dice.random() < 0.2
    clause: Plain = {
        "red": red,
        "published": dice.random() < 0.5,
        **maybe(dice, 0.7, notice=number(dice, 0, 1)),
        **maybe(dice, 0.7, corrected_per_year=number(dice, 0, 20)),
        **(maybe(dice, 0.5, loses_work=number(dice, 0, 0.6)) if not red else {}),
    }
    if how == "term":
        clause["term_weeks"] = dice.randint(1, 12)
    else:
        clause["until"] = "score" if how == "score" else "settled"
    if how == "repeat":
        within = dice.randint(1, 30)
        clause["repeat"] = {"count": dice.randint(1, 2), "within_weeks": within, "then_weeks": dice.randint(1, 9)}
    if score and not red and how in ("score", "term") and dice.random() < 0.6:
        clause["enter_below"] = dice.randint(max(score["lowest"] + 1, 70), 100)
    if how == "score":
        clause["leave_at"] = dice.randint(clause.get("enter_below", 80), 100)
    after = dice.randint(0, 6)
    if dice.random() < 0.5 and after < clause.get("term_weeks", 99):
        clause["repair"] = {"after_weeks": after, "per_year": number(dice, 2, 30)}
    return clause


def _source(dice: random.Random, words: Words, lists: list[str], grades: list[str]) -> Plain:
    """An error model, with any of its parts."""
    return {
        "kind": dice.choice((*KINDS, "neighbours", "averaging")),
        "watches": {name: number(dice, 0.2, 1) for name in some(dice, words.behaviours)},
        **maybe(dice, 0.85, mistakes=_mistakes(dice, words)),
        **maybe(dice, 0.4, sees=group(dice, 0.3, 2.5)),
        **maybe(dice, 0.4, review={"keeps_true": number(dice, 0.4, 1), "keeps_false": number(dice, 0, 1)}),
        **maybe(dice, 0.5, attention=_attention(dice, lists, grades)),
        **maybe(dice, 0.4, selects=_selects(dice, words)),
        "delay_weeks": dice.choice((0, 0, 1, 3)),
        "note": "it errs",
    }


def _mistakes(dice: random.Random, words: Words) -> Plain:
    """How often is said by itself, or by what makes false matches."""
    matching = {
        "scans_per_year": number(dice, 5, 40),
        "false_match_rate": number(dice, 0.001, 0.01),
        "gallery": number(dice, 20, 150),
    }
    often = {"matching": matching} if dice.random() < 0.3 else {"per_year": number(dice, 0.5, 9)}
    return {"exposure": dice.choice(words.exposures), **often, "who": group(dice)}


def _attention(dice: random.Random, lists: list[str], grades: list[str]) -> Plain:
    by_grade = bool(grades) and dice.random() < 0.6
    by_list = not by_grade or dice.random() < 0.5
    return {
        "while_on": some(dice, lists) if by_list else [],
        "while_grade": some(dice, grades) if by_grade else [],
        "times": number(dice, 1, 6),
    }


def _selects(dice: random.Random, words: Words) -> Plain:
    """Whole weights, a few of them against somebody."""

    def weights(of: Any) -> dict[str, int]:
        return {word: round(value) for word, value in factors(dice, of, -1, 4).items()}

    return {
        "at_least": dice.randint(1, 5),
        "weights": {
            **{name: weights(of) for name, of in GROUPS.items()},
            "attribute": weights(words.attributes),
            "condition": weights(CONDITIONS),
        },
        **maybe(dice, 0.6, otherwise=number(dice, 0, 1.5)),
    }


def _fusion(dice: random.Random, sources: list[str]) -> Plain:
    if len(sources) < 2 or dice.random() < 0.4:
        return {}
    joined = some(dice, sources, least=2)
    needs = dice.randint(1, len(joined))
    confirms = maybe(dice, 0.5, confirms=number(dice, 0, 1)) if needs > 1 else {}
    return {"fusion": {"of": joined, "needs": needs, **confirms}}
