"""Scheduled backups: when, what rotation keeps, into a folder or a bucket, and the trial that restores them."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from moto.server import ThreadedMotoServer

from yibao_site import tasks
from yibao_site.admin_site import worklist
from yibao_site.backup import rotation, schedule
from yibao_site.backup.archive import verify_backup
from yibao_site.environment.backup_storage import backup_storage
from yibao_site.models import BackupRecord

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    """The folder of the backups, beside an upload in a folder of its own."""
    settings.DATA_DIR, settings.MEDIA_ROOT, settings.BACKUP_TO = tmp_path, tmp_path / "media", str(tmp_path / "nightly")
    settings.STORAGES = settings.STORAGES | {"backups": backup_storage(settings.BACKUP_TO, None)}
    default_storage.save("一.txt", ContentFile(b"an upload"))
    return tmp_path / "nightly"


def clock(day, hour=4):
    return datetime(2026, 3, day, hour, tzinfo=SHANGHAI)


def night_after_night(count, first=datetime(2025, 1, 1, 3, 0, 5)):  # noqa: DTZ001 - the site's own time
    """What stands after so many nights of a backup and a rotation each."""
    names = []
    for night in range(count):
        names.append(rotation.backup_name(first + timedelta(days=night)))
        gone = rotation.superfluous(names)
        names = [name for name in names if name not in gone]
    return sorted(names, reverse=True)


def test_rotation_keeps_seven_days_four_weeks_and_twelve_months():
    names = night_after_night(500)
    days = [name[6:14] for name in names]

    assert days[:7] == ["20260515", "20260514", "20260513", "20260512", "20260511", "20260510", "20260509"]
    assert {"20260503", "20260426"} <= set(days)  # Sundays: the last of their weeks
    assert {"20260430", "20260331", "20260228", "20251231", "20250630"} <= set(days)
    assert "20250531" not in days
    assert len(names) == 20  # one of the days is also the newest of its week and month, and so is one of the weeks


def test_rotation_deletes_nothing_as_long_as_every_period_has_room_and_no_file_of_another_name():
    assert len(night_after_night(7)) == 7
    assert rotation.superfluous(["notes.txt", "yibao-20200101-000000.zip.partial", "other-20200101-000000.zip"]) == []


def test_of_two_backups_of_one_day_the_newer_is_kept():
    assert rotation.superfluous(["yibao-20260301-030000.zip", "yibao-20260301-120000.zip"]) == [
        "yibao-20260301-030000.zip"
    ]


def test_a_backup_is_due_once_a_day_after_three_and_late_rather_than_never():
    assert not schedule.is_backup_due(clock(2, hour=2))
    assert schedule.is_backup_due(clock(2, hour=3))

    schedule.make_backup(clock(2, hour=3))
    assert not schedule.is_backup_due(clock(2, hour=23))
    assert not schedule.is_backup_due(clock(3, hour=2))
    assert schedule.is_backup_due(clock(3, hour=17))


def test_a_scheduled_backup_is_whole_readable_by_its_owner_alone_recorded_and_rotated(place):
    schedule.make_backup(clock(2, hour=3))
    record = schedule.make_backup(clock(2, hour=4))
    path = place / record.name

    assert [file.name for file in place.iterdir()] == ["yibao-20260302-040000.zip"]
    assert "media/一.txt" in verify_backup(path)["files"]
    assert (path.stat().st_mode & 0o777, record.size) == (0o600, path.stat().st_size)


def test_a_backup_is_tried_by_restoring_it_which_touches_nothing_of_the_site(place, capsys, settings):
    call_command("backup", scheduled=True)
    before = connection.settings_dict["NAME"]
    call_command("backup", verify=True)
    record = BackupRecord.objects.get()

    assert timezone.now() - record.tried_at < timedelta(minutes=1)
    assert "每一行都与备份一致" in capsys.readouterr().out
    assert connection.settings_dict["NAME"] == before
    assert sorted(file.name for file in settings.DATA_DIR.iterdir()) == ["media", "nightly"]


def test_a_damaged_backup_fails_its_trial(place):
    record = schedule.make_backup(clock(2))
    whole = (place / record.name).read_bytes()
    (place / record.name).write_bytes(whole[: len(whole) // 2])

    with pytest.raises(CommandError, match="已损坏"):
        call_command("backup", verify=True)
    assert BackupRecord.objects.get().tried_at is None


def test_without_any_backup_there_is_nothing_to_try():
    with pytest.raises(CommandError, match="还没有备份"):
        call_command("backup", verify=True)


def test_the_worker_backs_up_and_tries_once_a_week(monkeypatch):
    tried = []
    monkeypatch.setattr(schedule, "try_newest_backup", lambda: tried.append(schedule.stored_names()[0]))
    monkeypatch.setattr(timezone, "now", lambda: clock(2))
    tasks.back_up.func()
    BackupRecord.objects.update(made_at=clock(2), tried_at=clock(2))
    tasks.back_up.func()
    for day in (3, 8, 9):
        monkeypatch.setattr(timezone, "now", lambda day=day: clock(day))
        tasks.back_up.func()

    assert BackupRecord.objects.count() == 4
    assert tried == ["yibao-20260302-040000.zip", "yibao-20260309-040000.zip"]


def backup_entries(user, now):
    return [entry.title for entry in worklist.entries(user, now) if entry.heading == "site"]


def test_the_worklist_tells_the_operator_how_old_the_last_backup_is(admin_user, staff):
    now = clock(20)
    assert backup_entries(admin_user, now) == ["还没有备份过"]
    assert backup_entries(staff("主编"), now) == []

    record = BackupRecord.objects.create(name="a", size=1, made_at=now - timedelta(days=3))
    assert backup_entries(admin_user, now) == ["最近一次备份是 3 天前", "还没有试着恢复过备份"]

    record.made_at, record.tried_at = now - timedelta(hours=47), now - timedelta(days=16)
    record.save()
    assert backup_entries(admin_user, now) == ["16 天没有试着恢复过备份"]

    record.tried_at = now - timedelta(days=15)
    record.save()
    assert backup_entries(admin_user, now) == []


def test_a_laptop_without_a_schedule_is_not_told_about_backups(admin_user, settings):
    settings.BACKUP_TO = ""

    assert backup_entries(admin_user, clock(20)) == []


def test_backups_go_to_a_bucket_and_are_rotated_and_fetched_for_their_trial_there(settings, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "an-id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-key")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    client = boto3.client("s3", endpoint_url=endpoint)
    client.create_bucket(Bucket="vault")
    fetched = []
    settings.STORAGES = settings.STORAGES | {"backups": backup_storage("s3://vault/yibao", endpoint)}
    try:
        schedule.make_backup(clock(2, hour=3))
        schedule.make_backup(clock(2, hour=4))
        monkeypatch.setattr(schedule, "try_backup", lambda path: fetched.append(verify_backup(path)))
        schedule.try_newest_backup()
        stored = [entry["Key"] for entry in client.list_objects_v2(Bucket="vault")["Contents"]]
    finally:
        storages["backups"].connection.meta.client.close()
        client.close()
        server.stop()

    assert stored == ["yibao/yibao-20260302-040000.zip"]
    assert "media/一.txt" in fetched[0]["files"]
    assert [path.name for path in Path(settings.DATA_DIR).iterdir()] == ["media"]
