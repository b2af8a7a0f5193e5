"""YAML into words with their places: every scalar a string that knows its line and column.

The parser's events are walked one by one, so that nothing is resolved, expanded or constructed on
the way: no alias, anchor, tag, directive, merge key or second document, at most 32 levels and
3 MiB. What a file means is decided elsewhere.
"""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from app.flows.diagnostics import Diagnostics, Place

MOST_BYTES = 3 * 1024 * 1024
DEEPEST = 32
MOST_REFUSALS = 20
QUOTE_BRACE = "A text that begins with {, [ or a quote needs quotes around the whole of it."
QUOTE_COMMA = (
    f"Between {{ }} and [ ] a text with , [ ] {{ }} needs quotes, or a line of its own.\n{QUOTE_BRACE}"
)
_BLANK_ESCAPES = frozenset("\\" + c for c in "ntrvfN_LP \t\n")
_ESCAPED = re.compile(r"\\(?:x..|u.{4}|U.{8}|\r?\n\s*|.)", re.DOTALL)


class Word(str):
    """A scalar of a file: its text, and where it stands. `raw` is how it was written."""

    __slots__ = ("place", "raw", "style")
    place: Place
    raw: str
    style: str

    def __new__(
        cls, text: str, place: Place | None = None, raw: str | None = None, style: str = ""
    ) -> "Word":
        word = super().__new__(cls, text)
        word.place = place or Place("")
        word.raw = text if raw is None else raw
        word.style = style
        return word

    def at(self, offset: int) -> Place:
        """The place of the character at this offset of the text; beyond its end, the end."""
        ink = sum(not c.isspace() for c in self[:offset])
        line, column = self.place.line, self.place.column
        for written in self._written():
            is_ink = not written.isspace() and written[:2] not in _BLANK_ESCAPES
            if is_ink and ink == 0 and offset < len(self):
                break
            ink -= is_ink
            breaks = written.count("\n")
            line += breaks
            column = len(written) - written.rfind("\n") if breaks else column + len(written)
        return Place(self.place.file, line, column)

    def _written(self) -> Iterator[str]:
        """The raw text, cut so that each piece with ink is one character of the value."""
        raw, start = self.raw, 0
        if self.style in ("'", '"'):
            yield " "  # the opening quote: a place, but no character of the value
            start, raw = 1, raw[:-1]
        elif self.style in ("|", ">"):
            raw = raw.rstrip()
            start = raw.find("\n") + 1
            yield re.sub(r"[^\n]", " ", raw[:start])
        while start < len(raw):
            escaped = _ESCAPED.match(raw, start) if self.style == '"' else None
            size = (
                len(escaped[0]) if escaped else 2 if self.style == "'" and raw.startswith("''", start) else 1
            )
            yield raw[start : start + size]
            start += size

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.is_instance_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: object) -> dict[str, Any]:
        return {"type": "string"}


Read: TypeAlias = "Word | list[Read] | dict[Word, Read]"


def read(file: str, text: str, found: Diagnostics) -> dict[Word, Read] | None:
    """The file as a map of words, or None where it is not readable (IW101); repeated keys are IW102.

    `file` is its name below the flows folder. Never raises.
    """
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "replace")) > MOST_BYTES:
        found.add("IW101", Place(file), "Take something out.", problem="the file is larger than 3 MiB")
        return None
    reader = _Reader(file, text, found)
    try:
        whole = reader.document()
    except _Unreadable:
        return None
    except MarkedYAMLError as error:
        reader.refuse(reader.place(error.problem_mark or error.context_mark), *_explained(error))
        return None
    except (YAMLError, ValueError, IndexError) as error:
        before = text[: getattr(error, "position", 0)]
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        reader.refuse(place, "a character that YAML does not allow stands here", "Save the file as UTF-8.")
        return None
    return whole if reader.refused == 0 else None


class _Unreadable(Exception):
    """Enough is wrong: reading stops; what was found is kept."""


