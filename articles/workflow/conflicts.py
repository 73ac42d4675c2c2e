"""Two people, one article: the second to save sees both texts and loses neither."""

from dataclasses import dataclass

from articles import fields
from articles.models import Version
from articles.workflow import diff, snapshot, steps


@dataclass(frozen=True)
class Conflict:
    """`theirs` was saved while `mine` was typed; `merged` takes from theirs what I had not touched."""

    theirs: Version
    mine: dict
    merged: dict

    @property
    def parts(self):
        """What differs between what they saved and what is in the form now."""
        return diff.parts(snapshot.content_of(self.theirs, self.theirs.article), self.merged)

    @property
    def taken_over(self):
        """The parts that only the other one changed: they are in the form now."""
        return [field.label for field in fields.FIELDS if not snapshot.same_part(field.name, self.mine, self.merged)]


def find(article, post) -> Conflict | None:
    """What happened between opening the form and posting it; None where nobody else saved."""
    theirs = steps.newest(article)
    base_number = int(post["base"]) if post.get("base", "").isdecimal() else 0
    if theirs is None or theirs.number == base_number:
        return None
    mine = snapshot.from_post(post)
    base = article.versions.filter(number=base_number).first()
    before, now = snapshot.content_of(base, article), snapshot.content_of(theirs, article)
    return Conflict(theirs, mine, merge(before, mine, now))


def merge(base, mine, theirs) -> dict:
    """Part by part: what I changed is mine, what I left as it was is theirs."""
    return {
        field.name: field.of(theirs if snapshot.same_part(field.name, base, mine) else mine) for field in fields.FIELDS
    }


def merged_post(post, conflict):
    """The posted form with the merged content, ready to be looked at and saved again."""
    merged = post.copy()
    of_the_text = tuple(field.name for field in fields.FIELDS)
    for name in [name for name in merged if name in of_the_text or name.startswith(fields.inline_prefixes())]:
        if not name.endswith(("MIN_NUM_FORMS", "MAX_NUM_FORMS")):
            del merged[name]
    for name, values in snapshot.to_post(conflict.merged).items():
        merged.setlist(name, values)
    merged["base"] = str(conflict.theirs.number)
    return merged
