"""The table of verification: every target lived, drawn over the stated ranges, ablated, and judged.

``python -m verification.figures.table`` prints it; ``--draws N`` sets how many draws stand behind a prior pass rate,
``--only WORD`` keeps the settings whose name has the word, and ``--page FILE`` writes it into a page.
"""

import argparse
import dataclasses
import math
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from verification.figures import china, elsewhere
from verification.figures.outcome import read
from verification.figures.target import Parameter, Setting, Target

SETTINGS: tuple[Setting, ...] = (*china.SETTINGS, *elsewhere.SETTINGS)
DRAWS = 24
UNINFORMATIVE = 0.8
"""A figure that more of the draws meet than this says nothing about the model."""


@dataclasses.dataclass(frozen=True)
class Judged:
    """One target and what became of it."""

    setting: str
    target: Target
    parameters: tuple[str, ...]
    value: float
    low: float
    high: float
    prior: float
    """share of draws that meet it; not a number where nothing is drawn"""
    ablated: float
    """the figure with its mechanism off; not a number where there is none to switch off"""
    wrong: float
    """the figure of the deliberately wrong model; not a number unless the target is held out"""

    @property
    def verdict(self) -> str:
        """What a reader should make of it."""
        if self.target.role == "context only":
            return "context only"
        met = "met" if self.target.met(self.value) else "missed"
        remarks = []
        if self.prior > UNINFORMATIVE:
            remarks.append("uninformative")
        if met == "met" and not math.isnan(self.ablated) and self.target.met(self.ablated):
            remarks.append("does not support the mechanism")
        return ", ".join([met, *remarks])


def drawn(parameters: Sequence[Parameter], number: int) -> list[str]:
    """One draw of all parameters over their stated ranges, as settings; the same for the same number."""
    dice = np.random.Generator(np.random.Philox(key=[20_201_214, number]))
    found = []
    for parameter in parameters:
        part = float(dice.random())
        if parameter.by_ratio:
            value = math.exp(math.log(parameter.low) + part * math.log(parameter.high / parameter.low))
        else:
            value = parameter.low + part * (parameter.high - parameter.low)
        found.append(f"{parameter.path}={value:.6g}")
    return found


def _draw(task: tuple[int, int]) -> list[bool]:
    """Which targets of a setting one draw meets."""
    which, number = task
    setting = SETTINGS[which]
    outcome = setting.make(drawn(setting.parameters, number), True)
    return [target.met(target.reading(outcome)) for target in setting.targets]


def _base(which: int) -> list[tuple[float, float, float]]:
    setting = SETTINGS[which]
    outcome = setting.make((), False)
    nan = math.nan
    return [
        read(outcome, target.reading) if target.smooth else (target.reading(outcome), nan, nan)
        for target in setting.targets
    ]


def _ablated(task: tuple[int, str]) -> float:
    which, name = task
    setting = SETTINGS[which]
    target = next(target for target in setting.targets if target.name == name)
    return target.reading(setting.make(setting.ablations[name], False))


def _wrong(which: int) -> list[float]:
    """The held-out figures of the deliberately wrong model, and nothing for the others."""
    setting = SETTINGS[which]
    outcome = setting.make(setting.wrong, False)
    return [target.reading(outcome) if target.role == "held out" else math.nan for target in setting.targets]


def judge(draws: int, only: str = "", workers: int = 2) -> list[Judged]:
    """All targets of the settings whose name has a word, judged."""
    chosen = [which for which, setting in enumerate(SETTINGS) if only in setting.name]
    found: list[Judged] = []
    with ProcessPoolExecutor(workers) as pool:
        bases = {which: pool.submit(_base, which) for which in chosen}
        held = [w for w in chosen if any(target.role == "held out" for target in SETTINGS[w].targets)]
        wrongs = {which: pool.submit(_wrong, which) for which in held}
        ablations = {(w, name): pool.submit(_ablated, (w, name)) for w in chosen for name in SETTINGS[w].ablations}
        priors = {
            which: [pool.submit(_draw, (which, number)) for number in range(draws)]
            for which in chosen
            if SETTINGS[which].parameters
        }
        for which in chosen:
            setting = SETTINGS[which]
            passed = [future.result() for future in priors.get(which, [])]
            for place, target in enumerate(setting.targets):
                value, low, high = bases[which].result()[place]
                prior = float(np.mean([row[place] for row in passed])) if passed else math.nan
                ablated = ablations[which, target.name].result() if (which, target.name) in ablations else math.nan
                names = tuple(parameter.path for parameter in setting.parameters)
                wrong = wrongs[which].result()[place] if which in wrongs else math.nan
                found.append(Judged(setting.name, target, names, value, low, high, prior, ablated, wrong))
    return found


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3g}"


