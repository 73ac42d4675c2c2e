"""What the front writes down: neither what visitors typed nor the token of a preview, also when it refuses or nobody answers."""

import socket

import pytest

from tests.cluster.nginx import nginx_command, write_configuration
from tests.cluster.services import free_port, running

TYPED, TOKEN = "zhongliu-yiyuan-12000", "eyJhcnRpY2xlIjoxfQ-secret"


def ask(port, path, host="127.0.0.1", head="GET"):
    """The status; 0 if the connection is closed without a word."""
    with socket.create_connection(("127.0.0.1", port), 20) as client:
        client.sendall(f"{head} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        try:
            answer = client.recv(200)
        except ConnectionResetError:
            return 0
    return int(answer.split()[1]) if answer else 0


@pytest.fixture
def front(tmp_path):
    """(port, folder) of nginx before a server that is away."""
    port = free_port()
    configuration = write_configuration(tmp_path / "nginx", "127.0.0.1", port, [free_port()], static=tmp_path)
    with running(nginx_command(configuration), port, log=tmp_path / "nginx.log"):
        yield port, tmp_path


def written(folder):
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in folder.rglob("*.log"))


def test_the_logs_of_the_front_hold_nothing_that_was_typed(front, tried):
    port, folder = front
    addresses = [
        *[f"/search/?q={TYPED}"] * 40,
        *[f"/calculators/inpatient/?cost={TYPED}"] * 60,
        *[f"/search/suggest/?q={TYPED}"] * 40,
        f"/preview/{TOKEN}/",
        f"/nowhere/?{TYPED}",
        f"/%00?{TYPED}",
    ]
    statuses = {ask(port, address) for address in addresses}
    ask(port, f"/search/?q={TYPED}", host="wrong.example")
    ask(port, f"/search/?q={TYPED}", head="\x00BAD")
    log = written(folder)

    assert {429, 502} <= statuses
    assert " GET /search/ 429 " in log
    assert " GET /preview/ 502 " in log
    assert TYPED not in log
    assert TOKEN not in log
    tried("nginx 的日志里找访客写的字：429、502、错的请求", f"{len(addresses) + 2} 个请求", "一个字也没有")


def test_another_host_gets_no_answer_of_the_front(front):
    port, _ = front

    assert ask(port, "/", host="wrong.example") == 0
    assert ask(port, "/") == 502


def test_a_request_that_is_refused_as_too_often_is_told_in_a_sentence(front):
    port, _ = front
    answers = []
    for _ in range(40):
        with socket.create_connection(("127.0.0.1", port), 20) as client:
            client.sendall(b"GET /search/?q=a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            answers.append(client.makefile("rb").read().decode())
    refused = next(answer for answer in answers if answer.startswith("HTTP/1.1 429"))

    assert "\r\nRetry-After: 60\r\n" in refused
    assert refused.endswith("请求太多，请过一分钟再试。\n")


def test_a_calculator_without_a_question_is_read_as_often_as_one_likes(front):
    port, _ = front

    assert {ask(port, "/calculators/inpatient/") for _ in range(60)} == {502}
