"""Second reading (double entry): a figure is verified when somebody who has not seen it types the same from its source.

Whoever entered a figure, or was shown it in the admin, cannot be its second reader. While two
readings differ there is no further reading until the difference is settled.
"""

import re
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse

from calculators.models import Finding, PolicyDocument, PolicyValue, SecondReading, Sighting
from calculators.models.finding import subject_key
from calculators.models.value_rules import SHAPES_IN_TEXT
from calculators.values.notation import CellValue, read_cell
from calculators.values.width import narrow

STATUS_BY_GRADE: dict[str, PolicyValue.Status] = {
    PolicyDocument.Grade.OFFICIAL: PolicyValue.Status.CONFIRMED,
    PolicyDocument.Grade.RESTATED: PolicyValue.Status.RESTATED,
}
IGNORED_CHARACTERS = re.compile(r"[\s,.;:!?()'\"，。、；：！？（）“”‘’]")


class NotASecondReader(Exception):
    """The user may not be the second reader of this figure now; the message says why."""


def require_second_reader(user: User, value: PolicyValue) -> None:
    """Check that `user` may be the second reader of the figure. Raises NotASecondReader."""
    if value.status == PolicyValue.Status.CONFIRMED:
        raise NotASecondReader("这个数已经核实，不用再核对。")
    if value.status == PolicyValue.Status.DRAFT:
        raise NotASecondReader("征求意见稿不是规定，等正式文件出来再核对。")
    if value.document.grade not in STATUS_BY_GRADE:
        raise NotASecondReader("这份文件不是官方原文，也不是具名的转述，核对了也不能算数：请先换成能对照的文件。")
    if value.document.grade == PolicyDocument.Grade.OFFICIAL and not value.document.url:
        raise NotASecondReader("这份文件没有原文链接，读者无从对照：请先补上链接。")
    if value.entered_by_id == user.pk:
        raise NotASecondReader("这个数是你录入的，要由另一个人核对。")
    if Sighting.objects.has_seen(user, value):
        raise NotASecondReader("你已经看过录入的数，要由没看过的人核对。")
    if Finding.objects.open().about(value).of_kind(Finding.Kind.READINGS_DIFFER).exists():
        raise NotASecondReader("上一次核对与录入不一致，先由录入人或主编查清，再重新核对。")


@transaction.atomic
def record_second_reading(value: PolicyValue, user: User, cell: str, clause: str, on: date) -> SecondReading:
    """Compare what `user` typed with what is stored, and record it with the clause where it was found.

    A figure that agrees is 已核实 by an official text, 据转述 by one that restates it. Raises NotASecondReader, UnreadableCell.
    """
    require_second_reader(user, value)
    agrees = is_same(read_cell(cell, value.parameter.shape), value)
    reading = SecondReading.objects.create(value=value, reader=user, agrees=agrees, typed="" if agrees else cell)
    if agrees:
        value.status = STATUS_BY_GRADE[value.document.grade]
        value.confirmed_by, value.confirmed_on, value.clause = user, on, clause or value.clause
        value._change_reason = "第二人核对一致"
        value.save()
    else:
        Finding.objects.report(
            kind=Finding.Kind.READINGS_DIFFER,
            subject_key=subject_key(value),
            cause_key="",
            subject=str(value),
            sentence="两个人从来源读到的数不一样，请对照原文查清：改录入的数，或者说明核对的人读错了（已核对）。",
            link=reverse("admin:calculators_policyvalue_change", args=[value.pk]),
        )
    return reading


def is_same(typed: CellValue, value: PolicyValue) -> bool:
    """Numbers and bands exactly; text whatever its spaces and punctuation."""
    if typed.kind != value.kind:
        return False
    if value.parameter.shape in SHAPES_IN_TEXT:
        return _essence(typed.text) == _essence(value.text)
    return (typed.number, list(typed.bands)) == (value.number, value.bands)


def _essence(text: str) -> str:
    return IGNORED_CHARACTERS.sub("", narrow(text))
