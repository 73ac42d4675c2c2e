"""Width of every public page: nothing that the sitemap names scrolls sideways on the narrowest phones."""

import re
from urllib.parse import urlsplit

WIDTHS = (320, 360)


def in_sitemap(page, path):
    return [urlsplit(found).path for found in re.findall("<loc>([^<]+)</loc>", page.request.get(path).text())]


def test_no_article_area_document_or_calculator_scrolls_sideways_at_320_or_360_pixels(open_page):
    page = open_page("/about/", viewport={"width": WIDTHS[0], "height": 800})
    addresses = {address for section in in_sitemap(page, "/sitemap.xml") for address in in_sitemap(page, section)}
    wider = {}
    for address in sorted(addresses):
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if (reached := page.evaluate("document.documentElement.scrollWidth")) > width:
                wider[address, width] = reached

    assert {address.split("/")[1] for address in addresses} >= {"articles", "areas", "documents", "calculators"}
    assert len(addresses) > 300
    assert wider == {}
