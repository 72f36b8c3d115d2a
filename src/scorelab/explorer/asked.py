"""What the page may ask for: the bodies of its requests, and how large they may be.

The server keeps nothing about a page. Every request brings the texts that it is about.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from scorelab.spec.limits import MOST_WORLDS
from scorelab.spec.text import LARGEST_FILE

MOST_BYTES = 4_000_000
"""Of a request's body. A document and its original, with as many files as there may be, have room in it."""
MOST_FILES = 8
MOST_PERSONS = 2_000_000
"""All counties together, since a page is looked at; `scorelab run` lives more."""
MOST_COUNTIES = 1000
MOST_WEEKS = 2080
MOST_SECONDS = 300
"""What is expected to take longer is not begun."""

FileName = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,75}\.ya?ml$", description="a name without folders")
]
Key = Annotated[str, Field(max_length=200)]
Tab = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,40}$", description="a random name of the page that asks")]
Turn = Annotated[
    int, Field(ge=0, le=2**53, description="rises with each request of a tab; a newer one stops the older")
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class NamedText(_Strict):
    """A YAML file as text."""

    name: FileName
    text: Annotated[str, Field(max_length=LARGEST_FILE)]


class Setting(_Strict):
    """What the page changes of an experiment, as the command line does; null leaves it as the files have it."""

    persons: Annotated[int, Field(ge=1, le=MOST_PERSONS, description="of each county")] | None = None
    counties: Annotated[int, Field(ge=1, le=MOST_COUNTIES)] | None = None
    weeks: Annotated[int, Field(ge=1, le=MOST_WEEKS)] | None = None
    seed: Annotated[int, Field(ge=0, le=2**53)] | None = None


class Document(_Strict):
    """A scheme or an experiment with the files that belong to it, and what is changed of it for this page."""

    files: Annotated[list[NamedText], Field(min_length=1, max_length=MOST_FILES)]
    main: FileName
    setting: Setting = Setting()
    worlds: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=MOST_WORLDS)] | None = Field(
        default=None, description="worlds to be lived besides the focus and the one that it is compared with"
    )

    @property
    def texts(self) -> dict[str, str]:
        """The files' texts by their names."""
        return {file.name: file.text for file in self.files}


class ArrangeAsked(_Strict):
    """Files of one's own, of which a document is to be made."""

    files: Annotated[list[NamedText], Field(min_length=1, max_length=MOST_FILES)]


class CheckAsked(_Strict):
    """A document to be checked, and the one that it was made of."""

    document: Document
    original: Document | None = None


class Edit(_Strict):
    """One change of one file: a value is set, or a block switched off or on again."""

    file: FileName
    path: Annotated[list[Key | int], Field(min_length=1, max_length=20)]
    value: float | int | bool | Annotated[str, Field(max_length=2000)] | None = None
    action: Literal["set", "off", "on"] = "set"


class EditAsked(CheckAsked):
    """Changes to be written into the document's texts."""

    edits: Annotated[list[Edit], Field(min_length=1, max_length=50)]


class LiveAsked(_Strict):
    """A document to be lived."""

    document: Document
    tab: Tab
    turn: Turn


class Whom(_Strict):
    """Which synthetic person is met: one by lot among those of a kind, in a group or in all, or the one of an ID."""

    kind: Literal["wrongful", "collateral", "denied", "listed", "random", "person"] = "random"
    person: Annotated[str, Field(max_length=40)] | None = None
    attribute: Annotated[str, Field(max_length=40)] | None = None
    value: Annotated[str, Field(max_length=120)] | None = None


class MeetAsked(LiveAsked):
    """A synthetic person to be met."""

    original: Document | None = None
    whom: Whom = Whom()
    draw: Annotated[int, Field(ge=0, le=999_999)] = 0
    what_if: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=4)] = []


class TakeAsked(LiveAsked):
    """Something to take away."""

    what: Literal["report", "tables"]


class StopAsked(_Strict):
    """A tab whose work is to be given up."""

    tab: Tab
