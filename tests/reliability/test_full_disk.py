"""No room left: what was being written is told to have failed and is not there by half."""

import resource
import signal
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError
from PIL import Image

from articles import pictures
from articles.models import Article, Picture
from tests.reliability.database_rows import is_sound
from tests.reliability.site_processes import on_postgres

pytestmark = pytest.mark.django_db


def fill_the_disk(room=10_000):
    """From here on no file of this process grows beyond `room` bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))


def back_up(folder):
    call_command("backup", str(folder / "backup.zip"))


def upload(folder):
    file = BytesIO()
    Image.effect_noise((1200, 900), 90).save(file, "PNG")
    image = pictures.opened(SimpleUploadedFile("a.png", file.getvalue()))
    pictures.store(Picture(title="图", alt="图"), image)


@pytest.mark.parametrize(("name", "work"), [("备份", back_up), ("上传图片", upload)], ids=["backup", "upload"])
def test_what_finds_no_room_is_not_there_by_half(site, tried, name, work):
    def full():
        Group.objects.create(name="前")
        fill_the_disk()
        try:
            work(site.folder)
        except OSError as error:
            yield type(error).__name__

    said = site.fork(full).wait()
    with site.here():
        assert said == ["OSError"]
        assert not list(site.folder.glob("backup*"))
        assert not Picture.objects.exists()
        assert Group.objects.filter(name="前").exists()
        assert is_sound()
    tried(f"磁盘写满：{name}", "1 次", "报错；没有半个文件或半行，原有数据完好")


@pytest.mark.skipif(on_postgres(), reason="PostgreSQL writes its files itself; the limit here is this process's")
def test_a_save_that_finds_no_room_is_rolled_back(site, tried):
    def full():
        fill_the_disk()
        try:
            for number in range(1000):
                Article.objects.create(title="写不下", slug=f"full-{number}", body="字" * 1000, category_id=category)
                yield number
        except DatabaseError as error:
            yield type(error).__name__

    with site.here():
        category = Article.objects.first().category_id
    *saved, said = site.fork(full).wait()
    with site.here():
        assert said == "OperationalError"
        assert Article.objects.filter(title="写不下").count() == len(saved)
        assert is_sound()
    tried("磁盘写满：保存文章", "1 次", "报错；说过已保存的都在")
