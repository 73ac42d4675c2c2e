"""Model admin of the picture library: upload, alternative text, picker, and where a picture is used."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from articles import pictures
from articles.admin.writing.picture_library import PictureLibraryMixin
from articles.models import Picture
from articles.workflow import permissions
from calculators.admin_forms import OfficeForm


class PictureForm(forms.ModelForm):
    upload = forms.FileField(
        label="图片文件", widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"})
    )

    class Meta:
        model = Picture
        fields = ["title", "alt", "credit"]

    twin = None  # the picture that is there already

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.notes = []
        if self.instance.pk and "upload" in self.fields:
            del self.fields["upload"]

    def clean_upload(self):
        image = pictures.opened(self.cleaned_data["upload"], self.notes)
        self.twin = Picture.objects.filter(stem=pictures.stem_of(image)).first()
        if self.twin:
            restored = "它丢了的文件补上了。" if pictures.write_missing_files(self.twin, image) else ""
            raise ValidationError(f"图片库里已有这张图：“{self.twin}”。{restored}")
        return image


@admin.register(Picture)
class PictureAdmin(PictureLibraryMixin, OfficeForm, admin.ModelAdmin):
    form = PictureForm
    list_display = ["preview", "title", "alt", "size", "uploaded_by", "uploaded_at"]
    list_display_links = ["preview", "title"]
    list_select_related = ["uploaded_by"]
    search_fields = ["title", "alt", "credit"]
    readonly_fields = ["preview", "size", "where_used"]

    class Media:
        css = {"all": ["articles/office.css"]}

    def get_fields(self, request, obj=None):
        known = ["title", "alt", "credit"]
        return ["preview", *known, "size", "where_used"] if obj else ["upload", *known]

    def save_model(self, request, obj, form, change):
        if change:
            obj.save()
        else:
            obj.uploaded_by = request.user
            pictures.store(obj, form.cleaned_data["upload"])
        for note in form.notes:
            messages.warning(request, note)

    def has_change_permission(self, request, obj=None):
        """The words of a picture show at once in the articles that have it: where one is public, they are the publishers'."""
        return super().has_change_permission(request, obj) and (
            obj is None or permissions.may_publish(request.user) or not obj.used_in().approved().exists()
        )

    def has_delete_permission(self, request, obj=None):
        """A picture in use, now or in a version that may be restored, stays."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.used_in().exists())

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.display(description="图")
    def preview(self, picture):
        return format_html('<img class="thumbnail" src="{}" alt="{}">', picture.thumbnail, picture.alt)

    @admin.display(description="像素")
    def size(self, picture):
        return f"{picture.width}×{picture.height}"

    @admin.display(description="用在")
    def where_used(self, picture):
        links = ((reverse("admin:articles_article_change", args=[a.pk]), a.title) for a in picture.used_in())
        return format_html_join("、", '<a href="{}">{}</a>', links) or "还没有文章用它，可以删除。"
