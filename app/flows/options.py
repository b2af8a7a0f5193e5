"""The options of a question, from what its step says and from the shared list behind its variable."""

from collections.abc import Callable

from app.engine.conditions import Condition, Includes
from app.engine.flow import Option
from app.flows import grammar as g
from app.flows.reading import Word
from app.flows.sources import SharedList


def options_of(
    step: g.OptionsStep, shared: SharedList | None, condition: Callable[[Word], Condition | None]
) -> tuple[Option, ...]:
    """The options in order; all values of the shared list where the step names none."""
    if step.options is None:
        return _all(shared, step.closer_to) if shared else ()
    made = []
    for value, option in step.options.items():
        word = _word(shared, value)
        if isinstance(option, Word):
            made.append(Option(str(value), str(option), _group(shared, value), word))
            continue
        group = str(option.group) if option.group is not None else _group(shared, value)
        when = condition(option.if_) if option.if_ is not None else None
        made.append(Option(str(value), str(option.label), group, word, when, option.route))
    return tuple(made)


def _all(shared: SharedList, closer_to: Word | None) -> tuple[Option, ...]:
    """Every value; with `closer_to` only what was picked there, and the closer words of it."""
    return tuple(
        Option(
            str(value),
            str(each.label),
            _group(shared, value),
            _word(shared, value),
            Includes(str(closer_to), (str(each.group or value), str(value))) if closer_to else None,
        )
        for value, each in shared.file.values.items()
    )


def _group(shared: SharedList | None, value: Word) -> str:
    """The words over a value: those of its group, or the label of the family it belongs to."""
    each = shared.file.values.get(value) if shared else None
    if shared is None or each is None or each.group is None:
        return ""
    named = shared.file.groups.get(each.group)
    family = shared.file.values.get(each.group)
    return str(named or (family.label if family else ""))


def _word(shared: SharedList | None, value: Word) -> str:
    """What a list in a sentence says for a shared value."""
    each = shared.file.values.get(value) if shared else None
    return str(each.word or each.label.lower()) if each else ""
