"""Which of several languages a caller likes best, by `Accept-Language`. The languages of problems stand here;
those of a conversation are its flow's.
"""

from collections.abc import Iterable

PROBLEMS = ("en",)
"""The languages that problems are written in, the first for whoever asks for none of them."""
LONGEST = 500  # characters of the header that are read


def preferred(offered: Iterable[str], accepted: str | None) -> str | None:
    """The most preferred language of the header among those offered (BCP 47; a region counts as its language
    where only that is there), or None."""
    wishes: list[tuple[float, int, str]] = []
    for place, entry in enumerate((accepted or "")[:LONGEST].split(",")):
        name, _, quality = entry.strip().partition(";q=")
        wishes.append((-_number(quality), place, name.strip().lower()))
    by_name = {each.lower(): each for each in offered}
    for weight, _, name in sorted(wishes):
        found = by_name.get(name) or by_name.get(name.split("-")[0])
        if found and weight < 0:
            return found
    return None


def of_problem(accepted: str | None) -> str:
    """The language in which a problem is told."""
    return preferred(PROBLEMS, accepted) or PROBLEMS[0]


def _number(quality: str) -> float:
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0
