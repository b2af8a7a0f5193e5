"""The corpus of the net: sentences it must hear and must not, and where we know that it errs.

Lets the net hear every sentence of `safety.corpus.en.yaml` and lists where it disagrees. Only checking does
so; serving never reads the file. Which sentences these are, and why, stands there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.engine.safety import Heard, Net, hear
from app.flows.diagnostics import Diagnostics, did_you_mean
from app.flows.reading import Word
from app.flows.shared_grammar import CorpusFile
from app.flows.sharing import FOLDER, fit_shared

CORPUS = "safety.corpus.en.yaml"
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A sentence that does not come out as the corpus says.

    `kind`: its kind of saying. `wanted`, `result`: what the corpus says and what happens, as
    "crisis_self page", "danger asked" or "nothing". `right`: what the kind wants; for what is accepted it is
    other than `wanted`.
    """

    sentence: Word
    kind: str
    wanted: str
    result: str
    right: str

    @property
    def way_out(self) -> str:
        """What its author can do about it."""
        if self.wanted == self.right:
            part = "false_alarms" if self.right == NOTHING else "misses"
            return f'Correct the net, or accept it: move it to "{part}" and say why.'
        if self.result == self.right:
            return f'It is no longer wrong. Move it back to "{self.kind}".'
        return "It is wrong in another way than the one that was accepted. Correct the net, or the entry."


def check_corpus(texts: Mapping[str, str], net: Net, found: Diagnostics) -> None:
    """Everything wrong with the corpus, where there is one: IW352 for each sentence that comes out otherwise
    than it says, IW303 and IW202 for an accepted one of no kind or route, IW102 for one that stands twice."""
    if f"{FOLDER}/{CORPUS}" not in texts:
        return
    corpus = fit_shared(CorpusFile, CORPUS, texts, found)
    if corpus is None:
        return
    _check_kinds(corpus, found)
    _check_twice(corpus, found)
    for each in disagreements(corpus, net):
        found.add(
            "IW352",
            each.sentence.place,
            each.way_out,
            sentence=each.sentence,
            result=each.result,
            wanted=each.wanted,
        )


def disagreements(corpus: CorpusFile, net: Net) -> Iterator[Disagreement]:
    """Every sentence with which the net does not do what the corpus says, in the order of the file."""
    right = _wanted_of_kinds(corpus)
    for kind, wanted, sentences in _groups(corpus):
        for sentence in sentences:
            result = outcome(hear(net, str(sentence)))
            if result != wanted:
                yield Disagreement(sentence, kind, wanted, result, right.get(kind, wanted))


def outcome(heard: Heard) -> str:
    """What a client meets after these words: "danger page", "crisis_self asked" or "nothing". A page goes
    before a question, whatever its route."""
    for certainty, happens in (("explicit", "page"), ("unclear", "asked")):
        for finding in heard.findings:
            if finding.certainty == certainty:
                return f"{finding.route} {happens}"
    return NOTHING


def _groups(corpus: CorpusFile) -> Iterator[tuple[str, str, list[Word]]]:
    """The groups of all parts: kind of saying, what is said to happen, sentences."""
    for kind, saying in corpus.heard.items():
        yield str(kind), f"{saying.route} {saying.happens}", saying.sentences
    for kind, ordinary in corpus.not_heard.items():
        yield str(kind), NOTHING, ordinary.sentences
    for each in (*corpus.false_alarms, *corpus.misses):
        if each.happens == NOTHING:
            yield str(each.kind), NOTHING, each.sentences
        elif each.route:  # without one it is refused as it stands
            yield str(each.kind), f"{each.route} {each.happens}", each.sentences


def _wanted_of_kinds(corpus: CorpusFile) -> dict[str, str]:
    return {str(kind): f"{each.route} {each.happens}" for kind, each in corpus.heard.items()} | {
        str(kind): NOTHING for kind in corpus.not_heard
    }


def _check_kinds(corpus: CorpusFile, found: Diagnostics) -> None:
    kinds = [*corpus.heard, *corpus.not_heard]
    for each in (*corpus.false_alarms, *corpus.misses):
        at = each.kind.place
        if each.kind not in kinds:
            out = did_you_mean(each.kind, kinds, 'Name a kind of "heard" or "not_heard".')
            found.add("IW303", at, out, value=each.kind, name="kind")
        if each.happens != NOTHING and each.route is None:
            found.add("IW202", at, "Say whose page or question it is.", place=f'"{each.kind}"', key="route")


def _check_twice(corpus: CorpusFile, found: Diagnostics) -> None:
    seen: set[str] = set()
    for _, _, sentences in _groups(corpus):
        for sentence in sentences:
            if sentence.casefold() in seen:
                found.add("IW102", sentence.place, "Keep one of the two.", key=sentence, place="the corpus")
            seen.add(sentence.casefold())
