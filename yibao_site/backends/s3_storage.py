"""Storage backend for uploads in an S3-compatible bucket that serves them under the site's own MEDIA_URL.

The bucket stays private, pages load nothing from another host, and articles name pictures the same way wherever the files
are. File names are derived from content, so any cache in front may store a file without expiry.
"""

from urllib.parse import urljoin

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class PrivateS3Storage(S3Storage):
    def url(self, name, *args, **kwargs):
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name))
