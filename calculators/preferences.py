"""Preferences of a visitor, 参保地 and 身份 and the size of text, stored in cookies on their device and in no account.

A page that reads the choice depends on VISITOR_CHOICE, so that a page cached for one choice is never answered to another.
Visitors without a choice, search engines among them, see the page without. The place may be any of the shipped table,
whether or not values are held for it. A cookie of an older release, or that nobody wrote, says what is still known of it.

大字版 is the elderly-friendly view (适老版界面) of every page. Its sizes follow the two guidelines of the Ministry of Industry
and Information Technology of 2021: text of at least 18 px and the main text and figures of up to 30 (移动互联网应用（APP）适老化通用
设计规范 1.1, 互联网网站适老化通用设计规范 1.2.3), line spacing of 1.3 and paragraphs 1.3 times as far apart as lines (1.2), contrast
of 4.5:1 (1.3), targets of 60 px (2.1), an entry on the first page and every other (3.1), no advertising (5.1). The style is in
site.css under `.large`. The page cache keeps these pages apart by the cookie (yibao_site/page_cache/wsgi.py).
"""

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from calculators.common import page_keys
from calculators.models import PoolingArea
from calculators.models.area import NATION_CODE
from calculators.question_answering import lookups
from calculators.typed_questions.places import Place
from calculators.values.conditions import PERSON_DIMENSION

CHOICE_COOKIE_NAME = "choice"
CHOICE_COOKIE_PATTERN = re.compile(r"(\d{6})(?:\.([a-z][a-z0-9_]{0,39}))?")
COOKIE_SECONDS = 365 * 24 * 3600
MAX_PLACE_CHARACTERS = 40
TEXT_COOKIE_NAME, LARGE_TEXT = "text", "large"


@dataclass(frozen=True)
class VisitorChoice:
    """Code of a place and code of a 身份; each may be empty. `person_name` is the 身份 in words, `place` the place."""

    area: str = ""
    person: str = ""
    place: Place | None = None
    person_name: str = ""

    @classmethod
    def of(cls, area: str, person: str = "") -> Self:
        """What is known of these codes."""
        place = lookups.place(area) if area else None
        name = dict(person_choices()).get(person, "") if person else ""
        return cls(place.code if place else "", person if name else "", place, name)

    def __str__(self):
        return " · ".join(filter(None, (self.place.short_name if self.place else "", self.person_name)))

    @property
    def pooling_area(self) -> PoolingArea | None:
        """The area, with those above it, where it is one that values may be held for. No query where areas are cached."""
        return lookups.area(self.area) if self.area else None

    @property
    def is_covered(self) -> bool:
        """Whether values are held for the place."""
        return any(area.code == self.area for area in lookups.areas_with_values())


class ChoiceForm(forms.Form):
    """The place is written by any of its names, or its code. `cleaned_data["area"]` is the Place, None where none is named."""

    area = forms.CharField(
        label="参保地",
        required=False,
        max_length=MAX_PLACE_CHARACTERS,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "比如：长沙"}),
    )
    person = forms.ChoiceField(required=False, label="身份")

    def __init__(self, *args, auto_id="choice-%s", **kwargs):
        super().__init__(*args, label_suffix="", auto_id=auto_id, **kwargs)
        self.fields["person"].choices = [("", "请选择"), *person_choices()]

    def clean_area(self):
        written = self.cleaned_data["area"].replace("\x00", "").strip()
        if not written:
            return None
        place = lookups.place_index().named(written)
        if place is None:
            raise forms.ValidationError(
                f"没有认出“{written}”是哪里。写省、市、州、盟的名字，简称、旧名或拼音都行，比如“长沙”“changsha”。"
            )
        return place


def person_choices() -> list[tuple[str, str]]:
    """Choices of 身份, code and word. One query where they are not cached."""
    return list(lookups.words().names.get(PERSON_DIMENSION, {}).items())


def read_choice(request: HttpRequest) -> VisitorChoice:
    """The visitor's choice from the cookie; a malformed cookie, or one of a place that is not known, is none."""
    page_keys.depends_on(page_keys.VISITOR_CHOICE)
    written = CHOICE_COOKIE_PATTERN.fullmatch(request.COOKIES.get(CHOICE_COOKIE_NAME, ""))
    if not written:
        return VisitorChoice()
    choice = VisitorChoice.of(written[1], written[2] or "")
    if (choice.area, choice.person) != (written[1], written[2] or ""):
        page_keys.depends_on(page_keys.UNKNOWN_CHOICE)
    return choice if choice.area else VisitorChoice()


def store_choice(response: HttpResponse, choice: VisitorChoice) -> None:
    """Store the choice in the cookie; an empty choice deletes it."""
    _store(response, CHOICE_COOKIE_NAME, f"{choice.area}.{choice.person}".rstrip(".") if choice.area else "")


def reads_large_text(request: HttpRequest) -> bool:
    """Whether the visitor reads 大字版. Every page depends on it, so it needs no page key."""
    return request.COOKIES.get(TEXT_COOKIE_NAME) == LARGE_TEXT


def store_text_size(response: HttpResponse, *, is_large: bool) -> None:
    _store(response, TEXT_COOKIE_NAME, LARGE_TEXT if is_large else "")


def _store(response, name, written):
    """A cookie of a year on this site alone; an empty text deletes it."""
    if not written:
        response.delete_cookie(name, samesite="Lax")
        return
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, written, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=secure)


def own_address(back: str) -> str:
    """An address of this site, whatever was sent; the first page where it is none."""
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours else "/"


def address_for_choice(address: str, choice: VisitorChoice) -> str:
    """The address to go back to after choosing: the answers in it that say place and 身份 say the new ones."""
    parts = urlsplit(address)
    chosen = {"region": region_of(choice) if choice.area else "", PERSON_DIMENSION: choice.person}
    query = [(name, chosen.get(name) or value) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
    return urlunsplit(parts._replace(query=urlencode(query)))


def region_of(choice: VisitorChoice) -> str:
    """The area a calculator computes with: the nation where no values are held for the place."""
    return choice.area if choice.is_covered else NATION_CODE
