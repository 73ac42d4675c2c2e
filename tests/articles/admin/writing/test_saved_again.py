"""The browser's Back leads to the form of a new article that is saved already: it makes no second article."""

from articles.models import Article
from articles.workflow import steps
from tests.office_page import fields_of, open_form, save

NEW = "/admin/articles/article/add/"


def first_save(desk, category):
    fields = open_form(desk.client, NEW) | {"title": "甲", "body": "<p>第一稿。</p>", "category": str(category.pk)}
    save(desk.client, NEW, fields)
    return fields, Article.objects.get()


def change(article):
    return f"/admin/articles/article/{article.pk}/change/"


def test_what_was_changed_after_going_back_is_saved_in_the_same_article(author, category):
    fields, article = first_save(author, category)
    again = author.client.post(NEW, fields | {"body": "<p>第二稿。</p>", "_continue": "1"}, follow=True)
    assert "没有存第二份" in again.content.decode()

    save(author.client, change(article), fields_of(again, change(article)))
    article = Article.objects.get()
    assert article.body == "<p>第二稿。</p>"


def test_what_somebody_else_saved_meanwhile_is_put_beside_it(author, chief, category):
    fields, article = first_save(author, category)
    content = steps.newest(article).content
    steps.save(article, content | {"body": "<p>主编写的。</p>"}, by=chief.user)
    again = author.client.post(NEW, fields | {"body": "<p>第二稿。</p>", "_continue": "1"}, follow=True)

    page = again.content.decode()
    assert "主编写的。" in page
    assert "第二稿。" in page
    assert Article.objects.get().body == "<p>主编写的。</p>"
