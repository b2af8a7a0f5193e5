"""Words that are no answer but a wish to the conversation itself: help, back, stop and the like.

They count only where they are the whole text: *stop* is a command, *I want to stop therapy* is an answer.
Which words they are stands in `_shared/commands.en.yaml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.engine.matching import Phrases
from app.engine.phrases import PhraseError, Rule, compile_phrases
from app.engine.safety import Heard
from app.engine.tokens import Reading, read

COMMANDS = ("help", "why", "repeat", "skip", "back", "change", "pause", "stop", "delete")
"""What a client can ask of the conversation at any time."""
OTHERS = ("nothing", "yes", "no", "no_name")
"""Words that say nothing, the two words that answer a question to be confirmed, and what is no name."""


@dataclass(frozen=True, slots=True)
class Commands:
    """The command words of a language, compiled. Made by `compile_commands`, never changed."""

    _phrases: Phrases[str] = field(repr=False)


def compile_commands(
    words: Mapping[str, tuple[Rule, ...]], classes: Mapping[str, tuple[str, ...]]
) -> Commands:
    """Compile command words: each of `COMMANDS` and `OTHERS`, with its phrases. Raises PhraseError.

    >>> from app.engine.safety import compile_net, hear
    >>> commands = compile_commands({"stop": (Rule("stop {please?}"),)}, {"please": ("please",)})
    >>> net = compile_net({}, {}, {})
    >>> [command_in(commands, hear(net, text)) for text in ("STOP!", "stop pls", "I want to stop")]
    ['stop', 'stop', None]
    """
    rules: list[tuple[Rule, str, Mapping[str, str]]] = []
    for name, written in words.items():
        if name not in COMMANDS + OTHERS:
            raise PhraseError(f'"{name}" is no command', written[0].place if written else name)
        # A sign alone ("-") is no word, and a text without words says nothing by itself.
        rules += [(rule, name, {}) for rule in written if "{" in rule.text or read(rule.text).words]
    return Commands(compile_phrases(rules, classes))


def command_in(commands: Commands, heard: Heard) -> str | None:
    """The command that the whole text is, one of `COMMANDS`, or None."""
    return _whole(commands, heard, COMMANDS)


def says_nothing(commands: Commands, heard: Heard) -> bool:
    """Whether the text has no word, or is as a whole one that says nothing (*not sure*, *idk*)."""
    return not heard.reading.words or _whole(commands, heard, ("nothing",)) is not None


def yes_or_no(commands: Commands, heard: Heard) -> str | None:
    """`yes` or `no` where the whole text is such a word, else None."""
    return _whole(commands, heard, ("yes", "no"))


def names_nobody(commands: Commands, name: str) -> bool:
    """Whether what a client calls their therapist is no name to write to (*she*, *my therapist*)."""
    reading = read(name)
    return not reading.words or _whole_reading(commands, reading, ("no_name", "nothing")) is not None


def is_nothing(commands: Commands, text: str) -> bool:
    """Whether a sentence of an answer says nothing (*Nothing.*, *idk*)."""
    return _whole_reading(commands, read(text), ("nothing",)) is not None


def _whole(commands: Commands, heard: Heard, names: tuple[str, ...]) -> str | None:
    return _whole_reading(commands, heard.reading, names)


def _whole_reading(commands: Commands, reading: Reading, names: tuple[str, ...]) -> str | None:
    size = len(reading)
    if not size:
        return None
    found = {match.tag for match in commands._phrases.find(reading) if match.last - match.first == size}
    return next((name for name in names if name in found), None)
