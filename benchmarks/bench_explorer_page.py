"""From the release of a slider to the new picture on the page: fifty changes in a browser, one after the other.

It needs a Chromium and ``pip install -e '.[browser]'``. The page is the real one, over a server of its own, with the
article's scheme opened as anybody opens it. Sources, rules, terms and ties are changed in turn, no change twice, and
only those count that change a number of the picture. Beside them stands the limit, measured in the same run: the same
texts lived in this process, without a page, a server or another process. On a shared machine only ratios mean anything.
"""

import argparse
import json
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from verification.explorer import running

from scorelab.explorer.pictures import picture, rounded
from scorelab.report.pdf import BROWSERS
from scorelab.runs.again import Village
from scorelab.spec.load import Options
from scorelab.spec.texts import resolve_texts

CARD = "The article's system"
GROUPS = {
    "Who watches": "source",
    "What a record does": "rule",
    "The lists": "term",
    "The score": "term",
    "Which doors": "tie",
}
"""Headings above the controls, and what a change below one of them is called here."""
KINDS = ("source", "rule", "term", "tie")
PATIENCE_SECONDS = 6

OPEN_ALL = """() => {
    for (const one of document.querySelectorAll('.change button.title[aria-expanded="false"]')) one.click();
}"""
UNFOLD = "() => { for (const one of document.querySelectorAll('.change .inside details')) one.open = true; }"
LIST = """() => {
    const found = [];
    let group = '';
    for (const one of document.querySelectorAll(
            '.change h3, .change .inside input[type=range], .change .inside select')) {
        if (one.tagName === 'H3') group = one.textContent;
        else found.push([group, one.id]);
    }
    return found;
}"""
MOVE = """([id, way]) => {
    const one = document.getElementById(id);
    if (one.tagName === 'SELECT') {
        one.selectedIndex = (one.selectedIndex + 1) % one.options.length;
    } else {
        const [low, high, now] = [Number(one.min), Number(one.max), Number(one.value)];
        const step = Math.max(1, Math.round((high - low) * 0.23)) * way;
        one.value = String(now + step > high || now + step < low ? now - step : now + step);
        one.dispatchEvent(new Event('input', {bubbles: true}));
    }
    one.dispatchEvent(new Event('change', {bubbles: true}));
}"""
SAID = """() => {
    const watch = document.querySelector('.watch');
    return watch.textContent + [...watch.querySelectorAll('path')].map(one => one.getAttribute('d')).join();
}"""
TAKEN = """() => {
    const last = name => performance.getEntriesByName(name).at(-1)?.startTime ?? 0;
    return last('scorelab:drawn') - last('scorelab:released');
}"""


class Page:
    """The page with a scheme opened, and the pictures that came to it."""

    def __init__(self, browser: Any, address: str) -> None:
        self.page = browser.new_page(viewport={"width": 1440, "height": 900})
        self.documents: list[dict[str, Any]] = []
        self.page.on("request", self._asked)
        started = time.perf_counter()
        self.page.goto(address)
        self.page.get_by_role("button", name=CARD).first.wait_for()
        self.gallery_seconds = time.perf_counter() - started
        started = time.perf_counter()
        self.page.get_by_role("button", name=CARD).first.click()
        while not self.drawn(0):
            pass
        self.first_seconds = time.perf_counter() - started

    def _asked(self, request: Any) -> None:
        if request.url.endswith("/api/live"):
            body = json.loads(request.post_data)
            if not body["tab"].startswith("g-"):  # the scheme as it was opened, which is lived beside
                self.documents.append(body["document"])

    def numbers(self) -> str:
        """All that the pictures say, in words, numbers and lines."""
        return str(self.page.evaluate(SAID))

    def turn(self) -> int:
        return int(self.page.evaluate("document.documentElement.dataset.turn ?? '0'"))

    def drawn(self, after: int) -> bool:
        """Wait for a newer picture; False where none comes."""
        until = time.monotonic() + PATIENCE_SECONDS
        while self.turn() <= after:
            if time.monotonic() > until:
                return False
            self.page.wait_for_timeout(20)
        self.page.wait_for_timeout(150)  # so that the page is at rest before the next change
        return True

    def undo(self) -> None:
        """Take back a change that cannot be lived, so that the next one can."""
        turn = self.turn()
        self.page.get_by_role("button", name="Undo").click()
        self.drawn(turn)

    def controls(self) -> Iterator[tuple[str, str]]:
        """What to change, kind after kind in turn: its kind and its element."""
        self.page.evaluate(OPEN_ALL)
        self.page.wait_for_timeout(500)
        self.page.evaluate(UNFOLD)
        by_kind: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for group, element in self.page.evaluate(LIST):
            kind = next((word for start, word in GROUPS.items() if group.startswith(start)), None)
            if kind and element:
                by_kind[kind].append(element)
        for turn in range(1000):
            for kind in KINDS:
                if by_kind[kind]:
                    yield kind, by_kind[kind][turn % len(by_kind[kind])]


