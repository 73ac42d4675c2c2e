"""Two people, one object: what the other one saved since a form was opened is put beside, and into, what was typed.

Field by field: what I had not touched is theirs, what only I changed is mine, and what both changed stays mine in the
form, with theirs beside it. Rows of inline forms are told apart by their keys.
"""

from dataclasses import dataclass, field

from calculators.admin_forms.form_state import fields_of, in_words, posted_texts, row_fields

IGNORED = {"change_reason"}
DELETED_ROW_TEXT, NEW_ROW_TEXT = "（这一行已删除）", "（没有这一行）"


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    theirs: str
    mine: str

    @property
    def taken_over(self):
        return self.theirs == self.mine


@dataclass
class Collision:
    """`post` is the posted form with their changes in it, ready to be looked at and saved again."""

    post: object
    differences: list[Difference] = field(default_factory=list)

    def note(self, label, of_field, before, theirs, mine):
        words = (in_words(of_field, texts) for texts in (before, theirs, mine))
        self.differences.append(Difference(label, *words))


def merge(base, theirs, form, formsets, post) -> Collision:
    """`base` and `theirs` are states; `form` and `formsets` show the stored object and are not bound."""
    collision = Collision(post.copy())
    for name, of_field in fields_of(form).items():
        if name not in IGNORED:
            key = ("", "", name)
            mine = posted_texts(of_field, post, name)
            before = base.get(key, theirs[key])
            merged = _merged(collision, of_field.label or name, of_field, before, theirs[key], mine)
            if merged != mine:
                collision.post.setlist(name, merged)
    for formset in formsets:
        if f"{formset.prefix}-TOTAL_FORMS" in post:
            RowMerge(collision, base, theirs, formset, post).run()
    return collision


def _merged(collision, label, of_field, before, theirs, mine):
    """The texts of one field after the merge; a change of theirs is noted."""
    merged = theirs if mine == before else mine
    if theirs != before:
        collision.note(label, of_field, before, theirs, merged)
    return merged


class RowMerge:
    """The rows of one formset: theirs with my changes, then mine that are new or that they deleted while I wrote."""

    def __init__(self, collision, base, theirs, formset, post):
        self.collision, self.base, self.theirs, self.formset, self.post = collision, base, theirs, formset, post
        self.prefix, self.pk, self.fields = formset.prefix, formset.model._meta.pk.name, row_fields(formset)
        self.name = str(formset.model._meta.verbose_name)
        self.initial = _number(post.get(f"{self.prefix}-INITIAL_FORMS"))
        places = range(_number(post.get(f"{self.prefix}-TOTAL_FORMS")))
        self.mine = {
            post.get(f"{self.prefix}-{place}-{self.pk}", ""): place for place in places if place < self.initial
        }
        self.new = [place for place in places if place >= self.initial]

    def run(self):
        stored = {str(row.instance.pk): row.instance for row in self.formset.initial_forms}
        rows = [self._stored_row(key, instance) for key, instance in stored.items()]
        rescued = [self._rescued(key, place) for key, place in self.mine.items() if key not in stored]
        mine = [self._typed(place) for place in self.new]
        self._write(rows, [row for row in (*rescued, *mine) if row is not None])

    def _stored_row(self, key, instance):
        place, label = self.mine.get(key), f"{self.name}“{instance}”"
        row = {name: self.theirs[self.prefix, key, name] for name in self.fields}
        if place is None:  # they added it
            self.collision.differences.append(Difference(label, NEW_ROW_TEXT, "加了这一行", "加了这一行"))
        else:
            typed = self._typed(place)
            row = {name: self._field(key, name, f"{label}：{of.label}", typed) for name, of in self.fields.items()}
            row |= {"DELETE": typed["DELETE"]} if typed.get("DELETE") else {}
        return row | {self.pk: [key]}

    def _field(self, key, name, label, typed):
        theirs = self.theirs[self.prefix, key, name]
        before = self.base.get((self.prefix, key, name), theirs)
        of_field = self.fields[name]
        mine = posted_texts(of_field, self.post, f"{self.prefix}-{self.mine[key]}-{name}")
        merged = _merged(self.collision, label, of_field, before, theirs, mine)
        return typed.get(name, []) if merged == mine else merged

    def _rescued(self, key, place):
        """A row they deleted: gone where I left it alone, a new row where I changed it."""
        changed = any(
            posted_texts(of_field, self.post, f"{self.prefix}-{place}-{name}")
            != self.base.get((self.prefix, key, name), [])
            for name, of_field in self.fields.items()
        )
        words = "、".join(text for name in self.fields for text in self.base.get((self.prefix, key, name), []))[:60]
        mine = "你改过，作为新的一行留着" if changed else DELETED_ROW_TEXT
        self.collision.differences.append(Difference(f"{self.name}“{words}”", words, DELETED_ROW_TEXT, mine))
        return self._typed(place) if changed else None

    def _typed(self, place):
        start = f"{self.prefix}-{place}-"
        row = {name.removeprefix(start): texts for name, texts in self.post.lists() if name.startswith(start)}
        return row | {self.pk: [""]}

    def _write(self, stored, new):
        post = self.collision.post
        for name in [name for name in post if name.startswith(f"{self.prefix}-") and name.split("-")[1].isdecimal()]:
            del post[name]
        for place, row in enumerate([*stored, *new]):
            row = row | {self.formset.fk.name: [str(self.formset.instance.pk)]}
            for name, texts in row.items():
                post.setlist(f"{self.prefix}-{place}-{name}", texts)
        post[f"{self.prefix}-INITIAL_FORMS"] = str(len(stored))
        post[f"{self.prefix}-TOTAL_FORMS"] = str(len(stored) + len(new))


def _number(text):
    return int(text) if str(text).isdecimal() else 0
