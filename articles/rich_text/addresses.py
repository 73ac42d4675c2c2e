"""The addresses of links and pictures in a text."""

import re
from urllib.parse import unquote

from django.conf import settings

SCHEMES = ("http:", "https:", "mailto:", "tel:")
_SCHEME = re.compile(r"[a-z][a-z0-9+-]*:", re.IGNORECASE)
_HOST = re.compile(
    r"(?:[\w-]+\.)+(?!html?\b|php\b|aspx?\b|jsp\b|docx?\b|pdf\b|md\b)[a-z]{2,}(?::\d+)?(?:[/?#]|\Z)", re.IGNORECASE
)
_MAILBOX = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_BLANK = re.compile(r"[\x00-\x20\u3000\ufeff\u200b-\u200d]+")


def link_address(typed: str) -> str | None:
    """The address as it is linked: www.nhsa.gov.cn becomes https://www.nhsa.gov.cn. None where it leads nowhere.

    What has no scheme and is no path from the root would be looked for below the article's own address.
    """
    url = _BLANK.sub("", typed)
    if _SCHEME.match(url):
        return url if url.lower().startswith(SCHEMES) else None
    if url.startswith("//"):
        return f"https:{url}"
    if url.startswith(("/", "#", "?")):
        return url
    if _MAILBOX.fullmatch(url):
        return f"mailto:{url}"
    return f"https://{url}" if _HOST.match(url) else None


def is_own_picture(url: str) -> bool:
    """Whether a picture comes from our own library."""
    path = unquote(url)
    return path.startswith(settings.MEDIA_URL) and ".." not in path and "\\" not in path
