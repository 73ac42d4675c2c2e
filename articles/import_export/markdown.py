"""Markdown with TOML front matter between +++ lines: the form articles are written, imported and exported in."""

import re
import tomllib
from dataclasses import dataclass

from markdown_it import MarkdownIt

from articles.rich_text import sanitise

FRONT_MATTER = re.compile(r"\A\ufeff?\+\+\+[ \t]*\n(.*?\n)?\+\+\+[ \t]*(?:\n|\Z)(.*)\Z", re.DOTALL)
# 〔a_b·c*d〕 must arrive letter for letter, so no emphasis is looked for inside; markup in one is no reference.
REFERENCE = re.compile(r"〔[^〔〕<>&\n]+〕")
_markdown = MarkdownIt("commonmark", {"html": True}).enable("table")


class MarkdownProblem(ValueError):
    """A text that cannot be read; the message is a Chinese sentence."""


@dataclass(frozen=True)
class Document:
    """What stands between the +++ lines, and the body as sanitised HTML."""

    front: dict
    body: str


def parse(text: str) -> Document:
    """Take a Markdown text apart. Raises MarkdownProblem."""
    match = FRONT_MATTER.match(text.replace("\r\n", "\n"))
    if not match:
        raise MarkdownProblem("开头要有两行 +++，中间写标题、栏目和标签。")
    try:
        front = tomllib.loads(match[1] or "")
    except tomllib.TOMLDecodeError as error:
        raise MarkdownProblem(f"+++ 之间的内容读不懂：{error}") from error
    return Document(front, to_html(match[2]))


def to_html(markdown: str) -> str:
    """Markdown as HTML of the elements the editor knows; anything else is dropped."""
    references = []

    def keep(match):
        references.append(match[0])
        return f"〔{len(references) - 1}〕"

    html = sanitise(_markdown.render(REFERENCE.sub(keep, markdown)))
    return re.sub(r"〔(\d+)〕", lambda match: references[int(match[1])], html).strip()
