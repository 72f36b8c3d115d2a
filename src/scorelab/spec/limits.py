"""How much of everything fits: the room that a run has for words of a scheme, a society and an experiment."""

MOST_WORLDS = 8
MOST_SCHEMES = 8
MOST_LISTS = 16
MOST_SOURCES = 32
MOST_RULES = 60
MOST_MEMORIES = 16
MOST_GRADES = 16
MOST_CHANNELS = 16
MOST_BEHAVIOURS = 60
MOST_SERVICES = 60
MOST_TRAITS = 8
MOST_ATTRIBUTES = 8
MOST_BEHAVIOUR_DOMAINS = 8
MOST_DOMAINS = 16
MOST_KINDS = 160
MOST_GROUPS = 250
MOST_PER_YEAR = 400
MOST_COUNTIES = 4000
MOST_PERSONS = 1_000_000
"""Persons per county that a file or an option can ask for; in a country this is the most that its mean county has."""
LARGEST_COUNTY = 4095 * 4096
"""Persons of the largest county that the words of chance have room for: 4,095 blocks of 4,096."""
FIRST_YEAR, LAST_YEAR = 1900, 2200

GROUP_SIZES = {"quintile": 5, "residence": 2, "age": 6, "sex": 2}
"""Into how many groups each of these words tells people apart; an attribute of the society makes two."""
