"""The terms of the page in plain words: each is explained where it stands."""

from typing import Any

TERMS: dict[str, str] = {
    "scheme": (
        "The rules of a social-credit system: what watches, what a record leads to, and which doors it closes. "
        "Here it is a text that can be changed."
    ),
    "society": (
        "Invented people in invented counties, made so that their ages, households and incomes are as in "
        "published tables. Nobody in it exists."
    ),
    "county": "The place in which a scheme is administered. No tie leads out of it, and it is lived by itself.",
    "world": (
        "The same people with the same luck under one scheme and one set of assumptions. Whatever differs between "
        "two worlds was made by what differs between their rules."
    ),
    "fate": (
        "All chance that no scheme can change: who meets which occasion, whose name is mixed up, who needs what. "
        "It is the same in every world."
    ),
    "group": "People who are alike in something, such as income, age or where they live.",
    "occasion": "A moment at which somebody could do something that a scheme may record, such as smoking on a train.",
    "behaviour": "What an occasion is about. It is unlawful, lawful or prosocial, whatever a scheme makes of it.",
    "act": "Somebody goes through with it. The same person may act in one world and hold back in another.",
    "unlawful": "Forbidden by law, whether or not a scheme says anything about it.",
    "lawful": "Allowed by law, even where a scheme takes points for it.",
    "prosocial": "Of use to others, such as volunteering or giving blood.",
    "source": (
        "What watches and writes down: cameras, web monitoring, a bank, a court, neighbours. It misses some acts "
        "and accuses some people who did nothing."
    ),
    "sensitivity": "Of 100 acts that a source could see, how many it notices.",
    "record": "What a source writes down about somebody.",
    "false record": "A record about somebody who did nothing: the wrong person, or something that never happened.",
    "false match": (
        "A comparison of two different people that a machine takes for one person. Few in a million comparisons "
        "are many where everybody is compared every day."
    ),
    "gallery": "The people with whom every scan of a camera is compared.",
    "rule": "What becomes of a record: points, a place on a list, a fine.",
    "score": "A number for each person that records move. Its bands are the grades.",
    "grade": "A band of the score, such as A to D, that opens or closes doors.",
    "list": (
        "Names that are treated otherwise: black lists close doors, red lists open them. It says how one enters "
        "it, how long one stays and how one leaves."
    ),
    "red list": "An honour. Being on it is no restriction.",
    "term": "How long somebody stays on a list.",
    "consequence": (
        "What a list or a grade does: a service that is closed or given first, for oneself or for somebody close."
    ),
    "service": "Something that people need from others: a ticket, a loan, a job, a place at a school.",
    "need": "A moment at which somebody asks for a service.",
    "denial": (
        "A need that is refused because of a list or a grade, one's own or somebody else's. Asking again and "
        "being refused again counts as one."
    ),
    "favour": "A need that is met since somebody stands well.",
    "tie": (
        "The way by which one person's record reaches another: partner, child, parent, household, friend, colleague."
    ),
    "own or tie": "Whether a door was closed by a person's own record or by that of somebody close.",
    "wrongful": "A denial that rests on false records alone: without them the door would have been open.",
    "restricted": "On a list that closes doors.",
    "person-years": "Years that people spend in a state, added up. 100 people for half a year are 50 person-years.",
    "fear": (
        "What people believe the risk of a record to be. It rises with records, with listings among friends and "
        "with publicity, and fades."
    ),
    "deterrence": "Unlawful acts that are not done for fear of a record.",
    "chilling": "Lawful acts that are given up for fear of a record.",
    "displacement": "Acts that move to something that is less watched.",
    "norms": "What people take to be usual. Campaigns and what others do move it, in either direction.",
    "spiral": "A listing costs the job, being without work leads to debts, and debts lead to records.",
    "appeal": "A way to have a record looked at again.",
    "notice": "Being told of a record or a listing, without which nobody can object.",
    "roll-out": "The years over which more and more counties join.",
    "campaign": "What television and newspapers say of the scheme, and what that does to knowledge, fear and norms.",
    "aware": "Knowing that the scheme exists. Whoever does not know of it cannot be deterred by it.",
    "per 100,000": (
        "So that a rare and a common thing, a small and a large group can be compared: how many it would be among "
        "100,000 people."
    ),
    "interval": (
        "With another fate the number would be another one. Of 100 intervals made like this one, 95 hold the "
        "number that all fates have on average. It tells of chance alone, not of whether the assumptions are "
        "right."
    ),
    "assumed": (
        "Nobody has published this number. It is set to something plausible, and the range says how far it could lie."
    ),
    "documented": "A published source says this number; its id is beside it.",
    "range": "The lowest and highest value that is plausible. A control moves within it.",
    "seed": "The number from which all chance is made. Another seed is another fate for other invented people.",
    "placebo": "The same law with fresh chance for false records. What differs here is noise.",
    "as opened": "The scheme before anything was changed, lived by the same people. It is drawn as a dashed line.",
}
"""Term -> its explanation in one to three plain sentences."""


def glossary() -> dict[str, Any]:
    """All terms, in the order of the alphabet."""
    return {"terms": [{"term": term, "text": TERMS[term]} for term in sorted(TERMS)]}
