"""Caches in front of the site (Varnish, nginx, Cloudflare, Fastly): how long they may keep pages, and purging them.

Without EDGE_MAX_AGE a cache in front asks for every page again and gets a 304. With it, a page that was asked for without
a 参保地, 身份 or 大字版 says how long it may be kept (`lifetime`), never beyond its own end. What a change invalidates is
purged by a task for each of EDGE_CACHES (`tasks`), by the keys in Cache-Tag, or address by address (`addresses`).
"""
