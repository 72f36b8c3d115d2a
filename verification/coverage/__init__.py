"""How often the intervals of chance cover what they are about."""
