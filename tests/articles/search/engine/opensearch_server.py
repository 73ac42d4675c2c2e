"""HTTP server that answers as OpenSearch's API is documented: create and delete an index, _bulk, and _search with named queries.

It understands the queries that the backend sends and refuses all others; what is asked is kept in `asked`.
"""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class OpenSearchHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        server = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        server.asked.append((self.command, self.path, dict(self.headers), body))
        status, told = (server.status, {}) if server.status else self.told(body)
        text = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_PUT = do_POST = do_DELETE = answer  # noqa: N815 - names of methods

    def told(self, body):
        server = self.server
        if self.command == "PUT":
            exists, server.mapping = server.mapping is not None, server.mapping or json.loads(body)
            return (400, {"error": {"type": "resource_already_exists_exception"}}) if exists else (200, {})
        if self.command == "DELETE":
            existed, server.mapping, server.documents = server.mapping is not None, None, {}
            return (200, {}) if existed else (404, {"error": {"type": "index_not_found_exception"}})
        return 200, bulk(server, body) if self.path.endswith("/_bulk") else searched(server, json.loads(body))

    def log_message(self, *words):
        pass


def bulk(server, body):
    assert body.endswith("\n")
    lines, items = iter(body.splitlines()), []
    for line in lines:
        [(action, about)] = json.loads(line).items()
        if action == "delete":
            gone = server.documents.pop(about["_id"], None)
            items.append({action: {"_id": about["_id"], "status": 404 if gone is None else 200}})
            continue
        read = json.loads(next(lines))
        if server.refuses:
            items.append({action: {"_id": about["_id"], "status": 400, "error": {"type": "mapper_parsing_exception"}}})
            continue
        server.documents[about["_id"]] = read
        items.append({action: {"_id": about["_id"], "status": 201}})
    return {"errors": server.refuses, "items": items}


def searched(server, asked):
    clauses = asked["query"]["bool"]
    assert asked["sort"] == [{"_score": "desc"}, {"article": "desc"}]
    hits = []
    for key, document in server.documents.items():
        named = [
            one["constant_score"] for one in clauses["should"] if matches(one["constant_score"]["filter"], document)
        ]
        if named and all(matches(one, document) for one in clauses["filter"]):
            score = sum(one["boost"] for one in named)
            hits.append({"_id": key, "_score": score, "matched_queries": [one["_name"] for one in named]})
    hits.sort(key=lambda hit: (-hit["_score"], -int(hit["_id"])))
    total = min(len(hits), asked["track_total_hits"])
    return {"hits": {"total": {"value": total, "relation": "eq"}, "hits": hits[: asked["size"]]}}


def matches(query, document):
    [(kind, about)] = query.items()
    if kind == "bool":
        yes = all(matches(one, document) for one in about.get("filter", ()))
        return yes and not ("must_not" in about and matches(about["must_not"], document))
    [(field, wanted)] = about.items()
    stored = document.get(field)
    if kind == "terms":
        return stored in wanted
    if kind == "range":
        return stored is not None and in_range(stored, wanted)
    if field == "tokens":
        tokens = stored.split()
        return any(
            token.startswith(wanted["value"]) if kind == "prefix" else token == wanted["value"] for token in tokens
        )
    assert kind == "term", kind
    return stored == wanted


def in_range(stored, wanted):
    """Moments as they are written: all of a test are of one zone."""
    compare = {
        "lte": lambda limit: stored <= limit,
        "gte": lambda limit: stored >= limit,
        "lt": lambda limit: stored < limit,
    }
    return all(compare[name](limit) for name, limit in wanted.items() if name != "time_zone")


@contextmanager
def opensearch_server():
    with ThreadingHTTPServer(("127.0.0.1", 0), OpenSearchHandler) as server:
        server.daemon_threads = True
        server.asked, server.status, server.refuses, server.mapping, server.documents = [], 0, False, None, {}
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()
