"""Permissions of the workflow: who may edit which article and who may publish; what a step demands, or raises NotAllowed."""

from django.db.models import Q

from articles.models import Article
from calculators.models import PolicyDocument


class NotAllowed(Exception):
    """A step this person, or this state of the article, does not permit; the message is a Chinese sentence."""


def may_edit(user, article) -> bool:
    own = article.author_id in {None, user.pk}
    return user.has_perm("articles.change_article") and (own or user.has_perm("articles.edit_any_article"))


def editable_by(user):
    """Whether this person may edit every article or none, or which of them: `may_edit` as a condition on many."""
    if not user.has_perm("articles.change_article"):
        return False
    own = Q(author=None) | Q(author=user)
    return user.has_perm("articles.edit_any_article") or Article.objects.filter(own)


def may_publish(user) -> bool:
    return user.has_perm("articles.publish_article")


def demand_publisher(by) -> None:
    """`by` is None where the clock takes the step."""
    if by is not None and not may_publish(by):
        raise NotAllowed("作者不能自己发布，请送审。")


def demand_accepted_sources(content) -> None:
    """What readers see rests on documents that a policy manager has accepted."""
    cited = [source["document"] for source in content["sources"]]
    proposed = PolicyDocument.objects.proposals().filter(pk__in=cited).values_list("title", flat=True)
    if titles := "、".join(f"《{title}》" for title in proposed):
        raise NotAllowed(f"来源{titles}还在等政策管理员采用，采用以后才能发布。")
