import pytest

from articles.models import Article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["门诊", "menzhen", "门诊起", "MENZHEN"])
def test_titles_are_suggested_while_typing(client, publish, typed):
    publish("门诊起付线是多少")
    publish("门诊起付线草稿", status=Article.Status.DRAFT)

    suggested = client.get("/search/suggest/", {"q": typed}).json()["suggestions"]

    assert [one["text"] for one in suggested] == ["门诊起付线是多少"]


@pytest.mark.parametrize("typed", ["", "门", "x" * 500, "\x00'\""])
def test_suggesting_takes_anything(client, typed):
    assert client.get("/search/suggest/", {"q": typed}).json() == {"suggestions": []}
