"""Logs and error reports that say where and what, never what a visitor typed.

A request appears as its method and path, without the query string. An exception inside a request appears with its frames and
its type; its message is left out, because the message of an unexpected error quotes what it choked on.
"""

import fcntl
import json
import logging
import os
import time
import traceback
from datetime import UTC, datetime
from itertools import pairwise
from logging.handlers import WatchedFileHandler
from pathlib import Path

from django.core.mail import mail_admins

from yibao_site.monitoring.request_id import request_id

SAME_ERROR_SILENCE_SECONDS = 600  # in which the same error is reported once
MAX_REPORTS = 20  # in that time, whatever the errors
MAX_HOST_LENGTH = 200  # of a wrong Host that is told
MAX_LOG_BYTES = 5_000_000
OLD_LOG_COUNT = 3  # files kept beside the one that is written


class PlainFormatter(logging.Formatter):
    """A line for people: time, level, logger, message."""

    def format(self, record):
        record.exc_text = exception_text(record)
        text = super().format(record)
        record.exc_text = None  # the next handler writes its own
        return f"{text} [{name}]" if (name := request_id.get()) else text


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and of a request its method, path and status."""

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if name := request_id.get():
            line["request_id"] = name
        line |= getattr(record, "access", None) or request_fields(record)
        if exception := exception_text(record):
            line["exception"] = exception
        return json.dumps(line, ensure_ascii=False)


def request_fields(record):
    request = getattr(record, "request", None)
    if not hasattr(request, "path"):
        return {}
    return {"method": request.method, "path": request.path, "status": getattr(record, "status_code", None)}


def exception_text(record):
    """The frames and the error; of a request without the error's message. Empty where there is none."""
    kind, error, trace = record.exc_info or (None, None, None)
    if kind is None:
        return ""
    whole = traceback.format_exception_only(kind, error)
    last = f"{kind.__module__}.{kind.__qualname__}" if hasattr(record, "request") else "".join(whole)
    return "".join([*traceback.format_tb(trace), last]).strip()


class RefusedRequestFilter(logging.Filter):
    """Log filter of requests that Django refuses as suspicious: one line without a traceback, and no error of the site's.

    A wrong Host is the sender's lie, or a name of the site that the operator has not set: the line tells which setting.
    """

    def filter(self, record):
        request, kind = getattr(record, "request", None), record.name.rpartition(".")[2]
        sentence, subject = "拒绝了一个可疑的请求（%s）", kind
        if kind == "DisallowedHost" and request is not None:
            sentence = "拒绝了 Host 为 %s 的请求：如果这是本站的名字，请把它加进设置 ALLOWED_HOSTS"
            subject = ascii(request.META.get("HTTP_HOST", ""))[:MAX_HOST_LENGTH]
        record.msg, record.args, record.exc_info = sentence, (subject,), None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


class ErrorMail(logging.Handler):
    """Log handler that mails errors to ERROR_MAIL: each once in SAME_ERROR_SILENCE_SECONDS, at most MAX_REPORTS in all.

    Errors are the same if they come from the same line with the same exception. What a message says does not count: a client
    could write a new one each time, and so use up all reports.
    """

    def __init__(self):
        super().__init__(logging.ERROR)
        self.setFormatter(JsonFormatter())
        self.sent = {}

    def emit(self, record):
        if not self.may_send(f"{record.pathname}:{record.lineno} {record.exc_info and origin(record.exc_info)}"):
            return
        try:
            mail_admins(f"{record.levelname} {record.name}", self.text(record), fail_silently=True)
        except OSError:
            self.handleError(record)

    def may_send(self, kind):
        now = time.monotonic()
        self.sent = {known: at for known, at in self.sent.items() if now - at < SAME_ERROR_SILENCE_SECONDS}
        if kind in self.sent or len(self.sent) >= MAX_REPORTS:
            return False
        self.sent[kind] = now
        return True

    def text(self, record):
        return "\n".join(f"{name}: {value}" for name, value in json.loads(self.format(record)).items())


def origin(exc_info):
    """The exception's type and the line that raised it."""
    kind, _, trace = exc_info
    frames = traceback.extract_tb(trace)
    return f"{kind} {frames[-1].filename}:{frames[-1].lineno}" if frames else str(kind)


class LogFile(WatchedFileHandler):
    """A log file that several processes write; whoever finds it full moves it aside, and the others notice.

    As logging.handlers.RotatingFileHandler, which must have its file for itself: site.log, site.log.1, site.log.2, …
    """

    def __init__(self, filename: str | Path):
        path = Path(filename)
        path.parent.mkdir(parents=True, exist_ok=True)
        super().__init__(path, encoding="utf-8", delay=True)

    def emit(self, record):
        super().emit(record)
        try:
            if self.stream and self.stream.tell() > MAX_LOG_BYTES:
                self.move_aside()
        except OSError:
            self.handleError(record)

    def move_aside(self):
        """One process at a time, and only while the file of this name is still the full one."""
        path = Path(self.baseFilename)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            if path.exists() and path.stat().st_size > MAX_LOG_BYTES:
                names = [path, *(path.with_name(f"{path.name}.{number}") for number in range(1, OLD_LOG_COUNT + 1))]
                for newer, older in reversed(list(pairwise(names))):
                    if newer.exists():
                        newer.replace(older)
        finally:
            os.close(folder)
