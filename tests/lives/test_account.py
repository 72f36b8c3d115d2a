"""What is told and drawn of a life is what happened in it."""

import dataclasses
import json
import re

from scorelab.charts.lives import MARKS, NARROW, WIDE, bars_of, marks_of, timeline
from scorelab.lives.account import account
from scorelab.lives.life import INVENTED, Event, Life, spans, steps
from scorelab.report.life import html, telling
from tests.lives import by_hand


def test_the_account_says_what_happened_when_and_nothing_else() -> None:
    """Catches a wrong date, a wrong person's word, a cause that was another, and a number that does not add up."""
    told = account(by_hand.life())
    assert told == (
        "She is 34, works, lives with at least one child, in a town, in the second-poorest fifth of incomes; among her"
        " ties are 1 partner, 1 child and 3 friends.",
        "In the world “As written”: in March 2020 a false record named her for crossing at red (cameras), which she had"
        " not done; it took 40 points.",
        "That month she came onto the list “rail”, by a false record of crossing at red.",
        "That month she was refused a train ticket: she was on the list “rail”, for crossing at red, by false records"
        " alone.",
        "Until April 2020 she was refused more for the same reason: a train ticket (once).",
        "She knew of the bar and did not even ask once, first in April 2020: a train ticket.",
        "In May 2020 she lost her job over the listing.",
        "In June 2020 she fell into arrears.",
        "In July 2020 she was out of arrears.",
        "In August 2020 she found work.",
        "In October 2020 she left the list “rail” after 29 weeks: the error was found.",
        "In these 60 weeks she was refused twice and spent 29 weeks on a list, 10 out of work and 3 in arrears; her"
        " score ended at 60.",
        "In “No {scheme}” and “Without false records” her life parts from this in March 2020: a train ticket, refused"
        " here in March 2020, was granted.",
        "There she was refused nothing (here twice), was never kept from asking by a bar (here once), spent no weeks on"
        " a list (here 29), spent no weeks out of work"
        " (here 10) and spent no weeks in arrears (here 3).",
        "In “As written, again” her life is the same, event by event.",
    )


def test_a_man_is_called_he() -> None:
    life = by_hand.life()
    told = " ".join(account(dataclasses.replace(life, who=dataclasses.replace(life.who, sex="male"))))
    assert not re.search(r"\b(she|her|She|Her)\b", told)
    assert "named him for" in told and "lost his job" in told


def test_a_denial_for_another_names_the_other() -> None:
    """Catches the person being blamed for what somebody else was written down for."""
    life = by_hand.life()
    event = Event(20, by_hand.FOCUS, "need", "train", "denied", "court", "true", "debt", "rail", "parent", case=9)
    told = account(dataclasses.replace(life, happened=(*life.happened, event)))
    assert any("refused a train ticket: her mother or father was on the list “rail”, for debt." in one for one in told)


def test_worlds_that_are_the_same_share_a_lane_and_the_focus_is_first() -> None:
    groups = [[world.name for world in group] for group in by_hand.life().alike()]
    assert groups == [[by_hand.FOCUS, by_hand.AGAIN], [by_hand.NONE, by_hand.CLEAN]]


def test_the_marks_and_bars_are_those_of_the_events() -> None:
    """Catches a refusal that is drawn as a grant, a bar of another stretch, a mark without an event."""
    life = by_hand.life()
    here = [(9, "false"), (12, "denied-false"), (13, "denied-false"), (14, "not-asked")]
    assert sorted(marks_of(life, by_hand.FOCUS)) == here
    assert marks_of(life, by_hand.CLEAN) == [(12, "granted")]
    bars = bars_of(life, life.world(by_hand.FOCUS))
    assert bars["on a list"] == [(11, 40)] and bars["no work"] == [(20, 30)] and bars["in arrears"] == [(25, 28)]
    assert not any(bars_of(life, life.world(by_hand.CLEAN)).values())
    assert len({mark.name for mark in MARKS}) == len(MARKS)


def test_every_picture_and_page_says_that_it_is_invented_and_needs_nothing_else() -> None:
    """Catches a picture that is cut out and passed on as somebody's life, and a page that calls home."""
    life = by_hand.life()
    life = dataclasses.replace(life, account=account(life))
    for width in (WIDE, NARROW):
        assert INVENTED in timeline(life, width)
    page = html(life, [])
    assert page.index(INVENTED) < page.index("<svg")
    assert page.count("<h1 ") == 1
    assert not re.search(r"(?:src|href)=|<script|url\(|@import", page)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", page)
    assert "default-src &#x27;none&#x27;" in page


def test_the_table_leaves_out_what_is_everywhere_the_same() -> None:
    life = by_hand.life()
    told = telling(life)
    assert not any(event.what == "need" and event.week == 45 for event, _ in told)
    assert [worlds for event, worlds in told if event.what == "record"] == [[by_hand.FOCUS, by_hand.AGAIN]]


def test_a_life_survives_its_file() -> None:
    life = by_hand.life()
    life = dataclasses.replace(life, account=account(life))
    assert Life.from_json(json.loads(json.dumps(life.to_json()))) == life


def test_steps_and_spans() -> None:
    assert steps([5, 5, 7, 7, 5]) == ((0, 5), (2, 7), (4, 5))
    assert spans([True, True, False, True], 4) == ((0, 2), (3, 4))
    assert spans([False, False], 2) == ()
