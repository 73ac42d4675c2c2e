"""A definition as a TOML file and as plain dicts, and back: one form for the shipped files, the
editors' import and export, and the database. Parts that say nothing are left out.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from types import GenericAlias

from calculators.definition.schema import Case, Definition, Note, Option, Output, Question, Step

# The plural of a field and the singular under which a file lists its elements.
TABLES = {"questions": "question", "steps": "step", "outputs": "output", "notes": "note", "cases": "case"}
ELEMENTS = {"questions": Question, "steps": Step, "outputs": Output, "notes": Note, "cases": Case, "options": Option}


class DefinitionError(ValueError):
    """The file or dict is no definition; the message is a Chinese sentence."""


def from_toml(text: str) -> Definition:
    """Read a file. Raises DefinitionError."""
    try:
        return from_dict(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"文件不是合格的 TOML：{error}。") from error


def from_dict(given: Mapping) -> Definition:
    """The inverse of `to_dict`. Raises DefinitionError."""
    plural = {singular: name for name, singular in TABLES.items()}
    return _build(Definition, {plural.get(name, name): value for name, value in given.items()}, "计算器")


def _build(kind, given, where):
    if not isinstance(given, Mapping):
        raise DefinitionError(f"{where}应是一组“名称 = 内容”。")
    known = {field.name: field for field in fields(kind)}
    unknown = [name for name in given if name not in known]
    if unknown:
        raise DefinitionError(f"{where}里没有“{unknown[0]}”这一项，可以写的有：{'、'.join(known)}。")
    missing = [name for name, field in known.items() if name not in given and _is_required(field)]
    if missing:
        raise DefinitionError(f"{where}缺少“{missing[0]}”。")
    return kind(**{name: _read(known[name], value, where) for name, value in given.items()})


def _is_required(field):
    return field.default is MISSING and field.default_factory is MISSING


def _read(field, value, where):
    if field.name in ELEMENTS:
        return _read_elements(field.name, value, where)
    if field.type is bool:
        return _typed(value, bool, field.name, where)
    if field.type is date:
        return _read_day(value, where)
    if isinstance(field.type, GenericAlias):
        texts = _typed(value, Mapping, field.name, where)
        return {str(key): _text(entry, field.name, where) for key, entry in texts.items()}
    return _text(value, field.name, where)


def _read_elements(name, value, where):
    elements = _typed(value, list | tuple, name, where)
    return tuple(
        _build(ELEMENTS[name], element, f"{where}第 {place} 个 {TABLES.get(name, name)} ")
        for place, element in enumerate(elements, 1)
    )


def _read_day(value, where):
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise DefinitionError(f"{where}的日期请写成 2026-01-31 这样。") from error


def _text(value, name, where):
    """Numbers may stand without quotes; everything else is a text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return _typed(value, str, name, where)


def _typed(value, kind, name, where):
    if not isinstance(value, kind):
        raise DefinitionError(f"{where}的“{name}”写法不对：{value!r}。")
    return value


def to_dict(definition: Definition) -> dict:
    """Texts, booleans, lists and dicts only, ready for JSON."""
    return {TABLES.get(name, name): value for name, value in _plain(definition).items()}


def _plain(part):
    if is_dataclass(part):
        entries = ((field.name, getattr(part, field.name)) for field in fields(part))
        return {name: _plain(value) for name, value in entries if _says_something(name, value)}
    if isinstance(part, tuple):
        return [_plain(element) for element in part]
    if isinstance(part, Mapping):
        return dict(part)
    return part.isoformat() if isinstance(part, date) else part


def _says_something(name, value):
    """Whether a field differs from what it is when it is left out; only `shown` is true then."""
    return not value if name == "shown" else value not in ("", (), {}, False)


def to_toml(definition: Definition) -> str:
    """A file that reads well aloud, and that `from_toml` reads back to the same definition."""
    written = to_dict(definition)
    lines = [_line(name, value) for name, value in written.items() if name not in TABLES.values()]
    for table in TABLES.values():
        for element in written.get(table, []):
            lines += ["", f"[[{table}]]", *(_line(name, value) for name, value in element.items())]
    return "\n".join(lines) + "\n"


def _line(name, value):
    if name == "on":
        return f"{name} = {value}"
    if name == "options":
        rows = "".join(f"  {_inline(option)},\n" for option in value)
        return f"{name} = [\n{rows}]"
    return f"{name} = {_inline(value)}"


def _inline(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_inline(entry)}" for key, entry in value.items()) + " }"
    return _quoted(value)


def _key(key):
    return key if key.isascii() and key.replace("_", "").isalnum() else _escaped(key)


def _quoted(text):
    """In single quotes where that saves backslashes; TOML's escapes are JSON's."""
    if ('"' in text or "\\" in text) and "'" not in text and text.isprintable():
        return f"'{text}'"
    if "\n" in text and text.replace("\n", "").isprintable() and not set('"\\').intersection(text):
        return f'"""\n{text}"""'
    return _escaped(text)


def _escaped(text):
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
