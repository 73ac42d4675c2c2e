import pytest
from django.urls import reverse

from articles.models import Article, Event
from articles.workflow import drafts, permissions, steps

Status = Article.Status
pytestmark = pytest.mark.django_db


@pytest.fixture
def author(staff):
    return staff("编辑", username="author")


@pytest.fixture
def chief(staff):
    return staff("主编", username="chief")


@pytest.fixture
def draft(category, author):
    return Article.objects.create(title="甲", body="<p>正文。</p>", category=category, author=author)


def test_an_author_withdraws_a_submission_and_it_is_a_draft_again(draft, author):
    steps.submit(draft, by=author)
    drafts.withdraw(draft, by=author)

    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    assert draft.events.first().kind == Event.Kind.WITHDRAWN


def test_a_submitted_edit_of_a_public_article_is_withdrawn_and_the_article_stays_public(draft, author, chief):
    steps.publish(draft, by=chief)
    steps.save(draft, {**steps.newest(draft).content, "body": "<p>新文。</p>"}, by=author)
    steps.submit(draft, by=author)
    drafts.withdraw(draft, by=author)

    draft.refresh_from_db()
    assert (draft.status, draft.edit_status) == (Status.PUBLISHED, Article.EditStatus.DRAFT)


def test_nobody_else_withdraws_a_submission_and_a_draft_has_none(draft, author, chief):
    with pytest.raises(permissions.NotAllowed):
        drafts.withdraw(draft, by=author)

    steps.submit(draft, by=author)
    with pytest.raises(permissions.NotAllowed):
        drafts.withdraw(draft, by=chief)


def test_an_author_deletes_an_own_draft_and_nothing_that_readers_ever_saw(draft, author, chief, staff):
    assert drafts.may_delete(author, draft)
    assert not drafts.may_delete(staff("编辑", username="another"), draft)

    steps.publish(draft, by=chief)
    assert not drafts.may_delete(author, draft)
    steps.archive(draft, by=chief)
    assert not drafts.may_delete(author, draft)


def test_the_office_offers_an_author_to_delete_a_draft_and_to_withdraw_what_waits(client, draft, author):
    client.force_login(author)
    form, delete = (reverse(f"admin:articles_article_{name}", args=[draft.pk]) for name in ("change", "delete"))
    assert delete in client.get(form).content.decode()
    assert "_step_withdraw" not in client.get(form).content.decode()

    steps.submit(draft, by=author)
    assert "_step_withdraw" in client.get(form).content.decode()
    assert client.get(delete).status_code == 403  # the chief is to decide on it

    drafts.withdraw(draft, by=author)
    assert client.post(delete, {"post": "yes"}).status_code == 302
    assert not Article.objects.exists()
