import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from yibao_site.middleware import TrustedProxiesMiddleware


@pytest.fixture
def seen(settings):
    """What the site believes of a request: seen(peer, X_FORWARDED_FOR=…) → (address, secure)."""
    settings.TRUSTED_PROXIES = ["127.0.0.1", "10.0.0.0/8", "::1"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    def ask(peer, **headers):
        request = RequestFactory().get(
            "/", REMOTE_ADDR=peer, **{f"HTTP_{name}": value for name, value in headers.items()}
        )
        TrustedProxiesMiddleware(lambda request: HttpResponse())(request)
        return request.META["REMOTE_ADDR"], request.is_secure()

    return ask


@pytest.mark.parametrize(
    ("peer", "written", "client"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("10.1.2.3", "203.0.113.7", "203.0.113.7"),
        ("::ffff:10.1.2.3", "203.0.113.7", "203.0.113.7"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("127.0.0.1", "203.0.113.7, 10.9.9.9", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7, 10.9.9.9", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7, nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "10.9.9.9", "10.9.9.9"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
    ],
)
def test_the_client_is_the_last_address_no_trusted_proxy_has(seen, peer, written, client):
    assert seen(peer, X_FORWARDED_FOR=written)[0] == client


def test_a_secure_connection_is_believed_of_a_trusted_proxy_only(seen):
    assert seen("127.0.0.1", X_FORWARDED_PROTO="https")[1] is True
    assert seen("203.0.113.7", X_FORWARDED_PROTO="https")[1] is False


def test_without_trusted_proxies_nobody_is_believed(settings, seen):
    settings.TRUSTED_PROXIES = []

    assert seen("127.0.0.1", X_FORWARDED_FOR="203.0.113.7", X_FORWARDED_PROTO="https") == ("127.0.0.1", False)


@pytest.mark.django_db
def test_a_locked_out_client_stays_locked_out_whatever_it_writes(client, settings, admin_user):
    settings.AXES_ENABLED = True
    settings.TRUSTED_PROXIES = ["127.0.0.1"]

    def log_in(forged, real="203.0.113.7", right=False):
        answers = {"username": "admin", "password": "password" if right else "wrong"}
        return client.post("/admin/login/", answers, HTTP_X_FORWARDED_FOR=f"{forged}, {real}").status_code

    tries = [log_in(f"198.51.100.{number}") for number in range(6)]
    assert tries == [200, 200, 200, 200, 429, 429]
    assert log_in("198.51.100.77", right=True) == 429
    assert log_in("198.51.100.77", real="203.0.113.8", right=True) == 302
