"""Model admin of old addresses (旧网址): redirects that moved pages leave behind, and those entered by hand."""

from django import forms
from django.contrib import admin

from articles.import_export.old_addresses import is_taken, old_path
from articles.models import OldAddress
from articles.models.redirect import path_of
from calculators.admin_forms import OfficeForm

TARGET_FIELDS = ("article", "category", "tag", "address")


class OldAddressForm(forms.ModelForm):
    def clean_path(self):
        path = old_path(self.cleaned_data["path"])
        if path is None:
            raise forms.ValidationError("写以 / 开头的网址，如 /old/news.html；问号后面的部分不能用来转。")
        if is_taken(path):
            raise forms.ValidationError(f"{path} 现在就是网站上的页面，读者打开的是它，转不走。")
        return path

    def clean_address(self):
        """A page of this site: where readers are sent is not to be anybody else's."""
        address = self.cleaned_data["address"].strip()
        if address and not is_own_address(address):
            raise forms.ValidationError("写本站的网址，以 / 开头，如 /areas/110000/；现在没有这个页面。")
        return address

    def clean(self):
        cleaned = super().clean()
        chosen = [name for name in TARGET_FIELDS if cleaned.get(name)]
        if len(chosen) != 1 and not set(TARGET_FIELDS) & self.errors.keys():
            raise forms.ValidationError("文章、栏目、标签、别的网址，选一个，只选一个。")
        return cleaned


def is_own_address(address: str) -> bool:
    """Whether this site has a page there. What is taken is never redirected, so no redirect leads in a circle."""
    return (
        address.startswith("/") and not address.startswith("//") and old_path(address) == address and is_taken(address)
    )


@admin.register(OldAddress)
class OldAddressAdmin(OfficeForm, admin.ModelAdmin):
    form = OldAddressForm
    list_display = ["path", "leads_to", "since"]
    list_select_related = ["article", "category", "tag"]
    search_fields = ["path", "address", "article__title"]
    search_help_text = "按旧网址或文章标题查找"
    autocomplete_fields = ["article", "tag"]
    fields = ["path", *TARGET_FIELDS]

    @admin.display(description="转到")
    def leads_to(self, old):
        return path_of(old.target) if old.target else "没有了"
