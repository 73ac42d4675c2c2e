"""Prose: articles, what they are filed under, where they come from, and what belongs beside them."""

from articles.models.article import Article, ArticleSource
from articles.models.category import Category
from articles.models.related import RelatedArticle, RelatedChoice

__all__ = ["Article", "ArticleSource", "Category", "RelatedArticle", "RelatedChoice"]
