"""Who waits for the worker, who is stopped, and what happens when it does not listen or dies."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from scorelab.explorer.work import MOST_WAITING, Busy, Job, Work
from tests.explorer import fakes

Body = Callable[[Work], Awaitable[None]]


def within(body: Body, main: Any = fakes.obedient) -> None:
    """Run a test's body beside a worker, for at most a minute."""

    async def run() -> None:
        work = Work(main)
        work.start()
        try:
            async with asyncio.timeout(60):
                await body(work)
        finally:
            work.close()

    asyncio.run(run())


async def heard(work: Work, job: Job) -> list[dict[str, Any]]:
    return [json.loads(said) async for said in work.lines(job)]


async def begun(work: Work, job: Job) -> None:
    """Wait until the job is at work."""
    async with contextlib.aclosing(work.lines(job)) as lines:
        async for said in lines:
            if json.loads(said)["event"] == "progress":
                return


def test_a_job_hears_its_last_line() -> None:
    """Otherwise the page would wait for ever."""

    async def body(work: Work) -> None:
        said = await heard(work, work.submit("a", 1, "live", "done"))
        assert said[-1] == {"event": "picture", "picture": "done"}

    within(body)


def test_a_newer_turn_of_a_tab_stops_the_older_one_and_no_other_tab() -> None:
    """Otherwise every step of a slider would be lived to its end, or one page would stop another's work."""

    async def body(work: Work) -> None:
        old = work.submit("a", 1, "live", "long")
        other = work.submit("b", 1, "live", "other")
        listening = asyncio.create_task(heard(work, old))
        await asyncio.sleep(0.5)
        new = work.submit("a", 2, "live", "new")
        assert (await listening)[-1] == {"event": "stopped"}
        assert (await heard(work, other))[-1]["picture"] == "other"
        assert (await heard(work, new))[-1]["picture"] == "new"

    within(body)


def test_a_turn_that_was_overtaken_stops_no_newer_one() -> None:
    """Two requests of a page can arrive in the other order; the picture must be of the newer text."""

    async def body(work: Work) -> None:
        newer = work.submit("a", 5, "live", "newer")
        older = work.submit("a", 4, "live", "older")
        assert (await heard(work, older))[-1] == {"event": "stopped"}
        assert (await heard(work, newer))[-1]["picture"] == "newer"

    within(body)


def test_a_job_without_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is expected of a job can be wrong, and others wait for it."""
    monkeypatch.setattr("scorelab.explorer.work.LONGEST_SECONDS", 0.3)

    async def body(work: Work) -> None:
        endless = work.submit("a", 1, "live", "long")
        said = await heard(work, endless)
        assert said[-1]["event"] == "refused" and "given up" in said[-1]["message"]
        assert (await heard(work, work.submit("b", 1, "live", "next")))[-1]["picture"] == "next"

    within(body)


def test_whoever_leaves_gives_up_the_work() -> None:
    """A closed tab must not keep the machine busy."""

    async def body(work: Work) -> None:
        left = work.submit("a", 1, "live", "long")
        await begun(work, left)  # leaves the loop, as a closed connection does
        assert left.over
        said = await heard(work, work.submit("b", 1, "live", "next"))
        assert said[-1]["picture"] == "next"

    within(body)


def test_a_worker_that_does_not_listen_is_ended_and_another_one_begins() -> None:
    """Otherwise one county that cannot be stopped would stop the explorer for good."""

    async def body(work: Work) -> None:
        deaf = work.submit("a", 1, "live", "deaf")
        await asyncio.sleep(0.5)
        work.stop(deaf)
        said = await heard(work, work.submit("a", 2, "live", "alive"))
        assert said[-1]["picture"] == "alive"

    within(body)


def test_a_worker_that_is_getting_ready_is_not_ended() -> None:
    """Compiling takes longer than two seconds; ending it each time would never let it finish."""

    async def body(work: Work) -> None:
        first = work.submit("a", 1, "live", "one")
        work.stop(first)
        said = await heard(work, work.submit("a", 2, "live", "two"))
        assert "preparing" in [one["event"] for one in said]
        assert said[-1]["picture"] == "two"

    within(body, fakes.slow_to_start)


def test_a_worker_that_dies_says_so_and_another_one_begins() -> None:
    """A worker that the system ends for want of memory must not take the page with it."""

    async def body(work: Work) -> None:
        said = await heard(work, work.submit("a", 1, "live", "die"))
        assert said[-1]["event"] == "failed" and "memory" in said[-1]["message"]
        assert (await heard(work, work.submit("a", 2, "live", "alive")))[-1]["picture"] == "alive"

    within(body)


def test_a_worker_that_never_gets_ready_is_not_tried_for_ever() -> None:
    """Otherwise a broken installation would start processes without end, and nobody would be told."""

    async def body(work: Work) -> None:
        said = await heard(work, work.submit("a", 1, "live", "one"))
        assert said[-1]["event"] == "failed"
        await asyncio.sleep(1.0)
        assert work.starts <= 4
        assert (await heard(work, work.submit("a", 2, "live", "two")))[-1]["event"] == "failed"

    within(body, fakes.dies_young)


def test_only_so_many_wait() -> None:
    """Without a bound a page gone wild would fill the memory with what it asks for."""

    async def body(work: Work) -> None:
        work.submit("first", 1, "live", "long")
        with pytest.raises(Busy):
            for number in range(MOST_WAITING + 2):
                work.submit(f"tab-{number}", 1, "live", "one")

    within(body)
