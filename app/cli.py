"""`into-words`: parse, call, print, exit code. What the commands do lives in the rooms below."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Coroutine
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

from app.engine import Flow, verify
from app.flows import explaining, measuring, measuring_notes, playing, testing, transcripts
from app.flows.diagnostics import FlowFileError
from app.flows.figures import told_in_lines
from app.flows.library import Library
from app.flows.library import check as check_folder
from app.flows.schemas import schemas

if TYPE_CHECKING:
    from app.service import Service

T = TypeVar("T")
cli = typer.Typer(
    name="into-words",
    help='From "I don\'t feel a connection" to words for a therapist.',
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Flows = Annotated[
    list[str] | None, typer.Argument(metavar="[FLOW]...", help="All of them, if none is named.")
]


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(help="Processes; one is enough for SQLite.")] = 1,
) -> None:
    """Serve the pages and the API."""
    from app import main as server
    from app.settings import Settings
    from app.storage.errors import StartRefused

    try:
        server.run(Settings(), host, port, workers)
    except (FlowFileError, StartRefused, server.OpenToOnlookers, ValueError) as refused:
        _stop(str(refused))


@cli.command()
def check(
    flows: Flows = None, as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False
) -> None:
    """Check every flow file; exit 1 on an error."""
    found = check_folder(_folder(), flows or [])
    if as_json:
        _print(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=1))
    else:
        for each in found:
            _print(str(each))
        _print(f"{len(found)} found." if found else "Nothing to mend.")
    raise typer.Exit(1 if any(each.severity == "error" for each in found) else 0)


@cli.command()
def play(
    flow: Annotated[str, typer.Argument(help="The flow's id.")],
    save: Annotated[Path | None, typer.Option(help="Write a transcript test to this file.")] = None,
) -> None:
    """Talk to a flow in the terminal."""
    lines = playing.play(_flow(_library(), flow), input, _print)
    if save is not None:
        save.write_text(transcripts.write("Say here what this conversation shows.", lines), encoding="utf-8")
        _print(f"Written to {save}.")


@cli.command("test")
def run_tests(flows: Flows = None) -> None:
    """Run the flows' own transcripts; exit 1 where one does not hold."""
    library, ran, failures = _library(), 0, []
    for flow_id in flows or [flow.id for flow in library.flows()]:
        for file in sorted((_folder() / flow_id / "tests").glob("*.txt")):
            ran += 1
            try:
                transcript = transcripts.parse(str(file), file.read_text(encoding="utf-8"))
            except transcripts.TranscriptError as wrong:
                failures.append(str(wrong))
                continue
            failures += map(str, testing.run(_flow(library, flow_id), transcript))
    for failure in failures:
        _print(failure)
    _print(f"{ran - len(failures)} passed, {len(failures)} failed")
    raise typer.Exit(1 if failures else 0)


@cli.command()
def explain(
    text: Annotated[str, typer.Argument(help="What somebody might type.")],
    step: Annotated[str, typer.Option(help="At which step.", metavar="FLOW/STEP")] = "connection/opening",
) -> None:
    """Say why these words are understood so."""
    library = _library()
    flow_id, _, step_id = step.partition("/")
    flow = _flow(library, flow_id)
    lexicon = getattr(flow.steps.get(step_id), "understand", None)
    if lexicon is None:
        _stop(f'"{step}" understands no free text. Name a step with "understand", as FLOW/STEP.')
    told = explaining.explain(library.shared.net, flow.lexicons[lexicon], text)
    _print(json.dumps(told, ensure_ascii=False, indent=1))


@cli.command()
def listen() -> None:
    """JSON lines in ({"id", "text"}), JSON lines out (safety and concerns)."""
    library = _library()
    lexicon = library.flows()[0].lexicons["concerns"]
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            told = explaining.listen(library.shared.net, lexicon, asked["id"], asked["text"])
        except (ValueError, KeyError, TypeError):
            _stop(f'Line {number} is not {{"id": …, "text": …}}.')
        _print(json.dumps(told, ensure_ascii=False))


