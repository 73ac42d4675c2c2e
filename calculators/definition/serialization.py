"""A definition as a TOML file and as plain dicts, and back: one form for the shipped files, the
editors' import and export, and the database. Parts that say nothing are left out.
"""

import json
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import MISSING, Field, fields
from datetime import date, datetime
from types import GenericAlias
from typing import Any, TypeAlias, TypeVar

from calculators.definition.parts import Case, Note, Option, Output, Question, Step
from calculators.definition.schema import Definition

Element = Question | Step | Output | Note | Case | Option
Built = TypeVar("Built", bound=Definition | Element)
Plain: TypeAlias = str | bool | list["Plain"] | dict[str, "Plain"]

# The plural of a field and the singular under which a file lists its elements.
TOML_TABLES = {"questions": "question", "steps": "step", "outputs": "output", "notes": "note", "cases": "case"}
PART_CLASSES: Mapping[str, type[Element]] = {
    "questions": Question,
    "steps": Step,
    "outputs": Output,
    "notes": Note,
    "cases": Case,
    "options": Option,
}


class DefinitionError(ValueError):
    """The file or dict is no definition; the message is a Chinese sentence."""


def from_toml(text: str) -> Definition:
    """Read a file. Raises DefinitionError."""
    try:
        return from_dict(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"文件不是合格的 TOML：{error}。") from error


def from_dict(given: Mapping[str, object]) -> Definition:
    """The inverse of `to_dict`. Raises DefinitionError."""
    plural = {singular: name for name, singular in TOML_TABLES.items()}
    return _build(Definition, {plural.get(name, name): value for name, value in given.items()}, "计算器")


def _build(kind: type[Built], given: object, where: str) -> Built:
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


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _read(field: Field[Any], value: object, where: str) -> Any:
    """What the field holds, of whatever type that is."""
    if field.name in PART_CLASSES:
        return _read_elements(field.name, value, where)
    if field.type is bool and isinstance(value, bool):
        return value
    if field.type is date:
        return _read_day(value, where)
    if isinstance(field.type, GenericAlias) and isinstance(value, Mapping):
        return {str(key): _text(entry, field.name, where) for key, entry in value.items()}
    if field.type is str:
        return _text(value, field.name, where)
    raise _wrong(value, field.name, where)


def _read_elements(name: str, value: object, where: str) -> tuple[Element, ...]:
    if not isinstance(value, list | tuple):
        raise _wrong(value, name, where)
    return tuple(
        _build(PART_CLASSES[name], element, f"{where}第 {place} 个 {TOML_TABLES.get(name, name)} ")
        for place, element in enumerate(value, 1)
    )


def _read_day(value: object, where: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    with suppress(ValueError):
        if isinstance(value, str):
            return date.fromisoformat(value)
    raise DefinitionError(f"{where}的日期请写成 2026-01-31 这样。")


def _text(value: object, name: str, where: str) -> str:
    """Numbers may stand without quotes; everything else is a text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return value
    raise _wrong(value, name, where)


def _wrong(value: object, name: str, where: str) -> DefinitionError:
    return DefinitionError(f"{where}的“{name}”写法不对：{value!r}。")


def to_dict(definition: Definition) -> dict[str, Plain]:
    """Texts, booleans, lists and dicts only, ready for JSON."""
    return {TOML_TABLES.get(name, name): value for name, value in _entries(definition).items()}


def _entries(part: Definition | Element) -> dict[str, Plain]:
    """The fields of a part that say something, and those it cannot be read without, blank in a draft."""
    values = ((field, getattr(part, field.name)) for field in fields(part))
    return {
        field.name: _plain(value)
        for field, value in values
        if _is_required(field) or _says_something(field.name, value)
    }


def _plain(value: Any) -> Plain:
    """The value of any field; of a tuple each element is a part."""
    if isinstance(value, tuple):
        return [_entries(element) for element in value]
    if isinstance(value, Mapping):
        return dict(value)
    return value if isinstance(value, bool) else str(value)


def _says_something(name: str, value: object) -> bool:
    """Whether a field differs from what it is when it is left out; only `shown` is true then."""
    return not value if name == "shown" else value not in ("", (), {}, False)


def to_toml(definition: Definition) -> str:
    """A file that reads well aloud, and that `from_toml` reads back to the same definition."""
    lines = [_line(name, value) for name, value in _entries(definition).items() if name not in TOML_TABLES]
    for elements, table in TOML_TABLES.items():
        for element in getattr(definition, elements):
            lines += ["", f"[[{table}]]", *(_line(name, value) for name, value in _entries(element).items())]
    return "\n".join(lines) + "\n"


def _line(name: str, value: Plain) -> str:
    if name == "on":
        return f"{name} = {value}"
    if isinstance(value, list):
        rows = "".join(f"  {_inline(option)},\n" for option in value)
        return f"{name} = [\n{rows}]"
    return f"{name} = {_inline(value)}"


def _inline(value: Plain) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_inline(entry)}" for key, entry in value.items()) + " }"
    return _quoted(str(value))


def _key(key: str) -> str:
    return key if key.isascii() and key.replace("_", "").isalnum() else _escaped(key)


def _quoted(text: str) -> str:
    """In single quotes where that saves backslashes; TOML's escapes are JSON's."""
    if ('"' in text or "\\" in text) and "'" not in text and text.isprintable():
        return f"'{text}'"
    if "\n" in text and text.replace("\n", "").isprintable() and not set('"\\').intersection(text):
        return f'"""\n{text}"""'
    return _escaped(text)


def _escaped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
