"""Source watch: visits the links of policy documents and opens findings when a link breaks, moves or changes its text.

A finding closes when the document is edited, or when a later visit finds the page restored. After a
change of the text, the articles that cite a value of the document get findings too (`when_changed`).
"""

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from calculators.models import Finding, PolicyDocument, SourceCheck
from calculators.models.finding import subject_key
from calculators.sources.fetch import AddressRefused, FetchedPage, FetchFailed
from calculators.sources.page_text import text_hash
from calculators.values.types import spell_day

MAX_FAILED_VISITS = 3  # in a row, before a link counts as gone; a site may be down for a night
GONE_STATUSES = {404, 410}
Outcome = SourceCheck.Outcome
FINDING_KINDS = {
    Outcome.GONE: Finding.Kind.SOURCE_GONE,
    Outcome.REFUSED: Finding.Kind.SOURCE_GONE,
    Outcome.MOVED: Finding.Kind.SOURCE_MOVED,
}

when_changed: list[Callable[[PolicyDocument, date], None]] = []  # called after a change of the text


def documents_to_visit(on: date):
    """Documents with a link that were not visited on this day, the longest unvisited first."""
    linked = PolicyDocument.objects.exclude(url="").select_related("source_check")
    return linked.exclude(source_check__checked_on=on).order_by("source_check__checked_on", "pk")


def visit_document(document: PolicyDocument, on: date, fetch: Callable[[str], FetchedPage]) -> SourceCheck:
    """Fetch the link, store the outcome, and open or close findings."""
    check = SourceCheck.objects.filter(document=document).first() or SourceCheck(document=document)
    if check.url != document.url:
        check.url, check.text_hash, check.changed_on, check.failures = document.url, "", None, 0
    check.checked_on, before = on, check.text_hash
    _fetch_into(check, fetch)
    has_changed = bool(before) and check.text_hash != before
    if has_changed:
        check.changed_on = on
    check.save()
    _update_findings(document, check, has_changed)
    return check


def _fetch_into(check, fetch):
    try:
        page = fetch(check.url)
    except AddressRefused as refusal:
        check.outcome, check.detail = Outcome.REFUSED, str(refusal)
    except FetchFailed as silence:
        _count_failure(check, str(silence))
    else:
        _store_outcome(check, page)


def _store_outcome(check, page):
    if page.status in GONE_STATUSES:
        check.outcome, check.detail = Outcome.GONE, f"网站说没有这个页面（{page.status}）。"
    elif page.status >= 400:
        _count_failure(check, f"网站不给看（{page.status}）。")
    else:
        check.failures = 0
        check.outcome = Outcome.MOVED if page.moved_to else Outcome.OK
        check.detail = f"新地址：{page.moved_to}"[:300] if page.moved_to else ""
        check.text_hash = text_hash(page.body, page.content_type)


def _count_failure(check, detail):
    check.failures += 1
    check.detail = f"{detail}已连续 {check.failures} 次。"
    if check.failures >= MAX_FAILED_VISITS:
        check.outcome = Outcome.GONE
    elif not check.outcome:
        check.outcome = Outcome.OK


def _update_findings(document, check, has_changed):
    if has_changed:
        _report(
            document,
            Finding.Kind.SOURCE_CHANGED,
            f"{spell_day(check.checked_on)}发现来源的文字变了，请重新核对引自它的数值。",
        )
        for report in when_changed:
            report(document, check.checked_on)
    kind = FINDING_KINDS.get(check.outcome)
    if kind:
        _report(document, kind, check.detail)
    passed = [other for other in FINDING_KINDS.values() if other != kind]
    if not check.failures or kind:
        Finding.objects.about(document).of_kind(*passed).close("再次检查时已恢复")


def _report(document, kind, sentence):
    Finding.objects.report(
        kind=kind,
        subject_key=subject_key(document),
        cause_key="",
        subject=str(document)[:200],
        sentence=sentence,
        link=reverse("admin:calculators_policydocument_change", args=[document.pk]),
    )
