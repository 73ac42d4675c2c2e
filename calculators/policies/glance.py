"""Glance at an area for one 身份: its figures in a few sentences, and the paid shares by 医院等级 in one small table.

`glance(area, person, on)` reads one query. A sentence names what is in force there; what is not recorded is left out, and
a national bound never stands in for a local figure. The cautions of its figures stand beside each sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from calculators.models import PoolingArea
from calculators.policies.in_force import ValuesInForce, values_by_area
from calculators.values.conditions import LEVEL_DIMENSION, PERSON_DIMENSION
from calculators.values.figure_spans import BY_AMOUNT, BY_LEVEL, cell, depends_on, plain, span, two_bands
from calculators.values.types import Bands, Citation, InForce, Unlimited
from calculators.values.units import show

LEVELS = ("community", "level1", "level2", "level3")
MAX_NAMED_FIGURES = 2  # more of them are told as a span
MAX_CITATIONS = 4
Codes = tuple[str, ...]
LevelRow = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Phrase:
    """`{}` takes the figures of the first of `codes` that has any; `span_note` says on what they depend where they differ."""

    words: str
    codes: Codes
    span_note: str = ""
    is_needed: bool = False  # without it the line says too little


Lines = dict[str, tuple[Phrase, ...]]  # what is said of each subject


@dataclass(frozen=True)
class GlanceLine:
    """A subject and what is said of it: 门诊 · 一年先付 1,300 元，以后报 80%–90%."""

    subject: str
    said: str
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class Glance:
    """`levels` are rows of 医院等级 with a text and a note for each of `columns`; `citations` the documents behind it, each once."""

    lines: tuple[GlanceLine, ...]
    columns: tuple[str, ...]
    levels: tuple[LevelRow, ...]
    citations: tuple[Citation, ...]


OUTPATIENT_RATIOS = (
    "employee.outpatient.ratio",
    "employee.outpatient.ratio_bands",
    "employee.outpatient.ratio_band_ranges",
)
INPATIENT_RATIOS = ("employee.inpatient.ratio", "employee.inpatient.ratio_bands")
EMPLOYEE_LINES: Lines = {
    "门诊": (
        Phrase("一年先付 {}", ("employee.outpatient.deductible",), BY_LEVEL),
        Phrase("以后报 {}", OUTPATIENT_RATIOS, BY_LEVEL, is_needed=True),
        Phrase("一年最多报 {}", ("employee.outpatient.cap",)),
    ),
    "住院": (
        Phrase("每次先付 {}", ("employee.inpatient.deductible", "inpatient.deductible"), BY_LEVEL),
        Phrase("以后报 {}", INPATIENT_RATIOS, BY_LEVEL, is_needed=True),
        Phrase("一年最多报 {}", ("employee.inpatient.cap",)),
    ),
}
CATASTROPHIC_LINE: Lines = {
    "大病": (
        Phrase("一年自付超过 {}的部分再报", ("catastrophic.deductible",)),
        Phrase("比例 {}", ("catastrophic.ratio_bands",), BY_AMOUNT),
    )
}
FLEXIBLE_LINES: Lines = {
    "缴费": (
        Phrase("每月 {}", ("flexible.medical.fixed_monthly",)),
        Phrase("每年 {}", ("flexible.medical.fixed_annual",)),
        Phrase("缴费基数的 {}", ("flexible.medical.rate",)),
        Phrase("参保后等 {}再享受待遇", ("flexible.wait_months",)),
    ),
}
YEARS_LINE: Lines = {"退休": (Phrase("医保要交满 {}", ("retirement.min_total_years",)),)}
LINES: dict[str, Lines] = {
    "in_service": EMPLOYEE_LINES
    | CATASTROPHIC_LINE
    | {
        "进卡": (Phrase("每月进个人账户：缴费基数的 {}", ("personal_account.in_service.credit_ratio",)),),
        "缴费": (
            Phrase("个人交缴费基数的 {}", ("employee.rate.employee",)),
            Phrase("单位交 {}", ("employee.rate.employer",)),
        ),
    }
    | YEARS_LINE,
    "retired": EMPLOYEE_LINES
    | CATASTROPHIC_LINE
    | {
        "进卡": (
            Phrase("每月 {}", ("personal_account.retired.flat_monthly",)),
            Phrase("每年 {}", ("personal_account.retired.flat_annual",)),
        )
    },
    "flexible": FLEXIBLE_LINES | EMPLOYEE_LINES | YEARS_LINE,
    "resident": {
        "门诊": (
            Phrase("一年先付 {}", ("resident.outpatient.deductible",), BY_LEVEL),
            Phrase("以后报 {}", ("resident.outpatient.ratio",), BY_LEVEL),
            Phrase("一年最多报 {}", ("resident.outpatient.cap",)),
        ),
        "住院": (
            Phrase("每次先付 {}", ("resident.inpatient.deductible",), BY_LEVEL),
            Phrase("以后报 {}", ("resident.inpatient.ratio",), BY_LEVEL),
            Phrase("一年最多报 {}", ("resident.inpatient.cap",)),
        ),
        **CATASTROPHIC_LINE,
        "缴费": (
            Phrase("一年个人交 {}", ("resident.personal_contribution",), "看人群和档次"),
            Phrase("财政另补 {}", ("resident.fiscal_subsidy",), "看人群"),
        ),
    },
}
COLUMNS: dict[str, dict[str, Codes]] = {
    "resident": {"门诊报": ("resident.outpatient.ratio",), "住院报": ("resident.inpatient.ratio",)},
    "": {"门诊报": OUTPATIENT_RATIOS, "住院报": INPATIENT_RATIOS},
}


def glance(area: PoolingArea, person: str, on: date) -> Glance:
    """Empty where nothing of this 身份 is recorded; `area` comes with its parents selected."""
    lines, columns = LINES.get(person, {}), COLUMNS.get(person, COLUMNS[""])
    codes = {code for phrases in lines.values() for phrase in phrases for code in phrase.codes}
    return _Glancing(values_by_area(codes, [area], on=on)[area.code], person, on).glance(lines, columns)


class _Glancing:
    def __init__(self, values: ValuesInForce, person: str, on: date):
        self.values, self.person, self.on = values, person, on
        self.word = values.words.word(PERSON_DIMENSION, person)
        self.used: list[InForce] = []

    def glance(self, lines: Lines, columns: dict[str, Codes]) -> Glance:
        told = tuple(self._lines(lines))
        headings, levels = self._table(columns)
        citations = {figure.citation.slug: figure.citation for figure in self.used}
        return Glance(told, headings, levels, tuple(citations.values())[:MAX_CITATIONS])

    def _lines(self, lines: Lines) -> Iterator[GlanceLine]:
        for subject, phrases in lines.items():
            found = [(phrase, figures) for phrase in phrases if (figures := self._figures(phrase.codes))]
            told = {phrase for phrase, _ in found}
            if found and all(phrase in told for phrase in phrases if phrase.is_needed):
                said = _noted_once([self._said(phrase, figures) for phrase, figures in found])
                self.used += [one for _, figures in found for one in figures]
                yield GlanceLine(subject, said, _cautions([one for _, figures in found for one in figures]))

    def _figures(self, codes: Codes, **asked: str) -> list[InForce]:
        """Of the first parameter that has any in force for this 身份; a national bound is none."""
        for code in codes:
            answered = {PERSON_DIMENSION: self.person, **asked}
            figures = [one for one in self.values.nearest_figures(code, self.on, answered) if not one.bound]
            if figures:
                return figures
        return []

    def _said(self, phrase: Phrase, figures: Sequence[InForce]) -> str:
        written = list(dict.fromkeys(show(one.value, one.unit) for one in figures))
        if len(written) == 1 and not isinstance(figures[0].value, Bands):
            return _alone(phrase, figures[0]) or phrase.words.format(plain(written[0]))
        names = [self._for_whom(one) for one in figures]
        is_short = len(figures) <= MAX_NAMED_FIGURES and all(names) and "、" not in "".join(names)
        if is_short and not isinstance(figures[0].value, Bands):
            pairs = zip(names, figures, strict=True)
            return phrase.words.format(
                "、".join(f"{plain(show(one.value, one.unit))}（{name}）" for name, one in pairs)
            )
        if phrase.span_note != BY_LEVEL:
            return phrase.words.format(span(figures)) + (f"（{phrase.span_note}）" if phrase.span_note else "")
        if steps := two_bands(figures):
            note = f"（{BY_LEVEL}）" if steps.varies else ""
            return f"{phrase.words.format(steps.first)}{note}，{steps.then}"
        return phrase.words.format(span(figures)) + f"（{depends_on(figures)}）"

    def _for_whom(self, figure: InForce) -> str:
        """The conditions without the 身份, which the page has named."""
        return "·".join(word for word in figure.dimensions.split("·") if word != self.word)

    def _table(self, columns: dict[str, Codes]) -> tuple[Codes, tuple[LevelRow, ...]]:
        """One row for each level; a column without a figure is left out, and a table that says the same everywhere."""
        cells = {
            heading: [cell(self._figures(codes, **{LEVEL_DIMENSION: level})) for level in LEVELS]
            for heading, codes in columns.items()
        }
        cells = {heading: texts for heading, texts in cells.items() if any(text for text, _ in texts)}
        words = [self.values.words.word(LEVEL_DIMENSION, level) for level in LEVELS]
        rows = zip(words, zip(*cells.values(), strict=True), strict=True) if cells else ()
        kept = [(word, texts) for word, texts in rows if any(text for text, _ in texts)]
        if len({texts for _, texts in kept}) < 2:
            return (), ()
        return tuple(cells), tuple((word, tuple((text or "—", note) for text, note in texts)) for word, texts in kept)


def _alone(phrase: Phrase, figure: InForce) -> str:
    """What has words of its own: no limit, and nothing to pay first."""
    if isinstance(figure.value, Unlimited):
        return phrase.words.replace("最多报 {}", "报多少不设上限")
    return "没有起付线" if figure.value == 0 and "先付" in phrase.words else ""


def _noted_once(phrases: Sequence[str]) -> str:
    """On what several of them depend is said behind the last."""
    said = "，".join(phrases)
    for note in {note for phrase in phrases for note in re.findall("（看[^）]*）", phrase)}:
        said = said.replace(note, "", said.count(note) - 1)
    return said


def _cautions(figures: Sequence[InForce]) -> tuple[str, ...]:
    """The cautions of the figures in a word each."""
    said = (re.split(r"[：（，。]", caution)[0] for one in figures for caution in one.citation.cautions)
    return tuple(dict.fromkeys(said))
