"""Who may write: whoever sends the token of this service."""

from __future__ import annotations

import hmac

from .problem_table import TokenNeeded, UpdatesOff


def check_token(token: str, authorization: str) -> None:
    """Return when a request may write.

    Only the header counts: a cookie or a form would let other people's pages write with a reader's browser.

    Args:
        token: of this service; "" where nobody may write.
        authorization: the header of the request.

    Raises:
        UpdatesOff: nobody may.
        TokenNeeded: no token, or a wrong one.
    """
    if not token:
        raise UpdatesOff
    scheme, _, sent = authorization.partition(" ")
    given = sent.strip().encode("utf-8", "surrogateescape")
    if scheme.lower() != "bearer" or not hmac.compare_digest(given, token.encode()):
        raise TokenNeeded
