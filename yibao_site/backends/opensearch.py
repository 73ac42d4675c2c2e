"""Search backend for OpenSearch or Elasticsearch: an index of the same tokens as the database's own, over HTTP.

    SEARCH_URL=opensearch+https://user:password@host:9200/yibao

No plugin for Chinese is needed: a document is the tokens of its article (articles.search.engine.tokens), and of each hit
the answer says by name which tokens matched (`matched_queries`). So scores are made as the database backend makes them.
While the service does not respond, the database's own index answers; it goes on being written.

Not as the database: a search looks at the LOOKED_UP best hits of the whole query, not of each token, and a change is found
after the next refresh of the index, within a second by default.
"""

import http.client
import json
import logging
import time
from base64 import b64encode
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import unquote, urlsplit

from django.db.models import Q

from articles.models import SearchRow
from articles.search import lookups
from articles.search.engine.backend import Candidates, Readable, SearchBackend
from articles.search.engine.candidates import LOOKED_UP, DatabaseBackend, QueryTokens, scored, tokens_of
from articles.search.engine.newest_rows import lookup_of
from articles.search.engine.query import Query
from articles.search.engine.statistics import Statistics
from articles.search.engine.tokens import SOUND, TITLE
from calculators.question_answering.lookups import areas

SEARCH_TIMEOUT_SECONDS, WRITE_TIMEOUT_SECONDS = 1.0, 30.0
OUTAGE_PAUSE_SECONDS = 2.0
MAPPING = {
    "settings": {"index": {"number_of_replicas": 1}},
    "mappings": {
        "dynamic": False,
        "properties": {
            "tokens": {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "docs"},
            "article": {"type": "long"},
            "category": {"type": "long"},
            "area": {"type": "long"},
            "listed": {"type": "boolean"},
            "published_at": {"type": "date"},
            "unpublish_at": {"type": "date"},
        },
    },
}
ERRORS = (OSError, http.client.HTTPException)
logger = logging.getLogger(__name__)


class OpenSearchError(OSError):
    """The service answered with an error."""


class OpenSearchBackend(SearchBackend):
    keeps_copy = True

    def __init__(self, url: str):
        place = urlsplit(url)
        self.secure, self.host, self.port = place.scheme.endswith("https"), place.hostname, place.port
        self.name = place.path.strip("/") or "yibao"
        self.headers = {"Content-Type": "application/json"}
        if place.username:
            account = f"{unquote(place.username)}:{unquote(place.password or '')}"
            self.headers["Authorization"] = f"Basic {b64encode(account.encode()).decode()}"
        self.reserve = DatabaseBackend()
        self.paused_until = 0.0
        self._is_made = False

    def index(self, rows: Sequence[SearchRow]) -> None:
        self._make()
        self._bulk(line for row in rows for line in ({"index": {"_id": str(row.pk)}}, document(row)))

    def delete(self, pks: Collection[int]) -> None:
        self._bulk({"delete": {"_id": str(pk)}} for pk in sorted(pks))

    def clear(self) -> None:
        self._ask("DELETE", f"/{self.name}", accepted=(200, 404))
        self._is_made = False
        self._make()

    def _make(self):
        """Make the index where it is missing: the service would make one by itself, with another mapping."""
        if not self._is_made:
            self._ask("PUT", f"/{self.name}", json.dumps(MAPPING), accepted=(200, 400))
            self._is_made = True

    def find(self, query: Query, statistics: Statistics, readable: Readable) -> Candidates:
        if time.monotonic() >= self.paused_until:
            try:
                return self._find(query, statistics, readable)
            except ERRORS as error:
                self.paused_until = time.monotonic() + OUTAGE_PAUSE_SECONDS
                logger.warning("search: %s; the database's own index answers", error or type(error).__name__)
        return self.reserve.find(query, statistics, readable)

    def _find(self, query, statistics, readable):
        asked = tokens_of(query, statistics)
        names = [*asked.wholes, *asked.titled, *asked.parts]
        if not names:
            return Candidates({}, {}, {}, literally=False)
        body = json.dumps(search_body(asked, names, statistics, readable))
        answer = self._ask("POST", f"/{self.name}/_search", body, timeout=SEARCH_TIMEOUT_SECONDS)["hits"]
        hits = {int(hit["_id"]): hit.get("matched_queries", ()) for hit in answer["hits"]}
        public = SearchRow.objects.filter(readable.condition, pk__in=hits).order_by("-pk")
        found: dict[str, list[int]] = {name: [] for name in names}
        for pk in public.values_list("pk", flat=True):
            for place in hits[pk]:
                found[names[int(place)]].append(pk)
        is_all = answer["total"]["value"] <= len(hits)
        frequency = {name: _frequency(name, found[name], statistics, is_all) for name in names}
        return scored(query, found, frequency, statistics, literally=False)

    def _bulk(self, lines):
        body = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
        if not body:
            return
        answer = self._ask("POST", f"/{self.name}/_bulk", body, kind="application/x-ndjson")
        failed = [result for item in answer["items"] for result in item.values() if result["status"] not in {200, 201}]
        if failed := [result for result in failed if "error" in result]:  # of one that was not there none is said
            raise OpenSearchError(f"{len(failed)} documents were refused: {failed[0]['error']}")

    def _ask(self, method, path, body=None, *, kind="application/json", timeout=WRITE_TIMEOUT_SECONDS, accepted=(200,)):
        made = http.client.HTTPSConnection if self.secure else http.client.HTTPConnection
        connection = made(self.host, self.port, timeout=timeout)
        try:
            connection.request(method, path, body and body.encode(), self.headers | {"Content-Type": kind})
            answer = connection.getresponse()
            read = answer.read()
        finally:
            connection.close()
        if answer.status not in accepted:
            raise OpenSearchError(
                f"{method} {path} was answered with {answer.status}: {read[:200].decode(errors='replace')}"
            )
        return json.loads(read or b"{}")


