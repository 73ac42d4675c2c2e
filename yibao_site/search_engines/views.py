"""View of the file that proves to IndexNow that the key is this site's."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.crypto import constant_time_compare


def indexnow_key(request, key):
    if not settings.INDEXNOW_KEY or not constant_time_compare(key, settings.INDEXNOW_KEY):
        raise Http404
    return HttpResponse(key, content_type="text/plain; charset=utf-8")
