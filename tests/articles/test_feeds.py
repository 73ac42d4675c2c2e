from xml.etree import ElementTree

import pytest

from tests.articles.factories import beijing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    ["/feeds/articles/", "/feeds/categories/daiyu-baoxiao/", "/feeds/tags/门诊/", "/feeds/areas/110000/"],
)
def test_each_feed_is_atom_and_holds_its_articles(client, publish, address):
    publish(tags=["门诊"], area=beijing(), summary="起付线 〔职工门诊起付线·北京·在职〕。")

    feed = ElementTree.fromstring(client.get(address).content)  # noqa: S314 - our own

    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == 1
    assert entries[0].find("{http://www.w3.org/2005/Atom}summary").text == "起付线 1,800 元。"
