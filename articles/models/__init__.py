"""Prose: articles, what they are filed under, where they come from, and what belongs beside them."""

from articles.models.article import Article, ArticleSource
from articles.models.category import Category
from articles.models.correction import Correction
from articles.models.embedding import ArticleVector
from articles.models.feedback import Feedback
from articles.models.glossary_term import GlossaryTerm
from articles.models.page_parts import ArticlePage, ArticleRendition, PageKeyChange
from articles.models.picture import Picture
from articles.models.redirect import OldAddress
from articles.models.related import RelatedArticle, RelatedChoice
from articles.models.related_profile import ArticleProfile
from articles.models.search import MissedSearch, SearchRow, Synonym
from articles.models.tag import MAX_TAG_LENGTH, MAX_TAGS_AN_ARTICLE, TagPage, canonical, in_other_script, meant
from articles.models.tags_text import tagged_with
from articles.models.version import Event, Version

__all__ = [
    "MAX_TAGS_AN_ARTICLE",
    "MAX_TAG_LENGTH",
    "Article",
    "ArticlePage",
    "ArticleProfile",
    "ArticleRendition",
    "ArticleSource",
    "ArticleVector",
    "Category",
    "Correction",
    "Event",
    "Feedback",
    "GlossaryTerm",
    "MissedSearch",
    "OldAddress",
    "PageKeyChange",
    "Picture",
    "RelatedArticle",
    "RelatedChoice",
    "SearchRow",
    "Synonym",
    "TagPage",
    "Version",
    "canonical",
    "in_other_script",
    "meant",
    "tagged_with",
]
