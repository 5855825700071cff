"""Style and code inside a file, and the policy that allows these by hash and nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Inlined:
    """All style and all code of a file that works offline, as one text each, and its Content-Security-Policy."""

    style: str
    script: str
    policy: str

    @staticmethod
    def of(styles: Iterable[Path], scripts: Iterable[Path]) -> Inlined:
        """Return the texts of files of our own and of packages; no data may be among them."""
        style = "\n".join(map(_text, styles))
        script = "\n;\n".join(map(_text, scripts))
        policy = (
            "default-src 'none'; img-src data: blob:; base-uri 'none'; form-action 'none'; "
            f"script-src {_hash_of(script)}; style-src {_hash_of(style)}"
        )
        return Inlined(style, script, policy)

    @property
    def context(self) -> dict[str, str]:
        """What a template is given: the only texts that enter a page unescaped."""
        from markupsafe import Markup

        return {"policy": self.policy, "style": Markup(self.style), "script": Markup(self.script)}  # noqa: S704


def _text(path: Path) -> str:
    # A browser hashes what it parsed, and a parser turns CR LF into LF.
    whole = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    return "\n".join(line for line in whole.split("\n") if not line.startswith("//# sourceMappingURL="))


def _hash_of(block: str) -> str:
    digest = hashlib.sha256(block.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
