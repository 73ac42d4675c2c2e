"""manage.py doctor: each check on both sides of its boundary, in a sentence, with its exit code."""

import socket
import threading
from collections import namedtuple
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from yibao_site.background.queue import record_heartbeat
from yibao_site.models import BackupRecord
from yibao_site.monitoring import doctor, health

pytestmark = pytest.mark.django_db
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def well_run(settings, monkeypatch):
    """A public site where all is well."""
    settings.ALLOWED_HOSTS, settings.HTTPS, settings.TRUSTED_PROXIES = ["yibao.example.org"], True, ["127.0.0.1"]
    settings.ADMINS, settings.BACKUP_TO, settings.REQUIRE_SECOND_FACTOR = [("", "ops@example.org")], "/backups", True
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: Usage(100e9, 50e9, 50e9))
    record_heartbeat("here")
    now = timezone.now()
    BackupRecord.objects.create(name="a", size=1, made_at=now, tried_at=now)


def verdicts():
    return {diagnosis.subject: diagnosis.verdict for diagnosis in doctor.examine() if diagnosis.verdict != doctor.FINE}


def exit_code():
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    return ended.value.code


def test_of_a_site_that_is_well_run_it_has_nothing_to_say(capsys):
    assert exit_code() == 0
    assert "没有发现问题" in capsys.readouterr().out


def test_a_fault_is_a_sentence_with_the_setting_and_exit_code_1(settings, capsys):
    settings.TRUSTED_PROXIES = []

    assert exit_code() == 1
    assert "[有问题] 前面的代理：TRUSTED_PROXIES 是空的" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "value", "subject", "verdict"),
    [
        ("DEBUG", True, "DEBUG", doctor.FAULT),
        ("ALLOWED_HOSTS", ["*"], "主机名", doctor.FAULT),
        ("HTTPS", False, "HTTPS", doctor.FAULT),
        ("ADMINS", [], "邮件", doctor.ADVICE),
        ("BACKUP_TO", "", "备份", doctor.FAULT),
        ("REQUIRE_SECOND_FACTOR", False, "第二步验证", doctor.ADVICE),
    ],
)
def test_each_setting_that_is_amiss_is_told_alone(settings, name, value, subject, verdict):
    setattr(settings, name, value)

    assert verdicts() == {subject: verdict}


def test_a_laptop_gets_advice_and_no_fault(settings):
    settings.ALLOWED_HOSTS, settings.HTTPS, settings.TRUSTED_PROXIES = ["localhost", "127.0.0.1"], False, []
    settings.BACKUP_TO = ""

    assert verdicts() == dict.fromkeys(("主机名", "HTTPS", "备份"), doctor.ADVICE)


def test_a_mail_server_that_is_away_is_a_fault(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # and nothing listens
        settings.EMAIL_HOST, settings.EMAIL_PORT = held.getsockname()
        found = doctor.mail()

    assert (found.verdict, "EMAIL_URL" in found.sentence) == (doctor.FAULT, True)


@pytest.mark.parametrize(
    ("usage", "verdict"),
    [
        (Usage(100e9, 0, 10.1e9), doctor.FINE),
        (Usage(100e9, 0, 9.9e9), doctor.FAULT),
        (Usage(5e9, 0, 1.1e9), doctor.FINE),
        (Usage(5e9, 0, 0.9e9), doctor.FAULT),
    ],
)
def test_a_disk_is_full_below_a_tenth_or_a_gigabyte(monkeypatch, usage, verdict):
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: usage)

    assert doctor.disk().verdict == verdict


def test_without_a_worker_there_is_a_fault():
    health.Worker.objects.all().delete()

    assert verdicts() == {"后台进程": doctor.FAULT}


def test_each_cache_in_front_is_asked_for_a_purge(settings):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        settings.EDGE_CACHES = [f"{kind}+http://127.0.0.1:{port}" for kind in ("varnish", "purge")]
        threading.Thread(target=answer_all, args=(server, 1 + 3), daemon=True).start()
        assert [found.verdict for found in doctor.edge()] == [doctor.FINE, doctor.FINE]
    settings.EDGE_CACHES = [f"varnish+http://127.0.0.1:{port}"]
    [found] = doctor.edge()

    assert (found.verdict, found.subject, "EDGE_CACHES" in found.sentence) == (doctor.FAULT, "前面的缓存", True)


def answer_all(server, count):
    for _ in range(count):
        with server.accept()[0] as asked:
            asked.recv(4096)
            asked.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def test_an_old_backup_is_a_fault_and_its_age_is_told():
    BackupRecord.objects.update(made_at=timezone.now() - timedelta(days=5))

    assert (doctor.backup().verdict, "5 天前" in doctor.backup().sentence) == (doctor.FAULT, True)


def test_without_its_database_it_tells_so_and_what_else_it_can(monkeypatch):
    def refuse():
        raise OperationalError("gone")

    monkeypatch.setattr(health.connection, "cursor", refuse)

    assert verdicts() == {"数据库": doctor.FAULT}


@pytest.mark.parametrize(
    ("replayed", "verdict", "sentence"),
    [(None, doctor.FAULT, "DATABASE_REPLICA_URL"), (70, doctor.FINE, "落后 30 字节")],
)
def test_a_replica_that_replays_nothing_is_a_fault_and_its_lag_is_told(
    settings, monkeypatch, replayed, verdict, sentence
):
    settings.DATABASE_REPLICA_URL = "postgresql://replica/"
    answers = {"default": 100, "replica": replayed}
    monkeypatch.setattr("yibao_site.replica.position._asked", lambda alias, statement: answers[alias])
    [said] = [diagnosis for diagnosis in doctor.examine() if diagnosis.subject == "只读副本"]

    assert said.verdict == verdict
    assert sentence in said.sentence


def test_pending_migrations_are_a_fault(monkeypatch):
    health.migrated.clear()
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: ["one"])

    assert verdicts() == {"数据表": doctor.FAULT}
