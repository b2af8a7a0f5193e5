"""A flow in the terminal, and the transcript of what was played. Reading and printing are arguments."""

from collections.abc import Callable
from textwrap import fill

from app.engine import Answer, Asked, EngineError, Flow, Turn, advance, begin, compose, go_back, hear

WIDTH = 72


def play(flow: Flow, ask: Callable[[str], str], tell: Callable[[str], None]) -> list[tuple[str, str]]:
    """Talk to a flow until its end, or until `ask` raises EOFError. Gives the lines of a transcript."""
    lines: list[tuple[str, str]] = []
    moved = begin(flow)
    while True:
        _show(moved.turn, tell)
        lines += [("bot", m.id) for m in moved.turn.messages if m.speaker == "bot" and m.id != "again"]
        question = moved.turn.question
        if question is None:
            break
        lines.append(("bot", question.id))
        try:
            typed = ask("> ").strip()
        except EOFError:
            break
        try:
            if typed == "/back":
                moved = go_back(flow, moved.state)
                lines.append(("back", ""))
                continue
            answer, line = _answer(flow, question, typed)
            moved = advance(flow, moved.state, answer)
            lines.append(line)
        except EngineError as wrong:
            tell(f"({wrong})")
    tell("\n" + compose(flow, moved.state).text())
    return [*lines, ("end", "note")] if moved.turn.finished else lines


def _show(turn: Turn, tell: Callable[[str], None]) -> None:
    for message in turn.messages:
        if message.speaker == "bot":
            tell(fill(message.text, WIDTH))
    if turn.question:
        tell("\n" + fill(turn.question.prompt, WIDTH))
        if turn.question.hint:
            tell(fill(turn.question.hint, WIDTH, initial_indent="  ", subsequent_indent="  "))
        for number, option in enumerate(turn.question.options, 1):
            tell(f"  {number}. {option.label}")
        tell('  (words, or numbers such as "1 3"; empty line to skip; /back; Ctrl-D to stop)')


def _answer(flow: Flow, question: Asked, typed: str) -> tuple[Answer, tuple[str, str]]:
    if not typed:
        return Answer(question.id, skipped=True), ("skip", "")
    numbers = typed.replace(",", " ").split()
    if question.options and question.kind != "scale" and all(_is_option(n, question) for n in numbers):
        values = tuple(question.options[int(n) - 1].value for n in numbers)
        return Answer(question.id, values), ("pick", ", ".join(values))
    return Answer(question.id, text=hear(flow.shared.net, typed)), ("you", typed)


def _is_option(number: str, question: Asked) -> bool:
    return number.isdecimal() and 1 <= int(number) <= len(question.options)
