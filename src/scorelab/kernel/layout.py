"""The integer tables that the kernel reads, and the words in which it keeps a life.

Axes are named by letters: N persons, W worlds, K kinds, B behaviours, S services, R sources, U rules, L lists, X
channels, H schemes, D domains, G groups, C cells (:data:`scorelab.words.CELLS`), Q condition codes, Z statuses.

A *threshold* is a chance in units of 2**-32, held in a signed 64-bit integer from 0 (never) to 2**32 (always);
something happens when a word of chance, a number from 0 to 2**32 - 1, is smaller. A *share* is a chance or a factor
in units of 2**-16; a chance of that kind is compared with half a word.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scorelab.words import Tie

Int64s = npt.NDArray[np.int64]
Int32s = npt.NDArray[np.int32]
Int16s = npt.NDArray[np.int16]
UInt64s = npt.NDArray[np.uint64]
UInt32s = npt.NDArray[np.uint32]
UInt16s = npt.NDArray[np.uint16]
UInt8s = npt.NDArray[np.uint8]

ALWAYS = 2**32
"""The threshold below which every word lies."""

ONE = 65536
"""A factor of one, and a share of all."""

OPEN = 32767
"""The end week of a listing that has no fixed end."""

NEVER = 1 << 30
"""A week that is never reached."""

MAX_TRIES = 31
"""Further tries after a denial, all in the same week."""

PERIOD_WEEKS = 13
"""Weeks in a period of the tables that are coarse in time."""

YEAR_WEEKS = 52
"""Weeks in a year of the model."""

ACCOUNT_ZERO = 32768
"""How an account of zero points is stored in 16 bits."""

ACCOUNT_LIMIT = 30000
"""No account holds more points than this, in either direction."""

LARGEST_RATE = 1 << 46
"""The most that a rate may be in units of 2**-32 of layer 0, so that its product with a factor fits 64 bits."""

OFFICIALS = 64
"""Officials of a county among whom its cases are shared out."""

ELSEWHERE_CALL = 9
"""The call of the words of an act that moved to a substitute, so that they are no other act's."""

# Response: an exponent x in units of 2**-16 is read from a curve of 2**-30 parts, 32 entries for each 1 of x.
CURVE_ONE = 1 << 30
CURVE_STEPS = 512
LARGEST_EXPONENT = (CURVE_STEPS << 16) // 32
POWER_STEPS = 256
BANDS = 4
"""Distance of a score to the next cut: far, within three records, within one record, below every cut."""
FAR, NEAR, NEXT, BELOW = range(BANDS)

# Norms: a factor exp(x) in units of 2**-16, x from -3 to 3 in steps of 1/64.
NORM_RANGE = 3 * ONE
NORM_STEPS = 384
NORM_PRIOR = 32
"""Occasions that a county's acting rate is mixed with before it counts as a departure from the usual one."""
NORM_BOUND = 2 * ONE
"""No campaign moves the exponent of a norm further than this."""

# What a kind of candidate is about.
OCCASION, MISTAKE, NEED, JOB_LOSS, ARREARS, CLEARING = range(6)

# Statuses that close a door or open one: lists, then grades, then channels along ties.
LISTS, GRADES, CHANNELS = 16, 16, 16
STATUSES = LISTS + GRADES + CHANNELS
GRADE_STATUS = LISTS
CHANNEL_STATUS = LISTS + GRADES

# The fields of ``Lives.hot``: what nearly every event looks at, 16 bits each.
LIFE = 0  # see the masks below
KNOWN = 1  # bit h: knows scheme h; bit 8 + h: scheme h applies to the person
TRUE_LISTS = 2  # bit l: on list l by true records
FALSE_LISTS = 3  # bit l: on list l by false ones
TIED_TRUE = 4  # bit x: reached by channel x by somebody's true records, as of the end of last week
TIED_FALSE = 5
STANDING = 6  # four grades of four bits: with all points, without false ones, without those of ties, own true ones
MARKS = 7  # what the person did and met, the year's marks in the low half, the whole run's in the high half
HOT = 8

# Masks of LIFE.
CONDITION = 0b11111  # bits 0-2 the condition, bit 3 in arrears, bit 4 throttled
IN_ARREARS = 1 << 3
THROTTLED = 1 << 4
ASKED = 0b11 << 5  # asked for something this year; in the run
CONTRARY = 1 << 7  # reacts to campaigns with backlash
GRIEVANCE = 8  # bits 8-11: the number of grievances, at most 15
MARKED = 1 << 12  # on a list, reached by a channel, or of another grade than at the start
TRACED = 1 << 13  # what happens to the person is written down; changes nothing

