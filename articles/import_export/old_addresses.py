"""Addresses at which imported articles were read elsewhere: they lead to the article from now on, where this site can do that."""

from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve

from articles.models import Article, OldAddress
from articles.models.redirect import path_of
from calculators.common.characters import clean

MAX_PATH_LENGTH = 300
ADDRESSES_OF_ARTICLES = {"articles:article", "page"}


def remember_addresses(article: Article, addresses: Iterable[str]) -> Iterator[str]:
    """Store each, and tell what became of it."""
    for address in addresses:
        path = old_path(address)
        if path == path_of(article):
            continue
        if path is None or is_taken(path):
            yield f"旧网址 {address} 不能自动转到这里。"
            continue
        other = OldAddress.objects.filter(path=path).select_related("article", "category", "tag").first()
        if other and other.target != article:
            yield f"旧网址 {path} 已经转到“{other.target}”，没有改。"
            continue
        OldAddress.objects.remember(path, article)
        yield f"旧网址 {path} 会转到这一篇。"


def old_path(address: str) -> str | None:
    """The path as requests have it; None where no path alone names the page."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    path = f"/{unquote(parts.path).removeprefix('/')}"
    is_named = path.strip("/") and not parts.query and "/:" not in path  # :year and :title are a pattern, no address
    is_storable = len(path) <= MAX_PATH_LENGTH and clean(path) == path
    return path if is_named and is_storable and parts.scheme in {"", "http", "https"} else None


def is_taken(path: str) -> bool:
    """Whether this site has a page of its own there, which no redirect ever comes to."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if match.view_name not in ADDRESSES_OF_ARTICLES:
        return True
    return Article.objects.filter(slug=match.kwargs["slug"], is_page=match.view_name == "page").exists()
