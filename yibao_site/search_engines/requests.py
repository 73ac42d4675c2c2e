"""Requests to search engines, as they document them: one POST of addresses.

百度 普通收录 API: https://ziyuan.baidu.com/linksubmit/index · IndexNow: https://www.indexnow.org/documentation
"""

import http.client
import json
from urllib.parse import quote, urlsplit

from django.conf import settings

BAIDU, INDEXNOW = "baidu", "indexnow"
BAIDU_URL = "http://data.zz.baidu.com/urls"
INDEXNOW_URL = "https://api.indexnow.org/indexnow"
TIMEOUT_SECONDS = 10
MAX_ADDRESSES = {BAIDU: 2000, INDEXNOW: 10_000}  # of one request


class AnnouncementRefused(Exception):
    """The engine answered, and took the addresses not at all or not all of them."""


def engines() -> list[str]:
    """Those for which a key is set."""
    keys = {BAIDU: settings.BAIDU_PUSH_TOKEN, INDEXNOW: settings.INDEXNOW_KEY}
    return [engine for engine, key in keys.items() if key]


def send(engine: str, origin: str, addresses: list[str]) -> None:
    """Raises AnnouncementRefused or OSError. No message holds a key."""
    if engine == BAIDU:
        _send_to_baidu(origin, addresses)
    else:
        _send_to_indexnow(origin, addresses)


def _send_to_baidu(origin, addresses):
    query = f"?site={quote(origin, safe=':/')}&token={quote(settings.BAIDU_PUSH_TOKEN, safe='')}"
    status, body = _post(BAIDU_URL, query, "\n".join(addresses), "text/plain")
    told = _object(body)
    if status != 200 or told.get("success") != len(addresses):
        reason = told.get("message") or {
            name: len(told[name]) for name in ("not_same_site", "not_valid") if told.get(name)
        }
        raise AnnouncementRefused(f"百度 answered {status}: {reason}")


def _send_to_indexnow(origin, addresses):
    key = settings.INDEXNOW_KEY
    about = {"host": urlsplit(origin).netloc, "key": key, "keyLocation": f"{origin}/{key}.txt", "urlList": addresses}
    status, _ = _post(INDEXNOW_URL, "", json.dumps(about), "application/json; charset=utf-8")
    if status not in {200, 202}:
        raise AnnouncementRefused(f"IndexNow answered {status}")


def _object(body):
    """What is JSON of an object; an error page is no answer."""
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _post(url, query, body, kind):
    place = urlsplit(url)
    made = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
    connection = made(place.hostname, place.port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("POST", f"{place.path}{query}", body.encode(), {"Content-Type": kind})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    except http.client.HTTPException as error:
        raise AnnouncementRefused(type(error).__name__) from error
    finally:
        connection.close()
