"""Commented files to start from. Each passes the check as it stands."""

import re

from scorelab.errors import InputError, Problem
from scorelab.spec.find import MODELS
from scorelab.spec.problems import found, nearest_or_all

_SCHEME = """\
# A scheme: what watches, what a record leads to, and which doors a listing or a grade closes or opens. Check it with
#   scorelab check THIS-FILE
# and live with it for some years, beside the same years without it:
#   scorelab run THIS-FILE
# Every key there is, with its meaning, is in docs/language.md.
#
# A number is written as it is, or with its basis, so that a report can say what it rests on:
#   {value: 0.2, range: [0.1, 0.4], basis: assumed, note: why}
#   basis is documented or derived (then cite: [...] names the sources) or assumed (then range says how far it may lie)
#   a source is an id of the catalogue's bibliography, or written out in words: cite: ['Smith 2019, table 2']

format: 1
scheme: NAME
title: A scheme with a score and two lists
about: >-
  What the scheme is for, in a sentence or two.
in_force: 2020-01-06 # from this day on

aware: 0.1 # share of people who know of it beforehand; others learn by notice or at a counter

# What watches. The behaviours and exposures are words of the society in which the scheme is tried.
sources:
  controllers:
    kind: staff # or police, court, administration, camera, web, platform, neighbours, ...
    delay_weeks: 2 # from an act to its record
    watches:
      travelling-without-ticket: 0.2 # chance that an act of it is noticed
      smoking-on-train: 0.05
    mistakes: # leave it out for a source that is never wrong
      exposure: train-passage
      per_year: 0.000001 # false alerts per person and year; here one for about twenty true ones
    review: {keeps_true: 0.95, keeps_false: 0.5} # a human looks at each alert before it is a record

# The number, if there is one. A grade begins at its lowest score; everybody begins in fair here.
score:
  start: 100
  lowest: 0
  highest: 120
  recovery_per_week: 1 # of the points that were taken
  grades: {good: 110, fair: 60, poor: 0}

# How one enters, stays on and leaves a list: term_weeks, or until: settled, or until: score with leave_at.
lists:
  no-trains:
    term_weeks: 26
    notice: 0.8 # chance of being told
    corrected_per_year: 0.5 # rate at which a listing that rests on false records is struck off
  fare-due:
    until: settled
    repeat: {count: 3, within_weeks: 52, then_weeks: 13} # whoever is back for the third time in a year stays longer

# What a record leads to: onto a list, points, a grade, a fine.
rules:
  - when: [smoking-on-train]
    points: -10
    discretion: {to: -30, disagreement: 0.3} # an official decides how many, and three in ten by own severity
    along: {household: 0.2} # a fifth of the points go to everybody at home as well
  - when: [smoking-on-train]
    onto: no-trains
    after: {count: 2, within_weeks: 52} # from the second record within a year on
  - when: [travelling-without-ticket]
    onto: fare-due
    fine: true # over which some fall into arrears

# What a person is told of a record and can do about it.
due_process:
  told: 0.9 # chance of being told of a record
  window: {weeks: 2, objects: 0.3, upheld_if_true: 0.05, upheld_if_false: 0.5} # before it takes effect
  appeal: {asks: 0.1, weeks: 8, upheld_if_true: 0.05, upheld_if_false: 0.5} # once it has

# What a listing or a grade does, for whom: self, or the partner, parent, child, household, friend or colleague.
consequences:
  - while_on: no-trains
    bar: [train, flight]
    whom: self
  - while_on: fare-due
    bar: [flight]
    whom: self
  - while_grade: [poor]
    bar: [flight]
    share: 0.5 # half of the seats
    whom: self
  - while_grade: [good]
    favour: {flight: 0.99} # chance of getting a seat
    whom: self
  - while_grade: [poor]
    lose_favours: true
    whom: friend

left_out: # what the real rules say and this file does not
  - everything that is not above
"""

