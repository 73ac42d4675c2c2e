"""The office speaks Chinese on every page, to everybody in the same form of address."""

import gettext
import re
from pathlib import Path

import pytest

from tests.office_walk import walk_office

LOCALE = Path(__file__).parents[3] / "yibao_site" / "locale"
NOT_READ = re.compile(r"<(script|style|code|pre|textarea|template|select)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
SPOKEN_ATTRIBUTE = re.compile(r'(?:title|aria-label|placeholder|alt)="([^"]*)"')
ENGLISH = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,})+|\b(?:None|True|False)\b|\bobject \(\d+\)")
ROLES = {"编辑": {}, "政策管理员": {}, "主编": {}, "": {"is_superuser": True}}


def spoken(html):
    """What a page says, and what its attributes say to who listens."""
    body = NOT_READ.sub(" ", re.split(r"<body[^>]*>", html)[-1])
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    return [title[1] if title else "", *TAG.sub("\n", body).split("\n"), *SPOKEN_ATTRIBUTE.findall(body)]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_no_page_of_the_office_has_a_word_of_english_or_two_forms_of_address(client, staff, role):
    client.force_login(staff(*filter(None, [role]), **ROLES[role]))
    found = {}

    def get(address):
        response = client.get(address, follow=True)
        if "text/html" not in response.get("Content-Type", ""):
            return ""
        html = response.content.decode()
        lines = [line.strip() for line in spoken(html)]
        if wrong := {line for line in lines if ENGLISH.search(line) or "您" in line or line.startswith("Error")}:
            found[address] = wrong
        return html

    assert len(walk_office(get)) > 20
    assert found == {}


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_compiled_wording_is_the_written_one(domain):
    folder = LOCALE / "zh_Hans" / "LC_MESSAGES"
    with (folder / f"{domain}.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    written = re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', (folder / f"{domain}.po").read_text(encoding="utf-8"), re.M)

    assert written
    for words, meaning in written:
        assert compiled.gettext(words.replace('\\"', '"')) == meaning.replace("\\n", "\n").replace('\\"', '"')
