"""What needs no search in `_shared/`: that its files name one another's values (IW203, IW204, IW303,
IW305, IW308), and that the net hears its own examples (IW350)."""

from collections.abc import Iterable, Mapping

from app.engine.flow import Shared
from app.flows.checking import check_id
from app.flows.diagnostics import Diagnostics, did_you_mean
from app.flows.holes import parse_template
from app.flows.lexicons import check_net
from app.flows.reading import Word
from app.flows.shared_grammar import ListFile, NetFile, SafetyFile
from app.flows.sharing import fit_shared, page_calls
from app.flows.sources import Lists, SharedList


def check_lists(lists: Lists, texts: Mapping[str, str], found: Diagnostics) -> None:
    """Everything about the shared lists and the values that others take from them."""
    for each in lists.values():
        _check_list(each, found)
        for concept in each.lexicon_file.concepts:
            _known(concept, each.values, each.name, found)
    safety = fit_shared(SafetyFile, "safety.yaml", texts, Diagnostics())
    concerns = lists.get("concerns")
    for check in safety.checks.values() if safety and concerns else ():
        for option in check.options.values():
            if option.means and concerns:
                _known(option.means, concerns.values, "concerns", found)


def check_page_calls(texts: Mapping[str, str], found: Diagnostics) -> None:
    """The flows that pages lead through are there, and have a note (IW305). Where one is not, its option
    leads on without it."""
    safety = fit_shared(SafetyFile, "safety.yaml", texts, Diagnostics())
    for word in page_calls(safety) if safety else ():
        if f"{word}/flow.yaml" not in texts or f"{word}/note.yaml" not in texts:
            out = "A page leads through a flow that can be begun: a folder with flow.yaml and note.yaml."
            found.add("IW305", word.place, out, name=word)


def check_net_examples(texts: Mapping[str, str], shared: Shared, found: Diagnostics) -> None:
    """Lets the net hear every example of its families (IW350)."""
    file = fit_shared(NetFile, "safety.en.yaml", texts, Diagnostics(), "families")
    if file:
        check_net(file, shared.net, found)


def _check_list(each: SharedList, found: Diagnostics) -> None:
    file = each.file
    labels: set[str] = set()
    for value, entry in file.values.items():
        check_id(value, found, ("own_words",))
        for text in (entry.line, *entry.more):
            if text is not None:
                _check_line(text, found, own_words=False)
        if entry.label.casefold() in labels:
            found.add("IW308", entry.label.place, step=each.name, label=entry.label)
        labels.add(entry.label.casefold())
        if entry.group is not None:
            _known(entry.group, (*file.groups, *_families(file)), "group", found)
    for value in file.when_nothing_heard:
        _known(value, each.values, each.name, found)
    if file.own_words_line is not None:
        _check_line(file.own_words_line, found, own_words=True)


def _check_line(text: Word, found: Diagnostics, own_words: bool) -> None:
    if own_words:
        parse_template(text, "", {}, "line", found)
    elif "{" in text or "}" in text:
        at = min(at for at in (text.find("{"), text.find("}")) if at >= 0)
        found.add("IW204", text.at(at), "A line in this file has no holes.", word=f'"{text[at]}"')


def _families(file: ListFile) -> list[Word]:
    return [value for value, entry in file.values.items() if entry.family == "yes"]


def _known(value: Word, known: Iterable[str], name: str, found: Diagnostics) -> None:
    if value not in known:
        found.add("IW303", value.place, did_you_mean(value, known) or None, value=value, name=name)
