"""Sessions of an account: list the open ones, end the others.

Django's session table names no user, so every open session is decoded; only the admin makes sessions, so there are few.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from yibao_site.accounts.login import SEEN_FROM_SESSION_KEY

MAX_SESSIONS = 5000  # decoded for one page
BROWSER_NAMES = {"MicroMessenger": "微信", "Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEM_NAMES = {
    "Android": "安卓",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def browser_name(agent: str) -> str:
    """Name of the browser and system behind a User-Agent, such as “Chrome，Windows”; an unknown one unchanged."""
    known = (
        next((name for mark, name in names.items() if mark in agent), "") for names in (BROWSER_NAMES, SYSTEM_NAMES)
    )
    return "，".join(filter(None, known)) or agent


@dataclass(frozen=True)
class OpenSession:
    key: str
    address: str
    browser: str
    since: datetime | None
    is_this: bool


def open_sessions(user, this_key: str) -> list[OpenSession]:
    """Open sessions of one user, the current one first."""
    rows = Session.objects.filter(expire_date__gt=timezone.now()).order_by("-expire_date")[:MAX_SESSIONS]
    held = ((row.session_key, row.get_decoded()) for row in rows)
    found = [_read(key, data, key == this_key) for key, data in held if data.get(SESSION_KEY) == str(user.pk)]
    return sorted(found, key=lambda session: not session.is_this)


def _read(key, data, is_this):
    seen = data.get(SEEN_FROM_SESSION_KEY, {})
    since = datetime.fromisoformat(seen["at"]) if "at" in seen else None
    return OpenSession(key, seen.get("address", ""), browser_name(seen.get("agent", "")), since, is_this)


def end_other_sessions(user, this_key: str) -> int:
    """End every other session of the user; returns how many there were."""
    keys = [session.key for session in open_sessions(user, this_key) if not session.is_this]
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)
