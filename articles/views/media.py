"""The library's files, the cards of passed-on links and the site's logo, as readers get them. A name says its content, so a file never changes and is kept for ever."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

NAME = re.compile(
    r"pictures/[0-9a-f]{32}-\d{1,5}\.(avif|webp)|(cards|site)/[0-9a-f]{32}\.png|site/[0-9a-f]{32}-\d{1,3}x\d{1,3}\.webp"
)


@require_safe
def picture_file(request, path):
    if not NAME.fullmatch(path):
        raise Http404
    try:
        file = default_storage.open(path)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type=f"image/{path.rpartition('.')[2]}")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
