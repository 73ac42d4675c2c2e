"""A form for a new object that is posted once more after it was saved, with changes: the browser's Back leads to it.

Where the browser fetches the form again it has an opening of its own, and says from which one was submitted before
(form_former, see autosave.js). It makes no second object. What was typed becomes a kept text of the object it was saved as, to be looked at and saved there.
"""

from uuid import uuid4

from django.contrib import messages
from django.utils import timezone

from calculators.models import FormOpening
from calculators.models.form_opening import opening_id

SAVED_BEFORE = "这份表单先前已经存成“{}”，没有存第二份。你后来改的在下面，还没有保存，核对后再点一次保存。"


def saved_before(request, row) -> FormOpening | None:
    """The opening from which the posted form was saved already: its own, or the one that Back opened anew."""
    if row.saved_as:
        return row
    former = request.POST.get("form_former", "")
    rows = FormOpening.objects.filter(user=request.user, form=row.form, object_id="", saved_as__gt="")
    return rows.filter(opening=opening_id(former)).first() if former and not row.object_id else None


def kept(model_admin, request, row) -> FormOpening | None:
    """The text of the object's own form that was kept of what is posted; None where the object is gone."""
    obj = model_admin.model.objects.filter(pk=row.saved_as).first()
    if obj is None or not model_admin.has_change_permission(request, obj):
        return None
    messages.warning(request, SAVED_BEFORE.format(obj))
    return _keep(model_admin, request, obj)


def _keep(model_admin, request, obj):
    posted = model_admin.posted_to_keep(request)
    for formset, inline in model_admin.get_formsets_with_inlines(request, obj):
        _with_keys(posted, formset, inline.get_queryset(request).filter(**{formset.fk.name: obj}).order_by("pk"))
    return FormOpening.objects.create(
        opening=uuid4(),
        user=request.user,
        form=model_admin.opts.label_lower,
        object_id=str(obj.pk),
        title=model_admin.kept_title(request, posted, obj)[:200],
        posted=model_admin.kept_again(request, posted, obj),
        turn=1,
        kept_at=timezone.now(),
    )


def _with_keys(posted, formset, rows):
    """The rows of an inline form were stored in the order in which they were typed: the first of them are these."""
    prefix = formset.get_default_prefix()
    total = posted.get(f"{prefix}-TOTAL_FORMS", ["0"])[0]
    keys = [str(row.pk) for row in rows][: int(total) if total.isdecimal() else 0]
    if keys:
        posted[f"{prefix}-INITIAL_FORMS"] = [str(len(keys))]
    for place, key in enumerate(keys):
        posted[f"{prefix}-{place}-{formset.model._meta.pk.name}"] = [key]
