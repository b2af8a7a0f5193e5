"""What follows when the net has heard something: checks, pages, and the people to turn to.

Data and the choice of contacts for a country. What opens a page is decided in `safety.py` (what was
heard) and `replay.py` (what was already answered).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contact:
    """One row of help, as it may be shown. `call` in the digits a person dials; `text_chat` how else;
    `text_to`, `text_word` where a text message goes and what it says first; `about`: what for;
    `pair_with`: the row without which it is not shown."""

    name: str
    kind: str = ""
    call: str = ""
    text_chat: str = ""
    text_to: str = ""
    text_word: str = ""
    hours: str = ""
    site: str = ""
    about: str = ""
    pair_with: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """What is known for one country. `checked`: month and year of what its rows rest on."""

    code: str
    name: str
    emergency: str
    contacts: tuple[Contact, ...]
    regulators: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class HelpSection:
    """A part of the help page: its lines, the kinds of contacts beside them, a text to copy and send."""

    id: str
    title: str
    says: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """Helplines by country, and the directories that are always shown; what the help page says, and
    what to know before calling a regulator."""

    countries: Mapping[str, Country]
    directories: tuple[Contact, ...]
    regulators_anywhere: tuple[Contact, ...]
    as_known_in: str
    words: Mapping[str, str]  # "emergency", "line", "medical", "poison" where no country is known
    sections: tuple[HelpSection, ...] = ()
    before_you_call: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SafetyOption:
    """An answer to a check or a page: at most one of `line` (a sentence, then the page again),
    `means` (a concern, surely), `route` with its `page`, `ends` (go to the note as it is). `call`: a flow
    to go through before the talk leads on; a `line` beside it is said first. `grants`: the client asks for
    a note to the therapist after all."""

    value: str
    label: str
    line: str | None = None
    means: str | None = None
    route: str | None = None
    page: str | None = None
    ends: bool = False
    grants: bool = False
    call: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """The one question about unclear words."""

    id: str
    say: str
    prompt: str
    options: tuple[SafetyOption, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown for a route at once: lines, kinds of contacts in order, then the options."""

    route: str
    page: str
    says: tuple[str, ...]
    kinds: tuple[str, ...]
    prompt: str
    options: tuple[SafetyOption, ...]


@dataclass(frozen=True, slots=True)
class TellThem:
    """Before a note after `crisis_self`: may the therapist know? A skip is no."""

    prompt: str
    hint: str
    yes: str
    no: str
    line: str


@dataclass(frozen=True, slots=True)
class SafetyTexts:
    """All checks by id, all pages by route and page name."""

    checks: Mapping[str, Check]
    pages: Mapping[tuple[str, str], Page]
    tell_them: TellThem

    def page(self, route: str, page: str | None) -> Page:
        """The page of a route; a page name that the route does not have means its first."""
        found = self.pages.get((route, page or ""))
        return found or next(p for (r, _), p in self.pages.items() if r == route)


MOST_CONTACTS = 2  # a person at the end of their strength chooses between two (the clinical guide, 4.3)
LISTENING = ("suicide", "talk")  # the kinds of lines that are there for anyone
YOUNG = ("child", "youth")  # the kinds of lines for those under 18


def contacts_of(help: Help, country: str | None, kinds: tuple[str, ...]) -> tuple[Contact, ...]:
    """A country's rows of these kinds, in the order of the kinds; those that listen to anyone stand
    together, in the order of the file."""
    known = help.countries.get(country or "")
    rows = [row for row in (known.contacts if known else ()) if row.kind in kinds]
    listening = min((kinds.index(kind) for kind in LISTENING if kind in kinds), default=0)
    rank = {kind: listening if kind in LISTENING else n for n, kind in enumerate(kinds)}
    return tuple(sorted(rows, key=lambda row: rank[row.kind]))


def contacts(
    help: Help, country: str | None, kinds: tuple[str, ...] = (), young: bool = False
) -> tuple[Contact, ...]:
    """The people to turn to: two of these kinds at most, else of those who listen to anyone, and the
    directory that holds for any country. For the `young` a line for children is the first of the two."""
    found = contacts_of(help, country, kinds) or contacts_of(help, country, LISTENING)
    first = contacts_of(help, country, YOUNG)[:1] if young else ()
    rows = (*first, *(row for row in found if row not in first))[:MOST_CONTACTS]
    return (*_whole_pairs(help, country, rows), *help.directories[:1])


def _whole_pairs(help: Help, country: str | None, rows: tuple[Contact, ...]) -> tuple[Contact, ...]:
    """The rows with the other half of each pair (two languages, adults and youth): whole or not at all."""
    known = help.countries.get(country or "")
    names = {row.pair_with for row in rows} - {row.name for row in rows} - {""}
    return (*rows, *(row for row in (known.contacts if known else ()) if row.name in names))


def who_to_ask(help: Help, country: str | None) -> tuple[str, ...]:
    """What to know before calling a regulator, and who a therapist answers to: in this country, then in
    any. A line each."""
    known = help.countries.get(country or "")
    rows = (*(known.regulators if known else ()), *help.regulators_anywhere)
    named = tuple(f"{row.name}: {row.about}" if row.about else row.name for row in rows)
    sites = tuple(f". {row.site}" if row.site else "" for row in rows)
    return (*help.before_you_call, *(name + site for name, site in zip(named, sites, strict=True)))


def emergency(help: Help, country: str | None) -> str:
    """The number for danger to life, or the words for it where no country is known."""
    known = help.countries.get(country or "")
    return known.emergency if known else help.words["emergency"]


def filled(text: str, help: Help, country: str | None) -> str:
    """A line of a safety page with this country's numbers in it.

    >>> filled("Call {emergency}.", Help({}, (), (), "", {"emergency": "your local emergency number"}), None)
    'Call your local emergency number.'
    """
    for name, kinds in _NUMBERS.items():
        text = text.replace("{" + name + "}", _number(help, country, kinds) or help.words[name])
    return text.replace("{emergency}", emergency(help, country))


def _number(help: Help, country: str | None, kinds: tuple[str, ...]) -> str | None:
    row = next((row for row in contacts_of(help, country, kinds) if row.call), None)
    return f"{row.name}, {row.call}" if row else None


_NUMBERS = {"line": LISTENING, "medical": ("medical",), "poison": ("poison",)}
