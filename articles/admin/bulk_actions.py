"""Bulk actions on articles: a category, a tag, 送审, publishing, archiving, each asked on a page of its own and reported."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.response import TemplateResponse

from articles.admin.article_form import ArticleTagField
from articles.models import MAX_TAGS_AN_ARTICLE, Article, Category, canonical
from articles.signals import collected
from articles.workflow import permissions, snapshot, steps
from calculators.common.names import identity

MAX_LISTED_REFUSALS = 20
NO_CHANGE = "本来就是这样。"


@dataclass
class BulkReport:
    """What came of a bulk action: the articles it was done to, and why it was not done to others."""

    done: list = field(default_factory=list)
    refused: list[tuple[Article, str]] = field(default_factory=list)


class CategoryForm(forms.Form):
    category = forms.ModelChoiceField(label="改成哪个栏目", queryset=Category.objects.all(), empty_label="请选择")
    goes_live = forms.BooleanField(label="已发布的马上换上（不勾，就记成修改稿）", required=False)

    def change(self, content):
        return content | {"category": self.cleaned_data["category"].pk}


class BulkTagForm(forms.Form):
    tags = ArticleTagField(label="标签", help_text="几个用“、”隔开。")
    goes_live = forms.BooleanField(label="已发布的马上换上（不勾，就记成修改稿）", required=False)


class AddTagForm(BulkTagForm):
    def change(self, content):
        names = canonical([*content["tags"], *self.cleaned_data["tags"]])
        if len(names) > MAX_TAGS_AN_ARTICLE:
            raise permissions.NotAllowed(f"加上就有 {len(names)} 个标签，一篇最多 {MAX_TAGS_AN_ARTICLE} 个。")
        return content | {"tags": names}

    @property
    def warnings(self):
        return self.fields["tags"].in_other_script


class RemoveTagForm(BulkTagForm):
    def change(self, content):
        removed = set(map(identity, self.cleaned_data["tags"]))
        return content | {"tags": [tag for tag in content["tags"] if identity(tag) not in removed]}


class BulkNoteForm(forms.Form):
    note = forms.CharField(
        label="留一句话", max_length=200, required=False, help_text="写进每一篇的流程记录，可以不写。"
    )


@dataclass(frozen=True)
class Bulk:
    """`title` asks, `done` reports; a form with `change` changes the text, else `step` is taken."""

    title: str
    done: str
    form: type[forms.Form]
    step: Callable | None = None
    for_publishers: bool = False


BULK = {
    "set_category": Bulk("改栏目", "改了栏目", CategoryForm),
    "add_tags": Bulk("加标签", "加了标签", AddTagForm),
    "remove_tags": Bulk("去掉标签", "去掉了标签", RemoveTagForm),
    "submit_many": Bulk("送审", "送审了", BulkNoteForm, steps.submit),
    "publish_many": Bulk("发布", "发布了", BulkNoteForm, steps.publish, for_publishers=True),
    "archive_many": Bulk("归档下线", "归档了", BulkNoteForm, steps.archive, for_publishers=True),
}


def _action(name, bulk):
    """An entry in the menu of actions under the list."""

    def action(model_admin, request, queryset):
        return model_admin.bulk_view(request, queryset, name)

    action.__name__ = name
    return admin.action(action, description=f"{bulk.title}…", permissions=["change"])


class BulkMixin:
    """Mixed into the admin of articles. Every article is checked and done on its own; a report tells the rest."""

    actions = [_action(name, bulk) for name, bulk in BULK.items()]

    def get_actions(self, request):
        actions = super().get_actions(request)
        if not permissions.may_publish(request.user):
            actions = {
                name: action for name, action in actions.items() if name not in BULK or not BULK[name].for_publishers
            }
        return actions

    def bulk_view(self, request, queryset, name):
        bulk = BULK[name]
        if bulk.for_publishers and not permissions.may_publish(request.user):
            raise PermissionDenied
        form = bulk.form(request.POST if "apply" in request.POST else None)
        if not permissions.may_publish(request.user):
            form.fields.pop("goes_live", None)
        if form.is_bound and form.is_valid():
            report = _do(bulk, form, queryset, request.user)
            self._tell(request, bulk, report)
            for sentence in getattr(form, "warnings", ()):
                messages.warning(request, sentence)
            return None
        context = self.admin_site.each_context(request) | {
            "title": f"{bulk.title}：{queryset.count()} 篇",
            "opts": self.opts,
            "bulk": bulk,
            "action": name,
            "form": form,
            "articles": queryset,
            "checkbox": ACTION_CHECKBOX_NAME,
            "is_archiving": name == "archive_many",
        }
        return TemplateResponse(request, "admin/articles/article/bulk.html", context)

    def _tell(self, request, bulk, report):
        if report.done:
            messages.success(request, f"{bulk.done} {len(report.done)} 篇。")
        if report.refused:
            listed = "".join(f"《{article}》{why}" for article, why in report.refused[:MAX_LISTED_REFUSALS])
            more = "……" if len(report.refused) > MAX_LISTED_REFUSALS else ""
            messages.warning(request, f"有 {len(report.refused)} 篇没有办：{listed}{more}")


def _do(bulk, form, queryset, user) -> BulkReport:
    report = BulkReport()
    for pk in list(queryset.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic(), collected():
            article = Article.objects.select_for_update().get(pk=pk)
            try:
                _do_one(bulk, form, article, user)
            except permissions.NotAllowed as refusal:
                report.refused.append((article, str(refusal)))
            else:
                report.done.append(article)
    return report


def _do_one(bulk, form, article, user):
    if not permissions.may_edit(user, article):
        raise permissions.NotAllowed("是别人的文章，你不能修改。")
    if bulk.step is not None:
        bulk.step(article, by=user, note=form.cleaned_data["note"])
        return
    content = snapshot.content_of(steps.newest(article), article)
    changed = form.change(content)
    if snapshot.same(content, changed):
        raise permissions.NotAllowed(NO_CHANGE)
    was_clean = article.is_approved and not article.edit_status
    steps.save(article, changed, by=user, reason=f"批量{bulk.title}")
    if was_clean and form.cleaned_data.get("goes_live"):
        steps.publish(article, by=user, note=f"批量{bulk.title}")
