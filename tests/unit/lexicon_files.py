"""Reads the phrase files of `conversation_flows/_shared/` for tests of the engine, places included."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from app.engine.commands import COMMANDS, OTHERS, Commands, compile_commands
from app.engine.nets import FamilySource, RouterSource
from app.engine.phrases import Rule
from app.engine.safety import Net, compile_net
from app.engine.understanding import ConceptSource, Example, Lexicon, compile_lexicon

SHARED = Path(__file__).parents[2] / "conversation_flows" / "_shared"


def _parts(name: str) -> tuple[dict[str, tuple[str, ...]], dict[str, Any]]:
    loaded = YAML().load((SHARED / name).read_text(encoding="utf-8"))
    classes = {key: tuple(map(str, sayings)) for key, sayings in loaded.pop("classes", {}).items()}
    return classes, loaded


def _rules(node: Any, name: str) -> tuple[Rule, ...]:
    places = [node.lc.item(number) for number in range(len(node or ()))]
    pairs = zip(node or (), places, strict=True)
    return tuple(Rule(str(text), f"_shared/{name}:{line + 1}:{column + 1}") for text, (line, column) in pairs)


def _examples(node: Any, name: str) -> tuple[Example, ...]:
    return tuple(Example(rule.text, rule.place) for rule in _rules(node, name))


def lexicon_of(name: str) -> tuple[Lexicon, dict[str, ConceptSource]]:
    classes, concepts = _parts(name)
    sources = {
        key: ConceptSource(
            *(_rules(concept.get(kind), name) for kind in ("any", "denied", "weak", "not")),
            general=concept.get("general") in ("yes", True),
            alone=concept.get("alone") in ("yes", True),
            yes=_examples(concept["examples"]["yes"], name),
            no=_examples(concept["examples"]["no"], name),
        )
        for key, concept in concepts.items()
    }
    return compile_lexicon(sources, classes), sources


def net_of(name: str) -> tuple[Net, dict[str, FamilySource]]:
    classes, families = _parts(name)
    families.pop("under_18", None)
    routers = {key: _router(router, name) for key, router in families.pop("routers", {}).items()}
    sources = {key: _family(family, name) for key, family in families.items()}
    return compile_net(sources, routers, classes), sources


def commands_of(name: str) -> Commands:
    classes, loaded = _parts(name)
    words: Mapping[str, Any] = {**loaded.get("commands", {}), **loaded}
    known = {key: _rules(words[key], name) for key in COMMANDS + OTHERS if key in words}
    return compile_commands(known, classes)


def _router(router: Any, name: str) -> RouterSource:
    parts = ("touching", "before", "after", "near", "stop", "but_not", "unless")
    return RouterSource(
        router["effect"],
        *(_rules(router.get(part), name) for part in parts),
        scope=router.get("scope", "clause"),
        even_cancels=router.get("even_cancels") in ("yes", True),
        routes=tuple(router.get("routes", ())),
        question=router.get("question"),
    )


def _family(family: Any, name: str) -> FamilySource:
    return FamilySource(
        family["route"],
        family["certainty"],
        family.get("question"),
        family.get("page"),
        family.get("level"),
        dict(family.get("slots", {})),
        _rules(family.get("any"), name),
        _rules(family.get("not"), name),
        tuple(family.get("skip", ())),
        family.get("why", ""),
        _rules(family["examples"]["yes"], name),
        _rules(family["examples"]["no"], name),
    )
