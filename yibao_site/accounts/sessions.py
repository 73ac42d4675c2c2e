"""Where an account is signed in. Only the editors' office makes sessions, so there are few to look through."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from yibao_site.accounts.login import SEEN_FROM

MOST = 5000
BROWSERS = {"MicroMessenger": "微信", "Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Android": "安卓",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def browser(agent: str) -> str:
    """What a person calls the browser, such as “Chrome，Windows”; the text it sent where that is not known."""
    known = (next((name for mark, name in names.items() if mark in agent), "") for names in (BROWSERS, SYSTEMS))
    return "，".join(filter(None, known)) or agent


@dataclass(frozen=True)
class SignedIn:
    key: str
    address: str
    browser: str
    since: datetime | None
    is_this: bool


def of(user, this_key: str) -> list[SignedIn]:
    """The open sessions of one user, this one first."""
    rows = Session.objects.filter(expire_date__gt=timezone.now()).order_by("-expire_date")[:MOST]
    held = ((row.session_key, row.get_decoded()) for row in rows)
    found = [_read(key, data, key == this_key) for key, data in held if data.get(SESSION_KEY) == str(user.pk)]
    return sorted(found, key=lambda session: not session.is_this)


def _read(key, data, is_this):
    seen = data.get(SEEN_FROM, {})
    since = datetime.fromisoformat(seen["at"]) if "at" in seen else None
    return SignedIn(key, seen.get("address", ""), browser(seen.get("agent", "")), since, is_this)


def end_others(user, this_key: str) -> int:
    """Sign the user out everywhere else; returns from how many places."""
    keys = [session.key for session in of(user, this_key) if not session.is_this]
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)
