"""The files of `_shared/` that no conversation is pinned to, into the engine's `Shared`.

The net, the commands, the texts of safety and help, the engine's own lines. Without any of them
nothing runs: every fault here stops the whole house.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from pydantic import BaseModel

from app.engine.flow import Shared
from app.engine.nets import ROUTES, Route
from app.engine.plain import Plain
from app.engine.sensing import Sense
from app.engine.support import Check, Page, SafetyOption, SafetyTexts, TellThem
from app.flows import help_grammar as h
from app.flows import shared_grammar as g
from app.flows.diagnostics import Diagnostics, Place, did_you_mean
from app.flows.fitting import fit
from app.flows.hearing import build_plain, build_sense
from app.flows.helping import build_help, build_practise, text_or_none
from app.flows.lexicons import build_commands, build_net
from app.flows.reading import Read, Word, read

FOLDER = "_shared"
M = TypeVar("M", bound=BaseModel)
# Lines of the engine itself that it cannot do without.
REPLIES = frozenset({
    "after_help", "also_wrote", "and", "change", "close_quote", "delete", "empty", "empty_pick",
    "for_example", "help", "no", "no_match", "only_english", "open_quote", "pause", "repeat", "skip",
    "stop", "too_long", "which", "why", "yes",
})  # fmt: skip
OUTSIDE_VIEW = "{outside_view}"
POINTS, PLAIN = "safety.points.en.yaml", "safety.plain.yaml"


def fit_shared(
    model: type[M], name: str, texts: Mapping[str, str], found: Diagnostics, gathered: str = ""
) -> M | None:
    """A file of `_shared/` as its model, or None with diagnostics. `gathered`: keys that the grammar
    does not know by name are gathered under this one."""
    file = f"{FOLDER}/{name}"
    if file not in texts:
        found.add("IW202", Place(file), "Add the file.", place="the folder", key=name)
        return None
    data = read(file, texts[file], found)
    if data is None:
        return None
    return fit(model, gather(data, model, gathered) if gathered else data, file, found)


def gather(data: dict[Word, Read], model: type[BaseModel], under: str) -> dict[Word, Read]:
    """The data with all keys that the model does not name moved below one of its keys."""
    known = set(model.model_fields) - {under}
    named: dict[Word, Read] = {key: value for key, value in data.items() if key in known}
    named[Word(under)] = {key: value for key, value in data.items() if key not in known}
    return named


def build_shared(texts: Mapping[str, str], found: Diagnostics) -> Shared | None:
    """What all flows share, or None with everything that is wrong. `texts` by name below the flows
    folder."""
    before = found.errors
    net_file = fit_shared(g.NetFile, "safety.en.yaml", texts, found, "families")
    commands_file = fit_shared(g.CommandsFile, "commands.en.yaml", texts, found)
    safety_file = fit_shared(g.SafetyFile, "safety.yaml", texts, found)
    help_file = fit_shared(h.HelpFile, "help.yaml", texts, found)
    lines_file = fit_shared(h.HelplinesFile, "helplines.yaml", texts, found)
    regulators_file = fit_shared(h.RegulatorsFile, "regulators.yaml", texts, found)
    practise_file = fit_shared(h.PractiseFile, "practise.yaml", texts, found)
    replies = _replies(texts, found)
    sense, plain = _learned(texts, found), _plain(texts, found)
    net = build_net(net_file, found, sense, plain) if net_file else None
    commands = build_commands(commands_file, found) if commands_file else None
    if net_file and safety_file:
        _check_questions(net_file, safety_file, found)
    if found.errors > before or not (net and commands and safety_file and practise_file):
        return None
    if not (help_file and lines_file and regulators_file):
        return None
    help = build_help(help_file, lines_file, regulators_file, safety_file)
    return Shared(net, commands, _safety(safety_file), help, replies, build_practise(practise_file))


def _learned(texts: Mapping[str, str], found: Diagnostics) -> Sense | None:
    """The net's learned half; None where there is none, or its files are at fault."""
    if f"{FOLDER}/{POINTS}" not in texts:
        return None
    words = fit_shared(g.SafetyWordsFile, "safety.words.en.yaml", texts, found, "words")
    points = fit_shared(g.SafetyPointsFile, POINTS, texts, found)
    signed = fit_shared(g.SafetySignedFile, "safety.points.en.signed.yaml", texts, found)
    return build_sense(words.words, points, signed, found) if words and points and signed else None


