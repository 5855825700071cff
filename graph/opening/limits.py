"""How much may come out of one file: bytes, members, layers; what a decompression bomb runs into."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..errors import UnreadableFile


@dataclass(frozen=True, slots=True)
class Limits:
    """What is taken out of one outer file at most.

    Text packs 3 to 20 times smaller, very uniform text 100 times; deflate reaches 1,032 (of zeros only).
    """

    most_bytes: int = 200 << 30  # of one layer, and of all members together
    most_ratio: int = 1_000  # bytes out for one byte in, once more than `free_bytes` came out
    free_bytes: int = 100 << 20
    most_members: int = 100_000  # directories and what is left out count too
    most_layers: int = 5  # of compression, one in the other
    most_depth: int = 2  # archives in archives

    def of_file(self, size: int) -> Limits:
        """Return the limits of an outer file of `size` bytes: the ratio holds for all its layers together."""
        most = min(self.most_bytes, max(self.free_bytes, self.most_ratio * size))
        return replace(self, most_bytes=most)

    def check(self, made: int, taken: int, label: str) -> None:
        """Ask whether `made` bytes may have come out of `taken` bytes.

        Raises:
            UnreadableFile: they may not.
        """
        if made > self.most_bytes:
            raise UnreadableFile(
                label, f"found over {self.most_bytes:,} bytes packed in it, expected fewer: is it a bomb?"
            )
        if made > self.free_bytes and made > self.most_ratio * taken:
            raise UnreadableFile(
                label,
                f"found {made:,} bytes packed into {taken:,}, expected at most {self.most_ratio:,} bytes "
                "out of one: is it a bomb?",
            )


class Budget:
    """Counts what all members of one outer file gave together; a member that is read twice counts once."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._given: dict[int, int] = {}  # number of the member -> the furthest place read; filled by `note`
        self.total = 0

    def note(self, number: int, place: int, label: str) -> None:
        """Note that member `number` was read up to `place`.

        Raises:
            UnreadableFile: all members together gave too much.
        """
        more = place - self._given.get(number, 0)
        if more > 0:
            self._given[number] = place
            self.total += more
            if self.total > self._limits.most_bytes:
                self._limits.check(self.total, self.total, label)
