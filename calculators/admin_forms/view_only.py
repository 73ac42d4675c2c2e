"""View-only forms of the office: what only a maker needs is left out, and nothing can be typed that could not be saved."""

MAKER_FIELDS = ("code", "slug", "order", "change_reason")  # codes, places in a list, and a box that is no field


class ViewOnlyMixin:
    """Changes nothing for whoever may change the object."""

    def _is_view_only(self, request, obj):
        return obj is not None and not self.has_change_permission(request, obj)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return without_maker_fields(fieldsets) if self._is_view_only(request, obj) else fieldsets

    def get_inline_instances(self, request, obj=None):
        """Without blank rows: Django shows them to whoever may add a row but not change the object it belongs to."""
        inlines = super().get_inline_instances(request, obj)
        if self._is_view_only(request, obj):
            for inline in inlines:
                inline.extra = inline.max_num = 0
        return inlines


def without_maker_fields(fieldsets, maker_fields=MAKER_FIELDS):
    kept = [(name, options | {"fields": _without(options["fields"], maker_fields)}) for name, options in fieldsets]
    return [(name, options) for name, options in kept if options["fields"]]


def _without(names, left_out):
    """However they are grouped in lines; a line that loses all goes."""
    kept = [
        _without(name, left_out) if isinstance(name, list | tuple) else name for name in names if name not in left_out
    ]
    return [name for name in kept if name]
