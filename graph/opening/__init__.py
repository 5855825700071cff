"""What lies in a file → the members to be read, whatever they are packed in; nothing is written to disk."""

from .entries import Why
from .limits import Limits
from .members import LeftOut, Member, Opened, opened
from .streams import MemberStream

__all__ = ["LeftOut", "Limits", "Member", "MemberStream", "Opened", "Why", "opened"]
