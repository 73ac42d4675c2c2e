"""The signing key: whole in its file or not there, and never an empty one."""

import os
import resource
import signal
import stat
import warnings

import pytest

from yibao_site.secret_key import MIN_KEY_LENGTH, UnusableKey, read_or_make_key


def test_the_first_start_makes_a_key_that_later_ones_read(tmp_path):
    path = tmp_path / "var" / "secret.txt"
    key = read_or_make_key(path)

    assert len(key) == MIN_KEY_LENGTH
    assert read_or_make_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret.txt"]


@pytest.mark.parametrize("written", ["", "\n", "k" * (MIN_KEY_LENGTH - 1)])
def test_an_empty_or_short_key_stops_with_a_sentence(tmp_path, written):
    path = tmp_path / "secret.txt"
    path.write_text(written)

    with pytest.raises(UnusableKey, match="里没有完整的密钥"):
        read_or_make_key(path)


def test_a_key_of_an_operators_own_is_read_as_it_stands(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text("k" * MIN_KEY_LENGTH + "\n")

    assert read_or_make_key(path) == "k" * MIN_KEY_LENGTH + "\n"


def test_a_full_disk_leaves_no_key_and_the_next_start_makes_one(tmp_path, tried):
    """In a process of its own, whose files may not grow beyond ten bytes."""
    path = tmp_path / "secret.txt"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads: none of them is needed in the child
        pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
        try:
            read_or_make_key(path)
        except UnusableKey as error:
            os._exit(7 if "磁盘已满" in str(error) else 8)
        os._exit(9)

    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
    assert list(tmp_path.iterdir()) == []
    assert len(read_or_make_key(path)) == MIN_KEY_LENGTH
    tried("磁盘写满：第一次启动", "1 次", "一句话说明原因；下一次启动照常生成密钥")
