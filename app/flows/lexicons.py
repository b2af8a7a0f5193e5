"""Phrases of a language into what hears them: lexicons, command words, the safety net.

All phrases that make no sense come out together (IW204), and every example of a concept or family
is tried (IW350).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.engine.commands import OTHERS, Commands, compile_commands
from app.engine.nets import FamilySource, RouterSource
from app.engine.phrases import PhraseError, Rule, compile_phrases
from app.engine.plain import Plain
from app.engine.points import PointsSource
from app.engine.safety import Net, compile_net, hear
from app.engine.sensing import Sense
from app.engine.understanding import ConceptSource, Example, Lexicon, compile_lexicon, understand
from app.flows.diagnostics import Diagnostics, Place
from app.flows.reading import Word
from app.flows.shared_grammar import CommandsFile, Concept, Family, LexiconFile, NetFile, Router

T = TypeVar("T")
Classes = Mapping[Word, Sequence[Word]]
Written = tuple[Rule, Mapping[str, str]]  # a phrase and the classes of its slots


@dataclass(frozen=True, slots=True)
class Pointing:
    """What a lexicon needs beside its own file: classes that mark clauses, and the points."""

    marks: Mapping[Word, list[Word]]
    points: PointsSource


def build_lexicon(file: LexiconFile, found: Diagnostics, pointing: Pointing | None = None) -> Lexicon | None:
    """The lexicon of a file, or None with a diagnostic for each phrase that makes no sense."""
    classes = {**file.classes, **(pointing.marks if pointing else {})}
    points = pointing.points if pointing else None
    sources = {str(name): _concept(concept) for name, concept in file.concepts.items()}
    phrases: list[Written] = [
        (rule, {})
        for source in sources.values()
        for rule in (*source.any, *source.denied, *source.weak, *source.not_)
    ]
    return _compiled(lambda: compile_lexicon(sources, _plain(classes), points), phrases, classes, found)


def build_net(
    file: NetFile, found: Diagnostics, sense: Sense | None = None, plain: Plain | None = None
) -> Net | None:
    """The net of a file, or None with a diagnostic for each phrase that makes no sense. `sense`, `plain`:
    its learned half and its sayings in other languages."""
    families = {str(name): _family(name, family) for name, family in file.families.items()}
    routers = {str(name): _router(name, router) for name, router in file.routers.items()}
    phrases: list[Written] = [
        (rule, family.slots) for family in families.values() for rule in (*family.any, *family.not_)
    ]
    for r in routers.values():
        lists = (r.touching, r.before, r.after, r.near, r.stop, r.but_not, r.unless)
        phrases += [(rule, {}) for rules in lists for rule in rules]
    young = _rules(file.under_18)
    phrases += [(rule, {}) for rule in young]
    return _compiled(
        lambda: compile_net(families, routers, _plain(file.classes), sense, plain, young),
        phrases,
        file.classes,
        found,
    )


def build_commands(file: CommandsFile, found: Diagnostics) -> Commands | None:
    """The command words of a file, or None with a diagnostic for each that makes no sense."""
    words = {str(name): _rules(phrases) for name, phrases in file.commands.items()}
    words |= {name: _rules(getattr(file, name)) for name in OTHERS}
    phrases: list[Written] = [(rule, {}) for rules in words.values() for rule in rules if "{" in rule.text]
    return _compiled(lambda: compile_commands(words, _plain(file.classes)), phrases, file.classes, found)


def check_lexicon(file: LexiconFile, lexicon: Lexicon, found: Diagnostics) -> None:
    """IW350 for each example that is not understood as it should be: `yes` has to be heard. `no` must not,
    or, where small words have points too and much is possible, must not be sure."""
    for name, concept in file.concepts.items():
        for wanted, texts in ((True, concept.examples.yes), (False, concept.examples.no)):
            for text in texts:
                heard = [f"{each.concept} {each.status}" for each in understand(lexicon, str(text))]
                if lexicon.has_points and not wanted:
                    heard = [each for each in heard if each.endswith(" sure")]
                _compare(wanted, name, text, heard, found)


def check_net(file: NetFile, net: Net, found: Diagnostics) -> None:
    """IW350 for each example that the net does not hear as it should."""
    for name, family in file.families.items():
        for wanted, texts in ((True, family.examples.yes), (False, family.examples.no)):
            for text in texts:
                heard = [f"{each.family} {each.certainty}" for each in hear(net, str(text)).findings]
                _compare(wanted, name, text, heard, found)


def _compare(wanted: bool, name: Word, text: Word, heard: list[str], found: Diagnostics) -> None:
    if any(each.split()[0] == name for each in heard) != wanted:
        out = "It should be heard here." if wanted else "It should not be heard here."
        result = ", ".join(heard) or "nothing"
        found.add(
            "IW350",
            text.place,
            f"{out} Correct the phrases, or the example.",
            text=text,
            concept=name,
            result=result,
        )


def _compiled(
    build: Callable[[], T], phrases: Iterable[Written], classes: Classes, found: Diagnostics
) -> T | None:
    try:
        return build()
    except PhraseError as error:
        first = error
    before = len(found)
    try:
        compile_phrases([], _plain(classes))
    except PhraseError as error:
        _refuse(error, classes, found)
        return None
    for rule, slots in phrases:
        try:
            compile_phrases([(rule, None, slots)], _plain(classes))
        except PhraseError as error:
            _refuse(error, classes, found)
    if len(found) == before:
        _refuse(first, classes, found)
    return None


def _refuse(error: PhraseError, classes: Classes, found: Diagnostics) -> None:
    file, _, rest = error.at.partition(":")
    line, _, column = rest.partition(":")
    if column:
        place = Place(file, int(line), int(column))
    else:
        place = next((name.place for name in classes if name == error.at), Place(error.at))
    found.add("IW204", place, error.message[:1].upper() + error.message[1:] + ".", word="this phrase")


def _rules(phrases: Iterable[Word]) -> tuple[Rule, ...]:
    return tuple(Rule(str(phrase), str(phrase.place)) for phrase in phrases)


def _plain(classes: Classes) -> dict[str, tuple[str, ...]]:
    return {str(name): tuple(str(saying) for saying in sayings) for name, sayings in classes.items()}


def _examples(texts: Iterable[Word]) -> tuple[Example, ...]:
    return tuple(Example(str(text), str(text.place)) for text in texts)


def _concept(concept: Concept) -> ConceptSource:
    return ConceptSource(
        _rules(concept.any),
        _rules(concept.denied),
        _rules(concept.weak),
        _rules(concept.not_),
        concept.general == "yes",
        concept.alone == "yes",
        _examples(concept.examples.yes),
        _examples(concept.examples.no),
    )


def _family(name: Word, family: Family) -> FamilySource:
    return FamilySource(
        family.route,
        family.certainty,
        _text(family.question),
        _text(family.page),
        family.level,
        {str(slot): str(kind) for slot, kind in family.slots.items()},
        _rules(family.any),
        _rules(family.not_),
        tuple(map(str, family.skip)),
        str(family.why),
        _rules(family.examples.yes),
        _rules(family.examples.no),
        str(name.place),
    )


def _router(name: Word, router: Router) -> RouterSource:
    return RouterSource(
        router.effect,
        touching=_rules(router.touching),
        before=_rules(router.before),
        after=_rules(router.after),
        near=_rules(router.near),
        stop=_rules(router.stop),
        but_not=_rules(router.but_not),
        unless=_rules(router.unless),
        scope=router.scope,
        even_cancels=router.even_cancels == "yes",
        only=tuple(str(family) for family in router.only),
        routes=tuple(router.routes),
        question=_text(router.question),
        place=str(name.place),
    )


def _text(word: Word | None) -> str | None:
    return None if word is None else str(word)
