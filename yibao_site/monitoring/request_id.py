"""Id of the request that this thread answers; empty outside of one. Nothing of Django: logs are set up before it is."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
