"""LOGGING: the terminal, a file where LOG_FILE names one, and mail to ERROR_MAIL.

Requests are logged without their query string: what a visitor typed into a calculator stays with them.
"""

from pathlib import Path

from django.core.exceptions import SuspiciousOperation

LOG_LINE = "{asctime} {levelname} {name} {message}"
FORMATTERS = {
    "plain": {"()": "yibao_site.monitoring.logs.PlainFormatter", "format": LOG_LINE, "style": "{"},
    "json": {"()": "yibao_site.monitoring.logs.JsonFormatter"},
}


def logging_settings(level: int, log_file: Path | None, *, json: bool, access_log: bool) -> dict:
    """The dictionary for logging.config. With a log file the terminal has errors only."""
    chosen = "json" if json else "plain"
    handlers = {
        "console": {
            "class": "logging.StreamHandler",
            "level": "ERROR" if log_file else "NOTSET",
            "formatter": chosen,
        },
        "mail": {"class": "yibao_site.monitoring.logs.ErrorMail"},
    }
    if log_file:
        handlers["file"] = {
            "class": "yibao_site.monitoring.logs.LogFile",
            "filename": log_file,
            "formatter": chosen,
        }
    refusals = (f"django.security.{kind.__name__}" for kind in SuspiciousOperation.__subclasses__())
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": FORMATTERS,
        "handlers": handlers,
        "filters": {"refused": {"()": "yibao_site.monitoring.logs.RefusedRequestFilter"}},
        "loggers": {
            "django": {"handlers": [], "level": "INFO"},  # Django's own mail would quote the whole request
            "yibao_site.access": {"level": "INFO" if access_log else "WARNING"},
            **{name: {"filters": ["refused"]} for name in refusals},
        },
        "root": {"handlers": list(handlers), "level": level},
    }
