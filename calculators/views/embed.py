"""View of a calculator inside a frame of another site, and the HTML that such a site pastes.

Only these pages may be framed, by the origins of EMBED_ORIGINS; no cookie is read, so nothing in one is a visitor's own.
"""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.clickjacking import xframe_options_exempt

from calculators.common import page_keys
from calculators.forms import CalculatorForm, typed_answers
from calculators.models import Calculator
from calculators.views.shared_result import SharedResult

FIRST_HEIGHT = 900  # px, until the script tells how high the calculator is
SIZING_SCRIPT = "site/embed.js"  # its plain address, without a fingerprint: it stands in other people's pages


@xframe_options_exempt
def embedded_calculator(request, code):
    if not settings.EMBED_ORIGINS:
        raise Http404
    return csp_replace({"frame-ancestors": settings.EMBED_ORIGINS})(_page)(request, code)


def _page(request, code):
    calculator = get_object_or_404(Calculator.objects.as_published(), code=code)
    page_keys.depends_on(page_keys.calculator(calculator.pk))
    today = timezone.localdate()
    form = CalculatorForm(calculator.published(), typed_answers(request.GET), today)
    page = request.build_absolute_uri(calculator.get_absolute_url())
    context = {"calculator": calculator, "form": form, "on": today, "page": page, "is_embedded": True}
    context["shared"] = SharedResult.of(form, calculator.name, page, timezone.now())
    return render(request, "calculators/embed.html", context)


def embed_html(request, calculator: Calculator) -> SafeString:
    """What another site pastes; empty where no site may frame calculators."""
    if not settings.EMBED_ORIGINS:
        return SafeString()
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy"></iframe>\n<script src="{}" async></script>',
        request.build_absolute_uri(reverse("calculators:embed", args=[calculator.code])),
        f"{calculator.name}计算器",
        FIRST_HEIGHT,
        request.build_absolute_uri(settings.STATIC_URL + SIZING_SCRIPT),
    )
