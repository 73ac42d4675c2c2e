"""YAML front matter as texts: every scalar as it is written, so that no number, date or yes is changed on the way.

The only module that imports PyYAML; articles.import_export.markdown loads it with the first text that has such front matter.
"""

import yaml

MAX_YAML_CHARACTERS = 20_000


class YamlProblem(ValueError):
    """The YAML cannot be used; the message is a Chinese sentence."""


class TextLoader(yaml.BaseLoader):
    """Base loader, which makes texts, lists and dicts alone; a key named twice and an alias are refused."""

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            raise YamlProblem("里面有 YAML 引用（*），请写成原文。")
        return super().compose_node(parent, index)

    def construct_mapping(self, node, deep=False):
        names = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise YamlProblem(f"“{'、'.join(twice)}”写了两次，请留一个。")
        return super().construct_mapping(node, deep=True)


def read_mapping(text: str) -> dict:
    """Raises YamlProblem."""
    if len(text) > MAX_YAML_CHARACTERS:
        raise YamlProblem(f"超过 {MAX_YAML_CHARACTERS} 个字。")
    try:
        found = yaml.load(text, TextLoader)  # noqa: S506 - it makes no object but texts, lists and dicts
    except yaml.MarkedYAMLError as error:
        place = f"第 {error.problem_mark.line + 2} 行附近" if error.problem_mark else ""
        raise YamlProblem(
            f"{place}不合 YAML 的写法，多半是冒号后少了空格、缩进用了 Tab，或文字里的冒号没有加引号。"
        ) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise error if isinstance(error, YamlProblem) else YamlProblem("不合 YAML 的写法。") from error
    if found in (None, ""):
        return {}
    if not isinstance(found, dict):
        raise YamlProblem("要一行一项，写成“名称: 内容”。")
    return {str(name): value for name, value in found.items()}
