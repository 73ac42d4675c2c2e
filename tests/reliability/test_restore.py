"""A backup taken while the site is written to, restored into an empty place, every row compared."""

import json
import time
import zipfile

import pytest

from tests.reliability.sites import FILL, on_postgres, wait_until

ROWS = """
import json
from yibao_site.backup.archive import sha256
from yibao_site.backup.rows import applied_migrations, lines, models_at
print(json.dumps({model._meta.db_table: sha256(lines(model)) for model in models_at(applied_migrations())}))
"""
RICH_AND_BACKED_UP = f"""
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from calculators.models import PolicyValue
from yibao_site.tasks import tidy_up
call_command("migrate", verbosity=0)
if not User.objects.exists():
    exec({FILL!r})
admin = User.objects.get(username="admin")
TOTPDevice.objects.create(user=admin, name="手机", key="01" * 20, confirmed=True)
StaticDevice.objects.create(user=admin, name="备用").token_set.create(token="abcdefgh")
value = PolicyValue.objects.first()
value.note = "备份“之前”改过，\\u2028 与 \\U0001f600"
value.save()
tidy_up.enqueue()
default_storage.save("图/一.txt", ContentFile("医保".encode()))
default_storage.save("大.bin", ContentFile(bytes(range(256)) * 9000))
call_command("backup", "BACKUP", stdout=open("/dev/null", "w"))
{ROWS}"""
RESTORED = f"""
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
call_command("restore", "BACKUP", stdout=open("/dev/null", "w"))
try:
    call_command("restore", "BACKUP")
except CommandError as error:
    assert "目标不是空的" in str(error), error
else:
    raise AssertionError("restored twice")
{ROWS}
User.objects.create(username="next")
"""
WRITER = """
from django.contrib.auth.models import User
number = 0
while True:
    number += 1
    User.objects.create(username=f"in_the_middle_{number}")
    print(number, flush=True)
"""
OURS, SQLITE = {}, {"sqlite": True}
WAYS = [(OURS, OURS), (SQLITE, OURS), (OURS, SQLITE)] if on_postgres() else [(OURS, OURS)]


@pytest.mark.parametrize(("source", "target"), WAYS, ids=str)
def test_every_row_and_every_file_comes_back(new_site, source, target):
    origin, place = new_site("origin", filled=not source, **source), new_site("place", filled=False, **target)
    backup = str(origin.folder / "backup.zip")
    saved = origin.script(RICH_AND_BACKED_UP.replace("BACKUP", backup))
    restored = place.script(RESTORED.replace("BACKUP", backup))

    assert json.loads(restored) == json.loads(saved)
    assert (place.folder / "media/图/一.txt").read_text() == "医保"
    assert (place.folder / "media/大.bin").read_bytes() == bytes(range(256)) * 9000


def test_a_backup_is_of_one_moment_and_stops_no_writer(site):
    backup = site.folder / "backup.zip"
    with site.start("-c", f"import django; django.setup()\n{WRITER}", stdout=-1) as writer:
        wait_until(writer.stdout.readline)
        site.manage("backup", str(backup))
        time.sleep(1)  # a writer that was stopped would not get past the backup now
        writer.kill()
        written = len(writer.stdout.read().split())
    with zipfile.ZipFile(backup) as archive:
        users = archive.read("tables/auth_user.jsonl").decode().splitlines()

    numbers = sorted(int(json.loads(line)["username"].rsplit("_", 1)[1]) for line in users if "in_the_middle" in line)
    assert numbers == list(range(1, len(numbers) + 1))
    assert written > len(numbers)
