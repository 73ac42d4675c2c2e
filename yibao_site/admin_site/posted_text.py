"""View decorator that removes characters XML or a database cannot store from posted text, and warns the editor."""

from functools import wraps

from django.contrib import messages

from calculators.common.characters import clean, removed

VIEWS_WITHOUT_MESSAGES = ("autosave", "_try")  # views that answer a script, not a person
MAX_MESSAGES = 3
UNCLEANED_FIELD = "password"


def cleaned(view):
    @wraps(view)
    def view_of_cleaned(request, *args, **kwargs):
        if request.method == "POST":
            _clean_post(request)
        return view(request, *args, **kwargs)

    return view_of_cleaned


def _clean_post(request):
    told = [sentence for name, text in _texts(request.POST) if (sentence := removed(text))]
    if not told:
        return
    post = request.POST.copy()
    for name in {name for name, _ in _texts(post)}:
        post.setlist(name, [clean(text) for text in post.getlist(name)])
    request.POST = post
    if not any(part in request.resolver_match.url_name for part in VIEWS_WITHOUT_MESSAGES):
        for sentence in told[:MAX_MESSAGES]:
            messages.warning(request, f"你填的文字里{sentence}")


def _texts(post):
    return [(name, text) for name, texts in post.lists() for text in texts if UNCLEANED_FIELD not in name]
