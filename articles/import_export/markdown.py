"""Markdown with TOML front matter between +++ lines: the form articles are written, imported and exported in."""

import re
import tomllib
from dataclasses import dataclass

from markdown_it import MarkdownIt

from articles.import_export.cjk_emphasis import CjkInline
from articles.import_export.footnotes import spelt_out
from articles.rich_text import Cleaned, clean

FRONT_MATTER = re.compile(r"\A\ufeff?\+\+\+[ \t]*\n(.*?\n)?\+\+\+[ \t]*(?:\n|\Z)(.*)\Z", re.DOTALL)
# 〔a_b·c*d〕 must arrive letter for letter, so no emphasis is looked for inside; markup in one is no reference.
REFERENCE = re.compile(r"〔[^〔〕<>&\n]+〕")
_markdown = MarkdownIt("commonmark", {"html": True})
_markdown.inline = CjkInline()
_markdown.configure("commonmark", {"html": True}).enable(["table", "strikethrough"])


class MarkdownProblem(ValueError):
    """A text that cannot be read; the message is a Chinese sentence."""


@dataclass(frozen=True)
class MarkdownDocument:
    """What stands between the +++ lines, the body as sanitised HTML, and what was lost on the way."""

    front: dict
    body: str
    notes: list[str]


def parse(text: str) -> MarkdownDocument:
    """Take a Markdown text apart. Raises MarkdownProblem."""
    match = FRONT_MATTER.match(text.replace("\r\n", "\n"))
    if not match:
        raise MarkdownProblem("开头要有两行 +++，中间写标题、栏目和标签。")
    try:
        front = tomllib.loads(match[1] or "")
    except tomllib.TOMLDecodeError as error:
        raise MarkdownProblem(f"+++ 之间的内容读不懂：{error}") from error
    body = to_html(match[2])
    return MarkdownDocument(front, body.html, body.notes)


def to_html(markdown: str) -> Cleaned:
    """Markdown as HTML of the elements the editor knows; anything else is dropped and noted."""
    references = []

    def keep(match):
        references.append(match[0])
        return f"〔{len(references) - 1}〕"

    cleaned = clean(_markdown.render(REFERENCE.sub(keep, spelt_out(markdown))))
    return Cleaned(_put_back(cleaned.html, references).strip(), [_put_back(note, references) for note in cleaned.notes])


def _put_back(text, references):
    return re.sub(r"〔(\d+)〕", lambda match: references[int(match[1])], text)
