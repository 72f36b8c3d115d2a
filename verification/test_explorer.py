"""The explorer as somebody meets it in a browser: every path by role and keyboard, and nothing asked of the network.

They need a Chromium and ``pip install -e '.[browser]'``; without them they are skipped and say so. With SCORELAB_SHOTS
set to a folder, each view is photographed there at three widths, light and dark.
"""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

import scorelab
from scorelab.report.pdf import BROWSERS
from scorelab.spec.new import starter
from verification.explorer import Running, running

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is missing: pip install -e '.[browser]'")
pytest.importorskip("axe_playwright_python", reason="axe is missing: pip install -e '.[browser]'")
CHROMIUM = next((found for name in BROWSERS if (found := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed to open the page with")

SCHEME = "The article's system"
WIDTHS = (1440, 900, 380)
PATIENCE_MS = 60_000
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """An explorer over a folder with a scheme and a finished run."""
    folder = tmp_path_factory.mktemp("explored")
    (folder / "village.yaml").write_text(starter("scheme", "village"), encoding="utf-8")
    scorelab.run("rail-and-defaulters", persons=2000, counties=4, weeks=104, out=folder / "runs" / "rail")
    with running(folder) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


class Visit:
    """A page of its own, and everything that it said or asked for on the way."""

    def __init__(self, browser: Any, server: Running, width: int = 1440, height: int = 900, **options: Any) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": height}, **options)
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.server = server
        self.heard: list[str] = []
        self.page.on("console", lambda said: self.heard.append(f"{said.type}: {said.text}"))
        self.page.on("pageerror", lambda error: self.heard.append(f"error: {error}"))
        self.page.on("request", self._asked)
        self.page.goto(server.address)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.server.address, "data:", "blob:")):
            self.heard.append(f"asks for {request.url}")

    def turn(self) -> int:
        """The number of the newest picture."""
        return int(self.page.evaluate("document.documentElement.dataset.turn ?? '0'"))

    def drawn(self, after: int) -> None:
        """Wait for a picture that is newer."""
        self.until(lambda: self.turn() > after)

    def until(self, so: Callable[[], bool]) -> None:
        """Wait until something is so. The page's policy forbids the waiting that a browser would do by itself."""
        end = time.monotonic() + PATIENCE_MS / 1000
        while not so():
            assert time.monotonic() < end, f"it did not come to be so; the page said {self.heard}"
            self.page.wait_for_timeout(50)

    def opened(self, title: str = SCHEME) -> "Visit":
        """Open a card of the gallery and wait for its picture."""
        before = self.turn()
        self.page.get_by_role("button", name=re.compile(f"^{re.escape(title)}")).first.click()
        self.drawn(before)
        return self

    def go(self, view: str) -> None:
        self.page.get_by_role("navigation", name="Views").get_by_role("link", name=view).click()

    def control(self, word: str, section: str, label: str) -> Any:
        """The slider of a control, found by the search field above the controls."""
        self.page.get_by_role("searchbox", name="Find a control").fill(word)
        part = self.page.get_by_role("group", name=section, exact=True)
        heading = part.get_by_role("button", name=re.compile(re.escape(section))).first
        if heading.get_attribute("aria-expanded") != "true":
            heading.click()
        return part.get_by_role("slider", name=label)

    def left(self) -> None:
        """End the visit; nothing may have gone wrong on it."""
        self.context.close()
        assert self.heard == []


@pytest.fixture
def visit(browser: Any, server: Running) -> Iterator[Visit]:
    made = Visit(browser, server)
    yield made
    made.left()


def test_a_scheme_is_opened_by_keyboard_alone(visit: Visit) -> None:
    """Whoever has no mouse must come from the address to a picture."""
    card = visit.page.get_by_role("button", name=re.compile("^Train misconduct, China 2018"))
    card.wait_for()
    for _ in range(60):
        visit.page.keyboard.press("Tab")
        if card.evaluate("element => element === document.activeElement"):
            break
    else:
        pytest.fail("sixty steps do not lead to the card")
    visit.page.keyboard.press("Enter")
    visit.drawn(0)
    assert visit.page.get_by_role("heading", level=1).inner_text().startswith("Train misconduct")


def test_a_slider_moves_the_text_and_the_picture_and_can_be_undone(visit: Visit) -> None:
    visit.opened()
    before = visit.turn()
    slider = visit.control("cameras", "Cameras", "False matches")
    slider.focus()
    for _ in range(20):
        visit.page.keyboard.press("ArrowRight")
    visit.drawn(before)
    visit.page.wait_for_load_state("networkidle")
    changed = visit.page.get_by_role("region", name=re.compile("What you changed"))
    assert "false" in changed.inner_text().lower()
    visit.page.get_by_role("button", name="YAML").click()
    assert "what makes false matches" not in visit.page.locator(".cm-content").inner_text()
    for _ in range(20):
        if visit.page.get_by_role("button", name="Undo").is_disabled():
            break
        visit.page.get_by_role("button", name="Undo").click()
    assert not changed.is_visible()


def test_a_rule_is_switched_off_and_on_again(visit: Visit) -> None:
    visit.opened()
    switch = visit.page.get_by_role("switch").first
    before = visit.turn()
    switch.focus()
    visit.page.keyboard.press("Space")
    visit.drawn(before)
    before = visit.turn()
    visit.page.get_by_role("button", name="Undo").click()
    visit.drawn(before)


def test_a_fault_in_the_text_is_told_in_the_words_of_the_command_line(visit: Visit) -> None:
    visit.opened("Train misconduct, China 2018")
    visit.page.get_by_role("button", name="YAML").click()
    editor = visit.page.locator(".cm-content")
    editor.click()
    visit.page.keyboard.press("Control+End")
    visit.page.keyboard.type("\nterms: 3\n")
    said = visit.page.get_by_text("unknown key 'terms'").first
    said.wait_for()
    visit.page.keyboard.press("Control+Z")


def test_the_week_slider_crosses_all_pictures_of_time(visit: Visit) -> None:
    visit.opened()
    week = visit.page.get_by_role("slider", name="The week that is looked at")
    week.focus()
    for _ in range(3):
        visit.page.keyboard.press("PageDown")
    said = week.get_attribute("aria-valuetext")
    assert said and said.startswith("week ")
    assert visit.page.get_by_text(re.compile(re.escape(f"In {said}"))).count() >= 2


def test_another_world_is_lived_beside_the_others(visit: Visit) -> None:
    visit.opened()
    before = visit.turn()
    visit.page.get_by_text(re.compile("^Size and worlds")).click()
    visit.page.get_by_role("checkbox", name=re.compile("Without ties")).check()
    visit.drawn(before)
    assert visit.page.get_by_text("3 worlds").count() >= 1


def test_a_person_is_found_on_the_picture_and_met(visit: Visit) -> None:
    visit.opened()
    field = visit.page.get_by_role("listbox", name=re.compile("Invented persons"))
    field.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Enter"):
        visit.page.keyboard.press(key)
    visit.page.get_by_text(re.compile(r"r000-c\d{4}-p\d{5}")).first.wait_for()
    assert visit.page.get_by_text("Invented. This person does not exist.").count() >= 1


def test_somebody_harmed_is_met_and_asked_what_if(visit: Visit) -> None:
    visit.opened()
    visit.go("Meet")
    life = visit.page.get_by_role("article")
    life.wait_for()
    first = life.inner_text()
    worlds = visit.page.get_by_role("heading", name=re.compile(r"The life in \d world"))
    count = int(re.findall(r"\d+", worlds.inner_text())[0])
    life.get_by_role("checkbox", name=re.compile("left this person out")).check()
    visit.page.get_by_role("heading", name=f"The life in {count + 1} worlds").wait_for()
    visit.page.get_by_role("button", name="Another one").click()
    visit.until(lambda: life.inner_text() != first)


def test_a_link_restores_what_was_seen(browser: Any, server: Running, visit: Visit) -> None:
    visit.opened()
    before = visit.turn()
    visit.page.get_by_role("switch").first.click()
    visit.drawn(before)
    shown = visit.page.get_by_role("region", name="What it does").get_by_role("heading", level=3).all_inner_texts()
    visit.go("Take away")
    visit.page.get_by_role("button", name=re.compile("Copy the link")).click()
    link = visit.page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(server.address)
    other = Visit(browser, server)
    other.page.goto(link)
    other.page.reload()
    other.drawn(0)
    assert (
        other.page.get_by_role("region", name="What it does").get_by_role("heading", level=3).all_inner_texts() == shown
    )
    assert other.page.get_by_role("button", name="Undo").count() == 1
    other.left()


def test_the_report_and_the_tables_are_taken_away(visit: Visit, tmp_path: Path) -> None:
    visit.opened("Train misconduct, China 2018")
    visit.go("Take away")
    visit.page.get_by_role("button", name="Make the report").click()
    with visit.page.expect_download() as found:
        visit.page.get_by_role("link", name=re.compile("^Save china-rail-2018-report.html")).click()
    found.value.save_as(tmp_path / "report.html")
    assert "Train misconduct" in (tmp_path / "report.html").read_text(encoding="utf-8")
    with visit.page.context.expect_page() as shown:
        visit.page.get_by_role("link", name=re.compile("^Open the report")).click()
    shown.value.get_by_role("heading", level=1).wait_for()
    assert visit.page.get_by_text("scorelab run china-rail-2018").count() == 1


def test_own_files_are_dropped_onto_the_page(visit: Visit) -> None:
    text = starter("scheme", "dropped")
    drop = """([name, text]) => {
        const files = new DataTransfer();
        files.items.add(new File([text], name, {type: "application/yaml"}));
        const zone = document.querySelector('[aria-label="Your own files"]');
        zone.dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true}));
    }"""
    visit.page.get_by_role("group", name="Your own files").wait_for()
    visit.page.evaluate(drop, ["notes.txt", "hello"])
    visit.page.get_by_text("is no YAML file").wait_for()
    visit.page.evaluate(drop, ["dropped.yaml", text])
    visit.drawn(0)
    assert visit.page.get_by_role("heading", level=1).inner_text().startswith("A scheme with a score and two lists")


def test_a_finished_run_is_opened_and_can_be_changed(visit: Visit) -> None:
    visit.page.get_by_role("button", name=re.compile("^Train misconduct and judgment defaulters")).first.click()
    visit.page.get_by_role("link", name=re.compile("report")).first.wait_for()
    visit.page.get_by_role("button", name=re.compile("[Cc]hange")).first.click()
    visit.drawn(0)


def test_the_first_look_leads_through_the_page_by_keyboard(visit: Visit) -> None:
    visit.page.get_by_role("button", name=re.compile("^First look: ")).click()
    visit.drawn(0)
    for _ in range(6):
        visit.page.get_by_role("button", name="Next").focus()
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_timeout(300)
    visit.page.keyboard.press("Escape")
    assert visit.page.get_by_role("heading", name="Take it away").first.is_visible()


VIEWS = ("Open", "Change & watch", "Meet", "Take away")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_view_is_free_of_serious_faults_and_fits(browser: Any, server: Running, width: int, scheme: str) -> None:
    """axe finds nothing serious, and nobody has to scroll sideways, at three widths, light and dark."""
    visit = Visit(browser, server, width, color_scheme=scheme, reduced_motion="reduce")
    visit.opened()
    for view in VIEWS:
        visit.go(view)
        if view == "Meet":
            visit.page.get_by_role("article").wait_for()
        visit.page.wait_for_timeout(400)
        wide = visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{view} is {wide} pixels too wide at {width}"
        shots = os.environ.get("SCORELAB_SHOTS")
        if shots:
            name = f"{view.split()[0].lower()}-{width}-{scheme}.png"
            visit.page.screenshot(path=str(Path(shots) / name), full_page=True)
        assert faults(visit.page) == [], view
    visit.left()


def faults(page: Any) -> list[str]:
    """What axe finds serious or critical, with the first place of each."""
    page.evaluate((resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run({ resultTypes: ['violations'] })")
    assert len(found["passes"]) > 10
    return [
        f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}"
        for one in found["violations"]
        if one["impact"] in SERIOUS
    ]


def test_it_can_be_used_at_twice_the_size(browser: Any, server: Running) -> None:
    """200 % zoom of an ordinary window leaves 640 by 360 pixels of the page."""
    visit = Visit(browser, server, 640, 360, device_scale_factor=2)
    visit.opened()
    assert visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    visit.left()


def test_a_closed_tab_stops_its_work(browser: Any, server: Running) -> None:
    """Minutes of living must not go on for nobody."""
    visit = Visit(browser, server)
    visit.opened()
    visit.page.get_by_text(re.compile("^Size and worlds")).click()
    visit.page.get_by_role("spinbutton", name="Persons in a county").fill("90000")
    visit.page.keyboard.press("Tab")
    visit.page.get_by_role("button", name="Cancel").wait_for()
    visit.left()
    other = Visit(browser, server)
    other.opened("Train misconduct, China 2018")
    other.left()
