"""The catalogue of problems: every refusal of the service is in it, and nothing else."""

from collections.abc import Iterator

import pytest

from app.service import errors
from app.web.problems import AT_THE_EDGE, BY_ERROR, CATALOGUE, SENTENCES


def leaves(family: type[errors.ServiceError]) -> Iterator[type[errors.ServiceError]]:
    members = family.__subclasses__()
    if not members:
        yield family
    for member in members:
        yield from leaves(member)


def test_each_refusal_of_the_service_has_its_problem() -> None:
    assert set(leaves(errors.ServiceError)) == set(BY_ERROR)


def test_each_problem_is_a_refusal_of_the_service_or_of_the_edge() -> None:
    assert set(BY_ERROR.values()) | AT_THE_EDGE == set(CATALOGUE)


@pytest.mark.parametrize("slug", CATALOGUE)
def test_a_problem_has_a_slug_a_status_and_sentences(slug: str) -> None:
    kind = CATALOGUE[slug]
    assert kind.slug == slug == slug.lower()
    assert " " not in slug
    assert 400 <= kind.status < 600
    assert kind.title
    assert kind.detail.endswith(".")
    assert "!" not in kind.title + kind.detail


@pytest.mark.parametrize("slug", [slug for slug in CATALOGUE if CATALOGUE[slug].status in (429, 503)])
def test_what_another_try_helps_says_when(slug: str) -> None:
    assert CATALOGUE[slug].retry_after


def test_the_sentences_about_fields_are_sentences() -> None:
    assert all(sentence.endswith(".") and "!" not in sentence for sentence in SENTENCES.values())


def test_the_statuses_are_those_that_were_published() -> None:
    published = {
        "invalid-request": 422,
        "repeat-differs": 422,
        "conversation-not-found": 404,
        "flow-not-found": 404,
        "answer-not-found": 404,
        "resume-code-not-found": 404,
        "share-not-found": 404,
        "pin-needed": 403,
        "nothing-to-share": 409,
        "stale-version": 409,
        "not-the-question": 409,
        "conversation-finished": 409,
        "nothing-to-go-back-to": 409,
        "conversation-damaged": 409,
        "missing-token": 401,
        "origin-not-allowed": 403,
        "too-large": 413,
        "too-many-requests": 429,
        "unexpected": 500,
        "storage-unavailable": 503,
    }
    assert {slug: kind.status for slug, kind in CATALOGUE.items()} == published
