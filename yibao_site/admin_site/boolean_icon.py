"""Boolean icon of the admin as a word: Django gives its pictures the English alternative texts True, False and None."""

from django.contrib.admin.templatetags import admin_list

WORDS = {True: "是", False: "否", None: "不知道"}


def put_words() -> None:
    """Replace Django's icon, which has no setting; its lists and read-only fields look it up each time."""
    admin_list._boolean_icon = WORDS.__getitem__
