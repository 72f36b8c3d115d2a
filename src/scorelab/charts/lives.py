"""One life as a picture: a lane for each world, time from left to right; shapes and rows tell, never colour alone."""

import html
from dataclasses import dataclass

from scorelab.charts.theme import BLUE, GREY, INK, QUIET, RULE, STACK, VERMILLION
from scorelab.lives.life import INVENTED, Life, Span, World, spans
from scorelab.words import Condition

WIDE, NARROW = 1060, 350
"""Widths in which the picture is drawn; a page shows the one that fits."""
ROW, BAR, SCORE = 22, 13, 46
LINE = 7.2
"""Width of a letter of the lanes' headings."""


@dataclass(frozen=True)
class Mark:
    """A shape of the picture and what it says."""

    name: str
    words: str
    row: str


MARKS = (
    Mark("act", "an act that a scheme could record", "did"),
    Mark("true", "a true record", "records"),
    Mark("false", "a false record", "records"),
    Mark("denied", "refused, for an own record", "needs"),
    Mark("denied-false", "refused by false records alone", "needs"),
    Mark("denied-tie", "refused for somebody else's record", "needs"),
    Mark("not-asked", "not even asked, because of a bar", "needs"),
    Mark("granted", "granted, where the first lane was refused", "needs"),
)


def timeline(life: Life, width: int = WIDE) -> str:
    """The picture as SVG of that width in pixels."""
    return _Picture(life, width).drawn()


def symbol(name: str) -> str:
    """One mark alone, for a legend."""
    return f'<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{_shape(name, 8, 8)}</svg>'


def marks_of(life: Life, world: str) -> list[tuple[int, str]]:
    """The marks of a world, as (week, name), those that must not be hidden last."""
    refused = {event.case for event in life.of(life.focus, "need") if event.outcome == "denied"}
    found = [(e.week, "act") for e in life.of(world, "occasion") if e.outcome in ("acted", "displaced")]
    found += [(e.week, e.truth) for e in life.of(world, "record")]
    for event in life.of(world, "need"):
        if event.outcome == "denied":
            kind = "-false" if event.truth == "false" else "-tie" if event.tie else ""
            found.append((event.week, f"denied{kind}"))
        elif event.outcome == "not-asked":
            found.append((event.week, "not-asked"))
        elif event.case in refused and event.outcome in ("granted", "favoured"):
            found.append((event.week, "granted"))
    return sorted(found, key=lambda mark: mark[1] in ("false", "denied", "denied-false", "denied-tie"))


def bars_of(life: Life, world: World) -> dict[str, list[Span]]:
    """The stretches of a world's life that bars show."""
    conditions = [*world.condition, (life.weeks, -1)]
    black = [(begin, end) for name, _, begin, end in world.listed if name not in life.honours]
    red = [(begin, end) for name, _, begin, end in world.listed if name in life.honours]
    reached = [0] * (life.weeks + 1)
    for event in life.of(world.name, "reached", "released"):
        reached[event.week] += 1 if event.what == "reached" else -1
    held, now = [], 0
    for change in reached[: life.weeks]:
        now += change
        held.append(now > 0)
    return {
        "on a list": _joined(black),
        "honoured": _joined(red),
        "a tie's status": list(spans(held, life.weeks)),
        "no work": [
            (week, conditions[i + 1][0]) for i, (week, code) in enumerate(world.condition) if code == Condition.jobless
        ],
        "in arrears": list(world.arrears),
        "throttled": list(world.throttled),
    }


def _joined(parts: list[Span]) -> list[Span]:
    found: list[Span] = []
    for begin, end in sorted(parts):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found


def _shape(name: str, x: float, y: float) -> str:
    """A mark with its middle at a place."""
    ink = f'stroke="{INK}" stroke-width="1.6"'
    red = f'stroke="{VERMILLION}" stroke-width="1.6"'
    box = f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10"'
    cross = f'<path d="M{x - 5:.1f} {y - 5:.1f}l10 10m0 -10l-10 10" fill="none"'
    shapes = {
        "act": f'<path d="M{x:.1f} {y - 5:.1f}v10" {ink}/>',
        "true": f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{INK}"/>',
        "false": f'{cross} stroke="{VERMILLION}" stroke-width="2.4"/>',
        "denied": f'{box} fill="{INK}"/>',
        "denied-false": f'{box} fill="#fff" {red}/>{cross} {red}/>',
        "denied-tie": f'<path d="M{x - 5.5:.1f} {y - 4.5:.1f}h11l-5.5 10z" fill="#fff" {ink}/>',
        "not-asked": f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#fff" {ink}/>',
        "granted": f'<path d="M{x - 5:.1f} {y:.1f}l3.5 4.5l7 -9" fill="none" stroke="{BLUE}" stroke-width="2.4"/>',
    }
    return shapes[name]


_ROWS = {mark.name: mark.row for mark in MARKS}


