"""Every kind of page of the editors' office, found by following links from the worklist: one address of each kind."""

import re
from collections.abc import Callable

LINK = re.compile(r'href="(/admin/[^"?#]*)')
VARYING = re.compile(r"(?<=/)[0-9a-f]{8}(?:-|_2D)[^/]*|\d+")  # the keys of background tasks, and numbers
LEFT_OUT = re.compile(r"^/admin/(logout|jsi18n|r)/")  # no page of the office


def walk_office(get: Callable[[str], str]) -> list[str]:
    """The addresses visited; `get` fetches one and gives its HTML, "" for a file."""
    kinds, waiting, visited = {"/admin/"}, ["/admin/"], []
    while waiting:
        visited.append(waiting.pop(0))
        for address in LINK.findall(get(visited[-1])):
            kind = VARYING.sub("N", address)
            if kind not in kinds and not LEFT_OUT.match(address):
                kinds.add(kind)
                waiting.append(address)
    return visited
