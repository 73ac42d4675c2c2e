"""Autosave of the forms of the office, the list of what was kept, and forms that are saved once however often posted.

The browser's half is static/calculators/autosave.js: it posts what a person changed, every few seconds, to autosave/.
"""

import hashlib
import json
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode

from calculators.admin_forms import saved_again
from calculators.admin_forms.refusal import RefusalMixin
from calculators.models import FormOpening
from calculators.models.form_opening import opening_id

RESTORE = "restore"
RESTORED = "这些是你没有保存的文字，现在还没有保存。"
SIGNED_IN_AS_ANOTHER = "现在登录的是另一个账号，这些文字先留在浏览器里。"
OWN_FIELDS = (
    "csrfmiddlewaretoken",
    *(f"form_{name}" for name in ("opening", "object", "query", "user", "turn", "former", "untouched")),
)
TITLE_FIELDS = ("title", "name", "term", "word")
NOT_TYPED = ("_FORMS", "-id", "-kind", "-order", "opened_with", "base")
NOT_OF_THE_FORM = (RESTORE, "_popup", "_to_field", "_changelist_filters")
SAVED_COOKIE = "saved_opening"  # tells the browser which of its copies it may forget
COOKIE_SECONDS = 300


class AutosaveMixin(RefusalMixin):
    """Adds autosave/ and autosave/<opening>/discard/; `?restore=<opening>` opens the form with a kept text."""

    def get_urls(self):
        view, name = self.admin_site.admin_view, self._url_name
        return [
            path("autosave/", view(self.autosave_view), name=name("autosave")),
            path("autosave/<uuid:opening>/discard/", view(self.discard_view), name=name("discard")),
            *super().get_urls(),
        ]

    def _url_name(self, what):
        return f"{self.opts.app_label}_{self.opts.model_name}_{what}"

    def kept_title(self, request, posted, obj):
        """What a kept text is called in the list of them."""
        typed = (texts[0].strip() for name, texts in posted.items() if name in TITLE_FIELDS and texts)
        return next(filter(None, typed), "") or (str(obj) if obj else "")

    def kept_fields(self, posted):
        """What of a posted form is kept; an admin overrides it to clean what it would clean before storing."""
        return posted

    def kept_again(self, request, posted, obj):
        """What of a form for a new object is kept as a text of the object it was saved as."""
        return posted

    # keeping

    def posted_to_keep(self, request):
        return self.kept_fields(_fields(request.POST))

    def autosave_view(self, request):
        """POST keeps a text; GET is the list of those that are kept, for the notice above the form."""
        if request.method != "POST":
            if not (self.has_add_permission(request) or self.has_change_permission(request)):
                raise PermissionDenied
            return render(request, "admin/form_opening/_kept.html", {"kept": self.kept_texts(request)})
        with transaction.atomic():
            obj = self._allowed_object(request)
            if request.POST.get("form_user") != str(request.user.pk):
                return JsonResponse({"sentence": SIGNED_IN_AS_ANOTHER}, status=409)
            return self._keep(request, obj)

    def _allowed_object(self, request):
        object_id = request.POST.get("form_object", "")
        obj = get_object_or_404(self.model, pk=object_id) if object_id else None
        if not (self.has_change_permission(request, obj) if obj else self.has_add_permission(request)):
            raise PermissionDenied
        return obj

    def _keep(self, request, obj):
        row = self._opening_row(request)
        if row is None:
            return JsonResponse({"sentence": "表单没有编号。"}, status=400)
        posted = self.posted_to_keep(request)
        kept = row.keep(posted, title=self.kept_title(request, posted, obj), turn=_turn(request.POST))
        return JsonResponse({"at": f"{timezone.localtime():%H:%M:%S}", "kept": kept})

    def _opening_row(self, request):
        """The locked row of the opening that was posted; None where the form carries no id."""
        opening = opening_id(request.POST.get("form_opening"))
        if opening is None:
            return None
        form = {"form": self.opts.label_lower, "object_id": request.POST.get("form_object", "")[:64]}
        given = form | {"query": request.POST.get("form_query", "")[:500]}
        rows = FormOpening.objects.select_for_update()
        return rows.get_or_create(user=request.user, opening=opening, defaults=given)[0]

    def kept_texts(self, request, object_id=None):
        object_id = request.GET.get("object", "") if object_id is None else object_id
        shown = [opening_id(request.GET.get(name)) for name in ("opening", RESTORE)]
        rows = FormOpening.objects.kept(request.user, self.opts.label_lower, object_id)
        rows = rows.exclude(opening__in=[opening for opening in shown if opening]).defer("posted")
        return [
            {"row": row, "url": self._form_url(row, restore=True), "discard": self._discard_url(row)} for row in rows
        ]

    def _form_url(self, row, *, restore=False):
        args = [row.object_id] if row.object_id else []
        url = reverse(f"admin:{self._url_name('change' if args else 'add')}", args=args)
        query = QueryDict(row.query, mutable=True)
        if restore:
            query[RESTORE] = str(row.opening)
        return f"{url}?{query.urlencode()}" if query else url

    def _discard_url(self, row):
        return reverse(f"admin:{self._url_name('discard')}", args=[row.opening])

    def discard_view(self, request, opening):
        """丢掉 asks on a page of its own that shows what would be lost."""
        rows = FormOpening.objects.filter(user=request.user, form=self.opts.label_lower, kept_at__isnull=False)
        row = get_object_or_404(rows, opening=opening)
        if request.method == "POST":
            row.delete()
            messages.success(request, f"“{row}”没有保存的文字已丢掉。")
            return redirect(self._form_url(row))
        context = {"opts": self.opts, "title": "丢掉没有保存的文字？", "row": row, "back": self._form_url(row)}
        context |= {"lines": _longest(row.posted)}
        return render(request, "admin/form_opening/discard.html", self.admin_site.each_context(request) | context)

    # the form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST":
            with transaction.atomic():
                return self._saved_once(request, object_id, form_url, extra_context)
        if row := self._restored_row(request, object_id):
            _make_post(request, row.posted)
            request.restored, request.refusal = row, RESTORED
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _restored_row(self, request, object_id):
        opening = opening_id(request.GET.get(RESTORE))
        kept = FormOpening.objects.kept(request.user, self.opts.label_lower, object_id or "")
        return kept.filter(opening=opening).first() if opening else None

    def _saved_once(self, request, object_id, form_url, extra_context):
        """What is posted a second time, unchanged, from the same opening is saved already."""
        request.opening_row, request.posted_digest = row, digest = self._opening_row(request), _digest(request.POST)
        saved = row and saved_again.saved_before(request, row)
        if saved and saved.saved_digest == digest:
            messages.info(request, "已经保存过了，没有存第二份。")
            return redirect(reverse(f"admin:{self._url_name('change')}", args=[saved.saved_as]))
        if saved and not object_id and (kept := saved_again.kept(self, request, saved)):
            FormOpening.objects.filter(pk=row.pk, saved_as="").delete()  # what was kept of it stands in `kept`
            return redirect(self._form_url(kept, restore=True))
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if row and row.saved_as:
            cookie = {"max_age": COOKIE_SECONDS, "samesite": "Lax", "secure": request.is_secure()}
            response.set_cookie(SAVED_COOKIE, str(row.opening), path=reverse("admin:index"), **cookie)
        return response

    def response_add(self, request, obj, post_url_continue=None):
        self._mark_saved(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        self._mark_saved(request, obj)
        return super().response_change(request, obj)

    def _mark_saved(self, request, obj):
        """What was typed is stored: neither this opening nor the one it went on with needs to be kept."""
        row = getattr(request, "opening_row", None)
        if row is None:
            return
        row.mark_saved(obj.pk, digest=request.posted_digest, turn=_turn(request.POST))
        former = opening_id(request.POST.get("restored_from"))
        if former:
            FormOpening.objects.filter(user=request.user, opening=former, form=row.form).delete()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        restored = getattr(request, "restored", None)
        if restored and not getattr(request, "collision", None):
            _without_errors(context)
        context |= self._opening_context(request, str(obj.pk) if change else "", restored)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _opening_context(self, request, object_id, restored):
        posted = request.POST if request.method == "POST" and not restored else {}
        query = {name: text for name, text in request.GET.items() if name not in NOT_OF_THE_FORM}
        return {
            "form_opening": opening_id(posted.get("form_opening")) or uuid4(),
            "form_former": posted.get("form_former", ""),
            "restored_from": restored.opening if restored else posted.get("restored_from", ""),
            "form_object": object_id,
            "form_query": urlencode(query),
            "form_unsaved": bool(posted) and not posted.get("form_untouched"),
            "autosave_url": reverse(f"admin:{self._url_name('autosave')}"),
            "kept": self.kept_texts(request, object_id),
        }


def _turn(post):
    text = post.get("form_turn", "")
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def _fields(post):
    return {name: texts for name, texts in post.lists() if name not in OWN_FIELDS}


def _digest(post):
    return hashlib.sha256(json.dumps(_fields(post), sort_keys=True).encode()).hexdigest()


def _make_post(request, posted):
    """The admin shows what was posted only where the request is a POST; the refusal keeps it from being stored."""
    files = request.FILES  # read while the request is a GET: later it would read the body, and forget `posted`
    files.clear()
    request.method, request.POST = "POST", QueryDict(mutable=True)
    for name, texts in posted.items():
        request.POST.setlist(name, texts)


def _without_errors(context):
    """A restored text is only being looked at: what it still lacks is said when it is saved."""
    form, formsets = context["adminform"].form, [inline.formset for inline in context["inline_admin_formsets"]]
    for each in [form, *(row for formset in formsets for row in formset.forms)]:
        each.errors.clear()
    for formset in formsets:
        formset.non_form_errors().clear()
    context["errors"] = []


def _longest(posted, count=3, length=300):
    """The longest texts of a form: by them a person knows which one it was."""
    typed = [text for name, texts in posted.items() if not name.endswith(NOT_TYPED) for text in texts if text]
    return [text[:length] for text in sorted(typed, key=len, reverse=True)[:count]]
