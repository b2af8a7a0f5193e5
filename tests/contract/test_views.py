"""What pages show is declared: each field of a view has its sentence, and templates read nothing else."""

import ast
import inspect
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from jinja2 import meta, nodes

from app.web import (
    drawing,
    views,
    views_api,
    views_editing,
    views_embed,
    views_notes,
    views_outside,
    views_paper,
    views_practise,
    views_shares,
    views_turn,
)

MODULES = (
    views,
    views_api,
    views_turn,
    views_editing,
    views_embed,
    views_notes,
    views_outside,
    views_paper,
    views_practise,
    views_shares,
)
CLASSES = [
    found
    for module in MODULES
    for found in vars(module).values()
    if inspect.isclass(found) and is_dataclass(found) and found.__module__ == module.__name__
]
VIEWS = [view for view in CLASSES if hasattr(view, "template")]
SHARED = {
    "device.html",
    "edit_parts.html",
    "layout.html",
    "parts.html",
    "question.html",
    "note_parts.html",
    "paper_parts.html",
    "paper_words.html",
    "note_practise.html",
    "note_share.html",
    "note_onward.html",
    "qr.html",
    "receiving.html",
}
TEMPLATES = Path(drawing.__file__).parents[1] / "templates"


def sentences_in(view: type) -> dict[str, str]:
    """The string that stands below each field of a class."""
    body = ast.parse(inspect.getsource(view)).body[0]
    assert isinstance(body, ast.ClassDef)
    found = {}
    for field, below in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            said = below.value if isinstance(below, ast.Expr) else None
            found[field.target.id] = said.value if isinstance(said, ast.Constant) else ""
    return {name: str(sentence) for name, sentence in found.items() if name != "template"}


def names_read_by(template: str) -> set[str]:
    """The names that a template, and all it takes from others in our folder, reads from its view."""
    tree = drawing.templates.parse((TEMPLATES / template).read_text("utf-8"))
    macros = {each.target for each in tree.find_all(nodes.Import)}
    macros |= {name for each in tree.find_all(nodes.FromImport) for name in each.names}
    read = meta.find_undeclared_variables(tree) - macros - {"static"}
    for other in tree.find_all((nodes.Extends, nodes.Import)):
        if isinstance(other, nodes.Extends) or other.with_context:
            read |= names_read_by(other.template.value)
    return read


@pytest.mark.parametrize("view", CLASSES, ids=lambda view: view.__name__)
def test_each_field_of_a_view_has_its_sentence(view: type) -> None:
    said = sentences_in(view)
    assert set(said) == {field.name for field in fields(view)}
    assert [name for name, sentence in said.items() if not sentence.endswith(".")] == []


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_template_reads_only_what_its_view_declares(view: type) -> None:
    assert names_read_by(view.template) <= {field.name for field in fields(view)}


def test_each_template_has_one_view_and_each_view_one_template() -> None:
    assert sorted(view.template for view in VIEWS) == sorted(
        path.name for path in TEMPLATES.glob("*.html") if path.name not in SHARED
    )


def test_the_stylesheet_for_the_screen_stays_below_ten_kilobytes() -> None:
    assert (TEMPLATES.parent / "static" / "words.css").stat().st_size < 10_000
