"""The words in which a life is told: this person's own, the names of things, dates and reasons."""

from scorelab.lives.life import Event, Life

HOW = {
    "term": "its term was over",
    "score": "the score was back",
    "settled": "{she} made good",
    "corrected": "the error was found",
    "repaired": "it was ended on request",
    "undone": "an appeal was upheld",
}
WHOSE = {
    "partner": "{her} partner",
    "parent": "{her} mother or father",
    "child": "{her} child",
    "household": "somebody in {her} household",
    "friend": "a friend",
    "colleague": "a colleague",
}
CONDITIONS = {
    "child": "is a child",
    "student": "goes to school or studies",
    "working": "works",
    "jobless": "is out of work",
    "retired": "is retired",
}
ROLES = {
    "single": "lives alone",
    "partner": "lives with {her} partner",
    "parent": "lives with at least one child",
    "child": "lives with a parent or a grandparent",
    "elder": "lives with a grown child or a grandchild",
    "collective": "lives in a dormitory, barracks or a home",
}
FIFTHS = (
    "the poorest fifth",
    "the second-poorest fifth",
    "the middle fifth",
    "the second-richest fifth",
    "the richest fifth",
)
TIES = {
    "partner": ("partner", "partners"),
    "parent": ("parent", "parents"),
    "child": ("child", "children"),
    "friend": ("friend", "friends"),
    "colleague": ("colleague", "colleagues"),
}


class Voice:
    """Speaks of one person."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.names = dict(life.said)
        female = life.who.sex == "female"
        self.words = (
            {"she": "she", "her": "her", "them": "her"} if female else {"she": "he", "her": "his", "them": "him"}
        )
        self.she = self.words["she"]

    def pronouns(self, text: str) -> str:
        """The text with this person's words for {she}, {her} (whose) and {them} (whom)."""
        for word, own in self.words.items():
            text = text.replace(f"{{{word}}}", own)
        return text

    def said(self, name: str) -> str:
        """A name as it stands within a sentence."""
        text = self.names.get(name, name.replace("-", " "))
        return text if text[1:2].isupper() else text[:1].lower() + text[1:]

    def month(self, week: int) -> str:
        return f"{self.life.date(week):%B %Y}"

    def reason(self, event: Event) -> str:
        """Why a door was closed, as half a sentence with this person's words still open."""
        if event.tie == "points":
            why = "people tied to {them} had lost points, and {she} with them"
        elif event.tie and event.status == "grade":
            why = f"{WHOSE[event.tie]} had a low grade"
        elif event.tie:
            why = f"{WHOSE[event.tie]} was on the list “{self.said(event.status)}”"
        elif event.status == "grade":
            why = "{her} grade was too low"
        else:
            why = f"{{she}} was on the list “{self.said(event.status)}”"
        if event.because:
            why += f", for {self.said(event.because)}"
        if event.truth != "false":
            return why
        # Points of others and false records can both be needed for a grade, and the cause is then of either.
        needed = "; it took false records as well" if event.tie == "points" else ", by false records alone"
        return f"{why}{needed}"


def union(stays: list[tuple[str, int, int]], length: int) -> int:
    """How many of the weeks of a run some stays take up together."""
    on = [False] * length
    for _, begin, end in stays:
        on[begin:end] = [True] * (end - begin)
    return sum(on)


def weeks(number: int) -> str:
    """1 week, 2 weeks."""
    return "1 week" if number == 1 else f"{number} weeks"


def times(number: int) -> str:
    """Once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def enumerated(items: list[str]) -> str:
    """One, two and three."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