# The fields of accounts, 16 bits each.
SCORED = 0  # 1 + the week to which the accounts are brought up to date; 0: never touched
OWN_TRUE = 1  # points, plus ACCOUNT_ZERO: from own true records
OWN_FALSE = 2  # from own false ones
TIE_TRUE = 3  # that came along a tie, from true records of the other
TIE_FALSE = 4
CAUSE = 4  # CAUSE + account: 1 + behaviour + 64 * source of the latest record that took points from it; 0: none
CHECK_DUE = 9  # the week in which recovery may next change a grade; 0: none
ACCOUNT_FIELDS = 10

# The fields of a mind, 16 bits each: the week to which perceived risks are brought up to date, then one a domain.
RISK_WEEK = 0
RISK = 1

# What an entry of the agenda is about.
ARRIVAL, EFFECT, EXPIRY, UNDOING, CHECK = range(5)

# Columns of ``Law.rules``. RULE_AFTER: applies from so many records within so many weeks on; RULE_CAP: moves no more
# points than that within them; RULE_ALONG is followed by one share a tie.
(
    RULE_SCHEME,
    RULE_LEAST,
    RULE_MOST,
    RULE_DISAGREE,
    RULE_ONTO,
    RULE_AFTER,
    RULE_CAP,
    RULE_WITHIN,
    RULE_MEMORY,
    RULE_TO_GRADE,
    RULE_EXPIRES,
    RULE_FINE,
    RULE_ALONG,
) = range(13)
RULE_COLUMNS = RULE_ALONG + len(Tie)

# Columns of ``Law.process``: thresholds, weeks, shares; those of upholding are followed by the one for false records.
(
    PROCESS_TOLD,
    PROCESS_WINDOW,
    PROCESS_MAKES_GOOD,
    PROCESS_OBJECTS,
    PROCESS_OBJECTION,
    PROCESS_OBJECTION_FALSE,
    PROCESS_APPEALS,
    PROCESS_APPEAL_WEEKS,
    PROCESS_APPEAL,
    PROCESS_APPEAL_FALSE,
) = range(10)
PROCESS_COLUMNS = 10

# Columns of ``Law.lists``.
(
    LIST_SCHEME,  # or -1
    LIST_TERM,  # weeks; 0 where the list has no fixed term
    LIST_BY_SCORE,  # 1: the listing ends when the score is back at LIST_LEAVE
    LIST_ENTER,  # listed when the score is below; -NEVER where the score puts nobody on the list
    LIST_LEAVE,
    LIST_NOTICE,  # threshold
    LIST_CORRECT,  # threshold a week
    LIST_REPEAT,  # repeats after settling until the listing lasts longer; 0: no escalation
    LIST_WITHIN,  # weeks
    LIST_THEN,  # weeks
    LIST_REPAIR_AFTER,  # weeks
    LIST_REPAIR,  # threshold a week
    LIST_DISMISS,  # threshold of losing work at entry
) = range(13)
LIST_COLUMNS = 13

# Columns of ``Law.list_purpose``.
WHY_SETTLE, WHY_CORRECT, WHY_NOTICE, WHY_REPAIR, WHY_DISMISS, WHY_UNABLE = range(6)
LIST_PURPOSES = 6

# Columns of ``Lives.listings``: of a side its end week, behaviour and source of its latest record, 1 + the week of that
# record, 1 + the week in which the side began; first by true records, then by false ones at SIDE + column; then what
# escalation remembers, and whether something was denied since the person came onto the list.
END, BECAUSE, SEEN_BY, SINCE, BEGAN = range(5)
SIDE = 5
SETTLED, REPEATS, FELT = 10, 11, 12
LISTING_COLUMNS = 13


class Kinds(NamedTuple):
    """The kinds of candidates, sorted by what they are about, then by name, then by layer and variant."""

    what: UInt8s  # [K] OCCASION, MISTAKE, NEED, JOB_LOSS, ARREARS or CLEARING
    item: Int32s  # [K] the behaviour, source or service; else 0
    layer: Int64s  # [K] layer 0 reaches up to the ceiling; each further one is as high as all before it
    purpose: UInt64s  # [K] purpose of its number of candidates and of their first four words
    worlds: Int64s  # [K] bit w: the kind concerns world w
    thin: Int64s  # [K, age band, Q] threshold to be reached, in that condition; of job losses, in 2**-32 of layer 0
    share: Int64s  # [K, W, C] of mistakes, how often a world has them, in 2**-32 of layer 0; ALWAYS for other kinds


