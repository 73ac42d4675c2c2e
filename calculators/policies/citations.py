"""Citations of policy values: a row as a figure with its source and the cautions that must be shown beside it."""

from collections.abc import Iterator
from datetime import date, timedelta

from calculators.common import page_keys
from calculators.models.parameter import Parameter
from calculators.models.policy_value import PolicyValue
from calculators.values.types import Bound, Citation, Evidence, InForce, spell_day

NEVER_COMPARED = "待核实：这个数尚未对照官方原文核实。"
OFFICIAL_UNREAD = "待核实：文件是官方原文，这个数还没有第二个人对照条款核对。"
BOUND_CAUTIONS = {
    "upper": "按国家上限估算，本地标准未收录。",
    "lower": "按国家下限估算，本地标准未收录。",
    "guide": "按国家转移接续办法估算，本地规定未收录。",
}


def cite(
    row: PolicyValue,
    following: PolicyValue | None,
    *,
    area: str,
    on: date,
    today: date | None = None,
    replaced: PolicyValue | None = None,
) -> InForce:
    """The row as a figure with its source and cautions.

    `following` is the next row of its series and `replaced` the one before it, where known; without `today` it is `on`.
    """
    inherited = row.area.code != area
    bound = _bound(row) if row.area.is_nation and inherited else ""
    until = following.effective_from if following else None
    is_unknown = following is not None and following.kind == PolicyValue.Kind.UNKNOWN
    document = row.document
    page_keys.depends_on(page_keys.document(document.pk))
    citation = Citation(
        title=document.title,
        number=document.number,
        issuer=document.issuer,
        issued=document.issued_spelled,
        url=document.url,
        slug=document.slug,
        clause=row.clause,
        effective_from=row.effective_from,
        seen_on=row.seen_on,
        status=_evidence(row),
        cautions=tuple(_cautions(row, on=on, today=today or on, inherited=inherited, bound=bound)),
    )
    return InForce(
        code=row.parameter.code,
        name=row.parameter.name,
        value=row.value,
        unit=row.unit,
        area_code=row.area.code,
        area_name=row.area.short_name,
        dimensions=row.conditions_text,
        citation=citation,
        until=None if is_unknown else until,
        ends=following is not None and following.kind == PolicyValue.Kind.ENDED,
        known_until=until - timedelta(days=1) if until and is_unknown else None,
        inherited=inherited,
        bound=bound,
        row=row.pk,
        replaced=replaced.value if replaced is not None and replaced.unit == row.unit else None,
    )


def _evidence(row: PolicyValue) -> Evidence:
    if row.status == PolicyValue.Status.CONFIRMED:
        return "confirmed"
    return "restated" if row.status == PolicyValue.Status.RESTATED else "recalled"


def _bound(row: PolicyValue) -> Bound:
    bounds: dict[str, Bound] = {
        Parameter.Bound.UPPER: "upper",
        Parameter.Bound.LOWER: "lower",
        Parameter.Bound.GUIDE: "guide",
    }
    return bounds.get(row.parameter.bound, "")


def _cautions(row: PolicyValue, *, on: date, today: date, inherited: bool, bound: Bound) -> Iterator[str]:
    if row.status == PolicyValue.Status.RESTATED:
        yield "据转述：这个数出自报道、办事指南或医院公示，不是官方原文。"
    elif row.status == PolicyValue.Status.RECALLED:
        yield OFFICIAL_UNREAD if row.document.is_official_text else NEVER_COMPARED
    if row.effective_from is None and row.seen_on is not None:
        yield f"起始日未核：这个数见于{spell_day(row.seen_on)}的来源。"
        if on < row.seen_on:
            yield "所问日期早于看到这个数的日子，当时是否已经施行没有核实。"
    if row.review_by and row.review_by < on:
        yield _past_review(row.review_by, is_due=row.review_by < today)
    if bound:
        yield BOUND_CAUTIONS[bound]
    elif inherited:
        yield f"沿用{row.area.short_name}的规定，本地没有单独的标准。"


def _past_review(review_by: date, is_due: bool) -> str:
    """The day asked about lies beyond the review day; where today does not yet, that is said instead."""
    day = spell_day(review_by)
    return (
        f"已过复核日（{day}），可能已有新标准。" if is_due else f"所问的日子晚于复核日（{day}），到时可能已有新标准。"
    )
