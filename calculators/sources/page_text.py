"""Text of a fetched page without markup, and its hash. No Django."""

import hashlib
import re
import unicodedata
from html.parser import HTMLParser

IGNORED_ELEMENTS = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "head",
    "nav",
    "footer",
    "header",
    "form",
    "iframe",
}
CHARSET_PATTERN = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)


class _Words(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.words = []
        self._silent = []

    def handle_starttag(self, tag, attrs):
        if tag in IGNORED_ELEMENTS:
            self._silent.append(tag)

    def handle_endtag(self, tag):
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass

    def handle_data(self, data):
        if not self._silent:
            self.words.append(data)


def text_hash(body: bytes, content_type: str) -> str:
    """A hash of the text; of the bytes where it is no web page (a PDF, say)."""
    if "html" in content_type.lower() or body.lstrip()[:1] == b"<":
        body = page_text(body, content_type).encode()
    return hashlib.sha256(body).hexdigest()


def page_text(body: bytes, content_type: str) -> str:
    """Text without markup, menus, scripts and white space."""
    parser = _Words()
    parser.feed(decode_page(body, content_type))
    parser.close()
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", "".join(parser.words)))


def decode_page(body: bytes, content_type: str) -> str:
    """Decode by the header's charset, else the page's own, else UTF-8; Chinese government sites still use GB2312."""
    named = CHARSET_PATTERN.search(content_type.encode()) or CHARSET_PATTERN.search(body[:2048])
    name = named[1].decode().lower() if named else "utf-8"
    try:
        return body.decode("gb18030" if name.startswith("gb") else name, errors="replace")
    except LookupError:
        return body.decode("utf-8", errors="replace")
