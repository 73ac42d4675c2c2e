"""Zip archive of a backup: written beside its final name, verified, then renamed, so that a file of that name is complete."""

import hashlib
import io
import json
import logging
import struct
import zipfile
import zlib
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone

from yibao_site.backup.rows import applied_migrations, models_at, read_snapshot, table_lines

FORMAT_VERSION = 1
logger = logging.getLogger(__name__)
CHUNK_BYTES = 1 << 20  # read at once
MANIFEST_NAME = "manifest.json"
# Errors of zipfile on damaged bytes, each from another field of its headers.
UNREADABLE_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    LookupError,
    ValueError,
    EOFError,
    OSError,
    RuntimeError,
)


class DamagedBackup(Exception):
    """The archive differs from its checksums."""


def write_backup(path: Path) -> dict:
    """Back the site up to `path`; returns the manifest."""
    partial = path.with_suffix(".partial")
    path.parent.mkdir(parents=True, exist_ok=True)
    partial.touch(0o600)  # password hashes and second factors are in it
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            manifest = _fill(archive)
        verify_backup(partial)
        partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def verify_backup(path: Path) -> dict:
    """Read every byte of a backup and return its manifest. Raises DamagedBackup."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive)
            for name, entry in manifest["files"].items():
                if sha256(iter_bytes(archive, name)) != entry["sha256"]:
                    raise DamagedBackup(f"{name} 与清单不符")
    except UNREADABLE_ERRORS as error:
        raise DamagedBackup(f"{path.name} 读不出来：{error}") from error
    return manifest


def iter_bytes(archive, name):
    with archive.open(name) as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def media_names(folder=""):
    """Names of all uploads in the storage, sorted."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(folders):
        yield from media_names(f"{folder}{name}/")


def _fill(archive):
    files = {}
    with read_snapshot():
        migrations = applied_migrations()
        for model in models_at(migrations):
            files[f"tables/{model._meta.db_table}.jsonl"] = _add(
                archive, f"tables/{model._meta.db_table}.jsonl", table_lines(model)
            )
    # After the rows: a file that a row names was stored before the row was.
    for name in media_names():
        try:
            file = default_storage.open(name)
        except FileNotFoundError:
            logger.warning("the upload %s was deleted while the backup was written: it is not in it", name)
            continue
        with file:
            files[f"media/{name}"] = _add(archive, f"media/{name}", file.chunks())
    manifest = {"format": FORMAT_VERSION, "made": timezone.now().isoformat(), "migrations": migrations, "files": files}
    text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    archive.writestr(MANIFEST_NAME, text)
    archive.comment = hashlib.sha256(text).hexdigest().encode()
    return manifest


def _add(archive, name, chunks):
    digest, count = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as file:
        for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
            count += 1
    return {"sha256": digest.hexdigest(), "pieces": count}


def _manifest(archive):
    text = archive.read(MANIFEST_NAME)
    if hashlib.sha256(text).hexdigest().encode() != archive.comment:
        raise DamagedBackup("清单与它的校验和不符")
    manifest = json.load(io.BytesIO(text))
    if manifest["format"] != FORMAT_VERSION:
        raise DamagedBackup(f"这一版只读第 {FORMAT_VERSION} 种格式")
    return manifest


def sha256(chunks):
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()
