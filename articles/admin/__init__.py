"""The editors' office for prose."""

from articles.admin.article import ArticleAdmin
from articles.admin.category import CategoryAdmin
from articles.admin.feedback import FeedbackAdmin
from articles.admin.glossary_term import GlossaryTermAdmin
from articles.admin.old_address import OldAddressAdmin
from articles.admin.picture import PictureAdmin
from articles.admin.search import MissedSearchAdmin, SynonymAdmin
from articles.admin.tag import TagAdmin

__all__ = [
    "ArticleAdmin",
    "CategoryAdmin",
    "FeedbackAdmin",
    "GlossaryTermAdmin",
    "MissedSearchAdmin",
    "OldAddressAdmin",
    "PictureAdmin",
    "SynonymAdmin",
    "TagAdmin",
]
