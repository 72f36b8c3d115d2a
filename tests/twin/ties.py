"""What runs along ties: points in step 7, and in step 11 the channels by which a listing or a grade reaches others."""

from scorelab.words import BACK, Tie
from tests.twin.life import ALL, FALSE, TIE, TRUE, WITHOUT_FALSE, Life, account_of, add_points
from tests.twin.place import Place, Share, has


def shared_points(place: Place) -> None:
    """Step 7: what records of last week share along ties."""
    due = [share for share in place.shares if share.week < place.t]
    place.shares = [share for share in place.shares if share.week == place.t]
    for share in due:
        for other in place.ties(share.tie, share.record.person):
            _receive(place, share, other)


def _receive(place: Place, share: Share, other: int) -> None:
    _, world, behaviour, source, truth, _ = share.record
    life = place.life[world][other]
    place.fire("points along ties pass by", not place.score_counts(world, other))
    if not place.score_counts(world, other):
        return
    _, start, lowest, highest, _ = place.law.score[world]
    account = account_of(TIE, truth)
    what = "taken" if share.points < 0 else "given"
    place.fire(f"points along ties {what}")
    place.fire("bound of the score", not lowest <= start + sum(life.points) + share.points <= highest)
    add_points(life, account, share.points, start, lowest, highest)
    place.book.points[place.t // 52, world, source, behaviour, truth, f"{what}_along_ties"] += abs(share.points)
    if share.points < 0:
        life.took[account] = (behaviour, source)
    place.refresh(world, life, "points along ties")


def channels(place: Place) -> None:
    """The end of step 11: who holds a channel, and whom it reaches."""
    for world in place.worlds:
        lives = place.life[world]
        for life in lives:
            life.holds = {
                (channel, side)
                for channel in place.channels
                for side in (TRUE, FALSE)
                if _holds(place, world, life, channel, side)
            }
        for person, life in enumerate(lives):
            life.reached = {
                (channel, side)
                for channel in place.channels
                for side in (TRUE, FALSE)
                if any((channel, side) in lives[other].holds for other in senders(place, world, person, channel))
            }


def senders(place: Place, world: int, person: int, channel: int) -> list[int]:
    """Those whose listings and grades a channel brings to a person."""
    tie = place.law.channel_tie[world][channel]
    return place.ties(BACK[Tie(tie)], person) if tie >= 0 else []


def _holds(place: Place, world: int, life: Life, channel: int, side: int) -> bool:
    law = place.law
    on_list = law.channel_list[world][channel]
    if on_list >= 0:
        return (on_list, side) in life.sides
    grades = law.channel_grades[world][channel]
    truly = has(grades, life.standing[WITHOUT_FALSE])
    held = has(grades, life.standing[ALL]) and truly == (side == TRUE)
    place.fire("the grade of the start brings nothing", held and not place.of_another_grade(world, life))
    return held and place.of_another_grade(world, life)
