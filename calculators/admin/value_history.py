"""The history of a policy value in the words editors write: a cell, conditions in words, no derived columns."""

from dataclasses import replace

from calculators.admin.history import ChangeWords
from calculators.models.dimension import vocabulary
from calculators.values.money import plain
from calculators.values.notation import CellValue, write_cell

DERIVED = {"conditions_key", "conditions_text"}
LONGEST = 400


class ValueWords(ChangeWords):
    def __init__(self, model, record):
        super().__init__(model, record, max_displayed_delta_change_chars=LONGEST)

    def context_for_delta_changes(self, delta):
        written = [change for change in delta.changes if change.field not in DERIVED]
        return super().context_for_delta_changes(replace(delta, changes=written))

    def prepare_delta_change_value(self, change, value):
        prepared = super().prepare_delta_change_value(change, value)
        if change.field == "bands":
            return write_cell(CellValue(bands=tuple(value)), "bands")
        if change.field == "conditions":
            return vocabulary().spell(value) or "一律适用"
        return plain(value) if change.field == "number" and value is not None else prepared
