"""Front matter of Hexo, Hugo and Jekyll on the import page: what is taken, what is told, and what stays hidden."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Article

pytestmark = pytest.mark.django_db
HEXO = """---
title: 门诊怎么报：三步看懂
date: 2024-03-05 09:05:00
updated: 2024-04-01 10:00:00
categories:
- 健康新闻
- 医保
tags: [门诊, 起付线]
description: 一句话说清门诊报销。
cover: /img/cover.png
toc: true
---
# 先看起付线

正文。<!-- more -->

![图](/img/a.png)

{% note info %}提示{% endnote %}
"""
HUGO = """+++
title = "异地备案"
date = 2024-03-05T09:05:00+08:00
lastmod = 2024-04-01
draft = false
categories = ["健康新闻"]
tags = ["异地"]
slug = "yidi-beian"
aliases = ["/posts/old-yidi/", "/yidi.html"]
weight = 10
[params]
author = "甲"
+++

正文。
"""
HUGO_YAML = """---
Title: "异地备案"
publishDate: 2024-03-05T09:05:00+08:00
draft: false
categories: 健康新闻
url: /posts/yidi/
---
正文。
"""
JEKYLL = """---
layout: post
title:  "Mental: 1.10 与 010"
category: 健康新闻
tags: 2024 010
permalink: /news/:year/:title/
redirect_from:
  - /old/a.html
  - https://old.example/b/?p=1
excerpt: 摘要。
---

