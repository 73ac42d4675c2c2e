"""Deletion page of the office: rows that only tie two objects together have no name and are not listed."""

import re

TIE_ROW = re.compile(r"关系: ?.* object \(\d+\)")
TIE_NAME_END = "关系"


class DeletionMixin:
    def get_deleted_objects(self, objs, request):
        listed, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        counts = {name: count for name, count in counts.items() if not str(name).endswith(TIE_NAME_END)}
        return _without_ties(listed), counts, perms_needed, protected


def _without_ties(entries):
    kept = []
    for entry in entries:
        if isinstance(entry, list):
            if inner := _without_ties(entry):
                kept.append(inner)
        elif not TIE_ROW.search(str(entry)):
            kept.append(entry)
    return kept
