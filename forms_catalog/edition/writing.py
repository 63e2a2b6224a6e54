"""Writing a record as YAML that people like to read: folded text, no aliases, the same bytes every time."""

from __future__ import annotations

from typing import Any

import yaml

WIDTH = 110
ODD_BREAKS = "\r\x85\u2028\u2029"
"""Line breaks to YAML that its readers fold into blanks, unless they are written as escapes."""


class _Dumper(yaml.SafeDumper):
    """The pure Python emitter: libyaml folds lines differently, and the bytes must not depend on the machine."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write a value out as often as it occurs."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists under their name."""
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    if any(character in value for character in ODD_BREAKS):
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"')
    if "\n" in value:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|")
    if len(value) > WIDTH - 10 and " " in value:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=">")
    return dumper.represent_scalar("tag:yaml.org,2002:str", value)


def _list(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.SequenceNode:
    numbers = all(isinstance(item, int | float) for item in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=numbers)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)


def write_document(document: dict[str, Any]) -> str:
    """The record as YAML text."""
    return yaml.dump(
        document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=WIDTH
    )
