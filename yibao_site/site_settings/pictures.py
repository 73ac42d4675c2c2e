"""Pictures of the site settings: logo and badge, re-encoded like every upload, and the card of pages without one of their own.

A name says what is in the file, and its size, so a file never changes. Older ones stay: a page that is shown may have them.
"""

import hashlib
import re
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from articles.pages import social_cards
from articles.pictures import opened
from calculators.common.site_identity import SiteIdentity, SitePicture

SITE_FOLDER = "site"
SIZE_IN_NAME = re.compile(r"-(\d+)x(\d+)\.webp$")
LOGO_BOX, BADGE_BOX = (
    (176, 32),
    (20, 20),
)  # CSS pixels in which the picture is fitted: a phone's header has no more room
DENSITY = 3  # pixels of the file for one on the page
MIN_SIDE_PIXELS = 20


def store_picture(upload, box: tuple[int, int]) -> str:
    """The name of the file in which the upload is kept, large enough for its box. Raises ValidationError."""
    image = opened(upload, min_side=MIN_SIDE_PIXELS)
    image.thumbnail((box[0] * DENSITY, box[1] * DENSITY), Image.Resampling.LANCZOS)
    buffer = BytesIO()
    image.save(buffer, "WEBP", lossless=True)
    return _stored(buffer.getvalue(), f"-{image.width}x{image.height}.webp")


def shown_in(box: tuple[int, int], name: str) -> SitePicture | None:
    """The picture as large as its box allows; None where there is none."""
    size = SIZE_IN_NAME.search(name)
    if size is None:
        return None
    width, height = map(int, size.groups())
    scale = min(box[0] / width, box[1] / height)
    return SitePicture(default_storage.url(name), max(1, round(width * scale)), max(1, round(height * scale)))


def store_card(identity: SiteIdentity) -> str:
    """The site's own card, with its slogan; "" where the shipped one says the same."""
    shipped = SiteIdentity()
    if (identity.name, identity.slogan, identity.accent) == (shipped.name, shipped.slogan, shipped.accent):
        return ""
    return _stored(social_cards.draw(identity.slogan, identity), ".png")


def _stored(content: bytes, ending: str) -> str:
    name = f"{SITE_FOLDER}/{hashlib.sha256(content).hexdigest()[:32]}{ending}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    return name
