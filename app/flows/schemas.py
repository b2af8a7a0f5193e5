"""The JSON Schema of a flow's files, for editors that help an author while typing."""

import json
from typing import Any

from pydantic import BaseModel

from app.flows.grammar import FlowFile
from app.flows.note_grammar import NoteFile


def schemas() -> dict[str, str]:
    """The JSON Schema (draft-07) of each file of a flow, by the name it is kept under."""
    return {
        "flow.schema.json": _schema(FlowFile, "flow.yaml"),
        "note.schema.json": _schema(NoteFile, "note.yaml"),
    }


def _schema(model: type[BaseModel], title: str) -> str:
    schema = model.model_json_schema(ref_template="#/definitions/{model}")
    schema["definitions"] = schema.pop("$defs")
    plain = {"$schema": "http://json-schema.org/draft-07/schema#", **_plain(schema), "title": title}
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def _plain(schema: Any) -> Any:
    """Without the titles that pydantic makes up, and with `null` left to what is left out."""
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {k: _plain(v) for k, v in schema.items() if not (k == "title" and isinstance(v, str))}
    for several in ("anyOf", "oneOf"):
        kinds = [kind for kind in schema.get(several, []) if kind != {"type": "null"}]
        if len(kinds) == 1:
            schema = {**{k: v for k, v in schema.items() if k != several}, **kinds[0]}
        elif kinds:
            schema[several] = kinds
    if schema.get("default", 0) is None:
        del schema["default"]
    return schema
