"""WXR, what WordPress exports: RSS with elements of its own, read only and by local names, as each version has other namespaces.

What is missing or unknown is never taken for permission: only what says that it is a post, published and without a
password comes in public. Everything that stays behind is a row of the report.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from urllib.parse import unquote
from xml.etree import ElementTree

from articles import rich_text
from articles.import_export.front_matter import moment
from articles.import_export.importer import ImportProblem, ImportResult, Incoming
from articles.import_export.site_makers import SLUG, further_categories, labels
from articles.models import MAX_TAGS_AN_ARTICLE
from articles.text import excerpt, split_tags
from calculators.common.characters import clean, removed
from calculators.common.spreadsheets import decode_text

NUMBERED_CHARACTER = re.compile("&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));")
MAX_CODE = 0x10FFFF
# [gallery ids="1,2"]: what WordPress or a plugin puts in its place; one that only closes another is not counted.
SHORTCODE = re.compile(
    r"\[(?:gallery|caption|wp_caption|embed|audio|video|playlist)\b[^\[\]<>]{0,500}\]"
    r"|\[[a-z][\w-]{1,40} [^\[\]<>=]{0,100}=[^\[\]<>]{0,500}\]"
)
UNTITLED_CHARACTERS = 30  # of the text that stand for a title
MAX_NAMES = 4 * MAX_TAGS_AN_ARTICLE
SKIPPED_TYPES = {
    "page": "页面",
    "attachment": "附件",
    "nav_menu_item": "菜单项",
    "revision": "旧版本",
    "wp_block": "可重用区块",
    "wp_navigation": "导航",
    "custom_css": "样式",
    "": "没有写明种类的条目",
}
SKIPPED_STATUSES = {"trash": "回收站里的文章", "auto-draft": "没有存过的草稿", "inherit": "旧版本"}
DRAFT_STATUSES = {
    "draft": "原来是草稿",
    "pending": "原来待审",
    "private": "原来是私密文章",
    "": "没有写明状态",
}


def read(name: str, data: bytes) -> Iterator[Incoming | ImportResult]:
    """Raises ImportProblem and UnreadableTable."""
    text = NUMBERED_CHARACTER.sub(_carried, decode_text(data))
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ImportProblem(["文件里有 XML 实体声明，不能导入。"])
    try:
        root = ElementTree.fromstring(clean(text, " "))  # noqa: S314 - entity declarations are refused above
    except ElementTree.ParseError as error:
        raise ImportProblem([f"读不懂这个 XML：{error}"]) from error
    items = [element for element in root.iter() if _local(element) == "item"]
    if not items:
        raise ImportProblem(["这个 XML 里没有文章（item）：要 WordPress“导出”得到的文件。"])
    notes = [sentence] if (sentence := removed(text)) else []
    for number, item in enumerate(items, start=1):
        yield _from_item(f"{name} 第 {number} 条", item, notes)
        notes = []


def _carried(match):
    """The number of a character that no XML may hold becomes the character, to be taken out and told with the others."""
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if code <= MAX_CODE and removed(chr(code)) else match[0]


def _local(element):
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def _texts(item) -> dict[str, str]:
    """The text of each child by its local name, the first of several. Of the two `encoded` the excerpt goes by that name."""
    texts = {}
    for child in item:
        is_excerpt = _local(child) == "encoded" and "excerpt" in child.tag
        texts.setdefault("excerpt" if is_excerpt else _local(child), (child.text or "").strip())
    return texts


def _from_item(name, item, notes):
    texts = _texts(item)
    kind, status = texts.get("post_type", ""), texts.get("status", "")
    left_out = SKIPPED_TYPES.get(kind, f"“{kind}”类内容") if kind != "post" else SKIPPED_STATUSES.get(status)
    if left_out:
        title = f"《{texts['title']}》" if texts.get("title") else ""
        return ImportResult(name, done="跳过", notes=[*notes, f"{title}是{left_out}，没有导入。"])
    if not texts.get("encoded"):
        return ImportResult(name, done="跳过", notes=[*notes, f"《{texts.get('title', '')}》没有正文，没有导入。"])
    body = rich_text.clean(texts["encoded"], line_breaks=True)
    published, told = _publication(status, texts)
    title = texts.get("title", "")
    if not title:
        title, published, told = (
            excerpt(body.html, UNTITLED_CHARACTERS),
            {},
            ["没有标题，拿正文的开头作标题，作为草稿导入。"],
        )
    named = _named(item)
    others = further_categories(named["category"], told)
    slug = _slug(texts, told)
    front = {
        "title": title,
        "slug": slug,
        "summary": texts.get("excerpt", ""),
        "category": named["category"][0] if named["category"] else "",
        "tags": split_tags("、".join([*named["post_tag"], *others])),
    } | published
    told += [*_left_behind(item, texts), *body.notes]
    address = [texts["link"]] if published and texts.get("link") else []  # what was not public has no readers' links
    return Incoming(name, front, body.html, [*notes, *told], labels(), address)


def _slug(texts, told):
    """WordPress's own name of the address, where it can be one here."""
    slug = unquote(texts.get("post_name", "")).lower()
    if not slug or SLUG.fullmatch(slug):
        return slug
    told.append(f"原来的网址名“{slug}”不是字母、数字和连字符，由标题的拼音生成。")
    return ""


def _named(item):
    """The names of the item's categories and tags, each once; of far too many enough to be refused for."""
    terms = [element for element in item if _local(element) == "category"]
    named = {
        domain: dict.fromkeys(
            term.text.strip() for term in terms if term.get("domain") == domain and term.text and term.text.strip()
        )
        for domain in ("category", "post_tag")
    }
    return {domain: list(names)[:MAX_NAMES] for domain, names in named.items()}


def _publication(status: str, texts: Mapping[str, str]) -> tuple[dict, list[str]]:
    """When it is public, in front matter; nothing where it is not, with the reason."""
    if texts.get("post_password"):
        return {}, ["原来有密码，作为草稿导入。"]
    if status not in {"publish", "future"}:
        return {}, [f"{DRAFT_STATUSES.get(status, f'不认识原来的状态“{status}”')}，作为草稿导入。"]
    day = _day(texts)
    if not isinstance(day, datetime):
        return {}, ["没有读得懂的发布时间，作为草稿导入。"]
    if status == "future" and day.astimezone() <= datetime.now(UTC):
        return {}, ["原来定时发布，时间已经过了而没有发布，作为草稿导入。"]
    return {"published": day}, ["原来定时发布，到时自动上线。"] if status == "future" else []


def _day(texts):
    """The moment in world time where it is told, else the blog's own, as ours."""
    world = moment(texts.get("post_date_gmt", ""))
    return world.replace(tzinfo=UTC) if isinstance(world, datetime) else moment(texts.get("post_date", ""))


def _left_behind(item, texts):
    """What an article of ours has no place for."""
    if comments := sum(_local(element) == "comment" for element in item):
        yield f"{comments} 条评论没有导入。"
    if texts.get("is_sticky") == "1":
        yield "原来置顶，本站没有置顶。"
    if codes := len(SHORTCODE.findall(texts.get("encoded", ""))):
        yield f"正文里有 {codes} 处 WordPress 短代码（如 [gallery]），本站不认识，原样留着，请改掉。"
