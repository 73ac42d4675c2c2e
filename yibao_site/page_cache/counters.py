"""Prometheus metrics of the page cache, counted without a label's look-up: a kept page is answered in microseconds."""

from prometheus_client import Counter, Gauge

FROM_STORE, NOT_MODIFIED, RENDERED, UNCACHED = "kept", "not_modified", "rendered", "uncached"
pages = Counter("yibao_pages", "Requests by how the page cache answered them", ["answer"])
count = {answer: pages.labels(answer).inc for answer in (FROM_STORE, NOT_MODIFIED, RENDERED, UNCACHED)}
stored_bytes = Gauge("yibao_page_cache_bytes", "Memory of the stored pages", multiprocess_mode="livesum")
stored_pages = Gauge("yibao_page_cache_entries", "Stored pages", multiprocess_mode="livesum")
