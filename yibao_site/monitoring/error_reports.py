"""Error reports to Sentry or a service of its kind (GlitchTip), where SENTRY_DSN names one and sentry-sdk is installed.

What is sent is listed, not what is left out: the rule of logs.py, that nothing a visitor typed leaves the process. No request,
no local variable, no cookie, no trail of statements; the message of an error only where no request was being answered.
"""

from importlib import import_module

from yibao_site import VERSION
from yibao_site.monitoring.request_id import request_id

SENT_KEYS = ("event_id", "timestamp", "platform", "level", "logger", "release", "environment", "server_name", "sdk")
FRAME_KEYS = ("filename", "abs_path", "module", "function", "lineno", "in_app")


def connect(dsn: str) -> None:
    """Send each record of level ERROR. Django's integration is left out: it attaches the whole request."""
    sentry = import_module("sentry_sdk")
    logs = import_module("sentry_sdk.integrations.logging").LoggingIntegration(
        level=None, event_level="ERROR", sentry_logs_level=None
    )
    sentry.init(
        dsn=dsn,
        release=VERSION,
        integrations=[logs],
        default_integrations=False,
        auto_enabling_integrations=False,
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        send_default_pii=False,
        before_send=redacted,
    )


def redacted(event: dict, hint: dict) -> dict:
    """The event with what may be sent of it."""
    record = hint.get("log_record")
    in_request = hasattr(record, "request") or bool(request_id.get())
    sent = {key: event[key] for key in SENT_KEYS if key in event}
    sent["tags"] = {"request_id": request_id.get()} if request_id.get() else {}
    if hasattr(record, "request"):
        sent["tags"]["path"] = record.request.path
    if record is not None and not (in_request and record.exc_info):
        sent["logentry"] = {"formatted": record.getMessage()}
    if values := event.get("exception", {}).get("values"):
        sent["exception"] = {"values": [error(value, in_request) for value in values]}
    return sent


def error(value: dict, in_request: bool) -> dict:
    frames = value.get("stacktrace", {}).get("frames", [])
    kept = [{key: frame[key] for key in FRAME_KEYS if key in frame} for frame in frames]
    message = {} if in_request else {"value": value.get("value")}
    return {"type": value.get("type"), "module": value.get("module"), "stacktrace": {"frames": kept}} | message
