"""Log lines are events with fields. What went wrong is named by its kind and place, never by its text."""
import logging
import sys
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger


def configure(service: str, *, form: str, level: str) -> None:
    """`form` is `console` (for people) or `json` (for machines). Everything goes to standard output."""
    render: Any = (
        structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=34)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso" if form == "json" else "%H:%M:%S", utc=form == "json"),
            exception_without_its_text,
            structlog.processors.EventRenamer("event"),
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(**({"service": service} if form == "json" else {}))
    logging.basicConfig(handlers=[Adopted()], level=logging.WARNING, force=True)


def exception_without_its_text(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """An exception's text may hold what a person typed (pydantic, asyncpg): keep its kind and where it rose."""
    problem = event.pop("exc_info", None)
    if problem is True:
        problem = sys.exc_info()[1]
    if isinstance(problem, tuple):
        problem = problem[1]
    if isinstance(problem, BaseException):
        event.update(outline(problem))
    return event


def outline(problem: BaseException) -> dict[str, str]:
    """The kind of an exception and the last places it passed through; nothing of its text or locals."""
    frames = traceback.extract_tb(problem.__traceback__)[-6:]
    kinds = [type(problem).__qualname__]
    if isinstance(problem, BaseExceptionGroup):
        kinds += [type(inner).__qualname__ for inner in problem.exceptions]
    sqlstate = getattr(problem, "sqlstate", None)
    return {
        "problem": " ".join(kinds) + (f" {sqlstate}" if sqlstate else ""),
        "where": " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames)),
    }


class Adopted(logging.Handler):
    """Libraries' own log lines, brought into ours: the logger's name and level, and the unfilled message.

    The same line again within `AGAIN_AFTER` seconds is left out: a broker that is away would fill the log.
    """

    AGAIN_AFTER = 10.0

    def __init__(self) -> None:
        super().__init__()
        self.last: dict[tuple[str, str], float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        line = (record.name, str(record.msg))
        if record.created - self.last.get(line, 0.0) < self.AGAIN_AFTER:
            return
        self.last[line] = record.created
        problem = record.exc_info[1] if record.exc_info else None
        structlog.get_logger().log(
            record.levelno, "library", logger=record.name, said=str(record.msg)[:120] if record.args else "",
            **(outline(problem) if problem else {}),
        )
