"""Admin pages of a calculator besides its form: trial, preview, export, import, earlier version."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone

from calculators.admin.calculator_publishing import CalculatorPublishing
from calculators.admin.calculator_sentence import SentenceForm, SentenceTrial
from calculators.admin.definition_form.trial import tried
from calculators.common.characters import clean
from calculators.definition import DefinitionError, from_toml
from calculators.forms import CalculatorForm, typed_answers
from calculators.formulas import FUNCTIONS
from calculators.models import Calculator, Parameter

MAX_DEFINITION_CHARACTERS = 300_000
TEMPLATE_FOLDER = "admin/calculators/calculator"
TITLES = {
    "import": "从文件导入计算器",
    "names": "公式里可以用什么",
    "publish": "发布“{calculator}”",
    "sentence": "试一句话",
    "version": "“{calculator}”在 {version.history_date:%Y-%m-%d %H:%M} 的版本",
    "withdraw": "撤下“{calculator}”",
}
HERE = {  # at the end of the way that stands above each page
    "import": "从文件导入",
    "names": "公式里可以用什么",
    "publish": "发布",
    "sentence": "试一句话",
    "version": "{version.history_date:%Y-%m-%d %H:%M}",
    "withdraw": "撤下",
}


class CalculatorImportForm(forms.Form):
    """Import of a definition from a file or pasted text; `definition` is the parsed one."""

    file = forms.FileField(label="文件", required=False, help_text="从“导出”得到的 .toml 文件。")
    text = forms.CharField(
        label="或者贴在这里", required=False, widget=forms.Textarea(attrs={"rows": 16, "class": "formula"})
    )

    def clean(self):
        cleaned = super().clean()
        file = cleaned.get("file")
        try:
            text = file.read(MAX_DEFINITION_CHARACTERS + 1).decode("utf-8") if file else cleaned.get("text", "")
            if not text.strip() or len(text) > MAX_DEFINITION_CHARACTERS:
                raise ValidationError("请选择文件或贴上内容，最多 30 万字。")
            self.definition = from_toml(clean(text, " "))
        except UnicodeDecodeError as error:
            raise ValidationError("文件要用 UTF-8 编码保存。") from error
        except DefinitionError as error:
            raise ValidationError(str(error)) from error
        return cleaned


class CalculatorPages(CalculatorPublishing):
    """Mixed into the admin of calculators."""

    def get_urls(self):
        def view(route, method):
            name = f"calculators_calculator_{method.__name__.removesuffix('_page')}"
            return path(route, self.admin_site.admin_view(method), name=name)

        own = [
            view("try/", self.try_page),
            view("import/", self.import_page),
            view("sentence/", self.sentence_page),
            view("names/", self.names_page),
            view("<int:pk>/preview/", self.preview_page),
            view("<int:pk>/publish/", self.publish_page),
            view("<int:pk>/review/", self.review_page),
            view("<int:pk>/withdraw/", self.withdraw_page),
            view("<int:pk>/export/", self.export_page),
        ]
        return own + super().get_urls()

    def try_page(self, request):
        """What the form as it stands, saved or not, computes: the fragment that stands beside it."""
        if request.method != "POST":
            return redirect("admin:calculators_calculator_changelist")
        asked = request.POST.get("calculator", "")
        calculator = self._changeable(request, asked) if asked.isdecimal() else self._new(request)
        formsets, _ = self._create_formsets(request, calculator, change=calculator.pk is not None)
        for formset in formsets:
            formset.is_valid()
        context = tried(request.working_copy, request.POST.get("trial_case", ""))
        return render(request, f"{TEMPLATE_FOLDER}/_trial.html", context | {"is_fragment": True})

    def names_page(self, request):
        """What a formula may say besides the calculator's own names: parameters and functions, each explained."""
        self._viewable(request)
        context = {"parameters": Parameter.objects.order_by("family", "name"), "functions": FUNCTIONS.items()}
        if request.headers.get("X-Requested-With") == "fetch":
            return render(request, f"{TEMPLATE_FOLDER}/_names.html", context)
        return self._page(request, "names", **context)

    def preview_page(self, request, pk):
        """The visitor's page of the saved working copy, published or not."""
        calculator = self._viewable(request, pk)
        form = CalculatorForm(calculator.definition(), typed_answers(request.GET), timezone.localdate())
        context = {"calculator": calculator, "form": form, "on": timezone.localdate(), "is_preview": True}
        return render(request, f"{TEMPLATE_FOLDER}/preview.html", context)

    def _changeable(self, request, pk):
        calculator = get_object_or_404(Calculator, pk=pk)
        if not self.has_change_permission(request, calculator):
            raise PermissionDenied
        return calculator

    def _new(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return Calculator()

    def sentence_page(self, request):
        """What a sentence is understood as; `calculator` is the key of one to be tried as its working copy stands."""
        asked = request.GET.get("calculator", "")
        calculator = self._viewable(request, asked) if asked.isdecimal() else self._viewable(request)
        form = SentenceForm(request.GET if "q" in request.GET else None)
        trial = SentenceTrial(form.cleaned_data["q"], calculator) if form.is_valid() else None
        return self._page(request, "sentence", calculator, form=form, trial=trial)

    def _viewable(self, request, pk=None):
        calculator = get_object_or_404(Calculator, pk=pk) if pk else None
        if not self.has_view_permission(request, calculator):
            raise PermissionDenied
        return calculator

    def export_page(self, request, pk):
        calculator = get_object_or_404(Calculator, pk=pk)
        if not self.has_view_permission(request, calculator):
            raise PermissionDenied
        response = HttpResponse(calculator.written, content_type="application/toml; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{calculator.code}.toml"'
        return response

    def import_page(self, request):
        """Import a file as the working copy of the calculator with its code; the published definition stays."""
        self._new(request)
        form = CalculatorImportForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            calculator = Calculator.objects.filter(code=form.definition.code).first() or Calculator()
            if self._stored(form, calculator, form.definition, "从文件导入"):
                self.message_user(request, f"“{calculator}”的工作稿已换成文件里的，发布以后访客才会看到。")
                return redirect("admin:calculators_calculator_change", calculator.pk)
        return self._page(request, "import", form=form)

    def _stored(self, form, calculator, definition, reason):
        """Whether it could be stored; if not, `form` says why."""
        try:
            calculator.check_parts(definition)
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
            return False
        calculator.store(definition, reason)
        return True

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """An earlier version as a whole: read it, and make it the working copy again."""
        calculator = self._changeable(request, object_id)
        version = get_object_or_404(calculator.history, history_id=version_id)
        if request.method == "POST":
            calculator.store(
                from_toml(version.written), f"恢复成 {version.history_date:%Y-%m-%d %H:%M} 的版本", is_draft=True
            )
            self.message_user(request, "工作稿已恢复成那一版，发布以后访客才会看到。")
            return redirect("admin:calculators_calculator_change", object_id)
        return self._page(request, "version", calculator, version=version)

    def _page(self, request, name, calculator=None, **context):
        title, here = (
            words[name].format(calculator=calculator, version=context.get("version")) for words in (TITLES, HERE)
        )
        context |= self.admin_site.each_context(request) | {
            "opts": self.opts,
            "calculator": calculator,
            "title": title,
            "here": here,
        }
        return render(request, f"{TEMPLATE_FOLDER}/{name}.html", context)
