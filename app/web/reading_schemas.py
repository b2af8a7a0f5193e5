"""The OpenAPI of this server, read for the page that shows it: fields with what they hold, and shapes."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.web.views_api import ApiField, ApiShape

Schema = Mapping[str, Any]
_LIMITS = (
    ("maxLength", "at most {:,} characters"),
    ("minimum", "from {:,.0f}"),
    ("maximum", "to {:,.0f}"),
    ("maxItems", "at most {:,} of them"),
    ("default", "{} where absent"),
)
LONGEST_PATTERN = 60  # characters; a longer one is read in the OpenAPI


def fields_of(operation: Schema, schemas: Schema) -> Iterator[ApiField]:
    """What an operation takes: in its path, query and headers, then in its body."""
    for each in operation.get("parameters", ()):
        schema = _without_null(each.get("schema", {}))
        says = each.get("description", "")
        yield ApiField(each["name"], each["in"], kind_of(schema), shape_in(schema), each["required"], says)
    body = _json(operation.get("requestBody", {}))
    yield from _held(_resolved(_without_null(body), schemas), "body")


def shapes_in(schemas: Schema) -> Iterator[ApiShape]:
    """Every object of the description, by name."""
    for name, schema in sorted(schemas.items()):
        if "properties" in schema:
            yield ApiShape(name, _flat(schema.get("description", "")), tuple(_held(schema, "")))


def shape_of_answer(response: Schema) -> tuple[str, str, Any]:
    """Of a success: media type, shape and example; empty and None where it has no body."""
    for kind, content in response.get("content", {}).items():
        example = content.get("examples", {}).get("usual", {}).get("value")
        return kind, shape_in(content.get("schema", {})), example
    return "", "", None


def kind_of(schema: Schema) -> str:
    """In words: what it holds, and within which limits."""
    if "enum" in schema or "const" in schema:
        said = "one of " + ", ".join(map(str, schema.get("enum", [schema.get("const")])))
    elif "anyOf" in schema:
        said = " or ".join(kind_of(each) for each in schema["anyOf"])
    elif schema.get("type") == "array":
        said = "list" + (f" of {kind_of(schema['items'])}" if _tells(schema.get("items")) else "")
    else:
        said = schema.get("format") or schema.get("type") or "object"
    limits = [
        words.format(schema[name]) for name, words in _LIMITS if schema.get(name) not in (None, [], {}, False)
    ]
    pattern = schema.get("pattern", "")
    if pattern and len(pattern) <= LONGEST_PATTERN:
        limits.append(f"as {pattern}")
    return ", ".join([said, *limits])


def shape_in(schema: Schema) -> str:
    """The name of the shape that a field holds, itself or in a list; empty where it holds none."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1]
    inner = [*schema.get("anyOf", ()), schema.get("items")]
    return next((found for each in inner if each and (found := shape_in(each))), "")


def _held(schema: Schema, place: str) -> Iterator[ApiField]:
    needed = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        plain = _without_null(field)
        says = field.get("description") or plain.get("description", "")
        null = " or null" if plain is not field and not place else ""
        yield ApiField(name, place, kind_of(plain) + null, shape_in(plain), name in needed, _flat(says))


def _without_null(schema: Schema) -> Schema:
    """What is not null of something or null."""
    real = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    return real[0] if len(real) == 1 else schema


def _resolved(schema: Schema, schemas: Schema) -> Schema:
    name = shape_in(schema)
    found: Schema = schemas[name] if name else schema
    return found


def _json(body: Schema) -> Schema:
    found: Schema = body.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _tells(items: Schema | None) -> bool:
    return bool(items) and "$ref" not in (items or {})


def _flat(text: str) -> str:
    return " ".join(text.split())