def document(row: SearchRow) -> dict:
    article = row.article
    moments = {"published_at": article.published_at, "unpublish_at": article.unpublish_at}
    return {
        "tokens": row.tokens,
        "article": row.pk,
        "category": article.category_id,
        "area": article.area_id,
        "listed": article.is_approved and not article.is_page,
        **{name: moment.isoformat() for name, moment in moments.items() if moment},
    }


def search_body(asked: QueryTokens, names: list[str], statistics: Statistics, readable: Readable) -> dict:
    """The request for the best hits; a token is named by its place in `names`."""
    now = readable.at.isoformat()
    filters = [
        {"term": {"listed": True}},
        {"range": {"published_at": {"lte": now}}},
        {"bool": {"must_not": {"range": {"unpublish_at": {"lte": now}}}}},
        *chosen_filters(readable.chosen),
    ]
    return {
        "size": LOOKED_UP,
        "track_total_hits": LOOKED_UP + 1,
        "_source": False,
        "sort": [{"_score": "desc"}, {"article": "desc"}],
        "query": {
            "bool": {
                "filter": filters,
                "should": [_named(place, name, statistics) for place, name in enumerate(names)],
                "minimum_should_match": 1,
            }
        },
    }


def chosen_filters(chosen: Q) -> Iterator[dict]:
    """The filters of the search form. The database applies them as well, so that one not known here is not lost."""
    for path, value in (child for child in chosen.children if isinstance(child, tuple)):
        if path == "article__category__slug":
            yield {"terms": {"category": [pk for pk, one in lookups.categories().items() if one.slug == value]}}
        elif path == "article__area__code":
            yield {"terms": {"area": [pk for pk, one in areas().items() if one.code == value]}}
        elif path == "article__published_at__year":
            yield {
                "range": {"published_at": {"gte": f"{value}-01-01", "lt": f"{value + 1}-01-01", "time_zone": "+08:00"}}
            }


def _named(place, name, statistics):
    """Whether all tokens of `name` stand in a document, worth their weight."""
    tokens = name.split()
    weight = sum(statistics.weight(statistics.frequency(token.lstrip(TITLE))) for token in tokens if token[0] != SOUND)
    each = [{"prefix" if lookup_of(token) == "begins" else "term": {"tokens": {"value": token}}} for token in tokens]
    return {
        "constant_score": {
            "filter": {"bool": {"filter": each}},
            "boost": round(max(weight, 0.1), 4),
            "_name": str(place),
        }
    }


def _frequency(name, rows, statistics, is_all):
    """Exact where every hit came back; otherwise a sample of the texts tells it, at least so many as came."""
    return len(rows) if is_all or not name.isalnum() else max(len(rows), statistics.frequency(name))
