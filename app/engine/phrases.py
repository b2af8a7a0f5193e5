"""Phrases with slots, matched on words: the one language in which authors say what people say.

Lexicons, commands and the net are all lists of such phrases, laid into one tree. A text is matched by one
walk over the tree, for all its words at once, forwards only, and a phrase has at most twelve parts: so the
time is linear in the text, whatever is typed and whatever is authored. Which phrases count is no matter
here.

A phrase is words (any form of them), `=word` (this form alone), `{class}`, `{class?}` (or nothing), `…` (up
to three words of the same clause), `^` and `$` (the clause begins, ends). Words of the class `filler` are
stepped over between the words of a phrase.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.engine.matching import BEGINS, ENDS, GAP, Phrases, Place, SayingClass, Tag
from app.engine.tokens import read, stem

_PARTS = re.compile(r"\{[^{}\s]*\}|…|\.\.\.|\^|\$|=[^\s{}…^$]+|'s\b|[^\s{}…^$=]+|[{}=]")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_MOST_PARTS = 12
_MOST_OPTIONAL = 4


class PhraseError(Exception):
    """A phrase or a class that makes no sense. `at` is its place: "file:line:col", or the class's name."""

    def __init__(self, message: str, at: str) -> None:
        super().__init__(f"{at}: {message}")
        self.message = message
        self.at = at


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase as an author wrote it, and its place ("file:line:col")."""

    text: str
    place: str = ""


def compile_phrases(
    rules: Iterable[tuple[Rule, Tag, Mapping[str, str]]], classes: Mapping[str, tuple[str, ...]]
) -> Phrases[Tag]:
    """Lay phrases into one tree. Each comes with its tag and its slots (slot name to class name; a slot
    without an entry is the class of that name). Raises PhraseError at the first that makes no sense.

    >>> phones = compile_phrases([(Rule("checks {their} phone"), "phone", {})], {"their": ("her", "his")})
    >>> phones.find(read("She kept checking her phone"))
    [Match(tag='phone', first=2, last=5)]
    """
    made = _compile_classes(classes)
    tree = Place()
    tags: list[Tag] = []
    numbers: dict[int, int] = {}
    for rule, tag, slots in rules:
        number = numbers.setdefault(id(tag), len(tags))
        if number == len(tags):
            tags.append(tag)
        for parts in _alternatives(rule.text, rule.place, made, slots):
            _lay(tree, parts, number)
    return Phrases(tree, tags, made)


def _lay(tree: Place, parts: tuple[str, ...], tag: int) -> None:
    place = tree
    for part in parts:
        if part[0] == "{":
            place = place.slots.setdefault(part[1:-1], Place())
        else:
            place = (place.signs if part in (GAP, BEGINS, ENDS) else place.steps).setdefault(part, Place())
    place.tags.append(tag)


def _compile_classes(classes: Mapping[str, tuple[str, ...]]) -> dict[str, SayingClass]:
    made: dict[str, SayingClass] = {}
    under_way: list[str] = []

    def make(name: str) -> None:
        if name in made:
            return
        if name in under_way:
            raise PhraseError(f"the class {{{name}}} contains itself", name)
        under_way.append(name)
        for saying in classes[name]:
            for inner, _ in _named(saying):
                if inner in classes:
                    make(inner)
        made[name] = _compile_class(name, classes[name], made)
        under_way.pop()

    for name in classes:
        make(name)
    return made


def _compile_class(name: str, sayings: tuple[str, ...], made: Mapping[str, SayingClass]) -> SayingClass:
    tree = Place()
    for saying in filter(str.strip, sayings):
        ways = [(BEGINS,)] if saying.strip() == BEGINS else _alternatives(saying, name, made, {})
        for parts in ways:
            _lay(tree, parts, 0)
    return SayingClass(tree, not all(map(str.strip, sayings)))


def _named(text: str) -> list[tuple[str, bool]]:
    """The slots that a phrase names, and which of them may be left out."""
    inner = [part[1:-1] for part in _PARTS.findall(text) if len(part) > 1 and part[0] == "{"]
    return [(name.rstrip("?"), name.endswith("?")) for name in inner]


def _alternatives(
    text: str, at: str, made: Mapping[str, SayingClass], slots: Mapping[str, str]
) -> list[tuple[str, ...]]:
    """The phrase with and without each of its optional parts."""
    ways: list[tuple[str, ...]] = [()]
    optional = 0
    for part, may_lack in _parse(text, at, made, slots):
        optional += may_lack
        if optional > _MOST_OPTIONAL:
            raise PhraseError(f'"{text}" has more than {_MOST_OPTIONAL} parts that may be left out', at)
        ways = [*((*way, part) for way in ways), *(ways if may_lack else [])]
    for way in ways:
        if set(way) <= {GAP, BEGINS, ENDS}:
            raise PhraseError(f'"{text}" can match without a word', at)
        if len(way) > _MOST_PARTS:
            raise PhraseError(f'"{text}" has more than {_MOST_PARTS} parts', at)
        if GAP in (way[0], way[-1]):
            raise PhraseError(f'"{text}" may not begin or end with …', at)
    return ways


def _parse(
    text: str, at: str, made: Mapping[str, SayingClass], slots: Mapping[str, str]
) -> Iterator[tuple[str, bool]]:
    pieces = _PARTS.findall(text)
    for number, piece in enumerate(pieces):
        if piece in ("…", "..."):
            yield GAP, False
        elif piece in "^$":
            if number != (0 if piece == "^" else len(pieces) - 1):
                raise PhraseError(f'"{text}": ^ stands first and $ last', at)
            yield piece, False
        elif piece[0] == "{":
            yield _slot(piece, text, at, made, slots)
        elif piece == "'s":
            yield "=" + piece, False
        elif piece[0] == "=":
            words = read(piece[1:]).words
            if len(words) != 1:
                raise PhraseError(f'"{text}": = stands before one word, and "{piece[1:]}" is none', at)
            yield "=" + words[0], False
        else:
            words = read(piece).words
            if piece in "}" or not words:
                raise PhraseError(f'"{text}": "{piece}" is no word', at)
            yield from ((stem(word), False) for word in words)


def _slot(
    piece: str, text: str, at: str, made: Mapping[str, SayingClass], slots: Mapping[str, str]
) -> tuple[str, bool]:
    name = piece[1:-1].rstrip("?")
    if not _NAME.fullmatch(name):
        raise PhraseError(f'"{text}": {piece} is no slot; write {{name}} or {{name?}}', at)
    name = slots.get(name, name)
    if name not in made:
        raise PhraseError(f'"{text}" uses {{{name}}}, but no class has this name', at)
    return f"{{{name}}}", piece.endswith("?}") or made[name].empty
