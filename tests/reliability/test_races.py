"""Several processes at the same thing at the same moment: it happens once, and nobody's work is lost."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.models import Article, Event
from articles.workflow import snapshot, steps
from articles.workflow.scheduling import run_due
from tests.articles.admin.conftest import Desk
from yibao_site.background.schedule import enqueue_due_tasks

pytestmark = pytest.mark.django_db

ROUNDS = 8


def at_once(site, works):
    """Each work in a process of its own, all at the same moment; the lines of each."""
    start = time.time() + 0.3

    def waiting(work):
        def run():
            time.sleep(max(0, start - time.time()))
            yield from work()

        return run

    forks = [site.fork(waiting(work)) for work in works]
    return [fork.wait() for fork in forks]


def test_workers_that_race_for_a_schedule_queue_it_once(site, tried):
    def race():
        for _ in range(20):
            yield sum(name == "yibao_site.tasks.tidy_up" for name in enqueue_due_tasks())

    said = at_once(site, [race] * 4)

    assert sum(int(count) for lines in said for count in lines) == 1
    tried("四个后台进程抢同一个定期任务", "80 次", "只排进队列一次")


def test_workers_that_race_for_a_scheduled_article_publish_it_once(site, tried):
    def race():
        yield len(run_due())

    for number in range(ROUNDS):
        with site.here():
            article = Article.objects.published().order_by("pk").first()
            content = snapshot.take(article) | {"title": f"排期第{number}次"}
            steps.save(article, content, by=None)
            steps.schedule(article, timezone.now() + timedelta(seconds=0.2), by=None)
            events = Event.objects.count()
            time.sleep(0.2)
        said = at_once(site, [race] * 3)
        with site.here():
            assert Event.objects.count() == events + 1
            assert Article.objects.get(pk=article.pk).title == f"排期第{number}次"
        assert sorted(int(lines[0]) for lines in said) == [0, 0, 1]
    tried("三个后台进程抢同一篇排期的文章", f"{ROUNDS} 次", "每次只上线一次")


def test_two_editors_who_save_at_the_same_moment_both_keep_their_words(site, tried):
    def editor(title):
        desk = Desk(Client(), User.objects.get(username="admin"))
        fields = desk.open(article) | {"title": title, "_save": "1"}

        def save():
            answer = desk.client.post(desk.url(article), fields)
            yield "saved" if answer.status_code == 302 else "both" if answer.context["conflict"] else "refused"

        return save

    for number in range(ROUNDS):
        with site.here():
            article = Article.objects.published().order_by("pk").first()
            editors = [editor(f"甲{number}"), editor(f"乙{number}")]
        said = at_once(site, editors)
        with site.here():
            newest = steps.newest(article).content["title"]
        outcomes = [lines[0] for lines in said]

        assert sorted(outcomes) == ["both", "saved"]
        assert newest == f"{'甲乙'[outcomes.index('saved')]}{number}"
    tried("两个编辑同一瞬间保存同一篇", f"{ROUNDS} 次", "一个保存，另一个看到两份文字并列，都没丢")