@cli.command()
def measure(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="An evaluation folder.", exists=True, file_okay=False)
    ],
) -> None:
    """Measure listening and notes over an evaluation folder; exit 1 where a goal is missed."""
    library = _library()
    net, flow = library.shared.net, library.flows()[0]
    lexicon = flow.lexicons["concerns"]
    try:
        measured = measuring.measure(lambda id, text: explaining.listen(net, lexicon, id, text), folder)
        measured += measuring_notes.measure_notes(flow, folder)
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        _stop(f"{folder} is no evaluation folder: {type(wrong).__name__}.")
    for line in told_in_lines(measured):
        _print(line)
    raise typer.Exit(1 if any(each.ok is False for each in measured.figures) else 0)


@cli.command("verify")
def verify_note(
    note: Annotated[
        Path, typer.Argument(help="A note's JSON, from GET …/note.", exists=True, dir_okay=False)
    ],
) -> None:
    """Check the own-words guarantee of one note; exit 1 if it does not hold."""
    try:
        read = json.loads(note.read_text(encoding="utf-8"))
        flow = _flow(_library(), read["note"])
        faults = verify(read, flow)
    except (ValueError, KeyError, TypeError, AttributeError):
        _stop(f"{note} is no note's JSON. Save what GET /v1/conversations/{{id}}/note answers.")
    for fault in faults:
        _print(fault)
    _print(f"{len(faults)} found." if faults else "Every word is the client's, chosen, or an author's.")
    raise typer.Exit(1 if faults else 0)


@cli.command()
def purge() -> None:
    """Erase what is due."""
    gone = _at_the_store(lambda service: service.retention.purge())
    if gone.held:
        _print("The clock has leapt; nothing was erased. Run it again in an hour.")
    else:
        _print(
            f"Erased: {gone.conversations} conversations, {gone.replies} replies, {gone.revisions} revisions,"
            f" {gone.shares} shares."
        )


@cli.command()
def tally() -> None:
    """Say which families of the net asked, and what was answered, by month."""
    lines = _at_the_store(lambda service: service.tally.lines())
    rows = [("month", "family", "question", "asked", "answers")]
    for line in lines:
        given = ", ".join(f"{answer} {count or 'under 5'}" for answer, count in line.answers.items())
        rows.append((line.month, line.family, line.question, str(line.asked or "-"), given))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows if lines else ():
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        _print("  ".join(padded).rstrip())
    _print("Not shown: this month, what came up under 5 times, and (-) what would tell a count under 5.")


@cli.command()
def schema(kind: Annotated[str, typer.Argument(help="flow or note", metavar="flow|note")] = "flow") -> None:
    """Print the JSON Schema of the flow format, for editors."""
    known = {name.removesuffix(".schema.json"): text for name, text in schemas().items()}
    if kind not in known:
        _stop(f"There is a schema for: {', '.join(known)}.")
    _print(known[kind].rstrip("\n"))


def _at_the_store(ask: Callable[["Service"], Coroutine[Any, Any, T]]) -> T:
    """What the service answers over the database and the flows of the settings."""
    from app.service import Service
    from app.settings import Settings
    from app.storage.errors import StartRefused
    from app.storage.store import Store

    async def asked() -> T:
        settings = Settings()
        store = Store.open(settings.data / "into-words.db", settings.key_file)
        try:
            return await ask(Service.over(store, Library.load(settings.flows)))
        finally:
            await store.close()

    try:
        return asyncio.run(asked())
    except StartRefused as refused:
        _stop(str(refused))


def _folder() -> Path:
    return Path(os.environ.get("INTO_WORDS_FLOWS", "conversation_flows"))


def _library() -> Library:
    try:
        return Library.load(_folder())
    except FlowFileError as wrong:
        _stop(str(wrong))


def _flow(library: Library, flow_id: str) -> Flow:
    flow = library.flow(flow_id)
    if flow is None:
        _stop(
            f'No flow "{flow_id}" is on offer. There are: {", ".join(each.id for each in library.flows())}.'
        )
    return flow


def _print(text: str) -> None:
    typer.echo(text)


def _stop(text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(1)


def main() -> None:
    """The entry point."""
    cli()


if __name__ == "__main__":
    main()
