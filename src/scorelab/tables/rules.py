"""What records lead to in each world: rules, score and grades, lists, due process."""

from scorelab.kernel import layout
from scorelab.kernel.layout import NEVER, ONE, Law
from scorelab.spec.scheme import DueProcess, ListClause, Rule, Scheme
from scorelab.tables.chances import share, threshold, weekly_chance
from scorelab.tables.names import Names
from scorelab.words import Tie


def grades_of(scheme: Scheme) -> tuple[str, ...]:
    """The grades of a scheme's score, the lowest first; none where it has none."""
    grades = scheme.score.grades if scheme.score is not None else {}
    return tuple(sorted(grades, key=lambda name: grades[name]))


def write_score(law: Law, w: int, h: int, scheme: Scheme) -> None:
    """The score of a world and where its grades begin."""
    score = scheme.score
    if score is None:
        return
    law.score[w] = (h, score.start, score.lowest, score.highest, score.recovery_per_week)
    for g, name in enumerate(grades_of(scheme)):
        law.grade_from[w, g] = score.grades[name]


def points_range(rule: Rule) -> tuple[int, int]:
    """The fewest and the most points (as numbers) that a rule can move."""
    one = rule.points or 0
    other = rule.discretion.to if rule.discretion is not None else one
    return min(one, other), max(one, other)


def mean_points(rule: Rule) -> float:
    """The points that a rule moves in the middle of its range."""
    least, most = points_range(rule)
    return (least + most) / 2.0


def write_rules(law: Law, names: Names, w: int, h: int, scheme: Scheme, first: int, memory: int) -> tuple[int, int]:
    """The rules of a scheme from number ``first`` and memory ``memory`` on; returns the next of both."""
    grades = grades_of(scheme)
    for rule in scheme.rules:
        row = law.rules[w, first]
        row[layout.RULE_SCHEME] = h
        row[layout.RULE_LEAST], row[layout.RULE_MOST] = points_range(rule)
        if rule.discretion is not None:
            row[layout.RULE_DISAGREE] = threshold(rule.discretion.disagreement.value)
        if rule.onto is not None:
            row[layout.RULE_ONTO] = 1 << names.lists.index(rule.onto)
        if rule.after is not None:
            row[layout.RULE_AFTER], row[layout.RULE_WITHIN] = rule.after.count, rule.after.within_weeks
        if rule.at_most is not None:
            row[layout.RULE_CAP], row[layout.RULE_WITHIN] = rule.at_most.points, rule.at_most.within_weeks
        row[layout.RULE_MEMORY] = -1
        if rule.after is not None or rule.at_most is not None:
            row[layout.RULE_MEMORY] = memory
            memory += 1
        row[layout.RULE_TO_GRADE] = grades.index(rule.to_grade) if rule.to_grade is not None else -1
        row[layout.RULE_EXPIRES] = rule.expires_weeks or 0
        row[layout.RULE_FINE] = int(rule.fine)
        for word, part in rule.along.items():
            row[layout.RULE_ALONG + Tie[word]] = share(part.value)
        for behaviour in rule.when:
            law.rule_of[w, h, names.behaviours.index(behaviour)] |= 1 << first
        first += 1
    return first, memory


def write_list(law: Law, w: int, l: int, h: int, clause: ListClause) -> None:  # noqa: E741
    """One list of a world."""
    row = law.lists[w, l]
    row[layout.LIST_SCHEME] = h
    row[layout.LIST_TERM] = clause.term_weeks or 0
    row[layout.LIST_BY_SCORE] = int(clause.until == "score")
    row[layout.LIST_LEAVE] = clause.leave_at or 0
    row[layout.LIST_ENTER] = clause.enter_below if clause.enter_below is not None else -NEVER
    row[layout.LIST_NOTICE] = threshold(clause.notice.value) if clause.notice else layout.ALWAYS
    if clause.corrected_per_year is not None:
        row[layout.LIST_CORRECT] = threshold(weekly_chance(clause.corrected_per_year.value))
    if clause.repeat is not None:
        row[layout.LIST_REPEAT] = clause.repeat.count
        row[layout.LIST_WITHIN] = clause.repeat.within_weeks
        row[layout.LIST_THEN] = clause.repeat.then_weeks
    if clause.repair is not None:
        row[layout.LIST_REPAIR_AFTER] = clause.repair.after_weeks
        row[layout.LIST_REPAIR] = threshold(weekly_chance(clause.repair.per_year.value))
    if clause.loses_work is not None:
        row[layout.LIST_DISMISS] = threshold(clause.loses_work.value)
    law.red[w] |= int(clause.red) << l
    law.published[w] |= int(clause.published and not clause.red) << l


def write_process(law: Law, w: int, h: int, process: DueProcess | None) -> None:
    """What a person is told of a record and can do about it."""
    if process is None:
        return
    row = law.process[w, h]
    if process.told is not None:
        row[layout.PROCESS_TOLD] = threshold(process.told.value)
    window, appeal = process.window, process.appeal
    if window is not None:
        row[layout.PROCESS_WINDOW] = window.weeks
        numbers = (window.makes_good, window.objects, window.upheld_if_true, window.upheld_if_false)
        for column, number in enumerate(numbers, layout.PROCESS_MAKES_GOOD):
            row[column] = min(ONE, share(number.value)) if number is not None else 0
    if appeal is not None:
        row[layout.PROCESS_APPEALS] = min(ONE, share(appeal.asks.value))
        row[layout.PROCESS_APPEAL_WEEKS] = appeal.weeks
        row[layout.PROCESS_APPEAL] = min(ONE, share(appeal.upheld_if_true.value))
        row[layout.PROCESS_APPEAL_FALSE] = min(ONE, share(appeal.upheld_if_false.value))
