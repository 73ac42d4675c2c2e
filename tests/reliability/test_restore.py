"""A backup taken while the site is written to, restored into an empty place, every row compared."""

import itertools
import json
import time
import zipfile

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from calculators.models import PolicyValue
from tests.reliability.database_rows import digest_of_everything
from tests.reliability.site_processes import on_postgres
from yibao_site.tasks import tidy_up

pytestmark = pytest.mark.django_db

BIG = bytes(range(256)) * 9000
OURS, SQLITE = {}, {"sqlite": True}
WAYS = [[SQLITE, OURS], [OURS]] if on_postgres() else [[OURS]]


def enrich():
    """Second factors, a queue, uploads, and text that is easily spoilt on the way."""
    admin = User.objects.get(username="admin")
    TOTPDevice.objects.create(user=admin, name="手机", key="01" * 20, confirmed=True)
    StaticDevice.objects.create(user=admin, name="备用").token_set.create(token="abcdefgh")
    value = PolicyValue.objects.first()
    value.note = "备份“之前”改过，\u2028 与 \U0001f600"
    value.save()
    tidy_up.enqueue()
    default_storage.save("图/一.txt", ContentFile("医保".encode()))
    default_storage.save("大.bin", ContentFile(BIG))


@pytest.mark.parametrize("places", WAYS, ids=["there-and-back", "straight"][-len(WAYS) :])
def test_every_row_and_every_file_comes_back(new_site, tmp_path, capsys, tried, places):
    origin, backup = new_site("origin"), str(tmp_path / "0.zip")
    with origin.here():
        enrich()
        saved = digest_of_everything()
        call_command("backup", backup)
    for number, kind in enumerate(places, start=1):
        place = new_site(f"place-{number}", filled=False, **kind)
        with place.here():
            call_command("restore", backup)
            with pytest.raises(CommandError, match="目标不是空的"):
                call_command("restore", backup)
            restored = digest_of_everything()
            backup = str(tmp_path / f"{number}.zip")
            call_command("backup", backup)
            User.objects.create(username="next")  # the numbering goes on

        assert restored == saved
        assert (place.folder / "media/图/一.txt").read_text() == "医保"
        assert (place.folder / "media/大.bin").read_bytes() == BIG
    tried("备份，恢复到空处", f"{len(places)} 次，{len(saved)} 张表", "每一行、每个文件都相同；不覆盖已有的")


def test_a_backup_is_of_one_moment_and_stops_no_writer(site, tmp_path, capsys, tried):
    def write():
        for number in itertools.count(1):
            User.objects.create(username=f"in_the_middle_{number}")
            yield number

    backup = tmp_path / "backup.zip"
    writer = site.fork(write)
    written = [writer.said.readline()]
    with site.here():
        call_command("backup", str(backup))
    time.sleep(0.5)  # a writer that was stopped would not get past the backup now
    written += writer.kill()
    with zipfile.ZipFile(backup) as archive:
        users = archive.read("tables/auth_user.jsonl").decode().splitlines()

    numbers = sorted(int(json.loads(line)["username"].rsplit("_", 1)[1]) for line in users if "in_the_middle" in line)
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(written) > len(numbers)
    tried("备份，写入不停", f"{len(written)} 次写入", "备份是同一瞬间的，写入没有停")
