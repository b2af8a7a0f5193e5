"""Settings: their defaults, their checks, and names that are nearly right."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings, is_loopback, origin_of


@pytest.fixture(autouse=True)
def _no_settings_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in [each for each in os.environ if each.startswith("INTO_WORDS_")]:
        monkeypatch.delenv(name)


def test_without_any_setting_there_are_defaults() -> None:
    settings = Settings()
    assert settings.data == Path("data")
    assert settings.flows == Path("conversation_flows")
    assert settings.create_limit == "60/minute"
    assert (settings.key_file, settings.public_url, settings.origins) == (None, None, ())


def test_settings_are_read_under_their_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTO_WORDS_DATA", "/srv/words")
    monkeypatch.setenv("INTO_WORDS_ORIGINS", "https://a.example, https://B.example:8443")
    monkeypatch.setenv("INTO_WORDS_PUBLIC_URL", "https://words.example/")
    settings = Settings()
    assert settings.data == Path("/srv/words")
    assert settings.origins == ("https://a.example", "https://b.example:8443")
    assert settings.public_url == "https://words.example"


def test_a_misspelt_name_refuses_with_the_name_that_was_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTO_WORDS_ORIGIN", "https://a.example")
    with pytest.raises(
        ValidationError, match=r"INTO_WORDS_ORIGIN is not .* Did you mean INTO_WORDS_ORIGINS\?"
    ):
        Settings()


def test_the_tests_own_name_is_no_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTO_WORDS_REQUIRE_BROWSER", "1")
    assert Settings().data == Path("data")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("create_limit", "many"),
        ("create_limit", "0/hour"),
        ("create_limit", "60/fortnight"),
        ("public_url", "words.example"),
        ("public_url", "https://words.example/path"),
        ("public_url", "ftp://words.example"),
        ("origins", "*"),
        ("origins", "https://*.example"),
        ("origins", "https://marker@words.example"),
        ("exit_url", "javascript:alert(1)"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_and_not_shown(name: str, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate({name: value})
    assert value not in str(refused.value)
    assert name in str(refused.value)


def test_settings_cannot_be_changed_later() -> None:
    with pytest.raises(ValidationError):
        Settings().create_limit = "1/day"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("HTTPS://Words.Example:443/", "https://words.example"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://words.example:80", "http://words.example"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(url: str, origin: str) -> None:
    assert origin_of(url, path_allowed=False) == origin


@pytest.mark.parametrize(
    ("host", "alone"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("localhost", True), ("::1", True), ("0.0.0.0", False)],  # noqa: S104
)
def test_only_this_machine_reaches_a_loopback_host(host: str, alone: bool) -> None:
    assert is_loopback(host) is alone
