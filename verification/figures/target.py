"""What a published figure is to the model: its role, what moves it, how close is close enough."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Literal

from verification.figures.outcome import Outcome, Reading

Role = Literal["held out", "fitted", "input in disguise", "accounting", "arithmetic", "rule test", "context only"]


@dataclasses.dataclass(frozen=True)
class Parameter:
    """A number that moves a figure: the path by which it is set, and its stated range."""

    path: str
    low: float
    high: float

    @property
    def by_ratio(self) -> bool:
        """Whether draws are even in the logarithm: where the range spans a factor of ten or more."""
        return self.low > 0 and self.high / self.low >= 10


@dataclasses.dataclass(frozen=True)
class Target:
    """One published figure.

    ``within`` bounds what counts as met; it was fixed before the run that is shown. ``published`` says the figure in
    words, ``ablation`` what the setting switches off to see whether the mechanism matters.
    """

    name: str
    role: Role
    what: str
    published: str
    cite: tuple[str, ...]
    reading: Reading
    within: tuple[float, float]
    unit: str = ""
    ablation: str = ""
    miss: str = ""
    """the likely cause, where it is known not to fit"""
    smooth: bool = True
    """whether leaving out one county at a time says how far chance goes; not so for the largest of several factors"""

    def met(self, value: float) -> bool:
        """Whether a simulated figure is close enough."""
        return self.within[0] <= value <= self.within[1]


@dataclasses.dataclass(frozen=True)
class Setting:
    """An experiment, at a size, that several figures are read off; and the numbers that are drawn for it.

    ``make`` lives it under settings ``path=value``, at full or at small size.
    """

    name: str
    scheme: str
    society: str
    traits: tuple[str, ...]
    """the traits of the society that make some people more inclined than others"""
    make: Callable[[Sequence[str], bool], Outcome]
    parameters: tuple[Parameter, ...]
    targets: tuple[Target, ...]
    ablations: dict[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    """name of a target -> settings that switch its mechanism off"""

    @property
    def wrong(self) -> tuple[str, ...]:
        """The deliberately wrong model: all are equally inclined to everything, and what is believed never fades."""
        return (
            *(f"society.traits.{trait}.shape=100" for trait in self.traits),
            "society.response.half_life_weeks=10000",
        )