_SOCIETY = """\
# A society: who lives in a county, what they meet, what they need, and how they respond. Nobody in it exists: people
# are generated from the published shares in the folder of margins. Check it with
#   scorelab check THIS-FILE
# Every key there is, with its meaning, is in docs/language.md.
#
# A number is written as it is, or with its basis:
#   {value: 0.2, range: [0.1, 0.4], basis: assumed, note: why}

format: 1
society: NAME
title: A society of my own
about: >-
  Which society this stands for, and on what it rests.
margins: china-2020 # a folder of CSV files beside this file, or a society of the catalogue
counties: 20
persons: 5000 # per county

trait_correlation: 0.4 # how far a person who meets more of one thing meets more of another

# Lasting differences between persons, gamma distributed with mean 1: a small shape means that few people meet most.
traits:
  conduct: {shape: 0.3}

# What people meet an occasion for, and how often they act on it when nothing deters them.
behaviours:
  smoking-on-train:
    title: Smoking on a train
    domain: travel
    standing: unlawful # unlawful, lawful or prosocial
    trait: conduct
    per_year: 0.05 # occasions, mean over everybody
    act: 0.5
    who: # relative rates; whoever is not named has 1
      age: {"0-5": 0, "6-17": 0}
  travelling-without-ticket:
    title: Travelling without a ticket
    domain: travel
    standing: unlawful
    trait: conduct
    per_year: 0.1
    act: 0.3
    settles_per_year: 4 # rate at which somebody who is listed for it, and can, makes good
    substitute: smoking-on-train # what some turn to who are deterred from it
    who:
      condition: {arrears: 2}

# At what one can be mistaken for somebody else.
exposures:
  train-passage:
    title: Being taken for somebody else on a train
    ceiling_per_year: 0.001

# What people need and ask for.
services:
  train:
    title: A ticket for a train
    domain: travel
    per_year: 2
    success: 0.95 # chance of getting it when nothing bars it
    retry: 0.5 # chance of trying once more after a denial
    online: 0.7 # share of asks that need a working connection
    refill: 0.9 # share of refused places that others get
  flight:
    title: A flight
    domain: travel
    per_year: 0.5
    success: 0.95
  job:
    title: A job
    domain: work
    grants_work: true # who is jobless and gets it, works
    life_chance: true # a place whose loss lasts
    per_year: 0.1
    success: 0.4
    who:
      condition: {child: 0, student: 0, working: 0, retired: 0}

job_loss:
  per_year: 0.04
  who:
    condition: {child: 0, student: 0, jobless: 0, retired: 0}

# Falling behind with payments, and getting out of it.
arrears:
  share: 0.03 # of adults, at week 0
  begins_per_year: 0.02
  ends_per_year: 0.7 # of those in arrears who work
  when_not_working: 0.4 # factor on that for the others
  over_a_fine: 0.05 # chance of falling into arrears over a fine
  who:
    age: {"0-5": 0, "6-17": 0}
    condition: {jobless: 3}

# Something else that people are: by chance, or as their household has it. An experiment may tell groups apart by it.
attributes:
  newcomer:
    share: 0.1
    who:
      residence: {rural: 0.5}
  lone-parent:
    household: lone-parent

# Circles in which everybody is tied to everybody else.
ties:
  friends: {circles: 3, smallest: 3, largest: 7, mixing: 0.3} # three in ten stand in theirs by chance, not by likeness
  colleagues: {circles: 1, smallest: 2, largest: 10, mixing: 0.3}

response:
  undeterrable: 0.3 # the share of acting that no risk deters
  sensitivity: 3 # how strongly perceived risk deters
  chilling: 1 # factor on that for lawful acts
  certainty_power: 1
  severity_power: 0.3
  nearness: 0.5 # how much more is at stake just above a cut of the score
  prior_risk: 0.05 # perceived chance of a record before any experience
  learning: 0.06 # how far one experience moves it
  half_life_weeks: 26
  spread: 0.1 # share of a change that passes to other domains
  talk: 0.5 # chance of hearing of a listing at home, of a friend or a colleague
  heard: 0.02 # how far that moves perceived risk
  publicity: 0.02 # how far one published listing for 1,000 adults moves everybody's
  displacement: 0.2 # chance that a deterred act moves to its substitute
  diffusion: 0.2 # fear of unwatched acts, as a share of that of the domain's watched ones
  backlash: 0.1 # share of people whom a campaign pushes the other way
  contagion: 0.1 # how far others' acting more or less than usual carries one along
  grievance: 0.05 # fall of legitimacy with each false record, or denial without notice
  defiance: 0 # exponent of acting more as legitimacy falls
  reward: 0.1 # what certainty of a reward adds to acting, for each 10 points
  crowding: 0.05 # what being rewarded at all takes away from it
  not_asking: 0.5 # chance that somebody who knows of a bar does not ask
  cannot_pay: 0.5 # share of listed people who cannot make good in a year
  felt_loss: 0 # how much faster people make good once something was denied
  settling_when_jobless: 0.5
  stigma: 0.5 # how much more often people on a published list lose their job
  shunned: 0.3 # share of jobs that are refused to them

left_out:
  - births, deaths and moves
"""

_EXPERIMENT = """\
# An experiment: worlds that are lived side by side by the same people, who meet the same chance in all of them, so that
# what differs between two worlds is caused by what differs between their clauses. Check it and run it with
#   scorelab check THIS-FILE
#   scorelab run THIS-FILE

format: 1
experiment: NAME
title: An experiment of my own
about: >-
  What it asks.
society: china-2020 # a name of the catalogue, or a file such as ./society.yaml
start: 2018-01-01
weeks: 156
seed: 1 # another seed is another fate

worlds: # at most eight
  no-scheme:
    title: No scheme
    schemes: []
  as-written:
    title: As written
    schemes: [china-rail-2018, spc-defaulters-2013] # names of the catalogue, or files
  as-written-again: # must not differ from as-written in anything
    like: as-written
  without-false-records:
    like: as-written
    without: [false_records]
  without-ties:
    like: as-written
    without: [ties] # a mechanism, one of those that docs/language.md lists
  without-rail-staff:
    like: as-written
    without: [source:rail-staff] # a source of one of its schemes
  longer:
    title: A ban of one year
    like: as-written
    set: # in this world only: something of its schemes, or of the response
      china-rail-2018.lists.rail-conduct.term_weeks: 52
  placebo: # the same law with fresh chance for false records: the floor of what can be told apart
    like: as-written
    placebo: true

against: no-scheme # what the others are compared with
focus: as-written # what the report is about
groups: [quintile, residence, age] # or sex, or attributes of the society
"""

_STARTS = {"scheme": _SCHEME, "society": _SOCIETY, "experiment": _EXPERIMENT}
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST_NAME = 40


def starter(kind: str, name: str) -> str:
    """The text of a new scheme, society or experiment of that name. Raises InputError for a name that cannot be one."""
    if kind not in MODELS:
        raise InputError([Problem("new", 0, 0, f"nothing of the kind {found(kind)}{nearest_or_all(kind, MODELS)}")])
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        like = "-".join(re.findall("[a-z0-9]+", name.lower()))[:_LONGEST_NAME].strip("-")
        hint = f", such as {like!r}" if _NAME.fullmatch(like) else ""
        text = f"{found(name)} is not a name: lower-case letters, digits and single hyphens, at most 40{hint}"
        raise InputError([Problem("new", 0, 0, text)])
    return _STARTS[kind].replace("NAME", name, 1)
