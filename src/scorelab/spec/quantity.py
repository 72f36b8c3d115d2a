"""A number together with where it comes from."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator


class Strict(BaseModel):
    """The base of everything a person may write: unknown keys are refused, nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


Cite = Annotated[
    list[str], Field(description="the sources of it: ids of the bibliography, or works written out in words")
]
Note = Annotated[str, Field(description="what a reader should know of it")]


class Quantity(Strict):
    """A number of a scheme or a society: its value, and why anyone should believe it.

    In a file it is either a bare number, or a mapping with ``value`` and the rest. What the catalogue ships
    always says its basis; a user's own file need not.
    """

    value: float = Field(description="the number itself")
    range: list[float] | None = Field(
        default=None, min_length=2, max_length=2, description="lowest and highest plausible value"
    )
    basis: Literal["documented", "derived", "assumed"] | None = Field(
        default=None, description="why one should believe it: a source says so, it follows from sources, or neither"
    )
    cite: Cite = []
    note: Note = ""
    by_hand: bool = Field(default=False, description="set for one run: the range stays that of the file")

    @model_validator(mode="after")
    def _known_how(self) -> Self:
        if not self.by_hand and self.range is not None and not self.range[0] <= self.value <= self.range[1]:
            raise ValueError(f"value {self.value:g} lies outside its own range {self.range[0]:g} to {self.range[1]:g}")
        if self.basis == "assumed" and self.range is None:
            raise ValueError("an assumed value needs a range: how low and how high could it plausibly be?")
        if self.basis in ("documented", "derived") and not self.cite:
            raise ValueError(f"a {self.basis} value needs a citation (cite: [...])")
        return self


def _bare_number(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"value": float(value)}
    return value


Number = Annotated[Quantity, BeforeValidator(_bare_number)]
