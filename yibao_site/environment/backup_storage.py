"""Storage of scheduled backups from BACKUP_TO: a folder, or s3://bucket/prefix at MEDIA_ENDPOINT."""

from urllib.parse import urlsplit


def backup_storage(place: str, endpoint: str | None) -> dict:
    """An entry of STORAGES. Files are for their owner only: password hashes and second factors are in them."""
    address = urlsplit(place)
    if address.scheme == "s3":
        options = {"bucket_name": address.netloc, "location": address.path.strip("/"), "endpoint_url": endpoint}
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options | {"file_overwrite": False}}
    options = {"location": place, "file_permissions_mode": 0o600}
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
