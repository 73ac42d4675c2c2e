"""Starts that must not go on: a port or a folder that another site uses, two at once, a folder that cannot be written.

Each says one Chinese sentence and ends with 1, before an address or a password is printed.
"""

import ctypes
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest

from tests.cluster.services import free_port
from tests.reliability.site_processes import ROOT, on_postgres, wait_until
from tests.reliability.test_prefork import answer, family, is_running

QUICKSTART = (str(ROOT / "manage.py"), "quickstart")
SENTENCE = re.compile(r"[^\n]*[\u4e00-\u9fff][^\n]*[。]\n?")


def is_one_sentence(done):
    return done.returncode == 1 and SENTENCE.fullmatch(done.stderr) and "网站：" not in done.stdout


@pytest.fixture
def start(site, tmp_path):
    """start("--serve-only", PORT="8001") runs quickstart on the site, from a folder of no account."""

    def start(*arguments, run=False, process_group=None, **variables):
        environment = site.environment() | {"DJANGO_SETTINGS_MODULE": "yibao_site.settings"} | variables
        environment.pop("PYTHONPATH")
        options = {
            "cwd": tmp_path,
            "env": environment,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "process_group": process_group,
        }
        if run:
            return subprocess.run(
                [sys.executable, *QUICKSTART, *arguments], **options, text=True, check=False, timeout=300
            )
        return site.start(*QUICKSTART, *arguments, **options)

    return start


@pytest.fixture
def port():
    return free_port()


@pytest.mark.parametrize("shares", [False, True], ids=["another program", "a program that shares its port"])
def test_a_used_port_stops_the_start_with_a_sentence(start, port, shares):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shares:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        done = start("--serve-only", run=True, PORT=str(port))

    assert is_one_sentence(done), done
    assert f"127.0.0.1 的端口 {port} 已被另一个程序占用" in done.stderr


@pytest.mark.parametrize(("host", "said"), [("192.0.2.1", "不属于这台机器"), ("nowhere.invalid", "没有叫")])
def test_a_host_that_is_not_here_stops_the_start_with_a_sentence(start, port, host, said):
    done = start("--serve-only", run=True, PORT=str(port), HOST=host)

    assert is_one_sentence(done), done
    assert said in done.stderr


@pytest.mark.skipif(on_postgres(), reason="many servers share a PostgreSQL")
def test_a_second_site_on_one_folder_or_port_is_noticed_while_the_first_runs_with_two_workers(start, port, tmp_path):
    first = start("--serve-only", PORT=str(port), WORKERS="2")
    wait_until(lambda: '"worker": "ok"' in answer(port), 120, "the site did not start")
    again = start("--serve-only", run=True, PORT=str(free_port()))
    shutil.copytree(tmp_path / "site", tmp_path / "copy")
    elsewhere = {"DATA_DIR": str(tmp_path / "copy"), "DATABASE_URL": f"sqlite:///{tmp_path / 'copy/db.sqlite3'}"}
    beside = start("--serve-only", run=True, PORT=str(port), **elsewhere)

    assert is_one_sentence(again), again
    assert f"{tmp_path / 'site'} 正由另一个网站（进程号 {first.pid}）使用" in again.stderr
    assert is_one_sentence(beside), beside
    assert f"端口 {port} 已被另一个程序占用" in beside.stderr


@pytest.mark.skipif(on_postgres(), reason="the folder is new, the database is not")
def test_of_two_first_starts_at_once_one_prepares_the_site_and_the_other_says_so(start, tmp_path, site):
    site.variables |= {"DATA_DIR": str(tmp_path / "new"), "DATABASE_URL": f"sqlite:///{tmp_path / 'new/db.sqlite3'}"}
    both = [start("--prepare-only", DEMO="off") for _ in range(2)]
    ended = [(process.communicate(timeout=300), process.returncode) for process in both]
    (prepared, code), (refused, refusal) = sorted(ended, key=lambda one: one[1])

    assert (code, refusal) == (0, 1)
    assert "密码" in prepared[0]
    assert SENTENCE.fullmatch(refused[1]), refused
    assert "正由另一个网站" in refused[1]


def forget_root():
    """Before the program runs: root's power to write where the permissions say no (CAP_DAC_OVERRIDE) is given up."""
    ctypes.CDLL(None).prctl(24, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="capabilities are Linux's")
