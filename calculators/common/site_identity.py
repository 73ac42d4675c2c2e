"""Site identity: the name, slogan, colours, records and navigation that every page, feed, card and API answer takes from here.

The office writes it (yibao_site.site_settings); `connect` says how it is read. It stays in the process's memory until
page_keys.SITE is invalidated, so that no page costs a query for it, and the last one read outlives the database.
"""

import math
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import DatabaseError, InterfaceError, connection

from calculators.common import page_keys

MAX_UNFOLLOWED_SECONDS = 2  # in a process that does not hear of the changes of others


@dataclass(frozen=True)
class NavigationLink:
    """`section` is that of the pages on which the link is the current one."""

    label: str
    address: str
    section: str = ""


@dataclass(frozen=True)
class SitePicture:
    """An uploaded picture, and the pixels it takes on a page."""

    address: str
    width: int
    height: int


@dataclass(frozen=True)
class SiteIdentity:
    name: str = "医保指南"
    slogan: str = "怎么报、怎么交，按你的参保地算"
    organiser: str = ""
    hotline_name: str = "全国医保服务热线"
    hotline: str = "12393"
    footer_text: str = (
        "本站把医保政策里的数字按地区和日期整理出来，每个都注明出处。结果供参考，以参保地经办机构结算为准。"
    )
    icp_record: str = ""
    police_record: str = ""
    accent: str = ""
    police_badge: SitePicture | None = None
    logo: SitePicture | None = None
    logo_says_name: bool = False
    card: str = ""
    verification: tuple[tuple[str, str], ...] = ()
    analytics_script: str = ""
    header: tuple[NavigationLink, ...] = ()
    footer: tuple[NavigationLink, ...] = ()

    @property
    def police_number(self) -> str:
        """The digits of 公安备案号, by which it is looked up."""
        return "".join(filter(str.isdecimal, self.police_record))

    @property
    def hotline_number(self) -> str:
        """As a telephone dials it."""
        number = self.hotline.partition("转")[0]
        return "".join(letter for letter in number if letter.isdecimal() or letter == "+")

    @property
    def analytics_origin(self) -> str:
        address = urlsplit(self.analytics_script)
        return f"{address.scheme}://{address.netloc}" if address.netloc else ""


class IdentityMemory:
    """What this process knows of the identity, and how it is read again."""

    def __init__(self) -> None:
        self.read: Callable[[], SiteIdentity] = SiteIdentity
        self.last_known = SiteIdentity()
        self._good_until = -math.inf
        self._changes = 0
        page_keys.content_changed.connect(self._drop)
        page_keys.content_outdated.connect(self._drop)

    def __call__(self) -> SiteIdentity:
        if time.monotonic() < self._good_until:
            return self.last_known
        changes = self._changes
        try:
            identity = self.read()
        except (DatabaseError, InterfaceError):  # whatever else the page reads will say so
            return self.last_known
        if not connection.in_atomic_block:  # what is read inside may be rolled back
            self.keep(identity, page_keys.MAX_CACHED_SECONDS if page_keys.may_cache() else MAX_UNFOLLOWED_SECONDS)
            if changes != self._changes:
                self._good_until = -math.inf
        return identity

    def keep(self, identity: SiteIdentity, seconds: float = math.inf) -> None:
        self.last_known, self._good_until = identity, time.monotonic() + seconds

    def _drop(self, keys: Collection[page_keys.PageKey], **kwargs: object) -> None:
        if page_keys.SITE in keys:
            self._changes += 1
            self._good_until = -math.inf


memory = IdentityMemory()


def connect(read: Callable[[], SiteIdentity], last_known: SiteIdentity) -> None:
    """How the identity is read, and what is shown while the database has not been reached."""
    memory.read, memory.last_known = read, last_known


def site_identity() -> SiteIdentity:
    """The identity now. The page that is being rendered depends on it."""
    page_keys.depends_on(page_keys.SITE)
    return memory()


def fresh_identity() -> SiteIdentity:
    """For a task, whose process does not hear of changes. At most two queries."""
    return memory.read()


def last_known_identity() -> SiteIdentity:
    """For pages that must be shown without a database."""
    return memory.last_known


def site_name(*args: object) -> str:
    return site_identity().name
