"""The picture library as the editor of a text uses it: searched, and added to where the text is written."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from articles import pictures
from articles.models import Picture

A_PAGE = 60
MAX_TITLE_CHARACTERS = Picture._meta.get_field("title").max_length


class PictureLibraryMixin:
    """Adds library/ (GET: what is there) and upload/ (POST: one more) below the pictures, both answering in JSON."""

    def get_urls(self):
        views = {"library": require_GET(self.library), "upload": require_POST(self.upload)}
        own = [
            path(f"{name}/", self.admin_site.admin_view(view), name=f"articles_picture_{name}")
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def library(self, request):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        found, _ = self.get_search_results(request, Picture.objects.all(), request.GET.get("q", ""))
        return JsonResponse({"pictures": [_row(picture) for picture in found[:A_PAGE]]})

    def upload(self, request):
        """A file with its alternative text; the same picture once more is the one that is there."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        alt = request.POST.get("alt", "").strip()
        form = self.form({"title": alt[:MAX_TITLE_CHARACTERS], "alt": alt}, request.FILES)
        if form.is_valid():
            form.instance.uploaded_by = request.user
            pictures.store(form.instance, form.cleaned_data["upload"])
            self.log_addition(request, form.instance, "在正文里上传")
            return JsonResponse(_row(form.instance) | {"notes": form.notes})
        if form.twin:
            return JsonResponse(_row(form.twin) | {"notes": [f"图片库里已有这张图，用的是“{form.twin}”。"]})
        return JsonResponse(
            {"sentences": [str(said) for errors in form.errors.values() for said in errors]}, status=400
        )


def _row(picture):
    return {"url": picture.url, "thumbnail": picture.thumbnail, "alt": picture.alt, "title": picture.title}
