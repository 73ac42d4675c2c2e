"""nginx, application servers and a worker as real processes on loopback, and readers who come through nginx."""

import threading
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tests.cluster.nginx import nginx_command, write_configuration
from tests.cluster.services import free_port, redis, running
from tests.reliability.site_processes import wait_until
from yibao_site.processes.server import server_command


class Redis:
    """One that can be stopped and started again on its port."""

    def __init__(self, folder):
        self.folder, self.port, self.stack = folder, free_port(), ExitStack()

    def start(self):
        self.stack.enter_context(redis(self.folder, self.port))

    def stop(self):
        self.stack.close()


@dataclass
class Cluster:
    site: object
    front: int
    servers: dict
    worker: object = None

    def get(self, path="/", port=None):
        """(status, body); 0 where the connection failed."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port or self.front}{path}", timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def start_server(self, port, **options):
        server = self.site.start(*server_command("127.0.0.1", port)[1:], **options)
        self.servers[port] = server
        return server

    def wait_for_servers(self):
        for port in self.servers:
            wait_until(lambda port=port: self.get("/healthz", port)[0] == 200, 180)


@contextmanager
def running_cluster(site, folder, servers=2):
    """Two servers behind nginx, and a worker."""
    ports, front = [free_port() for _ in range(servers)], free_port()
    cluster = Cluster(site, front, {}, site.start("-m", "django", "worker"))
    for port in ports:
        cluster.start_server(port)
    configuration = write_configuration(folder / "nginx", "127.0.0.1", front, ports, static=folder / "static")
    with ExitStack() as stack:
        stack.enter_context(running(nginx_command(configuration), front, log=folder / "nginx.log"))
        cluster.wait_for_servers()
        yield cluster


class Readers:
    """Threads that read pages through nginx; `failed` lists every answer that was not 200."""

    def __init__(self, cluster, paths=("/", "/articles/", "/calculators/"), count=3):
        self.cluster, self.paths, self.stop = cluster, paths, threading.Event()
        self.done, self.failed = 0, []
        self.threads = [threading.Thread(target=self.read, args=(number,)) for number in range(count)]

    def read(self, number):
        while not self.stop.wait(0.01):  # as fast as they can they would leave the servers no processor
            path = self.paths[(self.done + number) % len(self.paths)]
            status, _ = self.cluster.get(path)
            self.done += 1
            if status != 200:
                self.failed.append((path, status))

    def go_on(self, count):
        """Return after so many more answers."""
        before = self.done
        wait_until(lambda: self.done >= before + count, 60)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.stop.set()
        for thread in self.threads:
            thread.join(30)
