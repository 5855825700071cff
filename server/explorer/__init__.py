"""The explorer: a network of thousands as columns with places, for a page that draws it with WebGL."""

from typing import Final

MOST: Final = 2_000  # nodes, where nobody asks for more
MOST_EVER: Final = 50_000
