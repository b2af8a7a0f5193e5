"""What a client gave, matched to the question: option, own words, or nothing.

Words typed where options stand are matched as a whole: label, value, number, near miss. Inferences
from free text are made elsewhere and only offered; here a word either is an option or stays the
client's own.
"""

from app.engine.commands import Commands, says_nothing, yes_or_no
from app.engine.errors import NotAnOption
from app.engine.flow import OWN_WORDS, Flow, Option
from app.engine.replay import Waiting
from app.engine.safety import Finding, Heard
from app.engine.state import Given, Mention
from app.engine.tokens import read
from app.engine.turn import Answer
from app.engine.understanding import understand

NEAR = 5  # letters from which one slip of the finger is forgiven


def given_by(asked: Waiting, answer: Answer, commands: Commands) -> Given | str:
    """The answer as it is kept, or the name of the reply where it answers nothing.

    Raises NotAnOption for values that the question does not offer.
    """
    if answer.skipped:
        return Given(skipped=True)
    kind = asked.step.kind
    if answer.values and kind == "ask":
        raise NotAnOption(f'"{asked.key}" takes text')
    words = answer.text if answer.text is not None and has_words(answer.text.text) else None
    if words is not None and len(words.text) > asked.step.max_length:
        return "too_long"
    if kind == "ask":
        return "empty" if words is None else Given(text=words.text, nothing=says_nothing(commands, words))
    values = _offered(asked, answer.values)
    if words is None or (values and says_nothing(commands, words)):
        return _of_values(asked, values)
    if not values:
        return typed_given(asked, words, commands)
    if kind in ("choose", "confirm", "scale") or not asked.step.own_words:
        raise NotAnOption(f'"{asked.key}" takes one option, or words of one\'s own')
    return Given(values=(*_without_none(asked, values), OWN_WORDS), text=words.text)


def _offered(asked: Waiting, values: tuple[str, ...]) -> tuple[str, ...]:
    known = {option.value for option in offered(asked)}
    if not set(values) <= known or (asked.step.kind != "pick" and len(values) > 1):
        raise NotAnOption(f'"{asked.key}" does not offer this')
    return tuple(dict.fromkeys(values))


def offered(asked: Waiting) -> tuple[Option, ...]:
    """The options of a question at its place; numbers of a scale and yes and no are options too."""
    step = asked.step
    if step.kind == "scale":
        return tuple(Option(str(n), str(n)) for n in range(step.first, step.last + 1))
    return asked.options


def _of_values(asked: Waiting, values: tuple[str, ...]) -> Given | str:
    if not values:
        return "empty_pick"
    return Given(values=_without_none(asked, values) or values)


def _without_none(asked: Waiting, values: tuple[str, ...]) -> tuple[str, ...]:
    """`none` excludes the others; who picked something beside it has said something."""
    return tuple(v for v in values if v != asked.step.none)


def typed_given(asked: Waiting, words: Heard, commands: Commands) -> Given | str:
    """What words alone give where options stand, or the name of the reply where they answer nothing."""
    step = asked.step
    found = matching(asked, words.text)
    if len(found) == 1:
        return Given(values=(found[0],), text=words.text)
    if len(found) > 1:
        return "which"
    if step.kind == "confirm":
        word = yes_or_no(commands, words)
        return Given(values=(word,), text=words.text) if word else "no_match"
    if step.kind == "scale":
        return "no_match"
    if step.kind == "pick" and (several := _listed(asked, words.text)):
        return Given(values=several, text=words.text)
    if says_nothing(commands, words) or (step.none and yes_or_no(commands, words) == "no"):
        return (
            Given(values=(step.none,), text=words.text) if step.none else Given(text=words.text, nothing=True)
        )
    return Given(values=(OWN_WORDS,), text=words.text) if step.own_words else "no_match"


def matching(asked: Waiting, text: str) -> list[str]:
    """The options (by value) that these words are: exactly, else by number, else but for one slip."""
    typed, options = _key(text), offered(asked)
    exact = [o.value for o in options if typed in (_key(o.label), _key(o.value.replace("_", " ")))]
    if exact:
        return exact
    if typed.isdecimal() and asked.step.kind != "scale" and 1 <= int(typed) <= len(options):
        return [options[int(typed) - 1].value]
    if len(typed) < NEAR:
        return []
    return [o.value for o in options if _one_slip(typed, _key(o.label))]


def _listed(asked: Waiting, text: str) -> tuple[str, ...]:
    """`small and sad`, `small, sad`: all of its parts are options, or it is no list."""
    parts = [part for line in text.replace("&", ",").split(",") for part in line.split(" and ")]
    found = [matching(asked, part) for part in parts if part.strip()]
    return tuple(dict.fromkeys(f[0] for f in found)) if found and all(len(f) == 1 for f in found) else ()


def _key(text: str) -> str:
    return " ".join(read(text).words)


def has_words(text: str) -> bool:
    """Whether anything is to be seen: blanks and marks without width are nothing."""
    return any(
        ch.isprintable() and not ch.isspace() and ch not in "\u2800\u3164\u115f\u1160\uffa0" for ch in text
    )


def _one_slip(a: str, b: str) -> bool:
    """Whether one letter more, less, other, or two swapped turn `a` into `b`."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return a == b
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] == rest_b[1:]
        or rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or (rest_a[:2] == rest_b[:2][::-1] and rest_a[2:] == rest_b[2:])
    )


def raised_by(asked: Waiting, given: Given) -> tuple[Finding, ...]:
    """Options that raise a route by themselves, such as the gates before strong feelings."""
    return tuple(
        Finding(
            asked.step.id, option.route, "explicit", None, None, (0, 0), f"{asked.step.id}={option.value}", ""
        )
        for option in asked.options
        if option.route and option.value in given.values
    )


def mentions_in(flow: Flow, asked: Waiting, heard: Heard | None) -> tuple[Mention, ...]:
    """The concerns or feelings that are heard in an answer, where its question listens for any."""
    if heard is None or asked.step.understand is None:
        return ()
    return tuple(
        Mention(found.concept, found.status, found.because[0].span if found.because else (0, 0))
        for found in understand(flow.lexicons[asked.step.understand], heard.reading)
    )