def _plain(texts: Mapping[str, str], found: Diagnostics) -> Plain | None:
    if f"{FOLDER}/{PLAIN}" not in texts:
        return None
    file = fit_shared(g.PlainFile, PLAIN, texts, found, "languages")
    return build_plain(file.languages) if file else None


def _replies(texts: Mapping[str, str], found: Diagnostics) -> dict[str, str]:
    file = f"{FOLDER}/replies.yaml"
    data = read(file, texts[file], found) if file in texts else {}
    if file not in texts:
        found.add("IW202", Place(file), "Add the file.", place="the folder", key="replies.yaml")
        return {}
    for name, text in (data or {}).items():
        if not isinstance(text, Word):
            found.add("IW204", name.place, "A text belongs here.", word=f'"{name}"')
    for missing in sorted(REPLIES - set(data or REPLIES)):
        found.add("IW202", Place(file), "Add the line.", place="the file", key=missing)
    return {str(name): str(text) for name, text in (data or {}).items() if isinstance(text, Word)}


def _check_questions(net: g.NetFile, safety: g.SafetyFile, found: Diagnostics) -> None:
    """Families and routers may name only checks and pages that there are; so may options."""
    asked = [family.question for family in net.families.values()]
    asked += [router.question for router in net.routers.values()]
    for question in asked:
        _known("question", question, safety.checks, found)
    for family in net.families.values():
        _known("page", family.page, _pages(safety, family.route), found)
    options = [check.options for check in safety.checks.values()]
    options += [page.options for route in safety.pages for page in _pages(safety, route).values()]
    for option in (option for each in options for option in each.values()):
        _known("page", option.page, _pages(safety, option.route) if option.route else {}, found)
    for missing in sorted(set(ROUTES) - set(safety.pages)):
        found.add("IW202", Place(f"{FOLDER}/safety.yaml"), place='"pages"', key=missing)


def _known(what: str, name: Word | None, known: Iterable[str], found: Diagnostics) -> None:
    if name is not None and name not in known:
        out = did_you_mean(name, known, "Correct the name, or add it to safety.yaml.")
        found.add("IW303", name.place, out, value=name, name=what)


def page_calls(safety: g.SafetyFile) -> tuple[Word, ...]:
    """The flows that options of pages lead through."""
    pages = (page for route in safety.pages for page in _pages(safety, route).values())
    return tuple(option.call for page in pages for option in page.options.values() if option.call)


def _pages(safety: g.SafetyFile, route: Route) -> Mapping[str, g.PageIn]:
    pages = safety.pages.get(route, {})
    return {"": pages} if isinstance(pages, g.PageIn) else {str(name): page for name, page in pages.items()}


def _safety(file: g.SafetyFile) -> SafetyTexts:
    outside = str(file.outside_view)
    checks = {
        str(id): Check(str(id), str(check.say), str(check.choose), _options(check.options, outside))
        for id, check in file.checks.items()
    }
    pages: dict[tuple[str, str], Page] = {}
    for route in file.pages:
        several = _pages(file, route)
        first = next(iter(several.values()))
        for name, page in several.items():
            pages[route, name] = Page(
                route,
                name,
                tuple(map(str, page.say)),
                tuple(map(str, page.contacts)),
                str(page.question or first.question or ""),
                _options(page.options or first.options, outside),
            )
    told = file.tell_them
    tell_them = TellThem(str(told.confirm), str(told.hint), str(told.yes), str(told.no), str(told.line))
    return SafetyTexts(checks, pages, tell_them)


def _options(options: Mapping[Word, g.SafetyOptionIn], outside: str) -> tuple[SafetyOption, ...]:
    return tuple(
        SafetyOption(
            str(value),
            str(option.label),
            None if option.line is None else option.line.replace(OUTSIDE_VIEW, outside),
            text_or_none(option.means),
            option.route,
            text_or_none(option.page),
            option.ends == "yes",
            option.grants is not None,
            text_or_none(option.call),
        )
        for value, option in options.items()
    )
