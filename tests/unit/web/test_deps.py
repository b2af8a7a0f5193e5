"""What routes read from headers."""

import pytest

from app.service import FlowCard
from app.web.deps import is_known, language_for, needed_version, version_of
from app.web.problems import Refusal

CARD = FlowCard("connection", "A title", ("en", "de", "pt-BR"), 8, "sha256:0", None, ())


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de", "de"),
        ("de-AT, en;q=0.9", "de"),
        ("fr, en;q=0.5, de;q=0.7", "de"),
        ("pt-br", "pt-BR"),
        ("en;q=0, de;q=0.1", "de"),
        ("en;q=nonsense", None),
        ("fr", None),
        ("*", None),
        ("", None),
        (None, None),
        (",;q=,;;" * 50, None),
    ],
)
def test_the_most_preferred_language_that_the_flow_has_is_taken(
    accepted: str | None, language: str | None
) -> None:
    assert language_for(CARD, None, accepted) == language


def test_a_language_that_was_asked_for_comes_first() -> None:
    assert language_for(CARD, "en", "de") == "en"


@pytest.mark.parametrize(
    ("sent", "known"),
    [
        (None, False),
        ('"7"', True),
        ('W/"7"', True),
        ('"6", "7"', True),
        ("*", True),
        ('"8"', False),
        ("7", False),
    ],
)
def test_a_tag_is_known_as_browsers_and_caches_send_it(sent: str | None, known: bool) -> None:
    assert is_known('"7"', sent) is known


def test_the_header_counts_before_the_body() -> None:
    assert version_of(3, '"4"') == 4
    assert version_of(3, None) == 3
    assert version_of(None, None) is None


@pytest.mark.parametrize(
    "tag",
    ["4", "*", 'W/"4"', '"x"', '"', "", '"²"', pytest.param('"' + "9" * 5000 + '"', id="5000 digits")],
)
def test_a_tag_that_is_no_version_of_ours_is_refused(tag: str) -> None:
    with pytest.raises(Refusal):
        version_of(3, tag)


def test_a_version_that_is_needed_is_asked_for() -> None:
    with pytest.raises(Refusal) as refused:
        needed_version(None, None)
    assert refused.value.errors == (("/version", "missing"),)
