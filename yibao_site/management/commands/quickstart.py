"""Command that takes an empty folder to a running site: migrations, demo content, admin account, static files, server."""

import os
import secrets
import signal
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import BaseCommand, call_command
from django.db import DatabaseError, connection
from environs import Env

from yibao_site.demo import load_app_content, load_demo, loaded_lines
from yibao_site.processes import ENDING_SIGNALS
from yibao_site.processes.address import AddressTaken, reserve_address
from yibao_site.processes.data_lock import DataDirInUse, lock_data_dir
from yibao_site.processes.server import share_metrics
from yibao_site.secret_key import failure

env = Env()
SQLITE_FAILURES = {
    sqlite3.SQLITE_FULL: "磁盘已满",
    sqlite3.SQLITE_READONLY: "没有写入的权限",
    sqlite3.SQLITE_CANTOPEN: "打不开，请检查权限和磁盘",
    sqlite3.SQLITE_IOERR: "磁盘读写出错",
}


class Command(BaseCommand):
    help = "Prepare the site (safe to repeat: nothing an editor changed is touched) and serve it."

    def add_arguments(self, parser):
        parser.add_argument("--prepare-only", action="store_true", help="stop before serving")
        parser.add_argument("--serve-only", action="store_true", help="serve a site that is prepared already")

    def handle(self, *, prepare_only, serve_only, **options):
        try:
            if not prepare_only:
                self.address = reserve_address(*server_address())
            if not serve_only or connection.vendor == "sqlite":
                self.lock = lock_data_dir(settings.DATA_DIR)
        except (AddressTaken, DataDirInUse) as error:
            sys.exit(str(error))
        except OSError as error:
            sys.exit(f"DATA_DIR（{settings.DATA_DIR}）用不了：{failure(error)}。")
        try:
            self._run(prepare=not serve_only, serve=not prepare_only)
        except DatabaseError as error:
            sys.exit(database_sentence(error))

    def _run(self, *, prepare, serve):
        if settings.LOG_FILE:
            self.stdout.write(f"日志写在 {settings.LOG_FILE}，这里只显示错误。")
        connection.introspection.table_names()  # whether the database answers at all
        if prepare:
            self._prepare()
        if serve:
            self._serve()

    def _prepare(self):
        # Beside the rest: compressing needs no database, and no lock of the interpreter.
        static_files = ThreadPoolExecutor(1).submit(call_command, "collectstatic", verbosity=0, interactive=False)
        call_command("migrate", verbosity=0)
        loaded = load_demo() if env.bool("DEMO", True) else load_app_content()
        for line in loaded_lines(loaded):
            self.stdout.write(line)
        static_files.result()
        self._make_admin()

    def _make_admin(self):
        if User.objects.filter(is_superuser=True).exists():
            self.stdout.write("管理员账号已存在；忘了密码请运行 manage.py changepassword admin。")
            return
        password = secrets.token_urlsafe(12)
        User.objects.create_superuser("admin", password=password)
        self.stdout.write(f"管理员账号 admin，密码 {password}（只显示这一次）")

    def _serve(self):
        """Become the server: the same process, which keeps the lock of DATA_DIR."""
        host, port = server_address()
        self.stdout.write(f"网站：http://{host}:{port}/　编辑部：http://{host}:{port}/admin/　按 Ctrl+C 停止")
        self.stdout.flush()
        if env.int("WORKERS", 1) > 1:
            share_metrics(settings.DATA_DIR / "metrics")
        command = [sys.executable, "-m", "yibao_site.processes", host, str(port)]
        if not env.bool("BACKGROUND", True):
            command.append("--no-background")
        # Found from any working directory, such as that of a systemd unit.
        paths = filter(None, [str(settings.BASE_DIR), os.environ.get("PYTHONPATH")])
        os.environ["PYTHONPATH"] = os.pathsep.join(paths)
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING_SIGNALS)
        os.execv(sys.executable, command)  # noqa: S606 - our own interpreter, no shell


def database_sentence(error: DatabaseError) -> str:
    """What is wrong with the database, and what to do."""
    if connection.vendor != "sqlite":
        return f"数据库连不上（{type(error).__name__}）：请检查 DATABASE_URL，或等数据库启动后再试。"
    path = settings.DATABASES["default"]["NAME"]
    code = getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return f"数据库文件 {path} 已损坏：请把它移开，再用 manage.py restore 恢复最近的备份（见 {settings.DATA_DIR / 'backups'}）。"
    if code in SQLITE_FAILURES:
        return f"数据库文件 {path} 用不了：{SQLITE_FAILURES[code]}。"
    raise error


def server_address() -> tuple[str, int]:
    return env.str("HOST", "127.0.0.1"), env.int("PORT", 8000)
