"""Markdown with front matter: TOML between +++ lines, as articles are written and exported, or YAML between --- lines."""

import re
import tomllib
from dataclasses import dataclass

from markdown_it import MarkdownIt

from articles.import_export.cjk_emphasis import CjkInline
from articles.import_export.footnotes import spelt_out
from articles.rich_text import Cleaned, clean
from calculators.common.characters import clean_within, removed, texts_within
from calculators.common.lazy_module import LazyModule

yaml_mapping = LazyModule("articles.import_export.yaml_mapping")
YAML_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)(.*)\Z", re.DOTALL)
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
    """The front matter, the body as sanitised HTML, and what was lost on the way."""

    front: dict
    body: str
    notes: list[str]
    is_yaml: bool = False


def parse(text: str) -> MarkdownDocument:
    """Take a Markdown text apart. Raises MarkdownProblem."""
    try:
        return _parse(text.replace("\r\n", "\n"))
    except RecursionError as error:
        raise MarkdownProblem("开头的内容套得太深，读不懂。") from error


def _parse(text):
    if match := YAML_FRONT_MATTER.match(text):
        return _document(_yaml(match[1] or ""), match[2], is_yaml=True)
    if match := FRONT_MATTER.match(text):
        return _document(_toml(match[1] or ""), match[2], is_yaml=False)
    raise MarkdownProblem("开头要有两行 +++ 或两行 ---，中间写标题、栏目和标签。")


def _toml(written):
    try:
        return tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        raise MarkdownProblem(f"+++ 之间的内容读不懂：{error}") from error


def _yaml(written):
    try:
        return yaml_mapping.read_mapping(written)
    except yaml_mapping.YamlProblem as error:
        raise MarkdownProblem(f"--- 之间的内容读不懂：{error}") from error


def _document(front, markdown, *, is_yaml):
    """TOML and YAML may spell in quotes what no row can hold: "\\u0007", "\\ud800"."""
    body = to_html(markdown)
    escaped = [sentence for text in texts_within(front) if (sentence := removed(text))]
    return MarkdownDocument(clean_within(front), body.html, [*escaped, *body.notes], is_yaml)


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
