"""The form of an article: it shows the newest version, and saving it makes the next one."""

from django.contrib import messages
from django.utils import timezone

from articles.admin import workflow_buttons
from articles.admin.inlines import ContentInline
from articles.admin.writing import form_layout
from articles.admin.writing.plain_choices import PlainChoicesMixin
from articles.fields import DIRECT_FIELDS
from articles.models import Article
from articles.signals import collected
from articles.workflow import conflicts, drafts, permissions, snapshot, steps, style_guide
from calculators.models import FormOpening


class WritingMixin(PlainChoicesMixin):
    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or permissions.may_edit(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed or (obj is not None and drafts.may_delete(request.user, obj))

    def get_object(self, request, object_id, from_field=None):
        article = super().get_object(request, object_id, from_field)
        if article is None or not self._is_form(request) or request.method == "POST":
            return article
        return self._with_newest_text(request, article)

    @staticmethod
    def _is_form(request):
        return request.resolver_match.url_name == "articles_article_change"

    def _with_newest_text(self, request, article):
        """Show the newest version, else the row."""
        version = steps.newest(article)
        article.stored_title = article.title
        article.base = version.number if version else 0
        article.unread_parts = snapshot.unread_parts(version)
        article.content_shown = snapshot.content_of(version, article)
        snapshot.show_in(article, article.content_shown)
        return article

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.conflict, form.steps = getattr(request, "conflict", None), workflow_buttons.of_the_form(request.user, obj)
        return form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, ContentInline) and request.method != "POST":
            given["initial"] = inline.initial(obj)
        return given

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with collected():
            # Locked from the look for a conflict to the save: of two who post at once, the second sees the first's text.
            rows = self.model.objects.select_for_update()
            article = rows.filter(pk=object_id).first() if str(object_id).isdecimal() else None
            conflict = conflicts.find(article, request.POST) if article else None
            if conflict:
                request.conflict, request.POST = conflict, conflicts.merged_post(request.POST, conflict)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.author, obj.status = request.user, Article.Status.DRAFT
            super().save_model(request, obj, form, change)
            return
        direct = {name: getattr(obj, name) for name in DIRECT_FIELDS if name in form.changed_data}
        if direct:
            self.model.objects.filter(pk=obj.pk).update(**direct)

    def save_related(self, request, form, formsets, change):
        for formset in formsets:
            formset.save()
        article = self.model.objects.get(pk=form.instance.pk)
        content = snapshot.from_post(request.POST) | {"tags": list(form.cleaned_data.get("tags", []))}
        note = form.cleaned_data.get("note", "")
        steps.save(article, content, by=request.user, reason=note)
        for sentence in form.fields["tags"].in_other_script if "tags" in form.fields else ():
            messages.warning(request, sentence)
        self._take_step(request, article, note, form.cleaned_data.get("when"))

    def _take_step(self, request, article, note, when):
        name = next((name for name in workflow_buttons.STEPS if name in request.POST), None)
        if name is None:
            return
        try:
            event = workflow_buttons.take(name, article, by=request.user, note=note, when=when)
        except permissions.NotAllowed as refusal:
            messages.warning(request, f"文字已经保存。{refusal}")
        else:
            messages.success(request, workflow_buttons.done(name, event))

    def construct_change_message(self, request, form, formsets, add=False):
        return super().construct_change_message(request, form, [], add)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        offered = workflow_buttons.offered(request.user, obj if change else None)
        in_sight = workflow_buttons.in_sight(offered)
        context |= {
            "steps": offered,
            "steps_in_sight": in_sight,
            "steps_in_menu": {name: step for name, step in offered.items() if name not in in_sight},
            "sections": form_layout.sections(context["adminform"], context["inline_admin_formsets"]),
            "conflict": getattr(request, "conflict", None),
            "now": timezone.now(),
            "style_hints": style_hints(obj) if change else [],
            "status_in_bar": True,
            "has_news": not change or workflow_buttons.has_news(obj),
        }
        if change:
            others = FormOpening.objects.typing(self.opts.label_lower, obj.pk, timezone.now())
            context |= {"newest_version": steps.newest(obj), "others_typing": others.exclude(user=request.user)}
        return super().render_change_form(request, context, add, change, form_url, obj)


def style_hints(article):
    """编辑规范 on the text the form was opened with; a form that comes back with errors has enough to say."""
    content = getattr(article, "content_shown", None)
    return style_guide.hints(content, timezone.localdate()) if content else []
