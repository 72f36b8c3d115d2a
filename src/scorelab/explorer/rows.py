"""What can be moved in a scheme without writing: every control with its words, part by part.

A row stands for one place of the language. Where nothing is written there, a control is shown only if the row says what
is meant then.
"""

from scorelab.explorer.row import Row

OF_100 = "of 100"
A_YEAR = "per year"
PER_PERSON = "per person and year"
WEEKS = "weeks"
POINTS = "points"

SOURCE = (
    Row("mistakes", "part", "It errs", "Without its mistakes, this source never writes down an innocent person."),
    Row(
        "mistakes.per_year",
        "rate",
        "False records",
        "How often it writes something down about somebody who did nothing, for each person and year.",
        PER_PERSON,
        usual=(1e-7, 1),
    ),
    Row(
        "mistakes.matching.false_match_rate",
        "rate",
        "False matches",
        "The chance that one comparison of two different people is taken for a match.",
        "per comparison",
        usual=(1e-9, 1e-2),
    ),
    Row(
        "mistakes.matching.scans_per_year",
        "number",
        "Scans of a person",
        "How often each person passes something that compares faces or plates.",
        A_YEAR,
        usual=(1, 5000),
    ),
    Row(
        "mistakes.matching.gallery",
        "number",
        "People it compares with",
        "Every scan is compared with so many people; each comparison can go wrong.",
        "people",
        usual=(1, 1e7),
    ),
    Row("review", "part", "A human looks at each alert", "Without it every alert becomes a record.", more=True),
    Row(
        "review.keeps_false",
        "share",
        "False alerts that the human lets pass",
        "Of 100 false alerts, so many become records although somebody looked at them.",
        OF_100,
    ),
    Row(
        "review.keeps_true",
        "share",
        "True alerts that the human lets pass",
        "Of 100 true alerts, so many become records.",
        OF_100,
        more=True,
    ),
    Row(
        "attention",
        "part",
        "A closer look at some",
        "Whoever is on a list or has a low grade is watched more closely.",
        more=True,
    ),
    Row(
        "attention.times",
        "number",
        "How much closer",
        "So many times as much is noticed, and as many mistakes are made.",
        "times",
        more=True,
        usual=(1, 10),
    ),
    Row(
        "selects.at_least",
        "number",
        "Weight from which on one is looked at",
        "Only people whose weights add up to so much are looked at.",
        "",
        more=True,
    ),
    Row(
        "selects.otherwise",
        "number",
        "A look at the others",
        "How closely those are watched who are not selected; 0 is not at all.",
        "times",
        more=True,
        usual=(0, 2),
    ),
    Row(
        "delay_weeks",
        "weeks",
        "From the act to the record",
        "Weeks that pass before it is written down.",
        WEEKS,
        more=True,
        unsaid=0,
    ),
)
LIST = (
    Row("term_weeks", "weeks", "Term", "Weeks on the list, counted anew from each record.", WEEKS, usual=(1, 520)),
    Row("enter_below", "points", "Enters below", "Whoever's score falls below this is listed.", POINTS),
    Row("leave_at", "points", "Leaves at", "The score at which one leaves the list.", POINTS),
    Row("published", "switch", "Published", "Everybody can read who is on it.", unsaid=False),
    Row(
        "repair", "part", "A way off before the end", "Without it, one stays until the list ends by itself.", more=True
    ),
    Row(
        "repair.after_weeks",
        "weeks",
        "Way off, at the earliest after",
        "Weeks since the last record.",
        WEEKS,
        usual=(0, 260),
    ),
    Row(
        "repair.per_year",
        "rate",
        "Way off, asked for and granted",
        "How often a year somebody who may ask gets off the list.",
        A_YEAR,
        usual=(0, 12),
    ),
    Row(
        "corrected_per_year",
        "rate",
        "Mistakes struck off",
        "How often a year a listing that rests on false records is put right.",
        A_YEAR,
        unsaid=0,
        usual=(0, 12),
    ),
    Row(
        "notice",
        "share",
        "Told when listed",
        "Of 100 people who are listed, so many are told.",
        OF_100,
        more=True,
        unsaid=1,
    ),
    Row("repeat", "part", "Longer on return", "Whoever comes back soon stays longer.", more=True),
    Row(
        "repeat.count",
        "number",
        "Records on return",
        "Records after settling that it takes.",
        "",
        more=True,
        usual=(1, 20),
    ),
    Row("repeat.within_weeks", "weeks", "within", "Weeks after settling in which they count.", WEEKS, more=True),
    Row(
        "repeat.then_weeks", "weeks", "stays on for", "Weeks that one stays on after settling again.", WEEKS, more=True
    ),
    Row(
        "loses_work",
        "share",
        "Loses work over it",
        "Of 100 people who are listed, so many lose their job over the entry.",
        OF_100,
        more=True,
    ),
)
RULE = (
    Row("points", "points", "Points", "What a record gives or, below zero, takes.", POINTS, usual=(-200, 100)),
    Row(
        "discretion.to",
        "points",
        "An official may go to",
        "The other end of what an official may give.",
        POINTS,
        usual=(-200, 100),
    ),
    Row(
        "discretion.disagreement",
        "share",
        "Officials differ",
        "Of 100 cases, so many are decided by the official's own severity.",
        OF_100,
        more=True,
    ),
    Row("onto", "choice", "Onto the list", "The list that a record puts the person on."),
    Row("to_grade", "choice", "Down to the grade", "A record takes as many points as lead into this grade."),
    Row("fine", "switch", "A fine", "Over a fine, some people fall into arrears.", more=True),
    Row(
        "after.count", "number", "Only from so many records on", "Records that it takes.", "", more=True, usual=(2, 20)
    ),
    Row("after.within_weeks", "weeks", "within", "Weeks in which they count.", WEEKS, more=True, usual=(1, 520)),
    Row(
        "at_most.points",
        "points",
        "At most",
        "The rule moves no more points than that.",
        POINTS,
        more=True,
        usual=(1, 500),
    ),
    Row("at_most.within_weeks", "weeks", "within", "Weeks in which they count.", WEEKS, more=True, usual=(1, 520)),
    Row("expires_weeks", "weeks", "Forgotten after", "Its points are taken back after so long.", WEEKS, usual=(1, 520)),
)
CONSEQUENCE = (
    Row("whom", "choice", "For whom", "The person who is on record, or those who are so to that person."),
    Row(
        "share",
        "share",
        "How much of it is closed",
        "Of 100 such places or tickets, so many are closed to those concerned.",
        OF_100,
        unsaid=1,
    ),
    Row("throttle", "share", "Slowed connection", "Of 100 things done online, so many no longer work.", OF_100),
)
PROCESS = (
    Row("told", "share", "Told of a record", "Of 100 people on record, so many are told.", OF_100, unsaid=0),
    Row("window", "part", "Time to object before it counts", "Without it, a record counts at once.", more=True),
    Row("window.weeks", "weeks", "Time to object", "From the notice of a record to its effect.", WEEKS, usual=(1, 26)),
    Row(
        "window.objects",
        "share",
        "Who objects",
        "Of 100 people who know of their record in that time, so many object.",
        OF_100,
        unsaid=0,
    ),
    Row(
        "window.upheld_if_false",
        "share",
        "Objections to false records upheld",
        "Of 100 objections to false records, so many are upheld.",
        OF_100,
        unsaid=0,
    ),
    Row(
        "window.upheld_if_true",
        "share",
        "Objections to true records upheld",
        "Of 100 objections to true records, so many are upheld.",
        OF_100,
        more=True,
        unsaid=0,
    ),
    Row(
        "window.makes_good",
        "share",
        "Who makes good in that time",
        "Of 100 true records, so many are made good before they count.",
        OF_100,
        more=True,
        unsaid=0,
    ),
    Row("appeal", "part", "Appeal", "Without it, nothing can be done about a record that counts."),
    Row("appeal.asks", "share", "Who appeals", "Of 100 people who know of their record, so many appeal.", OF_100),
    Row("appeal.weeks", "weeks", "Until it is decided", "Weeks until an appeal is decided.", WEEKS, usual=(1, 104)),
    Row(
        "appeal.upheld_if_false",
        "share",
        "Appeals against false records upheld",
        "Of 100 appeals against false records, so many are upheld.",
        OF_100,
    ),
    Row(
        "appeal.upheld_if_true",
        "share",
        "Appeals against true records upheld",
        "Of 100 appeals against true records, so many are upheld.",
        OF_100,
        more=True,
    ),
)
SCORE = (
    Row(
        "recovery_per_week",
        "points",
        "Points that come back",
        "Of the points that were taken, so many come back each week; 0: nothing is forgotten.",
        "points a week",
        unsaid=0,
        usual=(0, 20),
    ),
    Row("start", "points", "Everybody begins with", "The score of the first day.", POINTS, more=True),
)
WHOLE = (
    Row("in_force", "date", "In force from", "The day from which on the scheme holds."),
    Row("aware", "share", "Who knows of it beforehand", "Of 100 people, so many know of the scheme.", OF_100, unsaid=0),
)
OPT_IN = (
    Row("share", "share", "Who joins at once", "Of 100 adults, so many join on the first day.", OF_100),
    Row(
        "per_year",
        "rate",
        "Who joins later",
        "How often a year each of the others joins.",
        A_YEAR,
        unsaid=0,
        usual=(0, 2),
    ),
)
FUSION = (
    Row(
        "needs",
        "number",
        "Sources that must agree",
        "So many of them must have written an act down.",
        "",
        unsaid=1,
        usual=(1, 5),
    ),
    Row(
        "confirms",
        "share",
        "False records that seem confirmed",
        "Of 100 false records, so many the others seem to confirm.",
        OF_100,
        more=True,
    ),
)
CAMPAIGN = (
    Row(
        "informs",
        "share",
        "Learn of the scheme",
        "Of 100 people who do not know it, so many learn of it each week.",
        "of 100 a week",
        unsaid=0,
        usual=(0, 0.1),
    ),
    Row(
        "lifts",
        "share",
        "Fear of being caught",
        "How far towards certainty belief moves each week.",
        "of 100 a week",
        unsaid=0,
        usual=(0, 0.05),
    ),
    Row(
        "persuades",
        "number",
        "Persuasion",
        "Above zero people behave better, below zero they resent it.",
        "a week",
        unsaid=0,
        usual=(-0.01, 0.01),
    ),
    Row("start", "date", "From", "The day on which it begins.", more=True),
    Row("end", "date", "To", "The day on which it stops.", more=True),
)
RESPONSE = (
    Row("sensitivity", "number", "How strongly risk deters", "0: nobody is deterred."),
    Row(
        "chilling",
        "number",
        "How strongly lawful acts are chilled",
        "1: fear keeps from lawful acts as it does from unlawful ones; 0: not at all.",
        "times",
    ),
    Row(
        "talk", "share", "Hearing of a listing", "Of 100 listings of people close to one, so many one hears of.", OF_100
    ),
    Row("defiance", "number", "Defiance", "How much more people act as the law loses their respect."),
    Row(
        "not_asking",
        "share",
        "Not asking",
        "Of 100 people who know that they are barred, so many do not even ask.",
        OF_100,
        more=True,
    ),
    Row(
        "stigma",
        "number",
        "Stigma",
        "How much more often people on a published list lose their job.",
        "times",
        more=True,
        usual=(0, 10),
    ),
)
