"""Philox4x32-10 a second time, in plain integers, from the paper (Salmon et al. 2011, section 3 and table 2)."""

from typing import NamedTuple

WORD = 2**32
MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
WEYL = (0x9E3779B9, 0xBB67AE85)
ROUNDS = 10

KNOWN_ANSWERS = (
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    (
        (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
        (0xFFFFFFFF, 0xFFFFFFFF),
        (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
    ),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
)
"""Counter, key, answer: the three vectors published with Random123 (kat_vectors, philox 4x32 10)."""

Words = tuple[int, int, int, int]


def philox(counter: Words, key: tuple[int, int]) -> Words:
    """Ten rounds of two multiplications; the key is bumped by the Weyl constants between rounds."""
    r0, r1, r2, r3 = counter
    k0, k1 = key
    for number in range(ROUNDS):
        if number > 0:
            k0 = (k0 + WEYL[0]) % WORD
            k1 = (k1 + WEYL[1]) % WORD
        high0, low0 = divmod(r0 * MULTIPLIERS[0], WORD)
        high1, low1 = divmod(r2 * MULTIPLIERS[1], WORD)
        r0, r1, r2, r3 = high1 ^ r1 ^ k0, low1, high0 ^ r3 ^ k1, low0
    return r0, r1, r2, r3


class Fate(NamedTuple):
    """The chance of one county."""

    county: int
    key: tuple[int, int]

    def event(self, number: int, week: int, block: int, layer: int, purpose: int, call: int = 0) -> Words:
        """Words of one event."""
        return philox((number, week + 65536 * (call + 16 * layer), self.county * 4096 + block, purpose), self.key)

    def by_person(self, who: int, week: int, purpose: int, call: int = 0) -> Words:
        """Words by person."""
        return philox((who, week + 65536 * call, self.county * 4096 + 4095, purpose), self.key)

    def person(self, who: int, week: int, purpose: int) -> int:
        """The first word by person."""
        return self.by_person(who, week, purpose)[0]
