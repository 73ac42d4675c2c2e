"""Search settings: the setting SEARCH, the backend that SEARCH_URL names and its options."""

from django.core.exceptions import ImproperlyConfigured

OPENSEARCH = ("opensearch+http://", "opensearch+https://")


def search_settings(url: str) -> dict:
    if not url:
        return {"BACKEND": "articles.search.engine.candidates.DatabaseBackend"}
    if not url.startswith(OPENSEARCH):
        raise ImproperlyConfigured(f"SEARCH_URL begins with {' or '.join(OPENSEARCH)}, or is empty.")
    return {"BACKEND": "yibao_site.backends.opensearch.OpenSearchBackend", "OPTIONS": {"url": url}}
