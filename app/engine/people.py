"""Who is named in a client's text: the therapist, or somebody else whom "she" could mean.

Finds them word by word; what follows from it is decided in `addressing.py`.
"""

import re
from dataclasses import dataclass

from app.engine.english import ADJECTIVES, ADVERBS, AUXILIARIES, CONJUNCTIONS, DETERMINERS, MODALS, PREPOSITIONS
from app.engine.english import SUBJECTS, TIME_WORDS, VERBS
from app.engine.pronouns import FORMS, breaks_before, is_possessive, low_at
from app.engine.speech import Word


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SHE = _set(
    "mum mom mam mama mummy mommy mother ma sister sis wife daughter girlfriend gf aunt auntie aunty gran grandma "
    "nan nana nanna granny grandmother niece stepmum stepmom stepmother stepdaughter stepsister woman lady girl "
    "fiancee fiancée widow landlady waitress queen missus mrs ms miss goddaughter granddaughter bride midwife "
    "policewoman mistress nun godmother cow bitch"
)
_HE = _set(
    "dad daddy father brother husband hubby son boyfriend bf uncle grandad granddad grandpa grandfather nephew man "
    "guy bloke boy lad fella stepdad stepfather stepson stepbrother mr groom policeman grandson godfather "
    "dude chap gentleman postman"
)
_ANY = _set(
    "boss manager supervisor friend mate bestie doctor doc gp teacher nurse neighbour neighbor partner ex "
    "colleague coworker child kid baby toddler teenager parent cousin twin sibling spouse roommate flatmate "
    "housemate receptionist secretary interpreter translator dentist surgeon consultant lawyer solicitor judge "
    "officer worker carer caseworker tutor professor lecturer pastor priest imam rabbi vicar landlord patient "
    "stranger student assistant trainee driver cleaner barber hairdresser dog cat pet puppy kitten horse "
    "fiance fiancé grandparent stepchild client intern specialist physio pharmacist sponsor mentor physiotherapist "
    "bully abuser ceo director headteacher principal instructor trainer masseuse employer lodger hubs "
    "dietician dietitian relative lover crush owner singer actor actress author guest trauma-worker"
)
_THERAPISTS = {
    "therapist": "therapist", "counsellor": "counsellor", "counselor": "counsellor", "councillor": "counsellor",
    "psychologist": "psychologist", "psychotherapist": "therapist", "psychiatrist": "psychiatrist",
    "shrink": "therapist", "cpn": "cpn", "coach": "coach", "analyst": "analyst", "psych": "psychologist",
}  # fmt: skip
_PLURALS = _set(
    "people everyone everybody men women children police staff team clinic office company family parents "
    "they're someone somebody anyone anybody nobody person couple group others folk nhs reception management "
    "school hospital insurance public committee board class crowd mates lot public couples government"
)
_NOT_PLURAL = _set(
    "this is was has does its his us yes always sometimes perhaps plus as less unless across towards besides "
    "nowadays afterwards thus obvs bus gas class boss mess loss stress process progress address news focus "
    "business guess miss kiss pass yours hers ours theirs shes hes thats whats lets isnt wasnt hasnt doesnt anyways "
    "christmas series serious obvious maths lots cos yesterdays its it's hours minutes weeks months years days "
    "times sessions seconds wednesdays tuesdays mondays thursdays fridays looks makes helps feels seems gets"
)
_WOMEN = _set(
    "anna anne emma sarah laura lucy kate katie emily sophie jessica jess olivia amelia ava mia chloe ella hannah "
    "maria maya priya fatima aisha zoe julia julie karen linda lisa nicola rachel rebecca becky claire helen jane "
    "janet susan tracy wendy amy alice charlotte elizabeth eva nina nadia leila natalie natasha irene ines jean "
    "joan margaret mary michelle nora paula ruth sandra sara sharon sheila sonia stephanie tina vicky yvonne"
)
_MEN = _set(
    "adam alan ahmed ali andrew andy anthony ben brian carlos colin daniel dave david ed eric gary george graham "
    "hassan henry ian ivan jack jake james jason john jonathan joe josh keith kevin liam luke marek martin matt "
    "matthew michael mike mohammed muhammad nathan neil nick oliver omar oscar paul pete peter phil raj richard "
    "robert ryan sean simon stephen steve stuart thomas tim toby tom tony victor"
)
_COMMON_NAMES = _set(
    "hope joy will mark may grace faith rose dawn april june summer art bill rob sue pat drew frank grant chance "
    "dean jean read page case love ray guy max miles rich sky star sunny violet iris ivy olive ruby amber crystal "
    "angel dot kitty penny robin jay earnest ernest cash chase hunter mason carol eve bob nick sandy holly heather"
)
_NO_NAMES = _set(
    "i i'm i've i'd i'll im ok okay tv zoom teams skype whatsapp facetime google christmas easter ramadan eid god "
    "jesus covid english french german spanish polish british american european african asian indian chinese muslim "
    "christian jewish catholic january february march april may june july august september october november "
    "december jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri sat sun tesco netflix "
    "instagram facebook tiktok reddit english maths uni cbt emdr dbt nhs adhd ptsd ocd bpd sorry thanks hello hi "
    "bible internet act autism bipolar prozac brexit zoloft sertraline ramadan diwali hanukkah act"
)
_OTHER_KIND = _set(
    "old last previous former ex first other another next new second earlier different actual usual substitute past"
)
_COMPOUNDS = _set(
    "figure figures issues stuff steps training appointment request requests language fight zone group name "
    "problems problem trouble wound wounds meeting role hood drama"
)
_BE = _set("is was are were be been being am she's he's i'm im shes hes isn't isnt wasn't wasnt you're")
_BEFORE_NOUN = DETERMINERS | ADJECTIVES | ADVERBS | _set("good young little whole")


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
    called = [found for name in names[:8] if (found := _name_words(name))]
    mentions: list[Mention] = []
    i = 0
    while i < len(words):
        found = None if words[i].quoted else (_noun(words, i) or _named(words, i, called, text))
        if found:
            mentions.append(found)
            i = found.last
        i += 1
    return mentions


