"""The second of two who save one object gets both texts side by side instead of wiping out the first."""

import copy
import json

from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import transaction
from django.utils.datastructures import MultiValueDict

from calculators.admin_forms.collision import merge
from calculators.admin_forms.form_state import fields_of, posted_texts, state_of, stored_texts
from calculators.admin_forms.refusal import RefusalMixin

OPENED_WITH = "opened_with"
SALT = "calculators.form_state"
SAVED_MEANWHILE = "你打开以后，别人保存过。两边的内容都在下面，核对后再点一次保存，就以表单里的为准。"


class CollisionMixin(RefusalMixin):
    """The form carries the state it was opened with; where the stored one is another when it is posted, nothing is saved yet."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or object_id is None or OPENED_WITH not in request.POST:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            # Locked from the look to the save: of two who post at once, the second sees what the first has stored.
            self._find_collision(request, unquote(object_id))
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _find_collision(self, request, object_id):
        base, stored = _read(request.POST[OPENED_WITH]), self._locked(object_id)
        if base is None or stored is None or not self.has_change_permission(request, stored):
            return
        form, formsets = self._as_stored(request, stored)
        theirs = state_of(form, formsets)
        if theirs == base:
            return
        request.collision = collision = merge(base, theirs, form, formsets, request.POST)
        collision.saved_by, collision.saved_at = _last_save(stored)
        collision.post[OPENED_WITH] = _written(theirs)
        request.POST, request.refusal = collision.post, SAVED_MEANWHILE
        self.collision_shown(request, stored)

    def _locked(self, object_id):
        try:
            return self.model._default_manager.select_for_update().filter(pk=object_id).first()
        except ValueError:
            return None

    def collision_shown(self, request, stored):
        """What the other one saved is about to be shown to this person."""

    def _as_stored(self, request, stored):
        """The form and formsets that this person would open now."""
        opening = copy.copy(request)
        opening.method, opening.GET = "GET", request.GET
        form = self.get_form(opening, stored, change=True)(instance=stored)
        return form, self._create_formsets(opening, stored, change=True)[0]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and self.has_change_permission(request, obj):
            context |= {
                "opened_with": request.POST.get(OPENED_WITH) or self._opened_with(request, context, obj),
                "collision": getattr(request, "collision", None),
            }
            if context["collision"] and len(context["errors"]) == 1:
                context["errors"] = []  # it was the refusal, which the collision's own section tells
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _opened_with(self, request, context, obj):
        form, formsets = context["adminform"].form, [inline.formset for inline in context["inline_admin_formsets"]]
        if form.is_bound:  # it shows what was typed, and so does obj
            form, formsets = self._as_stored(request, self.get_object(request, str(obj.pk)))
        return _written(state_of(form, formsets))

    def opened_with_again(self, request, posted, obj):
        """The state in which a text for the form of a new object is taken over by the form of the object it became.

        What this person saved is no collision. Where somebody else saved after them, every difference is one.
        """
        form, formsets = self._as_stored(request, obj)
        state = state_of(form, formsets)
        if _last_save(obj)[0] != request.user:
            typed = MultiValueDict(posted)
            same = {name for name, field in fields_of(form).items() if _is_stored(field, typed, form, name)}
            state = {key: texts if key[:2] == ("", "") and key[2] in same else [] for key, texts in state.items()}
        return {OPENED_WITH: [_written(state)]}


def _is_stored(field, typed, form, name):
    return posted_texts(field, typed, name) == stored_texts(form, name)


def _written(state):
    return signing.dumps([[*key, texts] for key, texts in state.items()], salt=SALT, compress=True)


def _read(text):
    try:
        return {(prefix, row, name): texts for prefix, row, name, texts in signing.loads(text, salt=SALT)}
    except (signing.BadSignature, json.JSONDecodeError):
        return None


def _last_save(stored):
    """Who saved an object last, and when, as far as its history or the log of the office knows."""
    if hasattr(stored, "history"):
        version = stored.history.first()
        return (version.history_user, version.history_date) if version else (None, None)
    entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(stored), object_id=stored.pk)
    entry = entries.select_related("user").first()
    return (entry.user, entry.action_time) if entry else (None, None)
