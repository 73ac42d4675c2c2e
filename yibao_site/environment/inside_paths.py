"""Paths that machines inside ask for, without TLS and under any name: never cached, never redirected."""

INSIDE_PATHS = ("/healthz", "/readyz", "/metrics")
