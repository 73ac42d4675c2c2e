"""WXR, what WordPress exports: RSS with elements of its own, read only."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from articles import rich_text
from articles.import_export.front_matter import moment
from articles.import_export.importer import ImportProblem, Incoming
from articles.text import split_tags
from calculators.common.characters import clean, removed
from calculators.common.spreadsheets import decode_text

NAMES = {
    "content": "{http://purl.org/rss/1.0/modules/content/}encoded",
    "excerpt": "{http://wordpress.org/export/1.2/excerpt/}encoded",
    "wp": "{http://wordpress.org/export/1.2/}",
}
NUMBERED_CHARACTER = re.compile("&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));")
MAX_CODE = 0x10FFFF


def read(name: str, data: bytes) -> Iterator[Incoming]:
    """Raises ImportProblem and UnreadableTable."""
    text = NUMBERED_CHARACTER.sub(_carried, decode_text(data))
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ImportProblem(["文件里有 XML 实体声明，不能导入。"])
    try:
        root = ElementTree.fromstring(clean(text, " "))  # noqa: S314 - entity declarations are refused above
    except ElementTree.ParseError as error:
        raise ImportProblem([f"读不懂这个 XML：{error}"]) from error
    notes = [sentence] if (sentence := removed(text)) else []
    for number, item in enumerate(root.iter("item"), start=1):
        if item.findtext(f"{NAMES['wp']}post_type", "post") == "post":
            yield _from_item(f"{name} 第 {number} 条", item, notes)
            notes = []


def _carried(match):
    """The number of a character that no XML may hold becomes the character, to be taken out and told with the others."""
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if code <= MAX_CODE and removed(chr(code)) else match[0]


def _from_item(name, item, notes):
    html = item.findtext(NAMES["content"]) or ""
    body = rich_text.clean(html, line_breaks=True)
    named = {
        domain: [c.text or "" for c in item.findall("category") if c.get("domain") == domain]
        for domain in ("category", "post_tag")
    }
    front = {
        "title": (item.findtext("title") or "").strip(),
        "summary": (item.findtext(NAMES["excerpt"]) or "").strip(),
        "category": named["category"][0] if named["category"] else "",
        "tags": split_tags("、".join(named["post_tag"])),
    }
    if item.findtext(f"{NAMES['wp']}status") == "publish":
        front["published"] = moment(item.findtext(f"{NAMES['wp']}post_date") or "")
    return Incoming(name, front, body.html, [*notes, *body.notes])
