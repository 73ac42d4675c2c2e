"""The editors' office for prose."""

from articles.admin.article import ArticleAdmin
from articles.admin.category import CategoryAdmin

__all__ = ["ArticleAdmin", "CategoryAdmin"]
