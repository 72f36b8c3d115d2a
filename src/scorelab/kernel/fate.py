"""Fate: all exogenous chance, as words of 32 bits that depend on who, when and why, and on nothing else.

Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", SC11) turns a
counter of four words and a key of two into four words of chance. There is no stream and no order: whoever asks
for the same words gets the same words.

The key is made of the seed and the replicate. The counter is

    c0   the number of the event within its (county, block, week, kind), or the number of the person in the county
    c1   the week, plus 65,536 times the number of the call where one purpose needs more than four words, plus
         1,048,576 times the layer of the candidate
    c2   4,096 times the county, plus the block; block 4,095 stands for words keyed by person
    c3   the purpose: a hash of what the words are for, by name, never by position in a file

All words are kept in unsigned 64-bit integers, so that compiled and uncompiled arithmetic agree.
"""

import hashlib

import numpy as np
import numpy.typing as npt

from scorelab.kernel.jit import inlined, jit

BLOCK = 4096
"""Persons in a block. Candidates are drawn block by block."""

BY_PERSON = 4095
"""The block number of words that are keyed by person."""

COUNT = 0xFFFFFFFF
"""The event number under which the number of candidates itself is drawn."""

CALL = 65536
"""What one further call with the same purpose adds to the week."""

_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)


@inlined
def philox(c0, c1, c2, c3, k0, k1):  # type: ignore[no-untyped-def]
    """Four words for a counter and a key; all arguments and results are uint64 that hold 32 bits."""
    c0, c1, c2, c3 = c0 & _LOW, c1 & _LOW, c2 & _LOW, c3 & _LOW  # tells the compiler that 32 bits are enough
    k0, k1 = k0 & _LOW, k1 & _LOW
    for _ in range(10):
        p0 = _M0 * c0
        p1 = _M1 * c2
        c0 = (p1 >> _32) ^ c1 ^ k0
        c1 = p1 & _LOW
        c2 = (p0 >> _32) ^ c3 ^ k1
        c3 = p0 & _LOW
        k0 = (k0 + _W0) & _LOW
        k1 = (k1 + _W1) & _LOW
    return c0, c1, c2, c3


@jit
def fill(row0, row1, row2, row3, c1, c2, c3, k0, k1):  # type: ignore[no-untyped-def]
    """Four words for each column of four rows of uint32.

    The first row holds the numbers of the events and the second what is added to ``c2``: their blocks.
    """
    for i in range(row0.shape[0]):
        number, block = np.uint64(row0[i]), c2 + np.uint64(row1[i])
        row0[i], row1[i], row2[i], row3[i] = philox(number, c1, block, c3, k0, k1)


def purpose(name: str) -> int:
    """The 32-bit word that stands for a purpose, such as ``occasion/smoking-on-train/0``."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "little")


def key(seed: int, replicate: int = 0) -> tuple[int, int]:
    """The two words of the key for a seed and a replicate."""
    digest = hashlib.blake2b(f"{seed}/{replicate}".encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")


def person_words(
    count: int, week: int, county: int, why: str, words: tuple[int, int], *, call: int = 0, first: int = 0
) -> npt.NDArray[np.uint32]:
    """Four words for each of ``count`` persons (axes: word, person), keyed by person, week and purpose."""
    out = np.zeros((4, count), np.uint32)
    out[0] = np.arange(first, first + count)
    row0, row1, row2, row3 = out
    fill(
        row0,
        row1,
        row2,
        row3,
        np.uint64(week + call * CALL),
        np.uint64(county * 4096 + BY_PERSON),
        np.uint64(purpose(why)),
        np.uint64(words[0]),
        np.uint64(words[1]),
    )
    return out
