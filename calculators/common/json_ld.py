"""JSON-LD in the words of schema.org: <script> blocks that hold data and are never executed."""

import json

from django.utils.safestring import SafeString, mark_safe

ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
PUBLISHER = {"@type": "Organization", "name": "医保指南"}


def data_block(data: dict) -> SafeString:
    """The data as an element; nothing in it can end the element."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(f'<script type="application/ld+json">{text.translate(ESCAPED)}</script>')  # noqa: S308 - escaped


def application(calculator, url: str) -> SafeString:
    """A calculator is a program that runs in the browser and costs nothing."""
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
            "publisher": PUBLISHER,
        }
    )
