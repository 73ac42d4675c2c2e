"""A web server of the tests' own on the loopback address, whose pages a test can change while it runs."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        answer = self.server.pages.get(self.path.partition("?")[0], (404, {}, b""))
        if callable(answer):
            answer(self)
            return
        status, headers, body = answer
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", "Content-Length": len(body), **headers}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Quiet."""


def page(text, status=200, **headers):
    return status, headers, text.encode()


def moved(to, status=301):
    return status, {"Location": to}, b""


@contextmanager
def serving(**pages):
    """Serve pages by path: `with serving(law=page("…")) as site: site.url("law")`; `site.pages` may be changed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.pages = {f"/{name}": answer for name, answer in pages.items()}
    server.url = lambda name: f"http://127.0.0.1:{server.server_port}/{name}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
