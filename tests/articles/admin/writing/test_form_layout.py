import re

from django.utils import timezone

from articles.workflow import steps
from calculators.models import FormOpening


def page_of(desk, article):
    return desk.client.get(desk.url(article)).content.decode()


def open_sections(page):
    return re.findall(r'<details class="settings-section" open>\s*<summary><h2>(.*?)</h2>', page)


def test_settings_are_closed_but_the_first_and_one_that_holds_an_error(author, category):
    assert open_sections(page_of(author, None)) == ["栏目、标签、地区"]

    fields = author.open(None) | {"title": "甲", "category": str(category.pk)}
    page = author.post(None, fields, slug="有汉字").content.decode()
    assert open_sections(page) == ["栏目、标签、地区", "网址和期限"]


def test_a_section_says_how_many_entries_it_holds(chief, live):
    version = steps.newest(live)
    other = chief.write(live.category, title="另一篇")
    steps.save(live, version.content | {"choices": [{"other": other.pk, "kind": "pin", "order": 1}]}, by=chief.user)

    page = page_of(chief, live)

    assert re.search(r'<h2>相关阅读</h2> <span class="count">1</span>', page)
    assert not re.search(r'<h2>来源</h2> <span class="count">', page)


def test_a_draft_has_no_link_to_a_page_readers_do_not_see(chief, live, category):
    assert "在网站上看" in page_of(chief, live)
    assert "在网站上看" not in page_of(chief, chief.write(category, title="草稿"))


def test_the_bar_holds_the_actions_that_exist_now_for_this_person(author, chief, category):
    article = author.write(category, "_step_submit")

    assert 'value="送审"' not in bar(page_of(author, article))
    assert "撤回送审" in bar(page_of(author, article))
    assert "发布" not in bar(page_of(author, article))
    assert "退回修改" in bar(page_of(chief, article))
    assert "发布" in bar(page_of(chief, article))


def bar(page):
    return page.split('class="form-bar"')[1].split('class="form-more"')[0]


def test_the_bar_names_who_else_has_typed_into_this_article_just_now(author, chief, category):
    article = author.write(category)
    FormOpening.objects.create(
        opening="00000000-0000-0000-0000-000000000001",
        user=author.user,
        form="articles.article",
        object_id=str(article.pk),
        kept_at=timezone.now(),
    )

    assert "author 也在改" in page_of(chief, article)
    assert "也在改" not in page_of(author, article)


def test_the_reason_of_a_return_stands_first(author, chief, category):
    article = author.write(category, "_step_submit")
    steps.send_back(article, by=chief.user, note="开头不对，请重写第一段")

    assert "退回修改：开头不对，请重写第一段" in page_of(author, article)
