"""What an operator may set, from the environment under the prefix INTO_WORDS_.

Only values and their checks: nothing is opened or created here. A misspelt name refuses the start,
since a setting that is silently not read is worse than none.
"""

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "INTO_WORDS_"
READ_ELSEWHERE = frozenset({"REQUIRE_BROWSER"})  # the tests' own
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Settings(BaseSettings):
    """All settings, checked and frozen; `Settings()` reads the environment.

    Raises pydantic's ValidationError, which names settings and never shows a value.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=True
    )

    data: Path = Path("data")
    """Folder of the database and the server keys."""

    flows: Path = Path("conversation_flows")
    """Folder of the flows."""

    create_limit: str = "60/minute"
    """New conversations per address, as `number/second`, `/minute`, `/hour` or `/day`."""

    key_file: Path | None = None
    """File of the server keys; None: in the data folder."""

    public_url: str | None = None
    """Origin under which the outside reaches us; None: plain HTTP on loopback."""

    origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Exact origins that may frame a conversation and call the API from a browser, separated by commas or
    blanks."""

    exit_url: str = "https://www.wikipedia.org/"
    """The neutral site to which Leave goes."""

    @model_validator(mode="before")
    @classmethod
    def _names_are_known(cls, given: Any) -> Any:
        known = sorted(PREFIX + name.upper() for name in cls.model_fields)
        for name in sorted(os.environ):
            upper = name.upper()
            if not upper.startswith(PREFIX) or upper in known or upper[len(PREFIX) :] in READ_ELSEWHERE:
                continue
            near = get_close_matches(upper, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(known)}."
            raise ValueError(f"{name} is not a setting. {hint}")
        return given

    @field_validator("create_limit")
    @classmethod
    def _is_a_limit(cls, value: str) -> str:
        if not re.fullmatch(r"[1-9][0-9]{0,8}/(second|minute|hour|day)", value):
            raise ValueError("write it as a number and a span, such as 60/minute")
        return value

    @field_validator("public_url")
    @classmethod
    def _is_an_origin(cls, value: str | None) -> str | None:
        return None if value is None else origin_of(value, path_allowed=False)

    @field_validator("origins", mode="before")
    @classmethod
    def _are_origins(cls, value: Any) -> Any:
        listed = re.split(r"[,\s]+", value.strip()) if isinstance(value, str) else value
        return tuple(origin_of(each, path_allowed=False) for each in listed if each)

    @field_validator("exit_url")
    @classmethod
    def _leads_somewhere(cls, value: str) -> str:
        origin_of(value, path_allowed=True)
        return value

    @property
    def keys(self) -> Path:
        """The file of the server keys."""
        return self.key_file or self.data / "server.keys"


def origin_of(url: str, *, path_allowed: bool) -> str:
    """`https://host[:port]`, lower case, of an http(s) address; ValueError where it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    host = (parts.hostname or "").lower()
    path = parts.path.rstrip("/") or parts.query or parts.fragment
    named = re.fullmatch(r"[a-z0-9.:-]+", host) and "@" not in parts.netloc
    if parts.scheme not in ("http", "https") or not named:
        raise ValueError("write it as https://host, with a port where there is one, and no wildcard")
    if path and not path_allowed:
        raise ValueError("write an origin alone: no path, query or fragment")
    host = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + ("" if port in (None, usual) else f":{port}")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens on `host`."""
    return host.lower() in LOOPBACK or host.startswith("127.")
