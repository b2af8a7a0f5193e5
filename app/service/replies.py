"""A turn as bytes and back: what is stored, sealed, to answer a repeated request alike."""

import json
from dataclasses import asdict, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from app.engine import Turn


def write_turn(turn: Turn, **more: Any) -> bytes:
    """The turn, and whatever else the reply holds, as JSON."""
    return json.dumps({"turn": asdict(turn), **more}, ensure_ascii=False, separators=(",", ":")).encode()


def read_turn(reply: bytes) -> tuple[Turn, dict[str, Any]]:
    """What `write_turn` wrote."""
    read = json.loads(reply)
    turn: Turn = _built(Turn, read.pop("turn"))
    return turn, read


def _built(kind: Any, value: Any) -> Any:
    """A value of this type from its JSON: dataclasses, tuples and options of them."""
    if value is None:
        return None
    if get_origin(kind) is UnionType:
        kind = next(arg for arg in get_args(kind) if arg is not NoneType)
    if is_dataclass(kind) and isinstance(kind, type):
        types = get_type_hints(kind)
        return kind(**{f.name: _built(types[f.name], value[f.name]) for f in fields(kind) if f.name in value})
    if get_origin(kind) is tuple:
        args = get_args(kind)
        return tuple(_built(args[0], item) for item in value)
    return value
