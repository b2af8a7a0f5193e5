"""The words of a condition into a typed tree of `app.engine.conditions`.

Each fault is placed at its word: what makes no sense (IW204), `and` mixed with `or` (IW205), and
names, values and types that do not fit the flow's variables (IW302, IW303, IW304). Holes in texts
are cut out in `holes.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from app.engine import conditions as c
from app.engine.flow import OWN_WORDS
from app.flows.diagnostics import Diagnostics, Place, did_you_mean, listed
from app.flows.reading import Word

# Words of the language itself, so that no name can be mistaken for one.
RESERVED = frozenset({
    "all", "and", "answered", "any", "at", "between", "count", "includes", "is", "least", "mentions", "most",
    "not", "of", "one", "or", "skipped",
})  # fmt: skip
# What a variable of a type can be asked.
TESTS = {
    "text": 'A text has "mentions", if its question has "understand".',
    "one": 'Here there are "is", "is not" and "is one of".',
    "yes_no": 'Here there are "is yes" and "is no".',
    "many": 'Here there are "includes", "includes any of", "includes all of" and "count of".',
    "number": 'Here there are "is", "is at least", "is at most" and "is between".',
}
LONGEST = 2000  # characters of a condition
DEEPEST = 20  # brackets inside brackets


@dataclass(frozen=True, slots=True)
class Known:
    """What a condition may say about a variable. An unknown `kind` (its declaration is at fault) fits
    everything. `concepts` are what may be heard in its text: None if nothing listens, empty if that is
    not known."""

    kind: str = ""
    values: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    concepts: tuple[str, ...] | None = None


Scope = Mapping[str, Known]


def parse_condition(word: Word, scope: Scope, found: Diagnostics) -> c.Condition | None:
    """The condition that these words state, or None with a diagnostic. Never raises."""
    before = len(found)
    if len(word) > LONGEST or _depth(word) > DEEPEST:
        found.add("IW204", word.place, "Write a shorter condition.", word="its length or its brackets")
        return None
    try:
        tree = _parser().parse(str(word))
    except UnexpectedInput as error:
        _refuse(word, error, found)
        return None
    typing = _Typing(word, scope, found)
    condition = typing.condition(next(child for child in tree.children if isinstance(child, Tree)))
    return condition if len(found) == before else None


def _depth(text: str) -> int:
    depth = deepest = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    return deepest


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = Path(__file__).with_name("conditions.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="basic", maybe_placeholders=True)


def _refuse(word: Word, error: UnexpectedInput, found: Diagnostics) -> None:
    """IW204 at the first word that fits nothing, with what is most often meant."""
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        found.add("IW204", word.at(len(word.rstrip())), "Something is missing after it.", word="its end")
        return
    start = error.pos_in_stream or 0
    text = str(word)[start:]
    first = text.split(maxsplit=1)[0] if text[:1].isalnum() else text[:1]
    hint = None
    if isinstance(error, UnexpectedCharacters) and first in "=<>!+-*/&|":
        hint = 'Conditions are words: "is", "is not", "is at least", "and", "or".'
    elif isinstance(error, UnexpectedToken):
        hint = did_you_mean(first, RESERVED) or None
    elif first != first.lower():
        hint = "Names and values are in small letters."
    found.add("IW204", word.at(start), hint, word=f'"{first}"')


class _Typing:
    """Goes through a parsed condition and fits it to the variables."""

    def __init__(self, word: Word, scope: Scope, found: Diagnostics) -> None:
        self.word, self.scope, self.found = word, scope, found

    def condition(self, tree: Tree[Token]) -> c.Condition:
        units = [child for child in tree.children if isinstance(child, Tree)]
        links = [child for child in tree.children if isinstance(child, Token)]
        other = next((link for link in links if link.type != links[0].type), None)
        if other is not None:
            self.found.add("IW205", self.word.at(other.start_pos or 0))
        parts = tuple(self.unit(unit) for unit in units)
        if len(parts) == 1:
            return parts[0]
        return c.Or(parts) if links[0].type == "OR" else c.And(parts)

    def unit(self, tree: Tree[Token]) -> c.Condition:
        if tree.data == "condition":
            return self.condition(tree)
        if tree.data == "negated":
            return c.Not(self.unit(tree.children[1]))  # type: ignore[arg-type]
        return self.test(tree)

    def test(self, tree: Tree[Token]) -> c.Condition:
        parts = [part for part in tree.children if part is not None]
        name = _tokens(next(tree.find_data("name")))[0]
        known = self.scope.get(name)
        if known is None:
            out = did_you_mean(name, self.scope)
            self.found.add("IW302", self.word.at(name.start_pos or 0), out or None, name=name)
        denied = any(isinstance(p, Token) and p.type == "NOT" for p in parts)
        rest = [p for p in parts if not (isinstance(p, Token) and p.type == "NOT")]
        rest = [p for p in rest if not (isinstance(p, Tree) and p.data == "name")]
        test = self.bare(tree.data, name, known or Known(), rest[0] if rest else None)
        return c.Not(test) if denied else test

    def bare(self, kind: str, name: Token, known: Known, rest: Tree[Token] | Token | None) -> c.Condition:
        if kind == "answered":
            return c.Answered(str(name))
        if kind == "skipped":
            return c.Skipped(str(name))
        if kind in ("equals", "one_of"):
            return self.equals(name, known, _tokens(rest), kind == "one_of")
        if kind in ("within", "count_within", "count_equals"):
            return self.within(kind, name, known, rest)
        verb, _, every = kind.partition("_")
        values = _tokens(rest)
        if verb == "includes":
            self.fits("includes", name, known, ("many",))
            self.values(name, values, (*known.values, OWN_WORDS), known.kind == "many")
            return c.Includes(str(name), tuple(map(str, values)), every == "all")
        self.fits("mentions", name, known, ("text",))
        if known.kind == "text" and known.concepts is None:
            needed, kind = "a question with understand", "a text to which nothing listens"
            self.found.add("IW304", self.at(name), test="mentions", needed=needed, name=name, type=kind)
        self.values(name, values, known.concepts or (), bool(known.concepts))
        return c.Mentions(str(name), tuple(map(str, values)), every == "all")

    def equals(self, name: Token, known: Known, values: list[Token], several: bool) -> c.Condition:
        if known.kind == "number" and not several:
            return self.number(name, known, values[0])
        self.fits("is one of" if several else "is", name, known, ("one", "yes_no", "number"))
        if known.kind == "number":
            bounds = tuple(self.number(name, known, value) for value in values)
            return c.Or(bounds) if len(bounds) > 1 else bounds[0]
        domain = ("yes", "no") if known.kind == "yes_no" else (*known.values, OWN_WORDS)
        self.values(name, values, domain, known.kind in ("one", "yes_no"))
        return c.Is(str(name), tuple(map(str, values)))

    def number(self, name: Token, known: Known, value: Token) -> c.Within:
        if value.type != "INTEGER" or not known.low <= int(value) <= known.high:
            out = f"It goes from {known.low} to {known.high}."
            self.found.add("IW303", self.at(value), out, value=value, name=name)
            return c.Within(str(name), None, None)
        return c.Within(str(name), int(value), int(value))

    def within(self, kind: str, name: Token, known: Known, rest: Tree[Token] | Token | None) -> c.Within:
        numbers = [int(token) for token in _tokens(rest)]
        shape = rest.data if isinstance(rest, Tree) else "exactly"
        count = kind != "within"
        if count:
            self.fits("count of", name, known, ("many",))
        else:
            self.fits(str(shape).replace("_", " "), name, known, ("number",))
        low = None if shape == "at_most" else numbers[0]
        high = None if shape == "at_least" else numbers[-1]
        return c.Within(str(name), low, high, count)

    def fits(self, test: str, name: Token, known: Known, kinds: tuple[str, ...]) -> None:
        if known.kind and known.kind not in kinds:
            needed = f"a variable of type {listed(kinds)}"
            out = f'{TESTS[known.kind]} Every variable has "is answered" and "is skipped".'
            self.found.add("IW304", self.at(name), out, test=test, needed=needed, name=name, type=known.kind)

    def values(self, name: Token, values: list[Token], domain: tuple[str, ...], sure: bool) -> None:
        for value in values:
            if sure and value not in domain:
                known = [each for each in domain if each != OWN_WORDS]
                out = did_you_mean(value, domain, f"It can be {listed(known)}." if known else "")
                self.found.add("IW303", self.at(value), out, value=value, name=name)

    def at(self, token: Token) -> Place:
        return self.word.at(token.start_pos or 0)


def _tokens(rest: Tree[Token] | Token | None) -> list[Token]:
    if rest is None:
        return []
    if isinstance(rest, Token):
        return [rest]
    return [token for child in rest.children for token in _tokens(child)]
