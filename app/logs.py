"""The log: structlog with an allow-list of keys, on standard error.

What is not on the list is dropped, whoever wrote it. An exception becomes its type and its place,
never its text: texts of exceptions quote what people typed. Of other libraries only the server's own
sentences are kept, of the rest the level and the logger.
"""

import logging
import sys
from pathlib import Path
from types import TracebackType
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

ALLOWED = frozenset(
    {
        "timestamp", "level", "event", "logger",  # every line
        "method", "route", "status", "ms", "request_id",  # a request
        "error", "at",  # an exception
        "flow", "revision", "version", "code", "count", "host", "port", "file",  # ours, never a person's
    }
)  # fmt: skip
SPEAKS = frozenset({"uvicorn.error", "app"})  # loggers whose sentences are fixed and hold no words
APP = str(Path(__file__).parent)


def set_up(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Sends all logging, ours and that of libraries, through the allow-list to `stream`."""
    ours: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        places,
    ]
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, silence, *ours],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                allowed,
                structlog.processors.LogfmtRenderer(
                    key_order=["timestamp", "level", "event"], bool_as_flag=False
                ),
            ],
        )
    )
    # A library's everyday lines say nothing once their words are taken away.
    libraries = logging.WARNING if level == logging.INFO else level
    logging.basicConfig(handlers=[handler], level=libraries, force=True)
    for name in ("app", "uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], name != "uvicorn.access"
        logger.setLevel(level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *ours,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=_of_the_app,
        cache_logger_on_first_use=False,
    )


def _of_the_app(*_: object) -> logging.Logger:
    return logging.getLogger("app")


def allowed(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Drops every key that is not on the list."""
    return {key: value for key, value in event.items() if key in ALLOWED}


def silence(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Takes away the sentence of a library that may quote what it was given; a traceback too, which the
    server hands on as text when a start fails."""
    if event.get("logger") not in SPEAKS:
        event["event"] = "a library logged something"
    elif "\n" in str(event["event"]).strip():
        event["event"] = "an exception reached the server"
    return event


def places(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Turns an exception into `error`, its type, and `at`, its file and line."""
    raised = event.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()
    if isinstance(raised, tuple):
        raised = raised[1]
    if isinstance(raised, BaseException):
        event["error"] = type(raised).__name__
        event["at"] = place_of(raised.__traceback__)
    event.pop("stack_info", None)
    return event


def place_of(trace: TracebackType | None) -> str:
    """`file.py:12`: the innermost place in our own code, or else the innermost of all."""
    ours = last = ""
    while trace is not None:
        file, line = Path(trace.tb_frame.f_code.co_filename), trace.tb_lineno
        last = f"{file.name}:{line}"
        if str(file).startswith(APP):
            ours = f"app{str(file)[len(APP) :]}:{line}"
        trace = trace.tb_next
    return ours or last