@pytest.mark.parametrize("arguments", ["quickstart", "migrate", "check"])
def test_a_new_folder_that_cannot_be_written_is_named_in_a_sentence(tmp_path, arguments):
    folder = tmp_path / "var"
    folder.mkdir(0o555)
    environment = os.environ | {"DATA_DIR": str(folder), "PORT": str(free_port()), "HTTPS": "off"}
    environment["DJANGO_SETTINGS_MODULE"] = "yibao_site.settings"
    command = [sys.executable, QUICKSTART[0], arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, preexec_fn=forget_root)

    assert is_one_sentence(done), done
    assert f"DATA_DIR（{folder}）用不了：没有写入的权限" in done.stderr


@pytest.mark.skipif(sys.platform != "linux" or on_postgres(), reason="capabilities are Linux's, the file is SQLite's")
def test_a_site_whose_folder_has_become_read_only_says_so(start, site, port, tried):
    (site.folder / "secret.txt").write_text("k" * 50)
    (site.folder / "secret.txt").chmod(0o444)
    site.folder.chmod(0o555)
    environment = site.environment() | {"DJANGO_SETTINGS_MODULE": "yibao_site.settings", "PORT": str(port)}
    command = [sys.executable, *QUICKSTART]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, preexec_fn=forget_root)
    site.folder.chmod(0o755)

    assert is_one_sentence(done), done
    assert f"DATA_DIR（{site.folder}）用不了：没有写入的权限" in done.stderr
    tried("DATA_DIR 只读，新的和用过的", "4 种命令", "一句话说明原因，没有堆栈")


@pytest.mark.parametrize("moment", [0, 0.5, 2, "started"])
def test_one_interrupt_ends_the_site_at_any_moment_without_a_traceback(start, port, moment, tried):
    """As Ctrl+C at a terminal: to the whole foreground group, of which the processes that are started are no part."""
    process = start("--serve-only", PORT=str(port), process_group=0, LOG_FILE="site.log", PYTHONUNBUFFERED="1")
    assert process.stdout.readline()
    if moment == "started":
        wait_until(lambda: '"worker": "ok"' in answer(port), 120, "the site did not start")
    else:
        time.sleep(moment)
    whole = family(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    interrupted = time.monotonic()
    _, errors = process.communicate(timeout=60)
    seconds = time.monotonic() - interrupted

    assert seconds < 5, f"{seconds:.1f} s"  # two on a machine that does nothing else
    assert "Traceback" not in errors
    wait_until(lambda: not any(map(is_running, whole)), 5, "a process stayed")
    tried("Ctrl+C", "4 个时刻，准备时到运行中", "一个信号，五秒之内全部结束，没有堆栈")


@pytest.mark.skipif(on_postgres(), reason="the folder is new, the database is not")
def test_an_interrupt_of_the_first_start_does_not_wait_for_the_static_files_being_compressed(start, tmp_path, site):
    site.variables |= {"DATA_DIR": str(tmp_path / "new"), "DATABASE_URL": f"sqlite:///{tmp_path / 'new/db.sqlite3'}"}
    process = start("--prepare-only", process_group=0, DEMO="off")
    static = tmp_path / "new" / "static"
    wait_until(lambda: any(static.rglob("*.br")), 60, "nothing was compressed")
    os.killpg(process.pid, signal.SIGINT)
    interrupted = time.monotonic()
    _, errors = process.communicate(timeout=60)

    assert time.monotonic() - interrupted < 2
    assert errors == "\n已停止。\n"


@pytest.mark.skipif(on_postgres(), reason="the file is SQLite's")
@pytest.mark.parametrize("damage", ["no database at all", "a page overwritten"])
def test_a_damaged_database_file_is_told_in_a_sentence_that_names_restore(start, site, port, damage, tried):
    path = site.folder / "db.sqlite3"
    for log in site.folder.glob("db.sqlite3-*"):
        log.unlink()
    content = bytearray(path.read_bytes())
    content[:100] = b"x" * 100 if damage == "no database at all" else content[:100]
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)
    done = start("--serve-only", run=True, PORT=str(port))

    assert is_one_sentence(done), done
    assert f"数据库文件 {path} 已损坏" in done.stderr
    assert "manage.py restore" in done.stderr
    tried("损坏的 SQLite 文件", "2 种", "一句话，指到备份的恢复")
