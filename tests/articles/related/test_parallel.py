"""Work spread over processes: its parts, not what they compute."""

import os

import pytest

from articles.related.parallel import spread

known = None


def process_of(part):
    return part, os.getpid()


def with_what_is_known(part):
    return part, known


def failing(part):
    if part == 3:
        raise ValueError("第三份")
    return part


def test_alone_everything_is_done_in_this_process():
    assert list(spread(process_of, [1, 2, 3], 1)) == [(part, os.getpid()) for part in (1, 2, 3)]


def test_of_two_processes_the_first_part_is_done_here_and_others_come_back_in_order():
    parts, processes = zip(*spread(process_of, list(range(9)), 2), strict=True)

    assert parts == tuple(range(9))
    assert processes[0] == os.getpid()
    assert os.getpid() not in processes[1:]
    assert len(set(processes[1:])) <= 2


def test_a_single_part_starts_no_process():
    assert list(spread(process_of, [1], 8)) == [(1, os.getpid())]
    assert list(spread(process_of, [], 8)) == []


def test_what_a_global_holds_when_the_work_begins_is_known_to_all(monkeypatch):
    monkeypatch.setattr(f"{__name__}.known", "比如一部词典")

    assert list(spread(with_what_is_known, [1, 2], 2)) == [(1, "比如一部词典"), (2, "比如一部词典")]


def test_what_fails_in_a_process_fails_here():
    done = spread(failing, [1, 2, 3, 4], 2)

    assert [next(done), next(done)] == [1, 2]
    with pytest.raises(ValueError, match="第三份"):
        next(done)
