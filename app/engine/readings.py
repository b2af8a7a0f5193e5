"""One text about the therapist as it is weighed: its words, whom they name, and whose its pronouns may be."""

from dataclasses import dataclass, field

from app.engine import people
from app.engine.mentions import Mention, is_said_of_them
from app.engine.pronouns import form_at
from app.engine.speech import Word


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as it is weighed: its words, mentions of the therapist, and the pronouns in it.

    `forms` are the therapist's, `rest` all others, both by the place of the word; `persons` tells for each
    word whom else it names: `she`, `he`, `any` or ""; `owners` the same with mere possessives ("Jean's").
    """

    text: str = field(repr=False)
    words: list[Word] = field(repr=False)
    mentions: list[Mention]
    pronoun: str | None
    forms: dict[int, tuple[str, str]]
    rest: dict[int, tuple[str, str]]
    persons: list[str]
    owners: list[str]


def read(text: str, words: list[Word], mentions: list[Mention], pronoun: str | None) -> Reading:
    """Gather what is weighed; a missing pronoun is the only one used beside a mention."""
    said = [found for found in mentions if not is_said_of_them(words, found)]
    forms = {i: form for i in range(len(words)) if (form := form_at(words, i))}
    used = {form[0] for form in forms.values()}
    if pronoun is None and mentions and len(used) == 1:
        pronoun = next(iter(used))
    ours = {i for found in mentions for i in range(found.first, found.last + 1)}
    persons = ["" if i in ours else people.other_person(words, i) for i in range(len(words))]
    owners = ["" if i in ours else people.other_person(words, i, owners=True) for i in range(len(words))]
    mine = {i: form for i, form in forms.items() if form[0] == pronoun}
    rest = {i: form for i, form in forms.items() if form[0] != pronoun}
    return Reading(text, words, said, pronoun, mine, rest, persons, owners)
