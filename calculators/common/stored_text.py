"""Every text is stored as XML and databases can carry it, whichever model it belongs to and whichever way it comes in."""

from functools import cache

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.signals import pre_save

from calculators.common.characters import clean_within
from calculators.common.names import refusal_of_twin

APPS = {"articles", "calculators", "taggit", "auth"}
KINDS = (models.CharField, models.TextField, models.JSONField)


def connect() -> None:
    pre_save.connect(clean_before_save)


def clean_before_save(sender: type[models.Model], instance: models.Model, **kwargs: object) -> None:
    clean_row(instance)


def clean_row(row: models.Model) -> None:
    """For rows that are stored in bulk, which no signal tells of."""
    for name in _text_columns(type(row)):
        value = row.__dict__.get(name)  # a deferred column stays deferred
        cleaned = clean_within(value)
        if cleaned != value:
            setattr(row, name, cleaned)


@cache
def _text_columns(model: type[models.Model]) -> tuple[str, ...]:
    if model._meta.app_label not in APPS:
        return ()
    return tuple(field.attname for field in model._meta.concrete_fields if isinstance(field, KINDS))


def refuse_twins(row: models.Model, *columns: str) -> None:
    """Raises ValidationError where a name of this row looks like the same one of another row."""
    others = type(row)._default_manager.exclude(pk=row.pk)
    told = {column: refusal_of_twin(getattr(row, column), others.values_list(column, flat=True)) for column in columns}
    if refused := {column: sentence for column, sentence in told.items() if sentence}:
        raise ValidationError(refused)
