"""Article form: its fields and checks, each error a Chinese sentence beside its field."""

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.urls import resolve, reverse
from django.utils import timezone
from taggit.forms import TagField, TagWidget

from articles.figures import resolving
from articles.models import MAX_TAG_LENGTH, MAX_TAGS_AN_ARTICLE, Article, OldAddress, canonical, in_other_script
from articles.rich_text import picture_problems, sanitise
from articles.workflow import snapshot
from articles.workflow.steps import NO_REASON

PAGE_ADDRESSES = {"page", "about"}  # names of the addresses at which pages (单页) stand
NOTE_HELP = "写进历史，也写给审核的人看，如“按京医保发〔2026〕1号更新起付线”。"


class ArticleTagField(TagField):
    """Names separated by ，、；, ; or new lines; spaces inside a name stay, synonyms become their tag."""

    in_other_script = ()
    widget = TagWidget(attrs={"class": "vLargeTextField", "autocomplete": "off"})

    def clean(self, value):
        names = super().clean(value)
        if len(names) > MAX_TAGS_AN_ARTICLE:
            raise forms.ValidationError(f"标签太多：一篇最多 {MAX_TAGS_AN_ARTICLE} 个。")
        too_long = [name for name in names if len(name) > MAX_TAG_LENGTH]
        if too_long:
            raise forms.ValidationError(
                f"标签最多 {MAX_TAG_LENGTH} 个字：“{too_long[0][:MAX_TAG_LENGTH]}…”。漏了顿号吗？"
            )
        names = canonical(names)
        self.in_other_script = in_other_script(names)  # a field of this form alone: forms copy their fields
        return names


class ArticleForm(forms.ModelForm):
    """The newest text of an article; `base` is the version it was opened with, `conflict` what was saved meanwhile."""

    base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(label="修改说明", max_length=200, required=False, help_text=NOTE_HELP)
    when = forms.SplitDateTimeField(
        label="排期上线", required=False, widget=AdminSplitDateTime, help_text="点“排期”时用：到了这一刻自动上线。"
    )
    conflict = None
    steps = {}

    class Meta:
        model = Article
        fields = "__all__"  # noqa: DJ007 - the admin's fieldsets choose
        field_classes = {"tags": ArticleTagField}
        widgets = {
            "tags": ArticleTagField.widget,
            "title": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "summary": forms.Textarea(attrs={"class": "vLargeTextField", "rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        shown = getattr(self.instance, "content_shown", None)
        if "tags" in self.fields:
            self.fields["tags"].widget.attrs["data-suggestions"] = reverse("admin:articles_article_tags")
        if shown is not None:
            self.initial |= snapshot.initial(shown) | {"base": self.instance.base}

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        former = OldAddress.objects.filter(path=f"/articles/{slug}/").exclude(article=self.instance.pk).first()
        if slug and former:
            raise forms.ValidationError(f"这个网址曾是《{former.target}》的，读者还会从那里来，请换一个。")
        return slug

    def _problem_of_page_address(self):
        """A page stands directly below the root, where other addresses are taken."""
        category, slug = self.cleaned_data.get("category"), self.cleaned_data.get("slug")
        if category and category.holds_pages and slug and resolve(f"/{slug}/").url_name not in PAGE_ADDRESSES:
            yield "slug", f"/{slug}/ 已经是网站自己的页面，单页要用别的网址名。"

    def clean_summary(self):
        return self._without_unknown_figures("summary")

    def clean_body(self):
        self.cleaned_data["body"] = sanitise(self.cleaned_data["body"])
        body = self._without_unknown_figures("body")
        problems = picture_problems(body)
        if problems:
            raise forms.ValidationError(problems)
        return body

    def _without_unknown_figures(self, name):
        text = self.cleaned_data[name]
        problems = resolving.problems(text, timezone.localdate())
        if problems:
            raise forms.ValidationError(problems)
        return text

    def clean(self):
        super().clean()
        if self.conflict:
            raise forms.ValidationError(
                "你打开以后，别人保存过这篇文章。两边的文字都在下面，核对后再点一次保存，就以你的为准。"
            )
        for name, sentence in (*self._problem_of_page_address(), *self._problems_of_moments(timezone.now())):
            self.add_error(name, sentence)
        if "_step_send_back" in self.data and not self.cleaned_data.get("note", "").strip():
            self.add_error("note", NO_REASON)
        refused = [name for name in self.data if name.startswith("_step_") and name not in self.steps]
        if refused:
            raise forms.ValidationError("现在不能做这一步：文章的状态变了，或者你没有这个权限。")

    def _problems_of_moments(self, now):
        """Fields and sentences: a schedule lies ahead, and an article goes down after it went up."""
        begins, ends = self._begins(), self.cleaned_data.get("unpublish_at")
        if "_step_schedule" in self.data and "when" not in self.errors:
            if begins is None:
                yield "when", "排期要写明上线的日期和时间。"
            elif begins <= now:
                yield "when", "这个时间已经过去了。要马上上线请点“发布”，要排期请写以后的时间。"
        if ends and ends <= now and "unpublish_at" in self.changed_data:
            yield "unpublish_at", "这个时间已经过去了。要马上下线请点“归档下线”，不下线就留空。"
        elif ends and begins and ends <= begins:
            yield "unpublish_at", f"下线要晚于上线：{timezone.localtime(begins):%Y-%m-%d %H:%M} 才上线，读者会看不到。"

    def _begins(self):
        """When the text goes up: as scheduled now, or before where no step is taken."""
        if "_step_schedule" in self.data:
            return self.cleaned_data.get("when")
        return None if "_step_publish" in self.data else self.instance.published_at
