"""What a checked folder means: the flow, its steps, its note and what all flows share.

Plain immutable data. `app.flows` builds it from files; nothing here reads, checks or decides.
Conditions, domains and shared lists are already resolved: an option knows its label, a section
the line of each value.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.engine.commands import Commands
from app.engine.conditions import Condition
from app.engine.nets import Route
from app.engine.practising import Practise
from app.engine.safety import Net
from app.engine.support import Help, SafetyTexts
from app.engine.understanding import Lexicon

Length = Literal["opener", "message", "letter"]
Tone = Literal["soft", "plain", "firm", "polite"]
LENGTHS: tuple[Length, ...] = ("opener", "message", "letter")
TONES: tuple[Tone, ...] = ("soft", "plain", "firm", "polite")
Shape = Literal[
    "verb", "joint", "command", "to", "thing", "doing", "when", "whenever", "if", "that", "for", "like",
    "word", "future", "past", "present", "nothing", "question", "sentences", "mine", "story", "unsure",
    "quoted",
]  # fmt: skip
OWN_WORDS = "own_words"  # the value that stands for a client's words beside the options


@dataclass(frozen=True, slots=True)
class Variable:
    """What an answer is kept as. `values` is the domain of `one` and `many`, without `own_words`."""

    name: str
    kind: Literal["text", "one", "many", "yes_no", "number"]
    values: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    private_unless: str | None = None  # a yes_no variable; what is private stays out of the note


@dataclass(frozen=True, slots=True)
class Slot:
    """A hole in a text: `{moment|quote}`, `{frame.lead}` (filter "frame").

    Filters: `quote`, `to_you`, `name`, `list` (own words or labels joined), `label` (the labels of
    what was chosen), `frame` (by tone).
    """

    name: str
    filter: Literal["quote", "to_you", "name", "list", "label", "frame"]


@dataclass(frozen=True, slots=True)
class Template:
    """A text of an author, cut into its fixed pieces and its holes; `source` names its place for
    provenance and translation, such as `connection.note.moment.text`."""

    source: str
    pieces: tuple[str | Slot, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the bot says: the first template whose condition is true (None: always)."""

    choices: tuple[tuple[Condition | None, Template], ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A way on: to `target` where the condition is true (None: always)."""

    condition: Condition | None
    target: str


@dataclass(frozen=True, slots=True)
class Option:
    """An offered answer. `word` is what `{…|list}` says in a sentence (the label where empty).
    `route`: choosing it raises this route of the safety net."""

    value: str
    label: str
    group: str = ""
    word: str = ""
    condition: Condition | None = None
    route: Route | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """The bot speaks and goes on. `only_for`: only where the note goes to the therapist, or only where it
    is the client's own record ("self"). `shows`: the rows of shared data that are said after it."""

    id: str
    text: Spoken
    next: tuple[Branch, ...]
    only_for: Literal["therapist", "self"] | None = None
    shows: Literal["regulators"] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A step that waits.

    `heading` names the answer in the review ("One time"). `understand` is the lexicon that listens
    to the typed words. `heard_in`: options in the order in which they were heard in that text;
    `offer_first` is their order where nothing was heard. `examples`: lines to react to, by value of
    the variable named first. `max_length` in characters. `yes`, `no`, `low`, `high` are labels of
    `confirm` and `scale`; `first`, `last` the numbers of a scale. `only_for` as in `Say`.
    """

    id: str
    kind: Literal["ask", "choose", "pick", "scale", "confirm"]
    prompt: Spoken
    next: tuple[Branch, ...]
    saves: str | None = None
    heading: str = ""
    hint: Spoken | None = None
    why: str | None = None
    skip: str | None = None
    understand: str | None = None
    max_length: int = 4000
    examples: tuple[str, Mapping[str, tuple[str, ...]]] | None = None
    options: tuple[Option, ...] = ()
    heard_in: str | None = None
    offer_first: tuple[str, ...] = ()
    show: int | None = None
    none: str | None = None
    own_words: bool = True
    again: str | None = None
    first: int = 0
    last: int = 10
    low: str | None = None
    high: str | None = None
    only_for: Literal["therapist", "self"] | None = None


@dataclass(frozen=True, slots=True)
class Decide:
    """The `branch` step: goes on without asking."""

    id: str
    next: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Assign:
    """The `set` step. A value of None adds one to a number."""

    id: str
    variable: str
    value: str | int | None
    next: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """Goes through another flow and returns. `gives`: its variable to ours, `saves`: ours to its.
    `only_for` as in `Say`."""

    id: str
    flow: "Flow"
    gives: Mapping[str, str]
    saves: Mapping[str, str]
    next: tuple[Branch, ...]
    only_for: Literal["therapist", "self"] | None = None


@dataclass(frozen=True, slots=True)
class End:
    """The end: with a note, with a safe exit, or back to the caller."""

    id: str
    kind: Literal["note", "safe_exit", "return"]


Step = Say | Question | Decide | Assign | Call | End


@dataclass(frozen=True, slots=True)
class Section:
    """One place of a note. Either `text` (with `otherwise` where `when` is not true), or `lines`
    for each value of the variable `for_each` (`""` is silence), `first` of them at most.

    `more`: further lines of a value, offered on the note page. `at_most`: budget in words by
    length. `joins`: set in the paragraph before it. `offered`: out until the client keeps it.
    `asks`: it asks the reader for something, so it stands where paper has the questions alone.
    `fits`: by the shape of a client's own words, the text in each tone that stands for `text`, or for the
    line of `own_words`. `then`: the lines of every second value, so that no two in a row begin alike.
    `takes`: own words of these shapes stand in the list of what was chosen. `if_room`: where this holds, it
    is offered unless the rest of the note leaves it room. `unless_said`: it stands in for these sections;
    what `asks` gives way only where they ask as well. `few`: aloud, own words are told in few whole
    sentences in a row, or not at all.
    `spoken`: own words are what the client says to the reader, so they stand as typed, from the first
    sentence on, and "you" in them is the reader.
    """

    id: str
    lengths: frozenset[Length] = frozenset(LENGTHS)
    when: Condition | None = None
    text: Template | None = None
    otherwise: Template | None = None
    for_each: str | None = None
    lines: Mapping[str, Template] | None = None
    more: Mapping[str, tuple[Template, ...]] | None = None
    first: int | None = None
    at_most: Mapping[Length, int] | None = None
    joins: bool = False
    offered: bool = False
    asks: bool = False
    if_room: Condition | None = None
    unless_said: frozenset[str] = frozenset()
    spoken: bool = False
    few: bool = False
    fits: Mapping[Shape, Mapping[Tone, Template]] = field(default_factory=dict)
    then: Mapping[str, Template] = field(default_factory=dict)
    takes: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True)
class NotePlan:
    """How a note is made: to whom, its frames (name, then tone), its sections in order. `closes`: no talk
    follows it, so nothing is added to its lines and nothing is practised beside it."""

    to: Literal["therapist", "self", "other"]
    frames: Mapping[str, Mapping[Tone, str]]
    sections: tuple[Section, ...]
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """A flow's place on the front page; `order` counts from 1. `quiet`: a plain link below the others."""

    label: str
    line: str
    order: int
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Shared:
    """What no conversation is pinned to, so that a repair helps at once.

    `replies` are the engine's own lines by name ("empty", "which", …), `practise` what stands
    beside the note.
    """

    net: Net
    commands: Commands
    safety: SafetyTexts
    help: Help
    replies: Mapping[str, str]
    practise: Practise | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """How a conversation goes. The first step is the start; `revision` is the content hash of all
    files it is made of ("sha256:…"). `beside`: the flows that an option of a page may lead through, by id."""

    id: str
    title: str
    minutes: int
    door: Door | None
    parts: tuple[str, ...]
    variables: Mapping[str, Variable]
    steps: Mapping[str, Step]
    takes: tuple[str, ...]
    returns: tuple[str, ...]
    note: NotePlan | None
    lexicons: Mapping[str, Lexicon]
    languages: tuple[str, ...]
    revision: str
    shared: Shared
    beside: Mapping[str, "Flow"] = field(default_factory=dict)

    @property
    def start(self) -> str:
        """The id of the first step."""
        return next(iter(self.steps))