class _Picture:
    def __init__(self, life: Life, width: int) -> None:
        self.life, self.width = life, width
        self.narrow = width < 600
        self.left = 68 if self.narrow else 96
        self.right = width - (30 if self.narrow else 48)
        self.groups = life.alike()
        marks = [marks_of(life, group[0].name) for group in self.groups]
        bars = [bars_of(life, group[0]) for group in self.groups]
        self.marks, self.bars = marks, bars
        self.rows = [
            row for row in ("did", "records", "needs") if any(_ROWS[name] == row for m in marks for _, name in m)
        ]
        self.bands = [name for name in bars[0] if any(one[name] for one in bars)]
        scores = [value for group in self.groups for _, value in group[0].score]
        self.low, self.high = (min(scores), max(scores)) if scores else (0, 0)

    def x(self, week: float) -> float:
        return self.left + (self.right - self.left) * week / self.life.weeks

    def drawn(self) -> str:
        """The whole picture."""
        parts, y = [self.text(0, 13, INVENTED, size=12.5, bold=True)], 18.0
        for number, group in enumerate(self.groups):
            lane, y = self.lane(number, group, y + 10)
            parts += lane
        height = y + 24
        back = self.years(34.0, y)
        title = html.escape(f"{INVENTED} {self.life.who.id} in {len(self.groups)} different lives")
        size = f'width="{self.width}" height="{height:.0f}" viewBox="0 0 {self.width} {height:.0f}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{html.escape(STACK)}">'
            f"<title>{title}</title>{back}{''.join(parts)}</svg>"
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 12,
        bold: bool = False,
        quiet: bool = False,
        end: bool = False,
    ) -> str:
        weight = ' font-weight="700"' if bold else ""
        anchor = ' text-anchor="end"' if end else ""
        fill = QUIET if quiet else INK
        place = f'x="{x:.1f}" y="{y:.1f}"'
        return f'<text {place} font-size="{size}" fill="{fill}"{weight}{anchor}>{html.escape(words)}</text>'

    def years(self, top: float, bottom: float) -> str:
        """A line at the beginning of each year, named below."""
        first, last = self.life.date(0).year, self.life.date(self.life.weeks).year
        start = self.life.date(0)
        short = (last - first + 1) * 34 > self.right - self.left
        found = []
        for year in range(first, last + 1):
            week = max(0.0, (start.replace(year=year, month=1, day=1) - start).days / 7)
            if week >= self.life.weeks or (year == first and start.timetuple().tm_yday > 300):
                continue
            x = self.x(week)
            found.append(f'<path d="M{x:.1f} {top:.1f}V{bottom:.1f}" stroke="{RULE}" stroke-width="1"/>')
            found.append(
                self.text(x + 2, bottom + 15, f"’{year % 100:02d}" if short else str(year), size=11.5, quiet=True)
            )
        return "".join(found)

    def lane(self, number: int, group: list[World], y: float) -> tuple[list[str], float]:
        """One lane from ``y`` down; returns its parts and where it ends."""
        parts = [f'<path d="M0 {y:.1f}H{self.right:.1f}" stroke="{INK}" stroke-width="{2 if number == 0 else 1}"/>']
        y += 17
        for line in self.heading(group):
            heading = self.text(0, y, line, size=13, bold=True)
            parts.append(f'<g paint-order="stroke" stroke="#fff" stroke-width="5">{heading}</g>')
            y += 16
        if group[0].score and self.high > self.low:
            parts.append(self.score(group[0], y))
            y += SCORE + 6
        for row in self.rows:
            middle = y + ROW / 2 - 3
            parts.append(self.text(0, middle + 4, row, size=11.5, quiet=True))
            parts.append(f'<path d="M{self.left} {middle:.1f}H{self.right:.1f}" stroke="{RULE}"/>')
            parts += [
                _shape(name, self.x(week + 0.5), middle) for week, name in self.marks[number] if _ROWS[name] == row
            ]
            y += ROW
        for name in self.bands:
            if not self.bars[number][name]:
                continue
            parts.append(self.text(0, y + 10, name, size=11.5, quiet=True))
            parts += [self.bar(name, begin, end, y + 2) for begin, end in self.bars[number][name]]
            y += BAR + 4
        return parts, y + 4

    def heading(self, group: list[World]) -> list[str]:
        """The titles of the lane's worlds, in as many lines as they need."""
        words = " = ".join(world.title for world in group)
        most = int(self.right / LINE)
        lines, line = [], ""
        for word in words.split():
            if line and len(line) + 1 + len(word) > most:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        return [*lines, line]

    def bar(self, name: str, begin: int, end: int, y: float) -> str:
        x, width = self.x(begin), max(2.0, self.x(end) - self.x(begin))
        look = {
            "on a list": f'fill="{INK}"',
            "honoured": f'fill="#fff" stroke="{BLUE}" stroke-width="2"',
            "a tie's status": f'fill="#fff" stroke="{INK}" stroke-width="1.2" stroke-dasharray="4 2"',
            "no work": f'fill="{GREY}"',
            "in arrears": f'fill="#e4e0d6" stroke="{GREY}"',
            "throttled": f'fill="#fff" stroke="{GREY}" stroke-dasharray="1.5 1.5"',
        }
        return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{BAR - 4}" {look[name]}/>'

    def score(self, world: World, y: float) -> str:
        """The score as a line of steps, with its first and its last number."""

        def at(value: int) -> float:
            return y + SCORE - 4 - (SCORE - 14) * (value - self.low) / (self.high - self.low)

        path = ""
        for week, value in world.score:
            path += f"{'H' if path else 'M'}{self.x(week):.1f}{'' if path else ' '}{'' if path else f'{at(value):.1f}'}"
            path += f"V{at(value):.1f}"
        path += f"H{self.right:.1f}"
        first, last = world.score[0][1], world.score[-1][1]
        return "".join(
            (
                self.text(0, at(first) + 4, "score", size=11.5, quiet=True),
                self.text(self.left - 3, at(first) + 4, f"{first:,}", size=11.5, end=True),
                f'<path d="{path}" fill="none" stroke="{BLUE}" stroke-width="1.8"/>',
                self.text(self.right + 3, at(last) + 4, f"{last:,}", size=11.5),
            )
        )
