"""The children of a record's element by their names."""

from __future__ import annotations

from .remarks import Remarks
from .xml_records import Element, local_name, text_of


class Fields:
    """What lies directly below an element, by name without namespace; filled once, when it is made."""

    def __init__(self, element: Element) -> None:
        self._held: dict[str, list[Element]] = {}
        for child in element:
            self._held.setdefault(local_name(child), []).append(child)

    def all(self, *names: str) -> list[Element]:
        """Return the children of these names, those of the first name first, else in the order of the file."""
        return [child for name in names for child in self._held.get(name, ())]

    def first(self, name: str) -> Element | None:
        """Return the first child of a name; None where there is none."""
        held = self._held.get(name)
        return held[0] if held else None

    def text(self, *names: str) -> str:
        """Return the first text that is not empty, in the order of the names; "" where there is none."""
        for name in names:
            for child in self._held.get(name, ()):
                if found := text_of(child):
                    return found
        return ""

    def expect_once(self, remarks: Remarks, *names: str) -> None:
        """Remark each of these that is there more than once: perhaps two records have run into one."""
        for name in names:
            if len(held := self._held.get(name, ())) > 1:
                remarks.add(
                    f"{len(held)} elements <{name}>", f"one <{name}>; the first that is not empty is kept"
                )
