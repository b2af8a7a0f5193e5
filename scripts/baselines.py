#!/usr/bin/env python3
"""How much our listening is worth: the same texts, heard by two simple means. For development only.

    python scripts/baselines.py TRAIN_DIR TEST_DIR

Both folders are made as for `into-words measure`. The means are lists of key words, as somebody would write
them in ten minutes, and TF-IDF with logistic regression, trained on TRAIN_DIR alone. Prints a row for each
figure on TEST_DIR: the words', the trained one's, ours, and by how many points ours is better than each (a
minus: worse). A text is stopped if it is asked about or sent to a page of help. The same folders give the
same lines.
"""

import argparse
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline, make_union

from app.flows.explaining import listen
from app.flows.figures import Figure, Row, read_rows
from app.flows.library import Library
from app.flows.measuring import Listen, measure

FLOWS = Path(__file__).parents[1] / "conversation_flows"
NONE = "none"
CONCERNS = {
    "no_connection": "connection, connect, click, distant, stranger, bond, rapport",
    "misunderstood": "misunderstood, doesn't get me, don't get me, doesn't understand, misread",
    "unheard": "listen, listening, forgets, forgot, interrupts, distracted, ignores, talks about herself,"
    " talks about himself",
    "judged": "judged, judging, judgy, judgmental, ashamed, shame, criticised, criticized",
    "mistrust": "trust, confidential, privacy, in it for the money, agenda",
    "cold": "cold, robot, robotic, scripted, warmth, clinical, emotionless",
    "hurt_moment": "hurt me, hurt my feelings, what she said, what he said, offended, upset me",
    "identity": "race, racist, culture, religion, faith, gay, trans, gender, queer, autistic, adhd,"
    " disability",
    "goals": "goal, goals, direction, plan, purpose, what are we doing",
    "no_progress": "progress, not helping, isn't helping, stuck, in circles, not working, no better",
    "approach": "homework, worksheets, exercises, cbt, method, approach, silence, advice, feedback",
    "pace": "too fast, too slow, rushed, pushed, pushing, pace, surface",
    "logistics": "late, cancelled, canceled, reschedule, fee, expensive, zoom, video, appointment, waiting"
    " room",
    "boundaries": "boundaries, boundary, too personal, too friendly, texts me, hugs",
    "feelings_for_therapist": "in love, crush, attached, attracted, jealous, dependent, obsessed",
    "holding_back": "lie, lied, lying, hide, hiding, holding back, can't tell, never told, say i'm fine",
    "leaving": "quit, quitting, leave, stop going, ghost, switch, new therapist, end therapy",
}
ROUTES = {
    "crisis_self": "suicide, suicidal, kill myself, end my life, want to die, wanna die, better off dead,"
    " don't want to live, don't want to be alive, self harm, self-harm, hurt myself, cut myself,"
    " cutting, overdose, end it all",
    "crisis_other": "kill him, kill her, kill them, kill someone, hurt him, hurt her, hurt someone, hurt my"
    " child, hurt my baby, stab, shoot",
    "danger": "hits me, hit me, beats me, beat me, abuse, abusive, threatened me, threatens me, raped,"
    " scared of him, scared of her, not safe, unsafe, stalking, locked me in",
    "misconduct": "kissed me, touched me, slept with, sex with, asked me out, date with, flirts, flirting,"
    " sexual, lend, loan, keep it secret, our secret, conversion therapy",
}
ROWS = (
    *((f"{kind}: primary {place}", "") for kind in ("concerns", "openings") for place in
      ("first", "within three")),
    *((f"{route} caught", "") for route in ROUTES),
    ("right route", ""),
    ("openings: risk caught", ""),
    ("hard negatives asked", "hard negatives stopped"),
    ("ordinary messages asked", "ordinary messages stopped"),
    ("concerns: asked", "concern texts stopped"),
)  # fmt: skip
"""Figures of `measure`, in order, and what they are called where every stop counts as asking."""


