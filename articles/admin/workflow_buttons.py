"""The buttons below an article: which of them a person is offered, and what each does."""

from dataclasses import dataclass

from django.utils import timezone

from articles.models import Article, Event
from articles.workflow import drafts, permissions, steps

Status, EditStatus = Article.Status, Article.EditStatus


@dataclass(frozen=True)
class WorkflowStep:
    label: str
    done: str
    css: str = ""
    page: str = ""  # the URL name of a page that asks first; without one the button of the form takes the step


STEPS = {
    "_step_submit": WorkflowStep("送审", "已送审。", "default"),
    "_step_withdraw": WorkflowStep("撤回送审", "已撤回，现在又是草稿。"),
    "_step_send_back": WorkflowStep("退回修改", "已退回。"),
    "_step_schedule": WorkflowStep("排期", "已排期，到时自动上线。"),
    "_step_unschedule": WorkflowStep("取消排期", "已取消排期。"),
    "_step_publish": WorkflowStep("发布", "已发布，读者现在看到的就是这一版。", "default"),
    "_step_discard": WorkflowStep("放弃修改稿", "已放弃修改，线上的文字没有变。"),
    "_step_reviewed": WorkflowStep("复审无误", "已记下今天的审核。"),
    "_step_archive": WorkflowStep("归档下线", "已归档，读者看不到了。", "danger", "admin:articles_article_archive"),
}


def offered(user, article) -> dict[str, WorkflowStep]:
    """The steps this person may take with this article as it is; for a new one, with `article` None."""
    wanted = _of_an_author(user, article) | (_of_a_publisher(article) if permissions.may_publish(user) else set())
    return {name: step for name, step in STEPS.items() if name in wanted}


def in_sight(offered_steps) -> dict[str, WorkflowStep]:
    """Those whose buttons stand in the bar: the way forward, and the answers to a submission. The rest is under 更多."""
    forward = next((name for name in ("_step_publish", "_step_submit") if name in offered_steps), None)
    shown = {forward, "_step_send_back", "_step_withdraw"}
    return {name: step for name, step in offered_steps.items() if name in shown}


def has_news(article) -> bool:
    """Whether publishing would show readers anything they do not see already."""
    return not (article.is_public(timezone.now()) and not article.edit_status)


def of_the_form(user, article) -> dict[str, WorkflowStep]:
    """Those that a button of the form takes at once."""
    return {name: step for name, step in offered(user, article).items() if not step.page}


def _of_an_author(user, article):
    if article is None:
        return {"_step_submit"}
    names = {"_step_discard"} if article.edit_status else set()
    names |= {"_step_withdraw"} if drafts.may_withdraw(user, article) else set()
    fresh = article.is_approved and not article.edit_status
    return names | ({"_step_submit"} if fresh or steps.stage(article) == Status.DRAFT else set())


def _of_a_publisher(article):
    names = {"_step_publish", "_step_schedule"}
    if article is None:
        return names
    now = timezone.now()
    public = article.is_public(now)
    waiting = article.status == Status.SCHEDULED and not public
    conditions = {
        "_step_send_back": steps.stage(article) == Status.REVIEW,
        "_step_unschedule": waiting or article.edit_status == EditStatus.SCHEDULED,
        "_step_reviewed": public and not article.edit_status,
        "_step_archive": article.is_approved,
    }
    return names | {name for name, holds in conditions.items() if holds}


def done(name, event) -> str:
    """What happened: a moment that passed while the form was on its way is no schedule any more."""
    went_live = event.kind in {Event.Kind.PUBLISHED, Event.Kind.UPDATED}
    return STEPS["_step_publish" if went_live else name].done


def take(name, article, *, by, note, when):
    """Take one step; returns its event. Raises workflow.NotAllowed."""
    if name == "_step_schedule":
        return steps.schedule(article, when, by=by, note=note)
    functions = {
        "_step_submit": steps.submit,
        "_step_withdraw": drafts.withdraw,
        "_step_send_back": steps.send_back,
        "_step_unschedule": steps.unschedule,
        "_step_publish": steps.publish,
        "_step_discard": steps.discard,
        "_step_reviewed": steps.mark_reviewed,
        "_step_archive": steps.archive,
    }
    return functions[name](article, by=by, note=note)
