"""Router of the read replica: who reads from it, and when a request goes back to the primary.

A real replica with a real lag is in tests/reliability/test_replica.py.
"""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, router, transaction
from django.http import HttpResponse
from environs import Env

from articles.models import Article
from yibao_site.environment.database_settings import database_settings
from yibao_site.page_cache.follower import PageChangeFollower
from yibao_site.page_cache.models import PageChange
from yibao_site.page_cache.store import PageStore
from yibao_site.replica.middleware import ReplicaMiddleware, is_of_a_visitor
from yibao_site.replica.position import ReplicaPosition
from yibao_site.replica.router import ReplicaRouter, reading_from_replica


@pytest.fixture
def position(monkeypatch, settings):
    """One that is current: the replica has replayed 100 bytes of the log, and changes are heard of."""
    settings.DATABASE_ROUTERS = ["yibao_site.replica.router.ReplicaRouter"]
    position, answers = ReplicaPosition(), {"default": 100, "replica": 100}
    monkeypatch.setattr("yibao_site.replica.position._asked", lambda alias, statement: answers[alias])
    monkeypatch.setattr("yibao_site.replica.position.followers", [lambda: True])
    monkeypatch.setattr(position, "start", position.ask)
    for place in ("router", "middleware"):
        monkeypatch.setattr(f"yibao_site.replica.{place}.position", position)
    monkeypatch.setattr("yibao_site.page_cache.follower.position", position)
    settings.DATABASE_REPLICA_URL = "postgresql://replica/"
    position.answers = answers
    position.ask()
    return position


def reads():
    return ReplicaRouter().db_for_read(Article)


@pytest.mark.parametrize(
    ("path", "method", "cookie", "expected"),
    [
        ("/articles/", "GET", "", True),
        ("/search/?q=a", "HEAD", "choice=110000", True),
        ("/articles/", "POST", "", False),
        ("/articles/", "GET", "sessionid=a", False),
        ("/admin/", "GET", "", False),
        ("/preview/a/", "GET", "", False),
        ("/readyz", "GET", "", False),
    ],
)
def test_the_replica_is_for_readers_who_are_not_signed_in(rf, path, method, cookie, expected):
    assert is_of_a_visitor(rf.generic(method, path, headers={"Cookie": cookie})) is expected


def test_outside_a_visitors_request_and_after_a_write_the_primary_is_read(position):
    assert reads() == "default"
    with reading_from_replica():
        assert reads() == "replica"
        assert router.db_for_write(Article) == "default"
        assert reads() == "default"


@pytest.mark.django_db
def test_inside_a_transaction_the_primary_is_read(position):
    with reading_from_replica(), transaction.atomic():
        assert reads() == "default"


def test_a_request_that_has_read_from_the_primary_stays_there(position):
    with reading_from_replica():
        assert reads() == "replica"
        position.required = 200
        assert reads() == "default"
        position.required = 0
        assert reads() == "default"
    with reading_from_replica():
        assert reads() == "replica"


@pytest.mark.django_db
def test_a_change_that_is_heard_of_takes_readers_to_the_primary_before_its_pages_are_dropped(position):
    PageChange.objects.all().delete()
    follower, required = PageChangeFollower(PageStore(10_000)), []
    follower.catch_up()
    PageChange.objects.create(keys="areas")
    position.answers["default"] = 150
    follower.store.drop = lambda keys: required.append(position.required)
    follower.catch_up()

    assert required == [150]
    assert not position.is_current()
    position.answers["replica"] = 150
    position.ask()
    assert position.is_current()


@pytest.mark.parametrize("answer", [None, OperationalError("gone")])
def test_a_replica_that_is_away_or_replays_nothing_is_not_read(position, monkeypatch, answer, caplog):
    def asked(alias, statement):
        if answer is None:
            return None
        raise answer

    monkeypatch.setattr("yibao_site.replica.position._asked", asked)
    monkeypatch.setattr(
        "yibao_site.replica.position.connections", {"replica": type("Gone", (), {"close": lambda self: None})()}
    )
    position.ask()
    position.ask()

    assert not position.is_current()
    assert len(caplog.records) == 1


def test_a_process_that_hears_of_no_changes_does_not_read_the_replica(position, monkeypatch):
    monkeypatch.setattr("yibao_site.replica.position.followers", [lambda: False])

    assert not position.is_current()


def test_an_answer_of_long_ago_says_nothing_of_the_replica(position, monkeypatch):
    monkeypatch.setattr("yibao_site.replica.position.PROBE_TIMEOUT_SECONDS", 0)

    assert not position.is_current()


def test_a_page_whose_replica_fails_is_made_again_from_the_primary(position, rf, monkeypatch):
    monkeypatch.setattr(
        "yibao_site.replica.middleware.connections", {"replica": type("Gone", (), {"close": lambda self: None})()}
    )

    def view(request):
        if reads() == "replica":
            raise OperationalError("server closed the connection")
        return HttpResponse("primary")

    def get_response(request):
        request.resolver_match = type("Match", (), {"func": staticmethod(view), "args": (), "kwargs": {}})
        try:
            return view(request)
        except OperationalError as error:
            return middleware.process_exception(request, error)

    middleware = ReplicaMiddleware(get_response)

    assert middleware(rf.get("/articles/")).content == b"primary"
    assert middleware.process_exception(rf.get("/articles/"), ValueError()) is None


def test_a_replica_is_of_postgresql(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATABASE_REPLICA_URL", "postgresql://replica/yibao")

    with pytest.raises(ImproperlyConfigured, match="PostgreSQL"):
        database_settings(Env(), "sqlite:///db.sqlite3", 4)