正文。
"""


@pytest.fixture(autouse=True)
def category(news):
    return news


@pytest.fixture
def bring(import_page):
    """One text of another site maker, imported; what the dry run told of it."""

    def bring(text, name="my-post.md"):
        [row] = import_page({name: text.encode()}, really=True)
        return row

    return bring


def local(article):
    return f"{timezone.localtime(article.published_at):%Y-%m-%d %H:%M}"


def test_hexo_is_read_by_our_names_and_the_dry_run_tells_what_became_of_each_entry(bring, client):
    told = bring(HEXO)
    article = Article.objects.get()

    assert (article.title, article.slug, article.summary) == ("门诊怎么报：三步看懂", "my-post", "一句话说清门诊报销。")
    assert (article.category.name, article.tags_text) == ("健康新闻", "门诊、起付线、医保")
    assert local(article) == "2024-03-05 09:05"
    assert client.get("/articles/my-post/").status_code == 200
    for sentence in (
        "新建，发布时间 2024-03-05 09:05",
        "标题←title、摘要←description、发布时间←date、栏目←categories、标签←tags、categories、网址名←文件名。",
        "归入“健康新闻”，“医保”作为标签。",
        "没有用到：updated、cover、toc。",
        "正文里有 2 处模板标记",
        "1 张不在图片库里的图片",
    ):
        assert sentence in told


@pytest.mark.parametrize("text", [HUGO, HUGO_YAML], ids=["TOML", "YAML"])
def test_hugo_is_read_in_both_of_its_forms(bring, text, client):
    told = bring(text, "index.md")
    article = Article.objects.get()

    assert (article.title, article.category.name, local(article)) == ("异地备案", "健康新闻", "2024-03-05 09:05")
    if text == HUGO:
        assert (article.slug, article.tags_text) == ("yidi-beian", "异地")
        assert "没有用到：lastmod、weight、params。" in told
        assert "旧网址 /posts/old-yidi/ 会转到这一篇。" in told
        assert client.get("/yidi.html")["Location"] == "/articles/yidi-beian/"
    else:
        assert article.slug == "yi-di-bei-an"
        assert client.get("/posts/yidi/")["Location"] == "/articles/yi-di-bei-an/"


def test_jekyll_has_day_and_address_in_the_name_of_its_file(bring, client):
    told = bring(JEKYLL, "2024-03-05-My-Title.md")
    article = Article.objects.get()

    assert (article.slug, local(article), article.summary) == ("my-title", "2024-03-05 00:00", "摘要。")
    assert client.get("/old/a.html")["Location"] == "/articles/my-title/"
    assert "发布时间←文件名" in told
    assert "旧网址 /news/:year/:title/ 不能自动转到这里。" in told
    assert "旧网址 https://old.example/b/?p=1 不能自动转到这里。" in told
    assert "没有用到：layout。" in told


def test_no_scalar_of_yaml_is_changed_on_the_way(bring):
    bring(JEKYLL)

    assert Article.objects.get().title == "Mental: 1.10 与 010"
    assert Article.objects.get().tags_text == "2024 010"


HIDDEN = {
    "draft: true": "原来是草稿",
    "published: false": "原来没有发布",
    "password: secret": "原来有密码",
    "private: yes": "原来是私密文章",
    "hidden: true": "原来是隐藏文章",
    "expiryDate: 2020-01-01": "原来已经过期",
}


@pytest.mark.parametrize(("line", "said"), HIDDEN.items(), ids=HIDDEN)
def test_what_was_hidden_from_readers_comes_in_as_a_draft_and_says_why(bring, client, line, said):
    told = bring(HEXO.replace("toc: true", line))

    assert f"{said}，作为草稿导入。" in told
    assert Article.objects.get().status == Article.Status.DRAFT
    assert client.get("/articles/my-post/").status_code == 404


@pytest.mark.parametrize("line", ["draft: false", "published: true", "password:", "private: no", "hidden: 'false'"])
def test_what_was_not_hidden_is_public(bring, line):
    bring(HEXO.replace("toc: true", line))

    assert Article.objects.get().status == Article.Status.PUBLISHED


def test_without_any_day_it_is_a_draft_and_says_so(bring):
    assert "没有写日期，作为草稿导入。" in bring(HEXO.replace("date: 2024-03-05 09:05:00\n", ""))
    assert Article.objects.get().status == Article.Status.DRAFT


def test_a_day_to_come_is_a_schedule(bring):
    later = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d %H:%M:%S +0000}"

    assert "自动上线" in bring(HEXO.replace("2024-03-05 09:05:00", later))
    assert Article.objects.get().status == Article.Status.SCHEDULED


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("2024-03-05 09:05:00", "上周", "发布时间（date）读不懂：“上周”"),
        ("toc: true", "title: 又一个", "“title”写了两次"),
        ("toc: true", "toc: *a", "YAML 引用"),
        ("title: 门", "title: [门", "第 3 行附近不合 YAML 的写法"),
        ("toc: true", "toc: " + "[" * 3000, "不合 YAML 的写法"),
        ("toc: true", "toc: " + "长" * 20_000, "超过 20000 个字"),
        ("title: 门诊怎么报：三步看懂", "name: x", "标题"),
        ("- 健康新闻\n- 医保", "- 别的", "没有这个栏目：别的。"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(bring, old, new, sentence):
    assert sentence in bring(HEXO.replace(old, new))
    assert not Article.objects.exists()


def test_a_slug_of_other_letters_is_made_from_the_title_and_told(bring):
    assert "原来的网址名“门诊”不是字母" in bring(HEXO.replace("toc: true", "slug: 门诊"), "index.md")
    assert Article.objects.get().slug.startswith("men-zhen")


def test_windows_files_in_utf_16_are_read(import_page):
    [row] = import_page({"a.md": HEXO.replace("\n", "\r\n").encode("utf-16")}, really=True)

    assert "新建" in row
    assert Article.objects.get().title == "门诊怎么报：三步看懂"


def test_the_same_files_again_change_nothing(import_page):
    files = {"a.md": HEXO.encode(), "2024-03-05-b.md": JEKYLL.encode(), "c.md": HUGO.encode()}
    import_page(files, really=True)

    assert [row.split()[0] for row in import_page(files, really=True)] == ["未变"] * 3
    assert Article.objects.count() == 3


def test_our_own_misspelt_entry_is_still_refused(bring):
    assert "不认识的字段“tittle”" in bring('+++\ntittle = "甲"\ncategory = "健康新闻"\n+++\n正文。')
