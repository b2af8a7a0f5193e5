"""Help by country, and what stands beside a note. From files alone: it is there without the database."""

from dataclasses import dataclass

from app.engine.practising import Practise
from app.engine.support import Contact, contacts_of, emergency, filled
from app.flows.library import Library


@dataclass(frozen=True, slots=True)
class HelpPart:
    """A part of the help page. `copy` is a text that a person can copy and send."""

    id: str
    title: str
    says: tuple[str, ...]
    contacts: tuple[Contact, ...]
    copy: str


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The people to turn to in a country, or anywhere (`country` None). `first` are the two to begin with."""

    country: str | None
    country_name: str | None
    emergency: str
    first: tuple[Contact, ...]
    parts: tuple[HelpPart, ...]
    directories: tuple[Contact, ...]
    regulators: tuple[Contact, ...]
    before_you_call: tuple[str, ...]
    as_known_in: str


class Helping:
    """Help pages and practice."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def page(self, country: str | None) -> HelpPage:
        """The help of a country (ISO 3166); an unknown one has what holds anywhere."""
        help = self._library.shared.help
        known = help.countries.get(country or "")
        return HelpPage(
            known.code if known else None,
            known.name if known else None,
            emergency(help, country),
            contacts_of(help, country, ("suicide", "talk"))[:2],
            tuple(
                HelpPart(
                    part.id,
                    part.title,
                    tuple(filled(line, help, country) for line in part.says),
                    contacts_of(help, country, part.kinds),
                    part.copy,
                )
                for part in help.sections
            ),
            help.directories,
            (*(known.regulators if known else ()), *help.regulators_anywhere),
            tuple(filled(line, help, country) for line in help.before_you_call),
            help.as_known_in,
        )

    def countries(self) -> tuple[tuple[str, str], ...]:
        """Code and name of every country with rows to show, by name."""
        found = self._library.shared.help.countries.values()
        return tuple(sorted(((c.code, c.name) for c in found if c.contacts), key=lambda pair: pair[1]))

    def practise(self) -> Practise | None:
        """What the note page offers after the note."""
        return self._library.shared.practise
