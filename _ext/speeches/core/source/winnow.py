"""Which places of a text stand for the whole of it: winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003).

Of every ``WINDOW`` neighbouring grams the least hash is kept. Two texts that share a run of ``SHORTEST`` characters share
a window whole, so that both keep the same gram of it: no such run is lost, unlike with every n-th hash.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import uint16, uint32, uint64
    from numpy.typing import NDArray

with suppress(ImportError):  # the extra `large`; who has no large archive needs none of this
    import numpy as np

GRAM = 7
WINDOW = 7
SHORTEST = GRAM + WINDOW - 1
"""Characters. Every shared run of this length has a gram that is kept on both sides."""
_PRIME = 0x9E3779B97F4A7C15


def codes(text: str) -> NDArray[uint16]:
    """A number for each character, one alike for alike ones; beyond the BMP a few share theirs."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint16)


def grams(text: NDArray[uint16]) -> NDArray[uint32]:
    """The hash of the gram at each place; none for the last ``GRAM`` - 1."""
    count = max(len(text) - GRAM + 1, 0)
    mixed: NDArray[uint64] = np.zeros(count, dtype=np.uint64)
    for at in range(GRAM):
        mixed *= np.uint64(_PRIME)
        mixed += text[at : at + count]
        mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(_PRIME)
    return (mixed >> np.uint64(32)).astype(np.uint32)


def winnowed(hashes: NDArray[uint32]) -> NDArray[uint64]:
    """The kept ones in order of place: hash in the upper 32 bits, place in the lower. The first of equals is kept."""
    each = (hashes.astype(np.uint64) << np.uint64(32)) | np.arange(len(hashes), dtype=np.uint64)
    if len(each) < WINDOW:
        return each  # too short for the guarantee: everything is kept
    pairs = np.minimum(each[:-1], each[1:])
    fours = np.minimum(pairs[:-2], pairs[2:])
    least = np.minimum(fours[:-3], fours[3:])  # of seven: four, and four that overlap them by one
    first: NDArray[uint64] = least[np.concatenate(([True], least[1:] != least[:-1]))]
    return first