def _name_words(name: str) -> tuple[str, ...]:
    found = tuple(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", name[:80]))
    lows = {word.lower() for word in found}
    dull = lows & (FORMS.keys() | _THERAPISTS.keys() | DETERMINERS | SUBJECTS)
    return () if dull or (len(found) == 1 and len(found[0]) < 2) else found


def _noun(words: list[Word], i: int) -> Mention | None:
    j = i if words[i].low in {"my", "the", "our", "this"} else -1
    at = j + 1 if j >= 0 else i
    if at >= len(words) or words[at].quoted or (j >= 0 and breaks_before(words, at)):
        return None
    stem, tail = _without_tail(words[at])
    kind = _THERAPISTS.get(stem)
    if not kind or (j < 0 and not _bare(words, i)):
        return None
    return Mention(i, at, words[at].end, tail, kind)


def _bare(words: list[Word], i: int) -> bool:
    return words[i].starts or low_at(words, i - 1) in {"and", "but", "when", "told", "asked", "with", "because"}


def _named(words: list[Word], i: int, called: list[tuple[str, ...]], text: str) -> Mention | None:
    for name in called:
        last = i + len(name) - 1
        if last >= len(words) or words[last].quoted or any(w.gap.strip(" .") for w in words[i + 1 : last + 1]):
            continue
        stem, tail = _without_tail(words[last])
        lows = [word.low for word in words[i:last]] + [stem]
        if lows != [word.lower() for word in name] or not _spelt(words, i, name):
            continue
        end = words[last].end
        dotted = text[end : end + 1] == "." and len(name[-1]) == 1
        return Mention(i, last, end + 1 if dotted and text[end + 1 : end + 3].strip().islower() else end, tail, "name")
    return None


def _spelt(words: list[Word], i: int, name: tuple[str, ...]) -> bool:
    if len(name) > 1 or (len(name[0]) > 2 and name[0].lower() not in _COMMON_NAMES):
        return True
    return words[i].text[:1].isupper() and not words[i].starts


def _without_tail(word: Word) -> tuple[str, str]:
    stem, mark, rest = word.low.partition("'")
    return (stem, word.text[len(stem) :]) if mark and rest in {"s", "d", "ll"} else (word.low, "")


def other_person(words: list[Word], i: int) -> str:
    """"she", "he" or "any" if the word names somebody else, by the gender the word tells; else ""."""
    stem, tail = _without_tail(words[i])
    if words[i].quoted or (tail[-1:] == "s" and is_possessive(words, i)):
        return ""
    gender = "she" if stem in _SHE else "he" if stem in _HE else "any" if stem in _ANY else ""
    if gender or stem in _THERAPISTS:
        return "" if _is_said_of_somebody(words, i) else gender or "any"
    if stem in {"someone", "somebody", "person"}:
        return "any" if "else" == low_at(words, i + 1) or low_at(words, i - 1) in {"another", "other"} else ""
    if stem in {"one", "each"} and low_at(words, i + 1) == "of" and low_at(words, i + 2) != "the":
        return "any" if (low_at(words, i + 3) or "").endswith("s") else ""
    return _first_name(words, i, stem)


def _is_said_of_somebody(words: list[Word], i: int) -> bool:
    """"She is a kind lady", "like a mother", "as a child": words about somebody already named."""
    if low_at(words, i + 1) in _COMPOUNDS and not breaks_before(words, i + 1):
        return True
    j = i - 1
    while j > i - 4 and j >= 0 and low_at(words, j) in _BEFORE_NOUN - DETERMINERS - {"like"}:
        j -= 1
    before = low_at(words, j - 1)
    if low_at(words, j) in {"a", "an"}:
        while before in ADVERBS - {"like"} and j > 2:
            j -= 1
            before = low_at(words, j - 1)
        return before in {"as", "like"} or _said_with_be(words, j - 1)
    return low_at(words, j) in {"my", "the"} and _said_with_be(words, j - 1)


def _said_with_be(words: list[Word], j: int) -> bool:
    while j > 0 and low_at(words, j) in ADVERBS:
        j -= 1
    if low_at(words, j) not in _BE:
        return False
    if "'" in words[j].low and not words[j].low.startswith(("is", "was")):
        return True
    before = low_at(words, j - 1)
    return words[j].low in {"im", "shes", "hes", "am", "being", "been"} or before in FORMS or before in {"i", "to"}


def _first_name(words: list[Word], i: int, stem: str) -> str:
    word = words[i]
    known = "she" if stem in _WOMEN else "he" if stem in _MEN else ""
    if known and (stem not in _COMMON_NAMES or word.text[:1].isupper()):
        return known
    if not word.text[:1].isupper() or word.text.isupper() or stem in _NO_NAMES or stem in TIME_WORDS:
        return ""
    if stem in FORMS or stem in _THERAPISTS or stem in VERBS or (stem.endswith("day") and len(stem) > 5):
        return ""
    closed = DETERMINERS | PREPOSITIONS | CONJUNCTIONS | ADVERBS | SUBJECTS | MODALS | ADJECTIVES
    if stem in closed or stem in AUXILIARIES or stem.endswith(("ing", "thing", "ly", "one", "body", "'s")):
        return ""
    if word.starts:
        return "any" if _acts(words, i + 1) and not stem.endswith("s") and stem not in _OPENERS else ""
    return "" if low_at(words, i - 1) in {"in", "on"} else "any"


_OPENERS = _set(
    "therapy counselling counseling talking silence nothing everything something anything session money time trust "
    "work it half part none most life everybody nobody treatment eye contact zoom video homework progress please "
    "lately today yesterday honesty maybe whatever whenever whoever wish guess thought felt"
)


def _acts(words: list[Word], i: int) -> bool:
    low = low_at(words, i)
    if breaks_before(words, i):
        return False
    return low in AUXILIARIES or low in MODALS or low.endswith("ed") or low in _set(
        "said told went came got made felt left gave took asked thought knew sat and says asks thinks")


def plural_at(words: list[Word], i: int) -> bool:
    """True if the word could be what "they" means: somebody, or a plural."""
    low = words[i].low
    if words[i].quoted or low in FORMS:
        return not words[i].quoted and FORMS.get(low, ("they",))[0] != "they"
    if low in _PLURALS or other_person(words, i) or low.partition("'")[0] in _SHE | _HE | _ANY:
        return True
    if not low.endswith("s") or low.endswith(("ss", "'s", "ous")) or len(low) < 4 or low in _NOT_PLURAL:
        return False
    return low_at(words, i - 1) not in {"it", "that", "which", "this", "what"}


def other_kind(words: list[Word], i: int) -> bool:
    """True for "my old therapist", "another counsellor": a therapist, not this one."""
    stem, _ = _without_tail(words[i])
    return stem in _THERAPISTS and low_at(words, i - 1) in _OTHER_KIND
