"""Deletion page of the office: what a deletion takes with it, without the long texts of what is deleted.

Django's own page reads the parent again with each row that depends on it: for a calculator its whole published
definition, once for each question, step and case, which cost a process 25 MB that it kept.
"""

from django.contrib.admin.utils import NestedObjects, quote
from django.db import models, router
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

LONG_FIELDS = (models.JSONField, models.TextField)


class DeletionMixin:
    def get_deleted_objects(self, objs, request):
        """As Django's, but rows that only tie two objects together (many-to-many) have no name and are not listed."""
        collector = _Collector(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        forbidden = set()

        def entry(obj):
            if self._forbids(obj, request):
                forbidden.add(obj._meta.verbose_name)
            return self._entry(obj)

        listed = collector.nested(entry)
        counts = {
            model._meta.verbose_name_plural: len(rows)
            for model, rows in collector.model_objs.items()
            if not model._meta.auto_created
        }
        return listed, counts, forbidden, [entry(obj) for obj in collector.protected]

    def _forbids(self, obj, request):
        if not self.admin_site.is_registered(type(obj)):
            return False
        return not self.admin_site.get_model_admin(type(obj)).has_delete_permission(request, obj)

    def _entry(self, obj):
        """The object's kind and name, as a link where it has a page."""
        options = obj._meta
        address = f"{self.admin_site.name}:{options.app_label}_{options.model_name}_change"
        try:
            page = reverse(address, args=[quote(obj.pk)])
        except NoReverseMatch:
            return f"{options.verbose_name}: {obj}"
        return format_html('{}: <a href="{}">{}</a>', options.verbose_name, page, obj)


class _Collector(NestedObjects):
    def related_objects(self, related_model, related_fields, objs):
        rows = super().related_objects(related_model, related_fields, objs)
        long = [
            f"{parent.name}__{field.name}"
            for parent in related_fields
            for field in parent.related_model._meta.concrete_fields
            if isinstance(field, LONG_FIELDS)
        ]
        return rows.defer(*long)

    def _nested(self, obj, seen, format_callback):
        return [] if obj._meta.auto_created else super()._nested(obj, seen, format_callback)
