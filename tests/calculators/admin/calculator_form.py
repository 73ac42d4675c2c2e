"""What a browser posts for a calculator in the office, and where."""

from dataclasses import fields

from django.urls import reverse

from calculators.models.calculator import OWN_FIELDS

LIST = "/admin/calculators/calculator/"
PARTS = ("questions", "steps", "outputs", "notes", "cases")


def page(name, calculator):
    return reverse(f"admin:calculators_calculator_{name}", args=[calculator.pk])


def typed(value):
    """A field of a part as it stands in its box."""
    if isinstance(value, dict):
        return "\n".join(f"{key} = {text}" for key, text in value.items())
    if isinstance(value, tuple):
        return "\n".join(f"{option.code} {option.label}" for option in value)
    return value


def form_of(definition, rows=None, **changes):
    """What the browser posts for a working copy; `rows` gives the keys of stored parts by name."""
    answers = {name: getattr(definition, name) for name in OWN_FIELDS}
    answers |= {"order": "0", "change_reason": "试验"}
    for name in PARTS:
        parts, keys = getattr(definition, name), (rows or {}).get(name, [])
        answers |= {f"{name}-TOTAL_FORMS": len(parts), f"{name}-INITIAL_FORMS": len(keys)}
        for place, part in enumerate(parts):
            box = f"{name}-{place}-"
            answers |= {f"{box}{field.name}": typed(getattr(part, field.name)) for field in fields(part)}
            answers |= {f"{box}id": keys[place] if place < len(keys) else "", f"{box}order": (place + 1) * 10}
    answers |= changes
    return {name: value for name, value in answers.items() if value is not False}


def keys_of(calculator):
    return {name: list(getattr(calculator, name).values_list("pk", flat=True)) for name in PARTS}


def save_draft(client, definition, **changes):
    """The form of a new calculator after it was saved as a draft."""
    return client.post(f"{LIST}add/", form_of(definition, **changes) | {"_continue": "1"}, follow=True)
