"""Preferences of a visitor, 参保地 and 身份, stored in a cookie on their device and in no account.

A page that reads the choice depends on VISITOR_CHOICE, so that a page cached for one choice is never answered to another.
Visitors without a choice, search engines among them, see the page without.
"""

import re
from dataclasses import dataclass

from django import forms
from django.conf import settings

from calculators.common import page_keys
from calculators.models import DimensionChoice, PoolingArea

CHOICE_COOKIE_NAME = "choice"
CHOICE_COOKIE_PATTERN = re.compile(r"(\d{6})(?:\.([a-z][a-z0-9_]{0,39}))?")
CHOICE_COOKIE_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class VisitorChoice:
    """Code of an area and code of a 身份; each may be empty."""

    area: str = ""
    person: str = ""

    def answers(self) -> dict[str, str]:
        """What calculators take as typed."""
        return {name: code for name, code in (("region", self.area), ("person_type", self.person)) if code}


class ChoiceForm(forms.Form):
    area = forms.ModelChoiceField(
        PoolingArea.objects.none(), to_field_name="code", required=False, label="参保地", empty_label="没有选"
    )
    person = forms.ChoiceField(required=False, label="身份")

    def __init__(self, *args, areas=None, people=None, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["area"].queryset = PoolingArea.objects.local().with_values()
        if areas is not None:
            self.fields["area"].choices = [("", "没有选"), *((area.code, area.short_name) for area in areas)]
        self.fields["person"].choices = [("", "没有选"), *(person_choices() if people is None else people)]


def person_choices() -> list[tuple[str, str]]:
    """Choices of 身份, code and word. One query."""
    page_keys.depends_on(page_keys.ALL_DIMENSIONS)
    rows = DimensionChoice.objects.filter(dimension__code="person_type").order_by("order")
    return list(rows.values_list("code", "name"))


def read_choice(request) -> VisitorChoice:
    """The visitor's choice from the cookie; a malformed cookie is none."""
    page_keys.depends_on(page_keys.VISITOR_CHOICE)
    written = CHOICE_COOKIE_PATTERN.fullmatch(request.COOKIES.get(CHOICE_COOKIE_NAME, ""))
    return VisitorChoice(written[1], written[2] or "") if written else VisitorChoice()


def store_choice(response, choice: VisitorChoice) -> None:
    """Store the choice in the cookie; an empty choice deletes it."""
    if not choice.area:
        response.delete_cookie(CHOICE_COOKIE_NAME, samesite="Lax")
        return
    written = f"{choice.area}.{choice.person}".rstrip(".")
    kept = {
        "max_age": CHOICE_COOKIE_SECONDS,
        "httponly": True,
        "samesite": "Lax",
        "secure": settings.SESSION_COOKIE_SECURE,
    }
    response.set_cookie(CHOICE_COOKIE_NAME, written, **kept)
