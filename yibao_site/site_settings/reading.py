"""Reading of the site settings as the identity that pages show; its last state is also kept in DATA_DIR.

A server that is started while the database is away so says the site's name on its error pages.
"""

import json
import logging
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from calculators.common import site_identity
from calculators.common.site_identity import NavigationLink, SiteIdentity
from yibao_site.site_settings.checks import VERIFICATION_NAMES
from yibao_site.site_settings.models import THE_ROW, NavigationItem, SiteSettings, shipped_items
from yibao_site.site_settings.pictures import BADGE_BOX, LOGO_BOX, shown_in

TEXTS = (
    "name",
    "slogan",
    "organiser",
    "hotline_name",
    "hotline",
    "footer_text",
    "icp_record",
    "police_record",
    "accent",
    "analytics_script",
)
KEPT_TEXTS = ("name", "hotline_name", "hotline", "accent")  # what error pages show
logger = logging.getLogger(__name__)


def connect() -> None:
    site_identity.connect(read_identity, replace(SiteIdentity(), **kept_texts()))


def read_identity() -> SiteIdentity:
    """Two queries: the row, and its links with their categories."""
    row = SiteSettings.objects.filter(pk=THE_ROW).first()
    identity = identity_of(row, row.navigation.select_related("category", "text")) if row else shipped_identity()
    keep_texts({name: getattr(identity, name) for name in KEPT_TEXTS})
    return identity


def shipped_identity() -> SiteIdentity:
    header, footer = links_by_place(shipped_items())
    return SiteIdentity(header=header, footer=footer)


def identity_of(row: SiteSettings, items) -> SiteIdentity:
    header, footer = links_by_place(items)
    return SiteIdentity(
        **{name: getattr(row, name) for name in TEXTS},
        logo=shown_in(LOGO_BOX, row.logo),
        logo_says_name=row.logo_says_name,
        police_badge=shown_in(BADGE_BOX, row.police_badge),
        card=default_storage.url(row.card) if row.card else "",
        verification=tuple((tag, getattr(row, name)) for name, tag in VERIFICATION_NAMES.items() if getattr(row, name)),
        header=header,
        footer=footer,
    )


def links_by_place(items):
    links = {place: [] for place in NavigationItem.Place}
    for item in items:
        if item.text is None or item.text.is_public(timezone.now()):
            links[item.place].append(link_of(item))
    return tuple(links[NavigationItem.Place.HEADER]), tuple(links[NavigationItem.Place.FOOTER])


def link_of(item: NavigationItem) -> NavigationLink:
    address = reverse(item.page) if item.page else (item.category or item.text).get_absolute_url()
    return NavigationLink(str(item), address, item.section)


# the last state, for a server that starts without a database


def kept_file() -> Path:
    return Path(settings.DATA_DIR) / "site.json"


def kept_texts() -> dict[str, str]:
    with suppress(OSError, ValueError, AttributeError):
        stored = json.loads(kept_file().read_text(encoding="utf-8"))
        return {name: stored[name] for name in KEPT_TEXTS if isinstance(stored.get(name), str)}
    return {}


def keep_texts(texts: dict[str, str]) -> None:
    """Where it changed. A folder that cannot be written costs the name on error pages after a restart, and no more."""
    shipped = {name: getattr(SiteIdentity(), name) for name in KEPT_TEXTS}
    if texts == shipped | kept_texts():
        return
    new = kept_file().with_suffix(".new")
    try:
        new.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
        new.replace(kept_file())
    except OSError as error:
        logger.warning("the site's name could not be kept for error pages: %s", error)
