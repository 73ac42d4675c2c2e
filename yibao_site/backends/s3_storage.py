"""Uploads in S3-compatible storage, read through the site's own addresses.

So the bucket stays private, pages load nothing from another host, and a text names its pictures the same way wherever their
files are. A name says its content: any cache in front keeps the file for ever.
"""

from urllib.parse import urljoin

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class Bucket(S3Storage):
    def url(self, name, *args, **kwargs):
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name))