class _Reader:
    """Goes through the events of one file."""

    def __init__(self, file: str, text: str, found: Diagnostics) -> None:
        self.file, self.text, self.found = file, text, found
        self.refused = 0
        self.events = iter(YAML(typ="safe", pure=True).parse(text))

    def place(self, mark: Any) -> Place:
        return Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file)

    def refuse(self, place: Place, problem: str, way_out: str | None = None) -> None:
        self.found.add("IW101", place, way_out, problem=problem)
        self.refused += 1
        if self.refused == MOST_REFUSALS:
            raise _Unreadable

    def document(self) -> dict[Word, Read] | None:
        whole: Read | None = None
        documents = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse(self.place(event.start_mark), "a second document begins here")
                    raise _Unreadable
                if event.version or event.tags:
                    self.refuse(Place(self.file), "a directive (a line that begins with %) is not allowed")
            elif isinstance(event, (ScalarEvent, AliasEvent, CollectionStartEvent)):
                whole = self.part(event, 1, False, "the file")
        if isinstance(whole, dict):
            return whole
        if not self.refused:
            self.refuse(Place(self.file), "the file holds no keys")
        return None

    def part(self, event: Any, depth: int, in_flow: bool, where: str) -> Read:
        here = self.place(event.start_mark)
        if depth > DEEPEST:
            self.refuse(here, f"more than {DEEPEST} levels stand inside each other")
            raise _Unreadable
        if isinstance(event, AliasEvent):
            self.refuse(
                here, "an alias (*) is not allowed", "Write the text out. Quote it if it begins with *."
            )
            return Word("", here)
        if event.anchor is not None:
            self.refuse(here, "an anchor (&) is not allowed", "Quote the text if it begins with &.")
        if getattr(event, "tag", None) is not None:
            self.refuse(here, "a tag (!) is not allowed", "Quote the text if it begins with !.")
        if isinstance(event, MappingStartEvent):
            return self.mapping(depth, in_flow or bool(event.flow_style), where)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(depth, in_flow or bool(event.flow_style), where)
        raw = self.text[event.start_mark.index : event.end_mark.index]
        return Word(event.value, here, raw, event.style or "")

    def sequence(self, depth: int, in_flow: bool, where: str) -> list[Read]:
        items: list[Read] = []
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                break
            items.append(self.part(event, depth + 1, in_flow, where))
        return items

    def mapping(self, depth: int, in_flow: bool, where: str) -> dict[Word, Read]:
        pairs: dict[Word, Read] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            key = self.part(event, depth + 1, in_flow, where)
            if not isinstance(key, Word):
                self.refuse(self.place(event.start_mark), "a key has to be a word", QUOTE_BRACE)
                key = Word("", self.place(event.start_mark))
            value = self.part(next(self.events), depth + 1, in_flow, f'"{key}"')
            self.keep(pairs, key, value, in_flow, where)
        return pairs

    def keep(self, pairs: dict[Word, Read], key: Word, value: Read, in_flow: bool, where: str) -> None:
        if key == "<<" and not key.style:
            self.refuse(key.place, "a merge key (<<) is not allowed", "Write the keys out.")
        elif in_flow and isinstance(value, Word) and not value and not value.style:
            self.refuse(key.place, f'"{key}" is taken for a key, but has no value', QUOTE_COMMA)
        elif key in pairs:
            self.found.add("IW102", key.place, key=key, place=where)
        else:
            pairs[key] = value


def _explained(error: MarkedYAMLError) -> tuple[str, str | None]:
    """The parser's problem, and what most often is behind it."""
    problem = " ".join(str(error.problem or error.context or "it breaks off here").split())
    if "flow mapping" in str(error.context) or "flow sequence" in str(error.context):
        return problem, QUOTE_COMMA
    if "expected <block end>, but found '<scalar>'" in problem:
        return problem, QUOTE_BRACE
    if "mapping values are not allowed" in problem:
        return problem, 'A text with ": " in it needs quotes around it. Or the line is indented too far.'
    if "cannot start any token" in problem:
        return problem, "Quote the text. Indent with spaces, never with tabs."
    return problem, None
