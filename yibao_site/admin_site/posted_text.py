"""What is posted to the office arrives without characters that XML or a database cannot carry; whoever pasted them is told."""

from functools import wraps

from django.contrib import messages

from calculators.common.characters import clean, removed

UNTOLD = ("autosave", "_try")  # views that answer a script, not a person
MAX_TOLD = 3
KEPT_AS_TYPED = "password"


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
    if not any(part in request.resolver_match.url_name for part in UNTOLD):
        for sentence in told[:MAX_TOLD]:
            messages.warning(request, f"您填的文字里{sentence}")


def _texts(post):
    return [(name, text) for name, texts in post.lists() for text in texts if KEPT_AS_TYPED not in name]