class Law(NamedTuple):
    """What each world's schemes and assumptions say, as tables."""

    # the calendar
    rollout: Int64s  # [W, H, steps, 2] from this week on (NEVER: no step), a county whose word is below is in
    open_to_all: Int64s  # [W] bit h: the scheme applies to everybody, not to members only
    aware: Int64s  # [W, H, weeks] threshold of knowing the scheme by then
    joins: Int64s  # [W, H, weeks] threshold of being a member so many weeks after the scheme began in the county
    media: Int64s  # [W, D, weeks] share of the way to certainty by which campaigns lift the perceived risk of all
    published_lift: Int64s  # [W] the same, for one published listing in a county of one adult
    public_fade: Int64s  # [W] share of the lift that is left after a week, in 2**-32
    norm_push: Int64s  # [W, B, weeks] what campaigns add to the exponent of the norm, in 2**-16
    contagion: Int64s  # [W] c in units of 2**-16
    exponential: Int64s  # [NORM_STEPS + 1] exp(x) in units of 2**-16
    refill: Int64s  # [W, S] share of the places freed that others get
    # sources
    source_scheme: Int64s  # [W, R] the scheme that a source belongs to, or -1
    delay: Int64s  # [W, R] weeks from the act to the record's arrival
    alert: Int64s  # [W, R, B] threshold of noticing an act; 0 where the source does not watch
    keep_true: Int64s  # [W, R] share of true alerts that become records
    keep_false: Int64s  # [W, R] share of false ones
    mistaken_for: Int64s  # [W, R, B] behaviours that the source's false records name, in order; -1 after the last
    varied: Int64s  # [W, R] 1: the next five say something
    sees: Int64s  # [W, R, C] factor on noticing, by cell
    attention: Int64s  # [W, R] factor on noticing and erring for whoever has one of the next two statuses
    attention_lists: Int64s  # [W, R] bit l
    attention_grades: Int64s  # [W, R] bit g
    otherwise: Int64s  # [W, R] factor for whoever is not selected; ONE where nobody is selected
    select: Int64s  # [W, R, 1 + C + 8 + Q] the least weight of the selected, then weights by cell, attribute, condition
    fused: Int64s  # [W, R] 1: what the source writes is joined with others into one record
    fusion_needs: Int64s  # [W] so many fused sources must have seen the act
    # rules
    rule_of: Int64s  # [W, H, B] bit u: rule u of the world speaks of the behaviour
    rules: Int64s  # [W, U, RULE_COLUMNS]
    score: Int64s  # [W, 5] scheme of the score or -1, start, lowest, highest, recovery per week
    grade_from: Int64s  # [W, GRADES] lowest score of each grade, rising; NEVER after the last
    process: Int64s  # [W, H, PROCESS_COLUMNS]
    fined: Int64s  # [W, C] threshold of falling into arrears over a fine
    # lists
    lists: Int64s  # [W, L, LIST_COLUMNS]
    red: Int64s  # [W] bit l: being on the list is an honour and no restriction
    published: Int64s  # [W] bit l; never of a red list
    stigma: Int64s  # [W] share by which a published listing raises the loss of jobs
    settle: Int64s  # [W, B, Q] threshold a week of making good
    cannot_pay: Int64s  # [W] threshold of not being able to, year by year
    felt_loss: Int64s  # [W] share by which a denial while listed raises it
    # ties
    channel_tie: Int64s  # [W, X] the tie along which the channel runs, -1 for none
    channel_list: Int64s  # [W, X] the list that it brings, -1 for none
    channel_grades: Int64s  # [W, X] bit g: or the grades
    # doors
    bar_lists: Int64s  # [W, S] bit l
    bar_grades: Int64s  # [W, S] bit g
    bar_tied: Int64s  # [W, S] bit x
    partial: Int64s  # [W, S] 1: some of the next are below ALWAYS
    strength: Int64s  # [W, S, STATUSES] threshold of meeting a closed door
    favour_lists: Int64s  # [W, S] bit l
    favour_grades: Int64s  # [W, S] bit g
    lift: Int64s  # [W, S, LISTS + GRADES] threshold of success with the favour
    unfavour_tied: Int64s  # [W, S] bit x: whoever it reaches has no favours
    throttle_lists: Int64s  # [W] bit l
    throttle_grades: Int64s  # [W] bit g
    throttle_tied: Int64s  # [W] bit x
    status_scheme: Int64s  # [W, STATUSES] the scheme behind each status; -1 for none
    success: Int64s  # [S] threshold
    retry: Int64s  # [S] threshold
    grants_work: Int64s  # [S] 1: whoever is jobless and gets it works
    owing: Int64s  # [W, S] threshold of falling into arrears when denied
    spiral: Int64s  # [W] 0: what a scheme does changes nobody's work or arrears
    not_asking: Int64s  # [W] threshold
    sibling: Int64s  # [W, 3] the same world without false records, without ties, without either; -1: none
    # response
    base: Int64s  # [W, B] threshold of acting undeterred
    deters: Int64s  # [W, B] bit h: scheme h has something at stake, or a reward
    slope: Int64s  # [W, H, B, BANDS] exponent at certainty, in 2**-16
    innocent: Int64s  # [W, H, B] perceived chance of a record without the act, in 2**-16
    reward: Int64s  # [W, H, B] what certainty of a record adds to acting, in 2**-16
    crowding: Int64s  # [W, H, B] what being rewarded takes away, in 2**-16
    next_points: Int64s  # [W, B] points that a record of it takes, for the distance to the next cut; 0: none
    curve: Int64s  # [W, CURVE_STEPS + 1] alpha + (1 - alpha) * exp(-x) in units of 2**-30
    power: Int64s  # [W, POWER_STEPS + 1] p**a in units of 2**-16
    prior: Int64s  # [W] perceived risk before experience, in units of 2**-16
    learning: Int64s  # [W] lambda, in 2**-16
    heard: Int64s  # [W] how far a known listing among ties moves it, in 2**-16
    talk: Int64s  # [W] threshold of hearing of a tie's listing
    spread: Int64s  # [W] tau, in 2**-16
    fade: Int64s  # [W, weeks + 1] what is left of a departure from the prior after so many weeks, in 2**-32
    displacement: Int64s  # [W] threshold of moving to the substitute
    contrary: Int64s  # [W] threshold of being one who reacts with backlash
    grievance: Int64s  # [W, 16] factor on acting after so many grievances
    domain: Int64s  # [B]
    substitute: Int64s  # [B] -1: none
    standing: Int64s  # [B] 0 unlawful, 1 lawful, 2 prosocial
    # purposes
    rollout_purpose: UInt64s  # [H]
    record_purpose: UInt64s  # [R, B]
    which_purpose: UInt64s  # [R]
    told_purpose: UInt64s  # [H]
    appeal_purpose: UInt64s  # [H]
    official_purpose: UInt64s  # [H]
    hear_purpose: UInt64s  # [H]
    fine_purpose: UInt64s  # [B]
    round_purpose: UInt64s  # [B]
    displace_purpose: UInt64s  # [B]
    ask_purpose: UInt64s  # [S]
    door_purpose: UInt64s  # [S]
    owe_purpose: UInt64s  # [S]
    list_purpose: UInt64s  # [L, LIST_PURPOSES]
    contrary_purpose: UInt64s  # [1]


