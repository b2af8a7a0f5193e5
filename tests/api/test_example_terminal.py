"""docs/examples/terminal, as somebody runs it: a process of its own, a real server, from the first line
to the last, by way of a page of help."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.api.live import ROOT, Live, live

EXAMPLE = ROOT / "docs/examples/terminal/talk.py"
DANGER = "i want to kill myself"
MOMENT = "she looked at the clock while i talked about my exam"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live(tmp_path_factory.mktemp("data")) as found:
        yield found


class Terminal:
    """The program, read up to its prompt and written to line by line."""

    def __init__(self, at: str, *more: str) -> None:
        command = [sys.executable, "-u", str(EXAMPLE), "--at", at, *more]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.told = ""

    def type(self, line: str) -> str:
        """Type a line; what is said until the next prompt, or the end."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.read()

    def read(self) -> str:
        assert self.process.stdout is not None
        said = ""
        while not said.endswith("\n> "):
            letter = self.process.stdout.read(1)
            if not letter:
                break
            said += letter
        self.told += said
        return said

    def close(self) -> str:
        """No more input; the rest."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        said = self.read()
        assert self.process.wait(20) == 0
        return said

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *raised: object) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            with suppress(BrokenPipeError):
                stream.close()


def answered(said: str) -> str:
    """A plain answer to what is asked: the first of what is offered, or words; no first line of one's own."""
    if "how would you begin" in said:
        return "/skip"
    return "1" if "\n  1. " in said else MOMENT


def test_the_main_flow_leads_by_a_page_of_help_to_a_note(server: Live) -> None:
    with Terminal(server.address, "--country", "GB") as terminal:
        terminal.type("")
        helped = terminal.type(DANGER)
        assert helped.index("116 123") < helped.index("\n  1. ")
        said = terminal.type("/skip")
        for _ in range(40):
            if "I want to tell you" in said or "our sessions" in said:
                break
            before, said = said, terminal.type(answered(said))
            if said.splitlines()[-2:] == before.splitlines()[-2:]:
                said = terminal.type("/skip")
        assert "ou looked at the clock while I talked about my exam" in said
        assert terminal.type("/delete").endswith("It is erased.\n")
        terminal.close()
        assert "ct_" not in terminal.told


def test_back_skip_help_and_the_note_are_there_at_every_question(server: Live) -> None:
    with Terminal(server.address, "--country", "IE") as terminal:
        first = terminal.type("")
        second = terminal.type("I don't feel heard by her")
        assert "  1. " in second
        assert terminal.type("/back").split("\n")[-3:] == first.split("\n")[-3:]
        assert terminal.type("/skip") != first
        assert "Samaritans" in terminal.type("/help")
        assert terminal.type("/note").strip()
        assert terminal.close().endswith("It is erased.\n")


def test_the_end_of_input_leaves_and_nothing_stays(server: Live, tmp_path: Path) -> None:
    before = set(Path.cwd().iterdir())
    with Terminal(server.address) as terminal:
        terminal.type("")
        terminal.type(MOMENT)
        terminal.close()
        assert set(Path.cwd().iterdir()) == before
        assert "exam" not in server.log.read_text("utf-8")
        assert "POST" in server.log.read_text("utf-8")


def test_whoever_does_not_agree_has_sent_nothing(tmp_path: Path) -> None:
    with Terminal("http://127.0.0.1:9") as terminal:
        terminal.type("/leave")
        assert terminal.close() == ""
