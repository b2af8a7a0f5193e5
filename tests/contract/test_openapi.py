"""The OpenAPI: as committed, complete, and with examples that fit it.

Run this file as a program to write the snapshot anew.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from app.main import create_app
from app.settings import Settings
from app.web.examples import BY_OPERATION

SNAPSHOT = Path(__file__).with_name("openapi.json")
OPENAPI: dict[str, Any] = create_app(Settings()).openapi()


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in OPENAPI["paths"].values():
        for operation in path.values():
            yield operation["operationId"], operation


OPERATIONS = list(operations())


def contents(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each place of an operation that holds a body, with its name."""
    yield from operation.get("requestBody", {}).get("content", {}).items()
    for status, response in operation["responses"].items():
        if "$ref" in response:
            response = OPENAPI["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
        for kind, content in response.get("content", {}).items():
            yield f"{status} {kind}", content


def as_text() -> str:
    return json.dumps(OPENAPI, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def fits(schema: dict[str, Any], value: Any) -> None:
    """Raises where a value does not fit a schema of the document."""
    whole = {**schema, "components": OPENAPI["components"]}
    jsonschema_rs.Draft202012Validator(whole).validate(value)


def test_the_document_is_as_committed() -> None:
    assert as_text() == SNAPSHOT.read_text("utf-8"), (
        f"write it anew: python {SNAPSHOT.parent}/test_openapi.py"
    )


def test_every_operation_has_an_example_and_every_example_an_operation() -> None:
    assert {name for name, _ in operations()} == set(BY_OPERATION)


def test_every_operation_is_summed_up_in_a_sentence() -> None:
    assert [name for name, operation in operations() if not operation["summary"].endswith(".")] == []


@pytest.mark.parametrize(("name", "operation"), OPERATIONS, ids=[name for name, _ in OPERATIONS])
def test_every_body_of_an_operation_has_examples_that_fit(name: str, operation: dict[str, Any]) -> None:
    found = list(contents(operation))
    assert found, name
    for _, content in found:
        assert content["examples"]
        for example in content["examples"].values():
            if "$ref" in example:
                example = OPENAPI["components"]["examples"][example["$ref"].rsplit("/", 1)[1]]
            fits(content["schema"], example["value"])


@pytest.mark.parametrize(("name", "operation"), OPERATIONS, ids=[name for name, _ in OPERATIONS])
def test_every_operation_refers_to_the_problems_of_all(name: str, operation: dict[str, Any]) -> None:
    refusals = {operation["responses"][status]["$ref"] for status in ("4XX", "5XX")}
    assert refusals == {"#/components/responses/Refused", "#/components/responses/Failed"}, name


def test_the_frameworks_own_problem_is_documented_nowhere() -> None:
    assert "HTTPValidationError" not in as_text()


def test_what_goes_out_is_closed_and_has_no_defaults() -> None:
    for name, schema in OPENAPI["components"]["schemas"].items():
        if name.endswith("Out"):
            assert schema["additionalProperties"] is False, name
            assert [key for key, each in schema["properties"].items() if "default" in each] == [], name


def test_what_comes_in_is_closed() -> None:
    for name, schema in OPENAPI["components"]["schemas"].items():
        if name.endswith("In"):
            assert schema["additionalProperties"] is False, name


def test_the_document_names_no_place_but_helplines() -> None:
    assert "http://" not in as_text()


if __name__ == "__main__":
    SNAPSHOT.write_text(as_text(), "utf-8")
