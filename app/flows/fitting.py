"""A file's words into a model of its grammar, and what does not fit as diagnostics.

Whatever does not fit is taken out and the rest tried again, so that one fault hides no other. What
the grammar asks for stands in `grammar.py`, what fitting parts mean in `checking.py`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from app.flows.diagnostics import Diagnostics, Place, did_you_mean, listed
from app.flows.reading import Read, Word

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]

# What stands under such a key has names of its own: `steps: {moment: …}` holds the step "moment".
NOUNS = {
    "steps": "step",
    "vars": "variable",
    "options": "option",
    "frames": "frame",
    "values": "value",
    "classes": "class",
    "routers": "router",
    "families": "family",
    "concepts": "concept",
    "checks": "check",
    "pages": "page",
    "lines": "line",
    "groups": "group",
}
STEP_KINDS = ("say", "ask", "choose", "pick", "scale", "confirm", "branch", "set", "call", "end")
EXPECTED = {
    "union_tag_not_found": "A text belongs here, or a list that begins each line with a dash.",
    "union_tag_invalid": "A text belongs here, or a list that begins each line with a dash.",
    "int_parsing": "A whole number belongs here.",
    "int_type": "A whole number belongs here.",
    "greater_than_equal": "The number is too small here.",
    "less_than_equal": "The number is too large here.",
    "dict_type": "Keys and values belong here, one a line.",
    "model_type": "Keys and values belong here, one a line.",
    "list_type": "A list belongs here.",
    "is_instance_of": "A text belongs here.",
    "too_short": "Something has to stand here.",
}


def fit(
    model: type[M],
    data: dict[Word, Read],
    file: str,
    found: Diagnostics,
    stand_ins: Mapping[str, Any] | None = None,
) -> M | None:
    """The data as this model, without what does not fit (IW201, IW202, IW204, IW303); None where
    nothing is left. `stand_ins` take the place of missing keys of the file itself, so that its other
    parts are still looked at."""
    kept: Any = data
    for attempt in range(40):
        try:
            return model.model_validate(kept)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False)
        broken: list[Path] = []
        misspelt = {_resolved(kept, f["loc"], False)[:-1] for f in faults if f["type"] == "extra_forbidden"}
        for fault in faults:
            path = _resolved(kept, fault["loc"], fault["type"] == "missing")
            if attempt == 0 and not (fault["type"] == "missing" and len(path) > 1 and path[:-1] in misspelt):
                _describe(fault["type"], fault.get("ctx", {}), path, kept, file, found, model)
            broken.append(path[:-1] if fault["type"] == "missing" and len(path) > 1 else path)
        for path in broken:
            if len(path) == 1 and stand_ins and path[0] in stand_ins:
                kept = {**kept, Word(str(path[0])): stand_ins[str(path[0])]}
            elif len(path) == 0 or (len(path) == 1 and path[0] not in kept):
                return None
        kept = _without(kept, [p for p in broken if not (len(p) == 1 and stand_ins and p[0] in stand_ins)])
    return None


def place_of(data: Read, path: Path, file: str) -> Place:
    """Where the author wrote what this path leads to: its key, or its first word."""
    place = Place(file)
    for part in path:
        if isinstance(data, dict):
            key = next((key for key in data if key == part), None)
            if key is None:
                return place
            place, data = key.place, data[key]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
            place = _first(data) or place
    return place


def _first(data: Read) -> Place | None:
    while not isinstance(data, Word):
        if not data:
            return None
        data = next(iter(data))
    return data.place


def _resolved(data: Any, loc: Sequence[str | int], missing: bool) -> Path:
    """The path of a fault in the data: pydantic also names the kinds it tried."""
    path: list[str | int] = []
    for at, part in enumerate(loc):
        last = missing and at == len(loc) - 1
        if _holds(data, part):
            data = data[part]
        elif not last:
            continue
        path.append(part)
    return tuple(path)


def _holds(data: Any, part: str | int) -> bool:
    return (isinstance(data, dict) and part in data) or (isinstance(data, list) and isinstance(part, int))


def _without(data: Any, paths: Sequence[Path]) -> Any:
    """The data with everything at these paths taken out."""
    gone = {path[0] for path in paths if len(path) == 1}
    deeper = {path[0] for path in paths if len(path) > 1} - gone
    below = {part: [path[1:] for path in paths if path[0] == part] for part in deeper}
    if isinstance(data, dict):
        return {k: _without(v, below[str(k)]) if k in below else v for k, v in data.items() if k not in gone}
    if isinstance(data, list):
        return [_without(v, below[i]) if i in below else v for i, v in enumerate(data) if i not in gone]
    return data


def named(path: Path) -> str:
    """How a sentence names the place that this path leads to.

    >>> named(("steps", "moment"))
    'step "moment"'
    >>> named(("steps", "moment", "next", 0))
    '"next" of step "moment"'
    """
    words = [str(part) for part in path if not isinstance(part, int)]
    for at in range(len(words) - 1, 0, -1):
        if words[at - 1] in NOUNS:
            whole = f'{NOUNS[words[at - 1]]} "{words[at]}"'
            if words[at - 1] == "options" and at > 1:
                whole += f" of {named(tuple(words[: at - 1]))}"
            return f'"{words[-1]}" of {whole}' if at < len(words) - 1 else whole
    return f'"{words[-1]}"' if words else "the file"


def _describe(
    kind: str,
    context: Mapping[str, Any],
    path: Path,
    data: Any,
    file: str,
    found: Diagnostics,
    model: type[BaseModel],
) -> None:
    inside, last = path[:-1], str(path[-1]) if path else ""
    at = place_of(data, path, file)
    value = _value(data, path)
    if kind == "extra_forbidden":
        if last in ("safety", "net"):
            found.add("IW309", at)
        else:
            known = [key for key in _keys(model, data, inside) if key != last]
            found.add("IW201", at, did_you_mean(last, known) or None, place=named(inside), key=last)
    elif kind == "missing" or value == "":
        where = place_of(data, inside, file) if kind == "missing" else at
        found.add("IW202", where, place=named(inside), key=last)
    elif kind.startswith("union_tag") and path[-2:-1] == ("steps",):
        found.add("IW202", at, f"A step is one of {listed(STEP_KINDS)}.", place=named(path), key="say")
    elif kind == "literal_error":
        choices = [choice.strip("'") for choice in str(context["expected"]).replace(" or ", ", ").split(", ")]
        out = did_you_mean(str(value), choices, f"It can be {listed(choices)}.")
        found.add("IW303", value.place if isinstance(value, Word) else at, out, value=value, name=last)
    else:
        word = value if isinstance(value, Word) else last
        where = value.place if isinstance(value, Word) else at
        found.add("IW204", where, EXPECTED.get(kind), word=f'"{word}"')


def _value(data: Any, path: Path) -> Any:
    for part in path:
        if isinstance(data, dict) and part not in data:
            return None
        data = data[part]
    return data


def _keys(model: type[BaseModel], data: Any, inside: Path) -> list[str]:
    """The keys that the grammar knows at this place."""
    here: list[Any] = [model]
    for part in inside:
        here = [inner for each in here for inner in _inner(each, part)]
    models = [m for each in here for m in _models(each)]
    value = _value(data, inside)
    fitting = [m for m in models if all(key in value for key in _aliases(m, required=True))]
    return [key for m in fitting or models for key in _aliases(m)]


def _inner(annotation: Any, part: str | int) -> list[Any]:
    """The types under a key, an index or a name of this type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = annotation.model_fields.items()
        return [field.annotation for name, field in fields if (field.alias or name) == part]
    inner = [a for a in get_args(annotation) if not isinstance(a, (str, type(None)))]
    if get_origin(annotation) is dict:
        return inner[1:]
    if get_origin(annotation) is list:
        return inner[:1]
    return [found for each in inner for found in _inner(each, part)]


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (dict, list):
        return []
    return [m for each in get_args(annotation) for m in _models(each)]


def _aliases(model: type[BaseModel], required: bool = False) -> list[str]:
    fields = model.model_fields.items()
    return [field.alias or name for name, field in fields if field.is_required() or not required]
