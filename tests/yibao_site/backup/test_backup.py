import json
import random
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article, ArticleRendition, Category
from yibao_site.backup import archive, rows
from yibao_site.backup.archive import DamagedBackup, verify_backup, write_backup
from yibao_site.backup.restore import NewerBackup, TargetNotEmpty, restore_backup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    default_storage.save("图/一.txt", ContentFile(b"an upload"))


@pytest.fixture
def backup(tmp_path):
    path = tmp_path / "backup.zip"
    write_backup(path)
    return path


def test_a_backup_holds_every_row_every_upload_and_only_its_owner_reads_it(backup):
    manifest = verify_backup(backup)

    assert manifest["files"]["tables/auth_group.jsonl"]["pieces"] == Group.objects.count()
    assert "media/图/一.txt" in manifest["files"]
    assert backup.stat().st_mode & 0o777 == 0o600


def test_an_unfinished_backup_does_not_get_the_final_file_name(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "media_names", lambda: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        write_backup(tmp_path / "backup.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["media"]


def test_any_changed_byte_of_a_backup_is_detected_or_changes_no_content(backup):
    whole, manifest = backup.read_bytes(), verify_backup(backup)
    chance = random.Random(1)  # noqa: S311 - no secret
    for place in chance.sample(range(len(whole)), 150):
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        backup.write_bytes(changed)
        try:
            assert verify_backup(backup) == manifest
        except DamagedBackup:
            continue


@pytest.mark.parametrize("kept", [0, 2, 100, -1, -100])
def test_a_truncated_backup_is_detected(backup, kept):
    backup.write_bytes(backup.read_bytes()[:kept])

    with pytest.raises(DamagedBackup):
        verify_backup(backup)


def test_content_that_does_not_match_the_checksums_of_the_manifest_is_detected(backup, tmp_path):
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(forged, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"an upload", b"another"))
        target.comment = source.comment

    with pytest.raises(DamagedBackup, match="media"):
        verify_backup(forged)


def test_an_edited_manifest_is_detected(backup, tmp_path):
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(forged, "w") as target:
        target.writestr("manifest.json", source.read("manifest.json") + b" ")
        target.comment = source.comment

    with pytest.raises(DamagedBackup, match="清单"):
        verify_backup(forged)


def test_a_restore_overwrites_no_database(backup):
    with pytest.raises(TargetNotEmpty, match="张表"):
        restore_backup(backup)


def test_a_restore_overwrites_no_upload(backup, monkeypatch):
    monkeypatch.setattr("yibao_site.backup.restore.connection.introspection.table_names", lambda *_: [])

    with pytest.raises(TargetNotEmpty, match=r"图/一\.txt"):
        restore_backup(backup)


def test_a_backup_of_a_newer_version_is_not_restored(tmp_path, monkeypatch):
    known = rows.applied_migrations()
    monkeypatch.setattr(archive, "models_at", lambda migrations: rows.models_at(known))
    monkeypatch.setattr(archive, "applied_migrations", lambda: [*known, ("articles", "9999_future")])
    write_backup(tmp_path / "backup.zip")

    with pytest.raises(NewerBackup, match=r"articles\.9999_future"):
        restore_backup(tmp_path / "backup.zip")


def test_the_command_overwrites_no_backup(backup):
    with pytest.raises(CommandError, match="不覆盖"):
        call_command("backup", backup)


def test_the_command_checks_without_restoring(backup, capsys):
    call_command("restore", backup, check=True)
    assert "完好" in capsys.readouterr().out

    backup.write_bytes(b"PK")
    with pytest.raises(CommandError, match="备份已损坏，没有写入任何内容"):
        call_command("restore", backup, check=True)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("0.10"), '"0.10"'),
        (date(2026, 1, 1), '"2026-01-01"'),
        (datetime(2026, 1, 1, 8, 0, 0, 123456, ZoneInfo("UTC")), '"2026-01-01T08:00:00.123456+00:00"'),
        (time(23, 59, 59, 1), '"23:59:59.000001"'),
        (timedelta(days=1, microseconds=1), '"P1DT00H00M00.000001S"'),
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        (b"\x00\xff", '"AP8="'),
    ],
    ids=str,
)
def test_every_type_of_column_is_serialized_exactly(value, written):
    assert json.dumps(value, default=rows._plain) == written


def test_a_value_that_cannot_be_serialized_stops_the_backup():
    with pytest.raises(TypeError, match="object"):
        json.dumps(object(), default=rows._plain)


def test_renditions_are_not_carried_along():
    category = Category.objects.create(name="待遇")
    article = Article.objects.create(title="起付线", category=category)
    now = timezone.now()
    article.renditions.create(is_large=False, made=now, expires=now, html=b"")

    assert list(rows.table_lines(ArticleRendition)) == []
    assert len(list(rows.table_lines(Article))) == 1


def test_restored_rows_serialize_to_the_same_bytes():
    models = [model for model in rows.models_at(rows.applied_migrations()) if model._meta.app_label == "calculators"]
    before = {model: list(rows.table_lines(model)) for model in models}
    assert sum(map(len, before.values())) > 500
    for model in reversed(models):
        model._base_manager.all()._raw_delete("default")
    for model, lines in before.items():
        rows.insert_rows(model, iter(lines))

    assert {model: list(rows.table_lines(model)) for model in models} == before


@pytest.mark.parametrize(
    "name", ["media/../outside.txt", "media//etc/x", "media/./x", "media/" + "长" * 100, "other/x"]
)
def test_a_backup_with_a_name_that_no_upload_has_writes_no_row(tmp_path, monkeypatch, name):
    write = archive._fill

    def fill(file):
        with monkeypatch.context() as patch:
            patch.setattr(file, "writestr", lambda *_: None)
            manifest = write(file)
        file.writestr(name, b"x")
        manifest["files"][name] = {"sha256": archive.sha256([b"x"]), "pieces": 1}
        text = json.dumps(manifest).encode()
        file.writestr(archive.MANIFEST_NAME, text)
        file.comment = archive.sha256([text]).encode()
        return manifest

    monkeypatch.setattr(archive, "_fill", fill)
    write_backup(tmp_path / "named.zip")
    monkeypatch.setattr("yibao_site.backup.restore.connection.introspection.table_names", lambda *_: [])
    monkeypatch.setattr("yibao_site.backup.restore._restore_tables", lambda *_: pytest.fail("rows were written"))

    with pytest.raises((DamagedBackup, NewerBackup)):
        restore_backup(tmp_path / "named.zip")
