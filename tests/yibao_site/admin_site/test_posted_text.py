"""Control characters typed or pasted into any form of the office."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles.models import Article, Category, GlossaryTerm
from calculators.models import PolicyDocument, PoolingArea
from tests.attacks.form_data import Form
from tests.office_page import keep, open_form

pytestmark = pytest.mark.django_db
ODD = "门诊\x0b报\x00销\ufffe"
CLEANED = "门诊 报销"
FORMS = {
    "articles_category": (Category, "name", {"order": "0"}),
    "articles_glossaryterm": (GlossaryTerm, "term", {"explanation": "一两句完整的解释在这里。"}),
    "calculators_policydocument": (PolicyDocument, "title", {"slug": "a", "grade": "A"}),
    "calculators_poolingarea": (PoolingArea, "name", {"code": "999999", "short_name": "某地"}),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_stores_the_text_without_such_characters_and_says_so(admin_client, name):
    model, field, others = FORMS[name]
    page = admin_client.post(reverse(f"admin:{name}_add"), {field: ODD, **others}, follow=True)

    assert model.objects.filter(**{field: CLEANED}).exists()
    assert "看不见的字符" in page.content.decode()


def article_fields(client, **changes):
    page = client.get(reverse("admin:articles_article_add")).content.decode()
    category = Category.objects.get_or_create(name="健康新闻")[0]
    return Form(page, "article_form").fields | {"category": category.pk} | changes


def test_an_article_and_its_feed_hold_no_such_character(admin_client, client):
    fields = article_fields(admin_client, title=ODD, tags=f"{ODD}、北京", body=f"<p>{ODD}</p>", _step_publish="1")
    page = admin_client.post(reverse("admin:articles_article_add"), fields, follow=True)
    article = Article.objects.get()

    assert (article.title, article.tags_text) == (CLEANED, f"{CLEANED}、北京")
    assert "看不见的字符" in page.content.decode()
    assert client.get("/feeds/articles/").status_code == 200


def test_what_is_kept_while_typing_is_clean_and_no_message_waits_for_another_page(admin_client):
    address = reverse("admin:articles_article_add")
    fields = open_form(admin_client, address)
    keep(admin_client, address, fields, title=ODD)
    restored = open_form(admin_client, address, restore=fields["form_opening"][0])

    assert restored["title"] == [CLEANED]
    assert "看不见的字符" not in admin_client.get(reverse("admin:index")).content.decode()


def test_a_password_is_taken_as_typed(admin_client):
    person = User.objects.create_user("somebody", password="old-password-of-hers")
    typed = "a long pass\u2028word"
    url = reverse("admin:auth_user_password_change", args=[person.pk])
    admin_client.post(url, {"password1": typed, "password2": typed, "usable_password": "true"})
    person.refresh_from_db()

    assert person.check_password(typed)
