"""Restore of a backup into an empty database and storage; every row is read back and compared."""

import zipfile
from pathlib import Path, PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.files.utils import validate_file_name
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from yibao_site.backup.archive import DamagedBackup, media_names, sha256, verify_backup
from yibao_site.backup.rows import delete_all_rows, insert_rows, models_at, set_sequences, table_lines

MAX_NAME_BYTES = 255  # of a file in every usual file system


class TargetNotEmpty(Exception):
    """The database or the uploads folder is not empty; a restore overwrites nothing."""


class NewerBackup(Exception):
    """The backup was made by a newer version of the site."""


class RestoreMismatch(Exception):
    """A restored table differs from the backup; its rows were rolled back."""


def restore_backup(path: Path) -> dict:
    """Fill the empty database and uploads from `path`; returns the manifest.

    Raises DamagedBackup, NewerBackup or TargetNotEmpty before it writes anything.
    """
    manifest = verify_backup(path)
    models = _tables(manifest)
    _check_media_names(manifest)
    _refuse_unless_empty()
    MigrationExecutor(connection).migrate(_last(manifest["migrations"]))
    with zipfile.ZipFile(path) as archive:
        _restore_tables(archive, manifest, models)
        _restore_media(archive, manifest)
    call_command("migrate", verbosity=0)
    return manifest


def _tables(manifest):
    """Name in the archive → model; NewerBackup where this version lacks a migration or a table of the backup."""
    known = MigrationExecutor(connection).loader.graph.nodes
    if missing := [".".join(node) for node in manifest["migrations"] if tuple(node) not in known]:
        raise NewerBackup(f"没有迁移 {missing[0]}")
    models = {f"tables/{model._meta.db_table}.jsonl": model for model in models_at(manifest["migrations"])}
    if models.keys() != {name for name in manifest["files"] if name.startswith("tables/")}:
        raise NewerBackup("表不一样")
    return models


def _check_media_names(manifest):
    """DamagedBackup where the storage would refuse an upload's name or change it: no row is written before that is known."""
    for name in manifest["files"]:
        if name.startswith("tables/"):
            continue
        upload = name.removeprefix("media/")
        if not name.startswith("media/"):
            raise NewerBackup(f"不认识 {name}")
        try:
            validate_file_name(upload, allow_relative_path=True)
        except SuspiciousFileOperation as error:
            raise DamagedBackup(f"{upload} 不是上传文件的名字") from error
        if len(PurePosixPath(upload).name.encode()) > MAX_NAME_BYTES or upload != PurePosixPath(upload).as_posix():
            raise DamagedBackup(f"{upload[:40]} 不是上传文件的名字")


def _last(migrations):
    """The last migration of each app: asking for an earlier one would migrate back to it."""
    return list({app: (app, name) for app, name in sorted(map(tuple, migrations))}.values())


def _refuse_unless_empty():
    if tables := connection.introspection.table_names():
        raise TargetNotEmpty(f"数据库里已有 {len(tables)} 张表")
    if (first := next(media_names(), None)) is not None:
        raise TargetNotEmpty(f"上传文件夹里已有 {first}")


def _restore_tables(archive, manifest, models):
    with connection.constraint_checks_disabled(), transaction.atomic():
        delete_all_rows(models.values())
        for name, model in models.items():
            with archive.open(name) as file:
                insert_rows(model, file)
        set_sequences(models.values())
        connection.check_constraints()
        for name, model in models.items():
            if sha256(table_lines(model)) != manifest["files"][name]["sha256"]:
                raise RestoreMismatch(name)


def _restore_media(archive, manifest):
    for name in manifest["files"]:
        if name.startswith("media/"):
            with archive.open(name) as file:
                stored = default_storage.save(name.removeprefix("media/"), File(file))
            if stored != name.removeprefix("media/"):
                raise TargetNotEmpty(f"上传文件夹里已有 {name.removeprefix('media/')}")
