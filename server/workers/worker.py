"""One worker process: take a question, answer it, take the next; the kernel ends it when a question takes too long."""

from __future__ import annotations

import os
import signal
import socket
import threading
from typing import Any, Final

from werkzeug.exceptions import NotAcceptable

from collegium.graph.errors import CollegiumError, QueryMemory
from collegium.graph.store import Store

from ..editions import Edition
from .answering import answer
from .frames import ASK, FAIL, pack_json, receive
from .jail import confine
from .question import Question, Snapshot, WorkLimits
from .sink import Sink, stop_clock
from .told import told

_ENDED_WELL: Final = 0


def work(channel: socket.socket, limits: WorkLimits, parent: int) -> None:
    """Answer questions until the other side hangs up. Does not return.

    The engine runs in a thread with a large stack: what it reads is nested as deep as a stranger likes.
    """
    for number in (signal.SIGALRM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    for number in (signal.SIGINT, signal.SIGTERM):  # meant for the whole service; whoever asks decides
        signal.signal(number, signal.SIG_IGN)
    confine(
        memory_bytes=limits.memory_bytes + limits.stack_bytes,
        network=bool(limits.services),
        parent=parent,
    )
    threading.stack_size(limits.stack_bytes)
    desk = _Desk(channel, limits)
    thread = threading.Thread(target=desk.serve, name="desk", daemon=True)
    thread.start()
    thread.join()
    os._exit(_ENDED_WELL)  # no clean-up: what a stranger's query left behind is the kernel's business


class _Desk:
    """Where questions come in; keeps the snapshot that was asked last open."""

    def __init__(self, channel: socket.socket, limits: WorkLimits) -> None:
        self._channel, self._limits = channel, limits
        self._snapshot: dict[str, Any] | None = None
        self._edition: Edition | None = None

    def serve(self) -> None:
        """Answer until the other side hangs up."""
        while (frame := _received(self._channel)) is not None:
            if frame.kind == ASK:
                question = Question.from_data(frame.json())
                signal.setitimer(signal.ITIMER_REAL, question.seconds or self._limits.seconds)
                try:
                    self._answer(question)
                except OSError:  # nobody is there to hear
                    return

    def _answer(self, question: Question) -> None:
        sinks: list[Sink] = []

        def open_sink(head: dict[str, Any]) -> Sink:
            sinks.append(Sink(self._channel, head, question.answer_bytes or self._limits.answer_bytes))
            return sinks[-1]

        try:
            edition = self._opened(question.snapshot)
            answer(edition, question, self._limits, open_sink).finish()
        except (CollegiumError, NotAcceptable) as error:
            self._fail(error)
        except MemoryError:
            self._fail(QueryMemory(self._limits.memory_bytes))

    def _fail(self, error: CollegiumError | NotAcceptable) -> None:
        stop_clock()
        self._channel.sendall(pack_json(FAIL, told(error)))

    def _opened(self, given: dict[str, Any]) -> Edition:
        """Return the edition of a snapshot; the one before is let go, so that its files can be removed."""
        if self._edition is None or given != self._snapshot:
            self._edition = self._snapshot = None
            snapshot = Snapshot.from_data(given)
            self._edition = Edition(
                Store.at(snapshot.path, snapshot.version, snapshot.base), self._limits.most_authors
            )
            self._snapshot = given
        return self._edition


def _received(channel: socket.socket) -> Any:
    try:
        return receive(channel)
    except ConnectionError:
        return None