class County(NamedTuple):
    """One county's people and the tables from which its candidates are drawn."""

    number: int
    key0: int
    key1: int
    adults: int
    in_force: Int64s  # [W, H] first week in which the scheme is in force here, or NEVER
    cell: UInt8s  # [N]
    group: UInt8s  # [N]
    condition: UInt8s  # [N] condition code at week 0
    attributes: UInt8s  # [N] bit a: has attribute a
    exempt: UInt8s  # [N] bit w: in world w no scheme applies to the person, ever
    tie_from: Int32s  # [TIES, N + 1] where a person's ties of a kind begin in ``tie``
    tie: Int32s  # persons, all kinds of tie in a row
    aware_rank: UInt32s  # [H, N] words of knowing a scheme, rising
    aware_order: Int32s  # [H, N] whose they are
    join_rank: UInt32s  # [H, N] words of joining, rising, adults only
    join_order: Int32s  # [H, N] whose they are; -1 after the last
    alias: UInt32s  # [A, N, 2] alias tables, block by block: the word below which a slot keeps its own person, and the
    # person that it else leads to, counted from the block's first
    alias_of: Int64s  # [K] the kind's table; kinds whose rates are in proportion share one
    first: Int64s  # [K, blocks] smallest number of candidates
    cut: UInt32s  # the cumulative law of the number of candidates, all kinds and blocks in a row
    cut_from: Int64s  # [K, blocks + 1 flattened to K * blocks + 1] where each begins in ``cut``


class Scratch(NamedTuple):
    """Room that one week needs and the next one overwrites."""

    in_force: Int64s  # [W] bit h: the scheme is in force in the world
    numbers: Int64s  # [K, blocks] candidates of the week
    words: UInt32s  # [4, room]
    whom: UInt32s  # [room] the person that each event of a draw meets
    begins: Int64s  # [blocks] the number of each block's first event in the draw
    left: UInt32s  # [room] those events of a draw that have to be looked at
    acts: Int64s  # [room, 7] person, behaviour, event number, c1, c2, worlds that acted, worlds that recorded
    hires: Int64s  # [room, 2] person, worlds
    alike: Int64s  # [G, 2] of the kind at hand, same in all worlds: refrained or unsuccessful, acted or granted
    deters: Int64s  # [W] schemes that deter from the behaviour at hand
    spans: Int64s  # [32, 2] what can be said of acting on the occasion at hand before anybody is looked at
    denied: Int64s  # [W, 2] domain and flags of the denial at hand
    fusing: Int64s  # [W, 5] sources that saw the act at hand, the first of them, its three words
    queued: Int64s  # [2] rows of acts and of hires in use
