"""Forms whose code is made from the name where nobody types one."""

from django import forms

from calculators.common.codes import MAX_CODE_CHARACTERS, code_from_name


class OptionalCodeForm(forms.ModelForm):
    """Nobody need type a code; what makes it of the name is left to subclasses and formsets."""

    code_help = "留空就按名称写成拼音。"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "code" in self.fields:
            self.fields["code"].required = False
            self.fields["code"].help_text = self.code_help


class CodedForm(OptionalCodeForm):
    def other_codes(self):
        """The codes that are taken."""
        model = type(self.instance)
        return set(model.objects.exclude(pk=self.instance.pk).values_list("code", flat=True))

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if "code" in cleaned and not cleaned["code"] and cleaned.get("name"):
            longest = min(self.instance._meta.get_field("code").max_length, MAX_CODE_CHARACTERS)
            cleaned["code"] = code_from_name(
                cleaned["name"], self.other_codes(), self.instance._meta.model_name, longest
            )
        return cleaned
