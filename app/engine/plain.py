"""Plain danger in languages that the net does not speak: a handful of sayings, whole words side by side.

They are so plain that they open the page of their route. Nothing is read between the lines here.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.engine.nets import Route
from app.engine.phrases import Rule

_WORD = re.compile(r"[\w\u0900-\u097f]+")
_LETTERS = str.maketrans("ıłøđ", "ilod", "\u200b\u200c\u200d")
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class PlainSource:
    """The sayings of one language, as their author wrote them.

    `unspaced`: written without blanks between words. `negation`: words behind which a saying says nothing;
    `not_after`: signs before which an unspaced one says nothing.
    """

    sayings: Mapping[Route, tuple[Rule, ...]] = field(default_factory=dict)
    negation: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    unspaced: bool = False


@dataclass(frozen=True, slots=True)
class PlainFound:
    """A saying found: its language and route, where it stands in what was typed, its words, its place."""

    language: str
    route: Route
    span: tuple[int, int]
    words: tuple[str, ...] = field(repr=False)
    place: str


@dataclass(frozen=True, slots=True)
class _Saying:
    language: str
    route: Route
    words: tuple[str, ...]
    negation: frozenset[str]
    place: str


@dataclass(frozen=True, slots=True)
class Plain:
    """All sayings, by their first word, and those of languages without blanks. Made by `compile_plain`."""

    by_word: Mapping[str, tuple[_Saying, ...]]
    unspaced: tuple[tuple[_Saying, tuple[str, ...]], ...]


def compile_plain(sources: Mapping[str, PlainSource]) -> Plain:
    """Compile the sayings of all languages.

    >>> dutch = PlainSource({"crisis_self": (Rule("ik wil dood", "x.yaml:1:1"),)}, ("niet",))
    >>> [found.span for found in plain_danger(compile_plain({"nl": dutch}), "Help. Ik wil DOOD")]
    [(6, 17)]
    """
    by_word: dict[str, list[_Saying]] = {}
    unspaced = []
    for language, source in sources.items():
        negation = frozenset(map(_folded, source.negation))
        for route, rules in source.sayings.items():
            for rule in rules:
                words = tuple(_folded(found.group()) for found in _WORD.finditer(rule.text))
                if source.unspaced:
                    text = unicodedata.normalize("NFC", rule.text)
                    saying = _Saying(language, route, (text,), negation, rule.place)
                    unspaced.append((saying, source.not_after))
                else:
                    saying = _Saying(language, route, words, negation, rule.place)
                    by_word.setdefault(words[0], []).append(saying)
    return Plain({word: tuple(each) for word, each in by_word.items()}, tuple(unspaced))


def plain_danger(plain: Plain, text: str) -> list[PlainFound]:
    """The sayings in a text, each once, in order of their language."""
    found = list(_spaced(plain, text))
    if any(ord(letter) > 0x2E80 for letter in set(text)):
        found += _unspaced(plain, text)
    seen: dict[tuple[str, Route], PlainFound] = {}
    for each in found:
        seen.setdefault((each.language, each.route), each)
    return list(seen.values())


def _spaced(plain: Plain, text: str) -> Iterator[PlainFound]:
    typed = _WORD.findall(text)
    folded = {word: word.lower() if word.isascii() else _folded(word) for word in set(typed)}
    if plain.by_word.keys().isdisjoint(folded.values()):
        return
    words = list(map(folded.__getitem__, typed))
    said = [
        (at, saying)
        for at in [at for at, word in enumerate(words) if word in plain.by_word]
        for saying in plain.by_word[words[at]]
        if tuple(words[at : at + len(saying.words)]) == saying.words
    ]
    spans = [word.span() for word in _WORD.finditer(text)] if said else []
    for at, saying in said:
        denied = at and words[at - 1] in saying.negation and words[at] not in saying.negation
        if denied and not text[spans[at - 1][1] : spans[at][0]].strip():
            continue
        span = spans[at][0], spans[at + len(saying.words) - 1][1]
        yield PlainFound(saying.language, saying.route, span, saying.words, saying.place)


def _unspaced(plain: Plain, text: str) -> Iterator[PlainFound]:
    for saying, not_after in plain.unspaced:
        (words,) = saying.words
        at = text.find(words)
        while at >= 0:
            last = at + len(words)
            if not text.startswith(not_after, last):
                yield PlainFound(saying.language, saying.route, (at, last), saying.words, saying.place)
                break
            at = text.find(words, last)


def _folded(word: str) -> str:
    """Lower case and without accents, as people type in a hurry; marks of other scripts stay."""
    split = unicodedata.normalize("NFD", word[:_LONGEST]).lower().translate(_LETTERS)
    return "".join(letter for letter in split if not "\u0300" <= letter <= "\u036f")
