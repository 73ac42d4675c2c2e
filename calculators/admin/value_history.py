"""Formatting of a policy value's history: values in cell notation, conditions in words, no derived columns."""

from dataclasses import replace

from calculators.admin.history import HistoryChangeFormatter
from calculators.models.dimension import vocabulary
from calculators.values.money import plain
from calculators.values.notation import CellValue, write_cell

DERIVED_FIELDS = {"conditions_key", "conditions_text"}
MAX_CHANGE_CHARACTERS = 400


class ValueChangeFormatter(HistoryChangeFormatter):
    def __init__(self, model, record):
        super().__init__(model, record, max_displayed_delta_change_chars=MAX_CHANGE_CHARACTERS)

    def context_for_delta_changes(self, delta):
        written = [change for change in delta.changes if change.field not in DERIVED_FIELDS]
        return super().context_for_delta_changes(replace(delta, changes=written))

    def prepare_delta_change_value(self, change, value):
        prepared = super().prepare_delta_change_value(change, value)
        if change.field == "bands":
            return write_cell(CellValue(bands=tuple(value)), "bands")
        if change.field == "conditions":
            return vocabulary().spell(value) or "一律适用"
        return plain(value) if change.field == "number" and value is not None else prepared
