"""JSON-LD in the vocabulary of schema.org, as <script> elements that hold data and are never executed."""

import json
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

from django.utils.safestring import SafeString, mark_safe

from calculators.common.site_identity import site_name

ESCAPED_CHARACTERS = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
Json: TypeAlias = str | bool | int | Sequence["Json"] | Mapping[str, "Json"] | None


def data_block(data: Mapping[str, Json]) -> SafeString:
    """The data as an element; nothing in it can end the element."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(f'<script type="application/ld+json">{text.translate(ESCAPED_CHARACTERS)}</script>')  # noqa: S308 - escaped


def publisher() -> Mapping[str, Json]:
    return {"@type": "Organization", "name": site_name()}


class Described(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def summary(self) -> str: ...


def calculator_json_ld(calculator: Described, url: str) -> SafeString:
    """JSON-LD of a calculator: a WebApplication that costs nothing."""
    return data_block(
        {
            "@type": "WebApplication",
            "name": f"{calculator.name}计算器",
            "description": calculator.summary,
            "url": url,
            "applicationCategory": "FinanceApplication",
            "operatingSystem": "Any",
            "inLanguage": "zh-Hans",
            "isAccessibleForFree": True,
            "offers": {"@type": "Offer", "price": "0", "priceCurrency": "CNY"},
            "publisher": publisher(),
        }
    )
