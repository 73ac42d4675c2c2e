"""WXR files as WordPress writes them."""

from datetime import UTC, datetime, timedelta

LATER = datetime.now(UTC) + timedelta(days=30)
EXPORT = "http://wordpress.org/export"
PUBLISHED = {"post_type": "post", "status": "publish", "post_date": "2024-05-06 07:08:09", "post_password": ""}


def item(title, *, body="正文。", excerpt="", more="", categories=("健康新闻",), tags=(), link="", **elements):
    """One item as WordPress writes it; an element given as None is left out."""
    named = "".join(
        f"<wp:{name}>{text}</wp:{name}>" for name, text in (PUBLISHED | elements).items() if text is not None
    )
    terms = "".join(
        f'<category domain="{domain}" nicename="x"><![CDATA[{name}]]></category>'
        for domain, names in (("category", categories), ("post_tag", tags))
        for name in names
    )
    return (
        f"<item><title>{title}</title><link>{link}</link>{terms}"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>{named}{more}</item>"
    )


def wxr(*items, version="1.2"):
    return (
        '<?xml version="1.0" encoding="UTF-8" ?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        f' xmlns:excerpt="{EXPORT}/{version}/excerpt/" xmlns:wp="{EXPORT}/{version}/"><channel><title>旧站</title>'
        f"<wp:wxr_version>{version}</wp:wxr_version>{''.join(items)}</channel></rss>"
    ).encode()
