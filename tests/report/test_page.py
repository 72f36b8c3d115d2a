"""The report: it needs nothing but itself, says only what the measures say, and no scheme's words can break it."""

import itertools
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from scorelab.measures import compute, read
from scorelab.measures.table import Row
from scorelab.measures.table import write as write_measures
from scorelab.report.context import load
from scorelab.report.page import write
from tests.measures import village
from tests.measures.handmade import LAW, manifest, world, write_county, write_manifest
from tests.measures.invented import invent
from tests.measures.parts import write_halves, write_subsets
from tests.measures.test_by_hand import CHILD, POOR, RICH


class Page(HTMLParser):
    """Tags with their attributes, and the text outside scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "hr", "link", "col", "path", "rect", "line", "circle", "wbr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("path", "rect", "line", "circle"):
            return
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("script", "style"):
            self.texts.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = invent(tmp_path_factory.mktemp("report"), counties=20, weeks=52, adults=900)
    compute(folder)
    return folder


@pytest.fixture(scope="module")
def source(run: Path) -> str:
    return write(run).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


def test_nothing_is_asked_of_any_other_place(source: str, page: Page) -> None:
    for tag, attributes in page.tags:
        assert tag not in ("link", "iframe", "object", "embed", "base", "form", "img")
        for name in ("src", "srcset", "action", "data", "poster", "background"):
            assert name not in attributes, (tag, name)
        for name in ("href", "xlink:href"):
            assert (attributes.get(name) or "#").startswith("#"), (tag, attributes)
    outside_scripts = re.sub(r"<script.*?</script>", "", source, flags=re.DOTALL)
    assert not [
        found for found in re.findall(r"url\(([^)]*)\)", outside_scripts) if not found.strip("\"'").startswith("#")
    ]
    assert "@import" not in outside_scripts
    policy = next(meta["content"] for meta in page.of("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy


def test_every_script_is_one_that_the_policy_names(source: str) -> None:
    import base64
    import hashlib

    scripts = re.findall(r'<script type="module">(.*?)</script>', source, flags=re.DOTALL)
    assert len(scripts) == 2
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"sha256-{digest}" in source


def test_specs_in_the_page_are_whole(source: str, page: Page) -> None:
    specs = re.findall(r'<script type="application/json">(.*?)</script>', source, flags=re.DOTALL)
    assert len(specs) == len(page.of("figure")) >= 8
    assert all(json.loads(spec)["layer"] for spec in specs)


def test_names_are_given_once_and_links_lead_somewhere(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    targets = [link["href"] for link in page.of("a")]
    assert len(targets) > 10
    assert all(target and target[1:] in ids for target in targets)


def test_landmarks_and_headings_are_those_of_a_page(page: Page) -> None:
    assert not page.unbalanced
    assert page.of("html") == [{"lang": "en"}]
    assert [len(page.of(tag)) for tag in ("header", "main", "nav", "footer", "h1", "title")] == [1] * 6
    first_link = page.of("a")[0]
    assert (first_link["class"], first_link["href"]) == ("skip", "#findings")
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))
    assert len(page.of("caption")) == len(page.of("table")) > 10
    drawings = [div for div in page.of("div") if div.get("role") == "img"]
    assert len(drawings) == len(page.of("figure"))
    assert all(drawing["aria-label"] and re.search(r"\d", drawing["aria-label"]) for drawing in drawings)


def test_the_first_page_says_what_this_is_and_what_is_left_out(page: Page) -> None:
    before = page.words.split("What came out")[0]
    assert "nothing here is a real person" in before
    assert "never an instrument" in before
    assert "Nobody is born and nobody dies." in before
    assert "That staff also warn people." in before


def test_only_works_that_the_run_used_are_listed(page: Page) -> None:
    works = page.words.split("Works cited")[-1]
    for name in ("V4", "D4", "P1"):
        assert re.search(rf"\b{name}\b", works)
    assert not re.search(r"\bA12\b", works)


def test_what_misleads_is_not_said(page: Page) -> None:
    words = page.words.lower()
    assert not re.search(r"\bp[- ]values?\b|\bsignifican|\bcompliant\b|\brecorded misconduct\b", words)


def changed(run: Path, folder: Path, name: str, factor: float) -> str:
    """The words of the report of the same run with one measure multiplied."""
    table = read(run)

    def times(row: Row) -> Row:
        if row.measure != name or row.value is None:
            return row
        low, high = (None if end is None else end * factor for end in (row.chance_low, row.chance_high))
        return row._replace(value=row.value * factor, chance_low=low, chance_high=high)

    for part in ("ledger", "manifest.json", "gates.json"):
        (folder / part).symlink_to(run / part)
    write_measures([times(row) for row in table], folder / "measures.parquet")
    return Page(write(folder).read_text(encoding="utf-8")).words


@pytest.mark.parametrize(
    "name",
    [
        "records_true",
        "records_false",
        "restricted_person_years",
        "ever_denied",
        "needs_denied",
        "needs_not_asked",
        "needs_favoured",
        "wrongful_pivotal",
        "collateral",
        "acts_net_share",
        "acts_prevented_share",
        "ever_denied_ratio",
        "grade_moved",
        "points_moved_share",
        "without_denials_share",
    ],
)
def test_the_prose_follows_the_measures(run: Path, page: Page, tmp_path: Path, name: str) -> None:
    """A typed number would stay as it is."""

    def said(words: str) -> str:
        return words.split("What came out")[-1].split("The worlds over time")[0]

    assert said(changed(run, tmp_path, name, 7.3)) != said(page.words)


def test_another_system_stands_beside_the_first_numbers(tmp_path: Path) -> None:
    """Catches a reader who takes the focus for all there is, and copies or parts of a system among the others."""
    other = {**LAW, "scheme": "other-law"}
    names = ("no-scheme", "as-written", "other", "other-again", "other-calm")
    more = [world("other", (other,)), world("other-again", (other,)), world("other-calm", (other,), without=("ties",))]
    write_manifest(tmp_path, manifest([world("no-scheme", ()), world("as-written"), *more], 52))
    needs = [{"period": 0, **POOR, "service": "train", "no-scheme": "granted", "count": 50}]
    needs[0] |= {"as-written": "denied"} | dict.fromkeys(names[2:], "granted")
    people = [{**POOR, "persons": 50, "adults": 50}, {**RICH, "persons": 50, "adults": 50}]
    write_county(tmp_path, names, {"people": people, "needs": needs})
    compute(tmp_path)
    assert [one.name for one in load(tmp_path).other_systems] == ["other"]
    page = Page(write(tmp_path).read_text(encoding="utf-8"))
    assert "other: 0" in page.words.split("What came out")[0]


def test_a_run_without_any_denial_is_told_as_such(tmp_path: Path) -> None:
    write_manifest(tmp_path, manifest([world("no-scheme", ()), world("as-written")], 52))
    people = [{**POOR, "persons": 50, "adults": 50}, {**RICH, "persons": 50, "adults": 50}]
    people.append({**CHILD, "persons": 5, "adults": 0})
    write_county(tmp_path, ("no-scheme", "as-written"), {"people": people})
    compute(tmp_path)
    page = Page(write(tmp_path).read_text(encoding="utf-8"))
    assert "nobody was denied anything" in page.words
    assert "nobody was put on a list" in page.words
    assert not page.unbalanced
    assert "nan" not in page.words.lower().split()


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> & \"quotes' {{x}}"


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    law = {**LAW, "title": HOSTILE, "left_out": [HOSTILE]}
    contents = manifest([world("no-scheme", ()), world("as-written", (law,), title=HOSTILE)], 52)
    contents["resolved"]["title"] = contents["resolved"]["about"] = HOSTILE
    contents["resolved"]["society"]["services"]["train"]["title"] = HOSTILE
    contents["resolved"]["society"]["behaviours"]["smoke"]["title"] = HOSTILE
    write_manifest(tmp_path, contents)
    needs = [{"period": 0, **POOR, "service": "train", "no-scheme": "granted", "as-written": "denied", "count": 50}]
    acts = [{"period": 0, **POOR, "behaviour": "smoke", "no-scheme": "acted", "as-written": "refrained", "count": 50}]
    people = [{**POOR, "persons": 50, "adults": 50}, {**RICH, "persons": 50, "adults": 50}]
    write_county(tmp_path, ("no-scheme", "as-written"), {"people": people, "needs": needs, "occasions": acts})
    compute(tmp_path)
    source = write(tmp_path).read_text(encoding="utf-8")
    page = Page(source)
    assert len(page.of("script")) == len(page.of("figure")) + 2
    assert not page.of("img")
    assert page.words.count("alert(1)") > 5
    assert not page.unbalanced


def test_a_gate_that_fails_is_said_at_the_top(page: Page) -> None:
    """The invented run keeps no candidates, so conservation fails."""
    assert "A gate fails" in page.words.split("What came out")[0]


def said(page: Page) -> str:
    return page.words.split("What came out")[-1].split("The worlds over time")[0]


def with_ratio(run: Path, folder: Path, low: float, high: float) -> str:
    """The findings of the same run with another interval of the ratio of poor to rich."""
    rows = [
        row._replace(value=1.1, chance_low=low, chance_high=high)
        if row.measure == "ever_denied_ratio" and row.item == "q1 to q5"
        else row
        for row in read(run)
    ]
    for part in ("ledger", "manifest.json", "gates.json"):
        (folder / part).symlink_to(run / part)
    write_measures(rows, folder / "measures.parquet")
    return said(Page(write(folder).read_text(encoding="utf-8")))


def test_nothing_known_is_not_said_to_be_equal(run: Path, tmp_path: Path) -> None:
    for name, (low, high) in {"wide": (0.56, 3.7), "narrow": (0.95, 1.2), "apart": (1.05, 1.2)}.items():
        (tmp_path / name).mkdir()
        words = with_ratio(run, tmp_path / name, low, high)
        assert ("richest fifth are denied something about equally often" in words) == (name == "narrow")
        assert ("cannot be told" in words and "poorest fifth or the richest fifth" in words) == (name == "wide")


def test_persons_stand_beside_their_denials(page: Page) -> None:
    assert re.search(r"[\d,]+ synthetic persons are ever denied something by error alone", said(page))
    assert re.search(r"[\d,]+ of the synthetic persons", said(page))


def test_every_table_of_rates_says_whom_they_are_per(page: Page) -> None:
    begins = ("What became of needs", "Denials by whose", "Denials that rest", "Denials that go")
    captions = re.findall(rf"(?:{'|'.join(begins)}).*?year", page.words)
    assert len(captions) == len(begins)
    assert all(caption.endswith("per 100,000 persons and year") for caption in captions)
    assert "Unit of the difference" in page.words
    assert "percentage points" in page.words


def test_a_run_without_intervals_says_why_and_explains_no_brackets(tmp_path: Path) -> None:
    run = invent(tmp_path, counties=3, weeks=52, adults=900)
    compute(run)
    words = Page(write(run).read_text(encoding="utf-8")).words
    assert "No interval of chance is given (none: 3 counties" in words
    assert "In brackets" not in words
    assert "the band is" not in words
    assert "lines are 95 %" not in words


def test_what_the_society_rests_on_is_said_as_it_is(tmp_path: Path) -> None:
    rows = [
        {"margin": "sex", "category": name, "share": 0.5, "basis": basis, "cite": [], "note": ""}
        for name, basis in (("female", "assumed"), ("male", "derived"))
    ]
    contents = manifest([world("no-scheme", ()), world("as-written")], 52, margins={"format": 1, "rows": rows})
    contents["resolved"]["worlds"][1]["response"]["learning"] |= {"value": 0.31, "by_hand": True, "basis": None}
    write_manifest(tmp_path, contents)
    margins = [
        {"margin": "sex", "category": name, "wanted": 30.0, "persons": n} for name, n in (("female", 20), ("male", 40))
    ]
    write_county(
        tmp_path, ("no-scheme", "as-written"), {"people": [{**POOR, "persons": 60, "adults": 60}], "margins": margins}
    )
    compute(tmp_path)
    words = Page(write(tmp_path).read_text(encoding="utf-8")).words
    assert "1 of their 2 numbers are assumed" in words
    assert "female (−10)" in words
    assert "0.31" in words.split("Numbers of response")[-1]


def test_the_schemes_say_what_they_are_at_the_top(page: Page) -> None:
    assert "A law of two clauses. Made up for tests." in page.words.split("What came out")[0]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Page:
    folder = village.write(tmp_path_factory.mktemp("village"))
    compute(folder)
    return Page(write(folder).read_text(encoding="utf-8"))


def test_parts_that_add_up_are_told_in_a_sentence_first(tmp_path: Path) -> None:
    """Catches a section of numbers without words, and one that says more when there is less."""
    for name, make, said in (
        ("spillover", write_halves, "are denied 3,000 more needs a year than without any scheme, and 100,000 to whom"),
        ("shares", write_subsets, "denies 50,000 more needs than the same system without false records and the spiral"),
    ):
        folder = make(tmp_path / name)
        compute(folder)
        page = Page(write(folder).read_text(encoding="utf-8"))
        assert name in [attributes.get("id") for attributes in page.of("section")]
        assert said in page.words
    assert "By mechanism: false records 34,000 more, consequences along ties 9,500 more, the spiral 6,500 more." in (
        page.words
    )


SECTIONS = {
    "lists": "The lists, one by one",
    "chilling": "Lawful acts given up",
    "without": "What falls away without each mechanism",
    "score": "Grades and points",
    "process": "What can be done about a record",
    "work": "Work and arrears",
    "chances": "Life chances",
}


def headings(page: Page) -> list[str | None]:
    return [section.get("id") for section in page.of("section")]


def test_every_mechanism_has_its_section(everything: Page) -> None:
    assert set(SECTIONS) <= set(headings(everything))
    for heading in SECTIONS.values():
        assert everything.words.count(heading) >= 2, heading  # in the contents and in its place
    assert not everything.unbalanced


def test_sections_without_content_are_left_out(tmp_path: Path) -> None:
    bare = {name: part for name, part in LAW.items() if name not in ("score", "due_process")}
    bare |= {"lists": {}, "rules": [], "consequences": []}
    write_manifest(tmp_path, manifest([world("no-scheme", ()), world("as-written", (bare,))], 52))
    people = [{**POOR, "persons": 50, "adults": 50}, {**RICH, "persons": 50, "adults": 50}]
    write_county(tmp_path, ("no-scheme", "as-written"), {"people": people})
    compute(tmp_path)
    page = Page(write(tmp_path).read_text(encoding="utf-8"))
    assert not {*SECTIONS, "causes", "wrongful", "others", "conduct"} & set(headings(page))
    assert {"findings", "time", "denied", "sources", "run"} <= set(headings(page))
    targets = [link["href"] for link in page.of("a")]
    assert all(target and target[1:] in [*headings(page)] for target in targets)


def test_numbers_of_a_section_are_those_of_the_measures(everything: Page) -> None:
    words = everything.words
    process = words.split("What can be done about a record")[2]
    assert re.search(r"2 48\.5 100\.5 131 Persons stand", words)
    assert "Objection upheld of 100 objections 25 (5 counted) 60 (6 counted)" in process
    assert "12 of 92 records that took effect in this run are false" in process
    chances = words.split("Life chances")[2]
    assert "School place 1,100 (5 counted) 680 (3 counted) 450 (2 counted) 680 (3 counted)" in chances


def test_a_recogniser_is_told_in_natural_frequencies(everything: Page) -> None:
    assert "The source camera scans each 100,000 persons 10,000,000 times a year." in everything.words
    assert "Of a million scans, 450 end in a false alert" in everything.words


def test_a_run_with_attributes_and_eight_worlds_has_its_page(tmp_path: Path) -> None:
    switches = ("false_records", "ties", "spiral", "chilling", "review")
    worlds = [world("no-scheme", ()), world("as-written"), world("placebo", placebo=True)]
    worlds += [world(f"without-{one.replace('_', '-')}", without=(one,)) for one in switches]
    contents = manifest(worlds, 52, groups=["quintile", "migrant"])
    contents["resolved"]["society"]["attributes"] = {"migrant": {"title": "From elsewhere"}}
    write_manifest(tmp_path, contents)
    groups = [{"quintile": "q1", "attributes": word} for word in ("migrant", "none")]
    people = [{**group, "persons": 50, "adults": 50} for group in groups]
    names = [one["name"] for one in worlds]
    there = {name: "granted" if name == "no-scheme" else "denied" for name in names}
    needs = [{"period": 0, **group, "service": "train", **there, "count": 40} for group in groups]
    persons = [{"span": "run", "world": "as-written", **group, "persons": 50, "denied": 20} for group in groups]
    rows = {"people": people, "needs": needs, "persons": persons}
    write_county(tmp_path, names, rows, groups=("quintile", "attributes"))
    compute(tmp_path)
    page = Page(write(tmp_path).read_text(encoding="utf-8"))
    assert "From elsewhere to others" in page.words
    assert "not From elsewhere" in page.words
    assert not page.unbalanced
    assert "without consequences along ties" in page.words.split("What was run")[-1]