def _row(judged: Judged) -> list[str]:
    target = judged.target
    bounds = f"{_number(target.within[0])} to {_number(target.within[1])}"
    interval = "" if math.isnan(judged.low) else f" ({_number(judged.low)} to {_number(judged.high)})"
    return [
        target.name,
        target.role,
        f"{target.what} [{', '.join(target.cite)}]",
        target.published,
        f"{_number(judged.value)}{interval} {target.unit}".strip(),
        bounds,
        "–" if math.isnan(judged.prior) else f"{judged.prior:.0%}",
        f"{_number(judged.ablated)} ({target.ablation})" if target.ablation else "–",
        judged.verdict,
    ]


HEADER = (
    "target",
    "role",
    "what is compared",
    "published",
    "simulated",
    "tolerance",
    "prior pass",
    "ablated",
    "verdict",
)


def told_apart(found: Sequence[Judged]) -> list[Judged]:
    """Held-out targets that the model meets and the deliberately wrong one misses."""
    held = [one for one in found if one.target.role == "held out" and one.target.met(one.value)]
    return [one for one in held if not one.target.met(one.wrong)]


def headline(found: Sequence[Judged]) -> str:
    """How many held-out targets are met, and how much was free."""
    held = [one for one in found if one.target.role == "held out"]
    met = [one for one in held if one.target.met(one.value)]
    support = [one for one in met if one.verdict == "met"]
    fitted = [one for one in found if one.target.role == "fitted"]
    apart = told_apart(found)
    free = len({name for one in found for name in one.parameters})
    return (
        f"{len(met)} of {len(held)} held-out targets met, {len(support)} of them without a remark. Parameters that are"
        f" free within stated ranges and move a target: {free}; fitted targets: {len(fitted)}; held-out targets:"
        f" {len(held)}. A deliberately wrong model, in which everybody is as inclined as everybody else and what is"
        f" believed never fades, misses {len(apart)} of the {len(met)}:"
        f" {', '.join(f'{one.target.name} ({_number(one.wrong)})' for one in apart) or 'none'}."
    )


def _moved(setting: Setting) -> str:
    names = [f"`{one.path}` ({one.low:g} to {one.high:g})" for one in setting.parameters]
    return f"Drawn over their ranges: {', '.join(names)}." if names else "Nothing is drawn."


def page(found: Sequence[Judged], draws: int) -> str:
    """The table and its headline as a page."""
    lines = [headline(found), f"Behind each prior pass rate: {draws} draws, lived with fewer people.", ""]
    for setting in (setting for setting in SETTINGS if any(one.setting == setting.name for one in found)):
        rows = [one for one in found if one.setting == setting.name]
        lines += [f"### {setting.name[0].upper()}{setting.name[1:]}", ""]
        lines += [
            f"Scheme `{setting.scheme}`, society `{setting.society}`. {_moved(setting)}",
            "",
            f"| {' | '.join(HEADER)} |",
            "|" + "---|" * len(HEADER),
        ]
        lines += [f"| {' | '.join(_row(one))} |" for one in rows]
        misses = [f"- **{o.target.name}** {o.target.miss}" for o in rows if o.target.miss and not o.target.met(o.value)]
        lines += ["", *(["Likely causes of misses:", "", *misses, ""] if misses else [])]
    return "\n".join(lines)


MARKS = ("<!-- table -->", "<!-- end -->")


def main(arguments: Sequence[str]) -> None:
    """Print the table, and write it into a page if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--only", default="")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--page", type=Path)
    given = parser.parse_args(arguments)
    found = judge(given.draws, given.only, given.workers)
    text = page(found, given.draws)
    sys.stdout.write(text + "\n")
    if given.page is not None:
        before, _, rest = given.page.read_text(encoding="utf-8").partition(MARKS[0])
        after = rest.partition(MARKS[1])[2]
        given.page.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
