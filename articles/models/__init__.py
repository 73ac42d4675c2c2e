"""Prose: articles, what they are filed under, where they come from, and what belongs beside them."""

from articles.models.article import Article, ArticleSource
from articles.models.category import Category
from articles.models.related import RelatedArticle, RelatedChoice
from articles.models.tagging import tagged_with

__all__ = ["Article", "ArticleSource", "Category", "RelatedArticle", "RelatedChoice", "tagged_with"]
