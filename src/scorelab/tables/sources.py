"""What watches in each world: thresholds of noticing, of erring, of review; whom a source looks at more closely."""

from scorelab.kernel import layout
from scorelab.kernel.layout import ONE, Law
from scorelab.spec.scheme import Mistakes, Scheme, Selects, Source
from scorelab.spec.who import Group
from scorelab.tables.chances import share, threshold
from scorelab.tables.names import CELL_ATTRIBUTES, Names, cell_factor, cell_words
from scorelab.tables.rules import grades_of
from scorelab.words import CELLS, Condition

LARGEST_SEEN = 1 << 30
"""No group is looked at more closely than so, in 2**-16, so that further factors fit 64 bits."""

EVERYBODY = -(1 << 40)
"""A least weight that everybody has."""


def mistakes_per_year(mistakes: Mistakes | None) -> float:
    """False alerts per year and person: as stated, or scans times false-match rate times gallery."""
    if mistakes is None:
        return 0.0
    if mistakes.matching is not None:
        matching = mistakes.matching
        # Of one scan at most one person is made: a gallery that is large enough to match always gives one alert.
        chance = min(1.0, matching.false_match_rate.value * matching.gallery.value)
        return matching.scans_per_year.value * chance
    return mistakes.per_year.value if mistakes.per_year is not None else 0.0


def group_factors(group: Group) -> list[float]:
    """The factor of each cell."""
    given = {name: dict(getattr(group, name)) for name in CELL_ATTRIBUTES if getattr(group, name)}
    return [cell_factor(given, cell) for cell in range(CELLS)]


def condition_sum(weights: dict[str, float], code: int) -> float:
    """What a condition code adds up to: the condition, and arrears and throttled on top."""
    words = [Condition(code & 7).name] if code & 7 < len(Condition) else []
    words += ["arrears"] if code & layout.IN_ARREARS else []
    words += ["throttled"] if code & layout.THROTTLED else []
    return sum(weights.get(word, 0) for word in words)


def _write_selection(law: Law, names: Names, w: int, r: int, selects: Selects) -> None:
    row = law.select[w, r]
    row[0] = selects.at_least
    given = {name: {k: float(v) for k, v in getattr(selects.weights, name).items()} for name in CELL_ATTRIBUTES}
    for cell in range(CELLS):
        row[1 + cell] = sum(int(given[name].get(word, 0)) for name, word in cell_words(cell).items())
    for a, attribute in enumerate(names.attributes):
        row[1 + CELLS + a] = selects.weights.attribute.get(attribute, 0)
    conditions = {str(word): float(weight) for word, weight in selects.weights.condition.items()}
    for code in range(layout.CONDITION + 1):
        row[1 + CELLS + 8 + code] = int(condition_sum(conditions, code))
    law.otherwise[w, r] = share(selects.otherwise.value) if selects.otherwise is not None else 0


def kept_false(scheme: Scheme, name: str) -> float:
    """Share of a source's false alerts that become records: kept by review, and seemingly confirmed by others."""
    source, fusion = scheme.sources[name], scheme.fusion
    kept = source.review.keeps_false.value if source.review is not None else 1.0
    if fusion is not None and name in fusion.of and fusion.confirms is not None and fusion.needs > 1:
        kept *= fusion.confirms.value
    return kept


def _write_source(law: Law, names: Names, w: int, h: int, scheme: Scheme, name: str, source: Source) -> None:
    r = names.sources.index(name)
    law.source_scheme[w, r] = h
    law.delay[w, r] = source.delay_weeks
    for place, behaviour in enumerate(sorted(source.watches)):
        b = names.behaviours.index(behaviour)
        law.alert[w, r, b] = threshold(source.watches[behaviour].value)
        law.mistaken_for[w, r, place] = b
    if source.review is not None:
        law.keep_true[w, r] = min(ONE, share(source.review.keeps_true.value))
    fusion = scheme.fusion
    if fusion is not None and name in fusion.of:
        law.fused[w, r] = 1
        law.fusion_needs[w] = fusion.needs
    law.keep_false[w, r] = min(ONE, share(kept_false(scheme, name)))
    law.sees[w, r] = [min(LARGEST_SEEN, share(factor)) for factor in group_factors(source.sees)]
    if source.attention is not None:
        attention, grades = source.attention, grades_of(scheme)
        law.attention[w, r] = share(attention.times.value)
        law.attention_lists[w, r] = sum(1 << names.lists.index(word) for word in set(attention.while_on))
        law.attention_grades[w, r] = sum(1 << grades.index(word) for word in set(attention.while_grade))
    if source.selects is not None:
        _write_selection(law, names, w, r, source.selects)
    plain = (law.sees[w, r] == ONE).all() and source.attention is None and source.selects is None
    law.varied[w, r] = int(not plain)


def write_sources(law: Law, names: Names, w: int, h: int, scheme: Scheme) -> None:
    """All sources of a scheme."""
    for name, source in scheme.sources.items():
        _write_source(law, names, w, h, scheme, name, source)
