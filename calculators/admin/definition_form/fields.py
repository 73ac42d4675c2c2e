"""Form fields for lists in the parts of a calculator: a text area with one entry a line."""

import re

from django import forms
from django.core.exceptions import ValidationError

from calculators.common.codes import code_from_name

# Of lines without blanks at their ends: a pattern that looks for those too takes minutes over a thousand of them.
_PAIR = re.compile(r"(?P<key>[^=＝:：]+)[=＝:：](?P<value>.*)")
_OPTION = re.compile(r"(?:(?P<code>[A-Za-z0-9_]+)(?:\s+|\s*[=＝:：]\s*))?(?P<label>\S.*)")


class LinesField(forms.CharField):
    """Text area with one entry a line; subclasses parse and write a line."""

    shape = ""
    empty: type = dict

    def __init__(self, **kwargs):
        rows = kwargs.pop("rows", 4)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "class": "lines"}), **kwargs)

    def to_python(self, value):
        if not isinstance(value, str):
            return value or self.empty()
        lines = [(number, line) for number, line in enumerate(value.splitlines(), 1) if line.strip()]
        return self.gather([self._line(number, line) for number, line in lines])

    def _line(self, number, line):
        match = self.pattern.fullmatch(line.strip())
        if match is None:
            raise ValidationError(f"第 {number} 行“{line.strip()}”请写成“{self.shape}”。")
        return {name: (text or "").strip() for name, text in match.groupdict().items()}

    def prepare_value(self, value):
        return value if isinstance(value, str) else "\n".join(self.written(value or self.empty()))

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class PairsField(LinesField):
    """Field of lines “代码 = 内容”, as a dict with unique keys."""

    pattern = _PAIR
    shape = "名称 = 内容"

    def gather(self, entries):
        pairs = {}
        for entry in entries:
            if entry["key"] in pairs:
                raise ValidationError(f"“{entry['key']}”写了两次。")
            pairs[entry["key"]] = entry["value"]
        return pairs

    def written(self, pairs):
        return [f"{key} = {value}" for key, value in pairs.items()]


class OptionsField(LinesField):
    """Field of lines “词” or “代码 词”, as the list of dicts in which options are stored; a code left out is made."""

    pattern = _OPTION
    shape = "代码 词"
    empty = list

    def gather(self, entries):
        codes = {entry["code"] for entry in entries}
        for entry in entries:
            if not entry["code"]:
                entry["code"] = code_from_name(entry["label"], codes, "option")
                codes.add(entry["code"])
        return entries

    def written(self, options):
        return [f"{option['code']} {option['label']}" for option in options]