def changed(page: Page, wanted: int) -> tuple[list[tuple[str, float]], int]:
    """So many changes that changed a number, each with its kind and seconds; and how many changed none."""
    found: list[tuple[str, float]] = []
    idle = 0
    seen = {json.dumps(page.documents[-1])}
    for number, (kind, element) in enumerate(page.controls()):
        if len(found) == wanted:
            break
        turn, before = page.turn(), page.numbers()
        page.page.evaluate(MOVE, [element, 1 if number % 8 < 4 else -1])
        if not page.drawn(turn):
            idle += 1
            page.undo()
            continue
        taken = page.page.evaluate(TAKEN) / 1000
        document = json.dumps(page.documents[-1])
        if document in seen or page.numbers() == before:
            idle += 1
            continue
        seen.add(document)
        found.append((kind, taken))
    return found, idle


def alone(documents: list[dict[str, Any]]) -> list[float]:
    """Seconds from texts to a picture without a page, for documents one after the other."""
    village = Village()
    found = []
    for document in documents:
        texts = {file["name"]: file["text"] for file in document["files"]}
        setting = document["setting"]
        options = Options(**{name: setting[name] for name in ("persons", "counties", "weeks", "seed")}, replicates=1)
        started = time.perf_counter()
        resolved = resolve_texts(texts, document["main"], options, document["worlds"] or [])
        json.dumps(rounded(picture(village.live(resolved))))
        found.append(time.perf_counter() - started)
    village.close()
    return found[1:]


def main() -> None:
    """Print the table in markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--changes", type=int, default=50)
    chosen = parser.parse_args()
    from playwright.sync_api import sync_playwright

    chromium = next((place for name in BROWSERS if (place := shutil.which(name))), None)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = Page(browser, server.address)
        size = page.documents[-1]["setting"]
        found, idle = changed(page, chosen.changes)
        memory = server.memory_mb()
        browser.close()
    limit = alone(page.documents[-13:])
    of_kinds = ", ".join(f"{count} {kind}" for kind, count in Counter(kind for kind, _ in found).items())
    print(f"{size['counties']} counties of {size['persons']:,} persons, {size['weeks']} weeks, 2 worlds; {of_kinds}")
    print(f"{idle} more changed no number\n")
    print("| seconds | times | least | median | most |\n|---|---:|---:|---:|---:|")
    every = [seconds for _, seconds in found]
    rows: list[tuple[str, list[float]]] = [("from release to picture", every)]
    rows += [(f"a {kind} changed", [seconds for one, seconds in found if one == kind]) for kind in KINDS]
    rows += [("limit: text to picture, no page", limit)]
    for name, times in rows:
        if times:
            print(f"| {name} | {len(times)} | {min(times):.3f} | {statistics.median(times):.3f} | {max(times):.3f} |")
    print(f"| gallery after the address | 1 | | {page.gallery_seconds:.3f} | |")
    print(f"| first picture after the card | 1 | | {page.first_seconds:.3f} | |")
    print(f"\n{memory:,.0f} MB in the server and its worker")
    assert len(found) == chosen.changes


if __name__ == "__main__":
    main()
