"""Where a client's text calls the therapist by a name or a noun: "Maya", "my therapist", "the counsellor".

Whom else it names is found in `people.py`.
"""

import re
from dataclasses import dataclass

from app.engine import shape_words as s
from app.engine.english import DETERMINERS, NOUN_TOO, SUBJECTS, VERBS, word_set
from app.engine.finite import tense_of
from app.engine.people import SPEAKS, without_tail
from app.engine.person_words import COMMON_NAMES, THERAPISTS
from app.engine.pronouns import FORMS, breaks_before, form_at, low_at
from app.engine.speech import Word

# What may stand between "my" and "therapist": still the one who is written to.
WHICH = word_set(
    "nhs cbt dbt emdr act ifs private online current lovely nice kind own art music drama trauma couples "
    "male female woman main regular talking schema psychodynamic individual one amazing dear poor trainee "
    "christian uni school work young old video phone zoom relationship family child grief clinical"
)
# Of two letters, these are words before they are names.
_SHORT = word_set(
    "am an as at be by do ed go he hi if in is it me my no of oh ok on or so to up us we al ha ma pa"
)


_VIRTUES = word_set("grace faith hope joy charity mercy patience honesty prudence constance verity")
_CARRYING = s.PRESENT | s.WAS


@dataclass(frozen=True, slots=True)
class Mention:
    """The therapist called by name or noun: words `first` to `last`; `tail` is "" or the word's "'s"."""

    first: int
    last: int
    end: int
    tail: str
    kind: str


def find_mentions(words: list[Word], names: tuple[str, ...], text: str) -> list[Mention]:
    """Every place where the therapist is called by one of `names` or by "my therapist" and the like."""
    called = [known for name in names[:8] if (known := _name_words(name))]
    doctor = any(known[0].lower() in {"dr", "doctor"} for known in called)
    mentions: list[Mention] = []
    i = 0
    while i < len(words):
        found = None if words[i].quoted else (_noun(words, i, doctor) or _named(words, i, called, text))
        if found:
            _join(words, mentions, found)
            i = found.last
        i += 1
    return mentions


def is_said_of_them(words: list[Word], found: Mention) -> bool:
    """ "She is my therapist", "as my therapist": words about somebody already addressed."""
    before, subject = low_at(words, found.first - 1), found.first - 2
    if before == "as" and low_at(words, subject) not in {"as", "soon", "long", "well"}:
        return True
    if found.kind == "name" or breaks_before(words, found.first):
        return False
    if before in {"she's", "he's", "shes", "hes"}:
        return True
    named = form_at(words, subject) is not None or low_at(words, subject) in {"who", "this"}
    return before in {"is", "was"} and named


def _join(words: list[Word], mentions: list[Mention], found: Mention) -> None:
    """Add a mention; "my therapist Maya" is one."""
    if mentions and found.kind == "name" and mentions[-1].last == found.first - 1:
        before = mentions[-1]
        if before.kind != "name" and not before.tail and words[found.first].gap in {" ", ", "}:
            mentions[-1] = Mention(before.first, found.last, found.end, found.tail, before.kind)
            return
    mentions.append(found)


def _name_words(name: str) -> tuple[str, ...]:
    found = tuple(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", name[:80]))
    lows = {word.lower() for word in found}
    dull = lows & (FORMS.keys() | THERAPISTS.keys() | DETERMINERS | SUBJECTS)
    return () if len(found) == 1 and (dull or len(found[0]) < 2) else found


def _noun(words: list[Word], i: int, doctor: bool) -> Mention | None:
    """`doctor`: the therapist is called one, so that "the doctor" is the one who is written to."""
    j = i if words[i].low in {"my", "the", "our", "this"} else -1
    at = j + 1 if j >= 0 else i
    while j >= 0 and at < i + 3 and low_at(words, at) in WHICH and not breaks_before(words, at):
        at += 1
    if at >= len(words) or words[at].quoted or (j >= 0 and breaks_before(words, at)):
        return None
    stem, tail = without_tail(words[at])
    kind = (
        THERAPISTS["therapist"]
        if doctor and stem == "doctor" and words[i].low == "the"
        else THERAPISTS.get(stem)
    )
    elsewhere = low_at(words, at + 1) in {"at", "from", "in"}
    if kind == "coach" and (words[i].low != "my" or at > i + 1 or elsewhere):
        return None
    if not kind or (j < 0 and not _bare(words, i)):
        return None
    return Mention(i, at, words[at].end, tail, kind)


def _bare(words: list[Word], i: int) -> bool:
    return words[i].starts or low_at(words, i - 1) in {
        "and",
        "but",
        "when",
        "told",
        "asked",
        "with",
        "because",
    }


def _named(words: list[Word], i: int, called: list[tuple[str, ...]], text: str) -> Mention | None:
    for name in called:
        last = i + len(name) - 1
        if (
            last >= len(words)
            or words[last].quoted
            or any(w.gap.strip(" .-") for w in words[i + 1 : last + 1])
        ):
            continue
        stem, tail = without_tail(words[last])
        lows = [word.low for word in words[i:last]] + [stem]
        if lows != [word.lower() for word in name] or not _spelt(words, i, name):
            continue
        end = words[last].end
        dotted = text[end : end + 1] == "." and len(name[-1]) == 1
        return Mention(
            i, last, end + 1 if dotted and text[end + 1 : end + 3].strip().islower() else end, tail, "name"
        )
    return None


def _spelt(words: list[Word], i: int, name: tuple[str, ...]) -> bool:
    if len(name) > 1 or (
        len(name[0]) > 1 and name[0].lower() not in _SHORT and name[0].lower() not in COMMON_NAMES
    ):
        return True
    if len(name[0]) > 2 and low_at(words, i + 1) in SPEAKS:
        return True
    acts = tense_of(low_at(words, i + 1)) in ("past", "present") and low_at(words, i + 1) not in _CARRYING
    acts = acts and name[0].lower() not in VERBS | NOUN_TOO | _VIRTUES
    return words[i].text[:1].isupper() and (not words[i].starts or acts)