def told(id: str, route: str, concerns: Iterable[str]) -> Row:
    """A line as `into-words listen` gives it, where every stop is a question."""
    safety = {"route": route, "certainty": NONE if route == NONE else "unclear", "because": ()}
    named = [{"concern": name, "status": "possible", "because": ()} for name in concerns]
    return {"id": id, "safety": safety, "concerns": named}


def by_words() -> Listen:
    """Hears the concern with the most key words, and the first route that has one."""
    concerns, routes = _patterns(CONCERNS), _patterns(ROUTES)

    def hear(id: str, text: str) -> Row:
        plain = text.lower().replace("\u2019", "'")
        counts = {name: len(words.findall(plain)) for name, words in concerns.items()}
        named = sorted((name for name in counts if counts[name]), key=lambda name: -counts[name])
        route = next((name for name, words in routes.items() if words.search(plain)), NONE)
        return told(id, route, named or ["unclear"])

    return hear


def _patterns(lists: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(rf"\b({'|'.join(re.escape(word.strip()) for word in words.split(','))})\b")
        for name, words in lists.items()
    }


def by_training(folder: Path) -> Listen:
    """Hears what words and their pieces were labelled with in a folder; classes count alike, however many
    texts they have. How strongly the weights are held back was chosen in its favour."""
    safety, concerns = (read_rows(folder / f"{name}.jsonl") for name in ("safety", "concerns"))
    openings = read_rows(folder / "openings.jsonl", needed=False)
    about = [(row["text"], row["labels"][0]) for row in (*concerns, *openings)]
    stops = [(row["text"], row["label"]) for row in safety]
    stops += [(row["text"], row.get("safety", NONE)) for row in (*concerns, *openings)]
    concern_of, route_of = _fitted(about, 10.0), _fitted(stops, 1.0)

    def hear(id: str, text: str) -> Row:
        shares = concern_of.predict_proba([text])[0]
        ranked = sorted(zip(shares, concern_of.classes_, strict=True), key=lambda each: -each[0])
        return told(id, str(route_of.predict([text])[0]), [str(name) for _, name in ranked])

    return hear


def _fitted(examples: Sequence[tuple[str, str]], strength: float) -> Pipeline:
    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True),
    )
    texts, labels = zip(*examples, strict=True)
    regression = LogisticRegression(C=strength, class_weight="balanced", max_iter=1000)
    return make_pipeline(features, regression).fit(texts, labels)


def by_us() -> Listen:
    """Hears as `into-words listen` does."""
    library = Library.load(FLOWS)
    ours = partial(listen, library.shared.net, library.flows()[0].lexicons["concerns"])

    def hear(id: str, text: str) -> Row:
        line = ours(id, text)
        return told(id, line["safety"]["route"], [each["concern"] for each in line["concerns"]])

    return hear


def lines(words: Listen, trained: Listen, ours: Listen, folder: Path) -> Iterator[str]:
    """The table."""
    measured = [
        {figure.name: figure for figure in measure(hear, folder).figures} for hear in (words, trained, ours)
    ]
    yield f"{'':<32}{'words':>7}{'trained':>9}{'ours':>7}    lead over words, trained"
    for name, shown in ROWS:
        row = [figures[name] for figures in measured]
        if row[0].of:
            shares = f"{row[0].share:>7.3f}{row[1].share:>9.3f}{row[2].share:>7.3f}"
            leads = "".join(f"{_lead(row[2], other):>+10.1f}" for other in row[:2])
            yield f"{shown or name:<32}{shares}{leads}   of {row[0].of}"


def _lead(ours: Figure, other: Figure) -> float:
    points = 100 * (ours.share - other.share)
    return (-points if ours.at_most else points) + 0.0


def main() -> None:
    """Trains, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("train", type=Path, metavar="TRAIN_DIR")
    parser.add_argument("test", type=Path, metavar="TEST_DIR")
    asked = parser.parse_args()
    for line in lines(by_words(), by_training(asked.train), by_us(), asked.test):
        print(line)  # noqa: T201


if __name__ == "__main__":
    main()
