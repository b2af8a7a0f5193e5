"""An operation's example as a line for a shell. What only a server can know stands as a variable in it."""

import json
from collections.abc import Mapping
from typing import Any

from app.web import examples

OF_SCHEME = {"token": "$TOKEN", "share": "$SHARE_TOKEN"}
_IN_PATH = {"id": "$ID", "share": "$SHARE", "flow": "connection", "question_id": "opening"}
_IN_BODY = {f'"{examples.CODE}"': '"$CODE"', f'"{examples.PIN}"': '"$PIN"'}


def line(method: str, address: str, told: Mapping[str, Any]) -> str:
    """The line that sends the usual example of an operation of the OpenAPI to an address."""
    parts = ["curl" if method == "get" else f"curl -X {method.upper()}"]
    schemes = [name for each in told.get("security", ()) for name in each]
    parts += [f'-H "Authorization: Bearer {OF_SCHEME[name]}"' for name in schemes]
    content = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    usual = content.get("examples", {}).get("usual", {}).get("value")
    if usual is not None:
        parts += ["-H 'Content-Type: application/json'", f"-d '{_body(usual)}'"]
    if address.endswith(".pdf"):
        parts.append("-o note.pdf")
    for name, value in _IN_PATH.items():
        address = address.replace(f"{{{name}}}", value)
    return " ".join([*parts, f'"{address}"'])


def _body(usual: Any) -> str:
    """The body within single quotes: what a shell would take for an end of them is put outside. A version
    is the last turn's."""
    if isinstance(usual, dict) and "version" in usual:
        usual = {**usual, "version": "$VERSION"}
    body = json.dumps(usual, ensure_ascii=False).replace("'", "'\\''")
    for known, variable in (*_IN_BODY.items(), ('"$VERSION"', "$VERSION")):
        body = body.replace(known, f"'{_quoted(variable)}'")
    return body


def _quoted(variable: str) -> str:
    """A variable as the shell reads it, with the quotes of JSON around it where it has some."""
    inner = variable.strip('"')
    return f'"\\"{inner}\\""' if variable != inner else f'"{inner}"'
