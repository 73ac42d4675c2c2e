"""Slow clients without nginx in front: bodies sent byte by byte, pages read byte by byte, connections that ask nothing."""

import select
import socket
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, suppress

import pytest

from tests.cluster.services import free_port
from tests.reliability.site_processes import wait_until
from yibao_site.processes.server import MAX_CONNECTIONS, server_command
from yibao_site.request_limits import buffering

SLOW_CLIENTS, RECEIVED_AT_ONCE = 8, 2
LARGE_PICTURE = f"GET /media/pictures/{'0' * 32}-1.webp HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
PAGES = ("/healthz", "/", "/articles/", "/calculators/", "/search/?q=门诊")


def get(port, path, seconds=20):
    address = f"http://127.0.0.1:{port}{urllib.request.quote(path, safe='/?=')}"
    try:
        with urllib.request.urlopen(address, timeout=seconds) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def connect(port, *, receive_buffer=None):
    client = socket.socket()
    if receive_buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.connect(("127.0.0.1", port))
    client.settimeout(20)
    return client


def send_head(client, path="/feedback/", length=100_000, method="POST"):
    client.sendall(f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n\r\n".encode())


def status_of(client):
    """The status that the server sends while the body is on its way; 0 if it says nothing within a second."""
    client.settimeout(1)
    try:
        return int(client.recv(100).split()[1])
    except TimeoutError:
        return 0


@pytest.fixture(scope="module")
def port(template):
    """A server as `make run` starts it, with nothing in front."""
    port = free_port()
    template.start(*server_command("127.0.0.1", port)[1:])
    wait_until(lambda: get(port, "/healthz") == 200, 120, "the server did not start")
    yield port
    template.end()
    template.started.clear()


@pytest.fixture(autouse=True)
def nothing_is_received(port):
    """The server notices that the clients of the test before are gone only when it reads on."""
    wait_until(lambda: 503 not in statuses_of_bodies(port, "/nowhere/", RECEIVED_AT_ONCE), 20, "no body is received")


def statuses_of_bodies(port, path, count):
    """Of small whole bodies that are on their way at the same time."""
    with ExitStack() as stack:
        clients = [stack.enter_context(connect(port)) for _ in range(count)]
        for client in clients:
            send_head(client, path, length=3)
        time.sleep(0.1)
        for client in clients:
            with suppress(BrokenPipeError, ConnectionResetError):  # refused before its body came
                client.sendall(b"a=b")
        return [int(client.recv(100).split()[1]) for client in clients]


@pytest.mark.parametrize("path", ["/feedback/", "/choice/", "/admin/login/", "/nowhere/"])
def test_slow_bodies_stop_neither_pages_nor_the_health_check(port, path, tried):
    with ExitStack() as stack:
        clients = [stack.enter_context(connect(port)) for _ in range(SLOW_CLIENTS)]
        for client in clients:
            send_head(client, path)
            client.sendall(b"a")
        statuses = sorted(map(status_of, clients))
        answers = [get(port, page) for page in PAGES]

    assert statuses == [0] * RECEIVED_AT_ONCE + [503] * (SLOW_CLIENTS - RECEIVED_AT_ONCE)
    assert answers == [200] * len(PAGES)
    tried("八个客户端一秒一个字节地提交，前面没有 nginx", "4 个地址", "两个在收，其余 503；网页和 /healthz 照常")


def test_a_body_that_is_refused_is_told_when_to_try_again(port):
    with ExitStack() as stack:
        clients = [stack.enter_context(connect(port)) for _ in range(3)]
        for client in clients:
            send_head(client)
        answered, _, _ = select.select(clients, [], [], 20)
        answer = answered[0].recv(2000).decode().lower()

    assert answer.startswith("http/1.1 503")
    assert f"\r\nretry-after: {buffering.RETRY_AFTER_SECONDS}\r\n" in answer
    assert "x-content-type-options: nosniff" in answer


def test_after_slow_bodies_are_gone_the_next_is_received(port):
    with ExitStack() as stack:
        for client in [stack.enter_context(connect(port)) for _ in range(SLOW_CLIENTS)]:
            send_head(client)

    # The form's own answer: it has read the body.
    wait_until(lambda: statuses_of_bodies(port, "/feedback/", 1) == [422], 20, "no body is received any more")


def test_a_body_over_25_mb_is_refused_before_it_is_sent(port):
    for length, statuses in [(buffering.MAX_BODY_BYTES + 1, {413}), (buffering.MAX_BODY_BYTES, {0})]:
        with connect(port) as client:
            send_head(client, length=length)

            assert {status_of(client)} == statuses


def test_clients_that_read_slowly_leave_the_threads_to_others(port, template):
    """Each asks for more than the system's buffers hold, and reads none of it."""
    folder = template.folder / "media" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{'0' * 32}-1.webp").write_bytes(b"0" * 12_000_000)
    with ExitStack() as stack:
        for _ in range(SLOW_CLIENTS):
            client = stack.enter_context(connect(port, receive_buffer=4096))
            client.sendall(LARGE_PICTURE)
            assert status_of(client) == 200
        assert [get(port, page) for page in PAGES] == [200] * len(PAGES)


def test_connections_that_ask_nothing_leave_the_server_to_others(port):
    """A browser opens six at a time and keeps them."""
    with ExitStack() as stack:
        for _ in range(int(MAX_CONNECTIONS) // 2):
            client = stack.enter_context(connect(port))
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            client.recv(1000)

        assert get(port, "/healthz", 5) == 200
