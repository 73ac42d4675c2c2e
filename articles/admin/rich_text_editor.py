"""The rich-text editor under a strict Content-Security-Policy, with a Chinese menu."""

from js_asset import Media


class EditorMixin:
    """The editor's import map is an inline script: it carries the request's nonce."""

    editor_js = ["articles/editor_words.js"]
    editor_css = {"all": ["articles/office.css"]}

    def render_change_form(self, request, context, *args, **kwargs):
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)
