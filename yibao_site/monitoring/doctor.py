"""Checks of a running site for whoever operates it (`manage.py doctor`): each is a sentence that says what to do."""

import shutil
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone

from yibao_site.backup.schedule import complaints
from yibao_site.edge.caches import PurgeFailed, edge_caches
from yibao_site.monitoring import health
from yibao_site.replica.position import replica_lag

FINE, ADVICE, FAULT = "好", "注意", "有问题"
LOOPBACK_HOSTS = {"localhost", "127.0.0.1", "[::1]"}
MIN_FREE_PART, MIN_FREE_BYTES = 0.1, 1_000_000_000
UNUSED_TAG = "doctor"  # of no page


@dataclass(frozen=True)
class Diagnosis:
    """`verdict` is FINE, ADVICE or FAULT."""

    verdict: str
    subject: str
    sentence: str


def examine() -> Iterator[Diagnosis]:
    """All checks, in the order in which their faults are mended."""
    yield debug()
    yield hosts()
    yield https()
    yield proxies()
    yield mail()
    yield disk()
    state = health.database()
    yield database(state)
    if state == health.OK:
        if settings.DATABASE_REPLICA_URL:
            yield replica()
        yield migrations()
        yield worker()
        yield backup()
    yield cache()
    yield from edge()
    yield second_factor()


def is_public() -> bool:
    """Whether the site has a name that others can ask for; a laptop's has none."""
    return bool(set(settings.ALLOWED_HOSTS) - LOOPBACK_HOSTS)


def debug():
    if settings.DEBUG:
        return Diagnosis(FAULT, "DEBUG", "开着：出错的页面会把设置和代码给访客看。去掉 DEBUG=on。")
    return Diagnosis(FINE, "DEBUG", "关着。")


def hosts():
    if "*" in settings.ALLOWED_HOSTS:
        return Diagnosis(FAULT, "主机名", "ALLOWED_HOSTS 里有 *：谁都能用别的名字冒充本站。写上本站的域名。")
    if not is_public():
        return Diagnosis(ADVICE, "主机名", "只有本机能访问。对外开放时，把域名写进 ALLOWED_HOSTS。")
    return Diagnosis(FINE, "主机名", f"{'、'.join(settings.ALLOWED_HOSTS)}。")


def https():
    if settings.HTTPS:
        return Diagnosis(FINE, "HTTPS", "开着：没有加密的访问会转到 https。")
    if is_public():
        return Diagnosis(
            FAULT, "HTTPS", "关着，而本站有对外的名字：密码会不加密地传。去掉 HTTPS=off，由 Caddy 或 nginx 提供证书。"
        )
    return Diagnosis(ADVICE, "HTTPS", "关着，只适合本机。")


def proxies():
    if settings.TRUSTED_PROXIES:
        return Diagnosis(FINE, "前面的代理", f"相信 {'、'.join(settings.TRUSTED_PROXIES)} 转来的地址。")
    if settings.HTTPS:
        sentence = "TRUSTED_PROXIES 是空的：HTTPS 由前面的代理提供，不写它的地址，网页会不停转向，所有访客也会被当成一个人限速。"
        return Diagnosis(FAULT, "前面的代理", sentence)
    return Diagnosis(FINE, "前面的代理", "没有。")


def mail():
    if not settings.ADMINS:
        return Diagnosis(ADVICE, "邮件", "ERROR_MAIL 是空的：出错时没有人会收到信。")
    try:
        connection = get_connection()
        connection.open()
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        return Diagnosis(FAULT, "邮件", f"{place} 连不上或不让登录（{type(error).__name__}）。检查 EMAIL_URL。")
    return Diagnosis(FINE, "邮件", "邮件服务器能连上。")


def disk():
    usage = shutil.disk_usage(settings.DATA_DIR)
    free = f"DATA_DIR（{settings.DATA_DIR}）所在的磁盘剩 {usage.free / 1e9:.1f} GB"
    if usage.free < max(MIN_FREE_BYTES, MIN_FREE_PART * usage.total):
        return Diagnosis(FAULT, "磁盘", f"{free}，不到一成或不到 1 GB。腾出地方，否则保存会失败。")
    return Diagnosis(FINE, "磁盘", f"{free}。")


def database(state):
    if state != health.OK:
        return Diagnosis(FAULT, "数据库", "连不上。检查 DATABASE_URL，看数据库是不是在运行。")
    return Diagnosis(FINE, "数据库", "能用。")


def replica():
    lag = replica_lag()
    if lag is None:
        sentence = "连不上，或者不在跟主库：网页都从主库读。检查 DATABASE_REPLICA_URL，看它是不是主库的流复制副本。"
        return Diagnosis(FAULT, "只读副本", sentence)
    return Diagnosis(FINE, "只读副本", f"在跟主库，落后 {lag:,} 字节。")


def migrations():
    if health.migrations() != health.OK:
        return Diagnosis(FAULT, "数据表", "还没有更新到这个版本。运行 manage.py migrate。")
    return Diagnosis(FINE, "数据表", "和程序的版本一致。")


def worker():
    if health.worker() != health.OK:
        sentence = (
            "没有在运行：定时发布、相关文章和备份都停着。它随网站一起启动；BACKGROUND=off 时另外运行 manage.py worker。"
        )
        return Diagnosis(FAULT, "后台进程", sentence)
    return Diagnosis(FINE, "后台进程", "在运行。")


def backup():
    found = complaints(timezone.now())
    if not settings.BACKUP_TO:
        found = [*found, "BACKUP_TO 是空的，不会每晚自动备份"]
    if not found:
        return Diagnosis(FINE, "备份", "最近两天备份过，半个月里试着恢复过。")
    sentence = f"{'；'.join(found)}。manage.py backup 马上备份，加上 --verify 试着恢复。"
    return Diagnosis(FAULT if settings.BACKUP_TO or is_public() else ADVICE, "备份", sentence)


def cache():
    if health.cache_state() != health.OK:
        return Diagnosis(FAULT, "缓存", "连不上。检查 CACHE_URL，看 Redis 是不是在运行；没有它网站也能用，只是慢。")
    return Diagnosis(FINE, "缓存", "能用。")


def edge():
    """Each cache in front, asked to drop a page that there is not."""
    for one in edge_caches():
        try:
            one.purge([UNUSED_TAG], [f"http://{settings.ALLOWED_HOSTS[0]}/{UNUSED_TAG}/?"])
        except (PurgeFailed, OSError) as error:
            sentence = f"{one.kind} {one.host} 没有应答清除（{error}）：改动要等它自己过期才看得到。检查 EDGE_CACHES 和它那边谁可以清除。"
            yield Diagnosis(FAULT, "前面的缓存", sentence)
        else:
            yield Diagnosis(FINE, "前面的缓存", f"{one.kind} {one.host} 应了清除。")


def second_factor():
    if not settings.REQUIRE_SECOND_FACTOR:
        return Diagnosis(ADVICE, "第二步验证", "REQUIRE_SECOND_FACTOR 关着：只凭密码就能进编辑部。")
    return Diagnosis(FINE, "第二步验证", "进编辑部必须用。")
