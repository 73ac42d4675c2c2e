"""The picture beside a passed-on link: drawn when an article is published, never when it is read."""

import os
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from articles.models import Article, ArticlePage, Category
from articles.pages import social_cards
from articles.tasks import drop_orphan_files
from calculators.common import canvas
from calculators.common.page_keys import content_changed
from calculators.common.site_identity import SiteIdentity
from yibao_site.page_cache.models import PageChange

pytestmark = pytest.mark.django_db
LONG = "2026 年居民医保交多少钱：全国线与北京、上海、重庆"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def publish():
    category = Category.objects.create(name="待遇报销")

    def publish(title, status="published"):
        return Article.objects.create(title=title, category=category, body="<p>文</p>", status=status)

    return publish


def card_of(article):
    return ArticlePage.objects.get(article=article).card


def told(client, article):
    return client.get(article.get_absolute_url()).content.decode()


def test_a_card_is_a_small_picture_of_the_size_networks_show():
    drawn = social_cards.draw(LONG)

    assert Image.open(BytesIO(drawn)).size == (1200, 630)
    assert len(drawn) < 60_000


@pytest.mark.parametrize("title", ["甲", LONG, "职" * 80])
def test_a_title_stands_in_three_lines_at_most_and_none_begins_with_a_comma(title):
    size, lines = social_cards._set(title)

    assert size in social_cards.TITLE_SIZES
    assert len(lines) <= 3
    assert not any(line[0] in canvas.NEVER_FIRST for line in lines)
    assert "".join(lines).replace(" ", "").startswith(title.replace(" ", "")[:20])


def test_lines_break_between_words():
    _, lines = social_cards._set(LONG)

    assert lines == ["2026 年居民医保交", "多少钱：全国线与", "北京、上海、重庆"]


def test_the_page_shows_the_sites_card_until_its_own_is_drawn(client, publish):
    article = publish(LONG)
    assert 'property="og:image" content="http://testserver/static/' in told(client, article)
    social_cards.draw_missing()
    page = told(client, article)

    assert f'property="og:image" content="http://testserver/media/{card_of(article)}"' in page
    assert f'"image":"http://testserver/media/{card_of(article)}"' in page
    file = client.get(f"/media/{card_of(article)}")
    file.close()
    assert file["Content-Type"] == "image/png"


def test_reading_draws_nothing(client, publish, monkeypatch):
    monkeypatch.setattr(social_cards, "draw", lambda title, site: pytest.fail("drawn while it was read"))

    assert "og:image" in told(client, publish(LONG))


def test_publishing_draws_and_a_new_title_draws_again(publish, django_capture_on_commit_callbacks, monkeypatch):
    drawn = []
    monkeypatch.setattr(social_cards, "draw", lambda title, site: drawn.append(title) or b"png")
    with django_capture_on_commit_callbacks(execute=True):
        publish("草稿", status="draft")
        article = publish("旧题")
    assert drawn == ["旧题"]
    with django_capture_on_commit_callbacks(execute=True):
        article.save()
    assert drawn == ["旧题"]
    with django_capture_on_commit_callbacks(execute=True):
        article.title = "新题"
        article.save()

    assert drawn == ["旧题", "新题"]
    assert card_of(article) == social_cards.name_of("新题")


def test_a_drawn_card_makes_the_page_fresh(publish):
    article, said = publish(LONG), set()

    def hear(keys, **kwargs):
        said.update(keys)

    content_changed.connect(hear)
    try:
        assert social_cards.draw_missing() == 1
    finally:
        content_changed.disconnect(hear)

    assert f"article:{article.pk}" in said
    assert social_cards.draw_missing() == 0


def test_cards_that_are_drawn_together_are_one_change_of_pages(publish):
    for number in range(3):
        publish(f"第{number}篇")
    PageChange.objects.all().delete()

    assert social_cards.draw_missing() == 3
    assert PageChange.objects.count() == 1


def test_a_title_that_is_changed_while_its_card_is_drawn_gets_no_old_card(publish, monkeypatch):
    article = publish("旧题")

    def changed_meanwhile(title, site):
        Article.objects.filter(pk=article.pk).update(title="新题")
        return b"png"

    monkeypatch.setattr(social_cards, "draw", changed_meanwhile)
    social_cards.draw_missing()
    assert card_of(article) == ""

    assert social_cards.draw_missing() == 1
    assert card_of(article) == social_cards.name_of("新题")


def test_a_site_that_is_renamed_while_cards_are_drawn_gets_no_card_of_the_old_name(publish, monkeypatch):
    article = publish("题")
    names = iter(["旧名", "新名", "新名", "新名"])
    monkeypatch.setattr(social_cards, "fresh_identity", lambda: SiteIdentity(name=next(names)))

    assert social_cards.draw_missing() == 0
    assert card_of(article) == ""
    assert social_cards.draw_missing() == 1
    assert card_of(article) == social_cards.name_of("题", SiteIdentity(name="新名")) != social_cards.name_of("题")


def test_cards_no_article_has_any_more_are_tidied_away(publish):
    article = publish("旧题")
    social_cards.draw_missing()
    old = card_of(article)
    Article.objects.filter(pk=article.pk).update(title="新题")
    ArticlePage.objects.filter(article=article).update(card="")
    social_cards.draw_missing()
    os.utime(default_storage.path(old), (0, 0))
    drop_orphan_files.func()

    assert not default_storage.exists(old)
    assert default_storage.exists(card_of(article))
