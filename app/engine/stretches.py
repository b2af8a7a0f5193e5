"""Words as bits: a whole number says of every word of a text at once whether something holds there.

What is asked of the words, and why, stands in matching.py and routing.py.
"""

from collections.abc import Iterable, Iterator

_FEW, _SPARSE = 24, 16
_DIGITS = bytes.maketrans(b"\0\1", b"01")

Stretches = dict[int, int]
"""Stretches of words, as a number of words and, in bits, the words behind which so many end. Bit 3 under 2
is the stretch of the words 1 and 2."""


def add(stretches: Stretches, more: Stretches) -> None:
    """Add more stretches to these."""
    for length, ends in more.items():
        stretches[length] = stretches.get(length, 0) | ends


def longest(stretches: Stretches) -> Iterator[tuple[int, int]]:
    """For each length, the words from which the longest stretch is so long."""
    seen = 0
    for length in sorted(stretches, reverse=True):
        begun = stretches[length] >> length & ~seen
        seen |= begun
        yield length, begun


def places_of(bits: int) -> list[int]:
    """The numbers of the bits that are set."""
    places = []
    if bits.bit_count() * _SPARSE > bits.bit_length():
        return [at for at, digit in enumerate(reversed(f"{bits:b}")) if digit == "1"]
    while bits:
        places.append(bits.bit_length() - 1)
        bits ^= 1 << places[-1]
    return places[::-1]


def bits_of(flags: Iterable[int]) -> int:
    """Flags as bits, the first as the lowest. Written as digits, since setting bit by bit would copy the
    whole number each time."""
    return int(bytes(flags)[::-1].translate(_DIGITS) or b"0", 2)


def bits_at(places: list[int], size: int) -> int:
    """The bits with these numbers, all below `size`."""
    if len(places) < _FEW:
        bits = 0
        for at in places:
            bits |= 1 << at
        return bits
    flags = bytearray(size)
    for at in places:
        flags[at] = 1
    return bits_of(flags)


def onto(ahead: Stretches, said: Stretches) -> Stretches:
    """The stretches that go on with a saying, to its end."""
    ways: Stretches = {}
    for length, ends in ahead.items():
        for more, behind in said.items():
            if both := ends << more & behind:
                ways[length + more] = ways.get(length + more, 0) | both
    return ways


def part_of(bits: int, first: int, last: int) -> int:
    """The bits of the words [first, last), that of `first` as the lowest."""
    return bits >> first & (1 << last - first) - 1 if first < last else 0


def between(low: int, high: int) -> int:
    """Bits for the words [low, high), as far as there are any."""
    return (1 << high) - (1 << max(low, 0)) if high > max(low, 0) else 0


def covered(begun: Stretches) -> int:
    """The words of all stretches, given by where they begin."""
    words = 0
    for length, bits in begun.items():
        for further in range(length):
            words |= bits << further
    return words


def touching(words: int, length: int) -> int:
    """From where a stretch of so many words holds any of these."""
    bits = 0
    for further in range(length):
        bits |= words >> further
    return bits
