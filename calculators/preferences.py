"""参保地 and 身份 as a visitor chose them once: a cookie on their device, known to no account.

A page that looks at the choice depends on VISITOR_CHOICE, so that a page kept for one choice is never answered to another.
Whoever has none, every search engine among them, sees the page without.
"""

import re
from dataclasses import dataclass

from django import forms
from django.conf import settings

from calculators.common import page_keys
from calculators.models import DimensionChoice, PoolingArea

COOKIE = "choice"
WRITTEN = re.compile(r"(\d{6})(?:\.([a-z][a-z0-9_]{0,39}))?")
A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Choice:
    """An area's code and the code of a 身份; each may be empty."""

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
        self.fields["person"].choices = [("", "没有选"), *(people_known() if people is None else people)]


def people_known() -> list[tuple[str, str]]:
    """The 身份 a value may depend on, code and word. One query."""
    page_keys.depends_on(page_keys.ALL_DIMENSIONS)
    rows = DimensionChoice.objects.filter(dimension__code="person_type").order_by("order")
    return list(rows.values_list("code", "name"))


def chosen(request) -> Choice:
    """The visitor's choice; what is not written as one is none."""
    page_keys.depends_on(page_keys.VISITOR_CHOICE)
    written = WRITTEN.fullmatch(request.COOKIES.get(COOKIE, ""))
    return Choice(written[1], written[2] or "") if written else Choice()


def remember(response, choice: Choice) -> None:
    """On this device only; choosing nothing forgets."""
    if not choice.area:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    written = f"{choice.area}.{choice.person}".rstrip(".")
    kept = {"max_age": A_YEAR, "httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
    response.set_cookie(COOKIE, written, **kept)
