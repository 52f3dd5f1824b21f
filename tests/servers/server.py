"""What all our servers have in common."""

from abc import ABC, abstractmethod
from contextlib import ExitStack
from types import TracebackType
from typing import Self


class Server(ABC):
    """Runs inside a `with` block. It may stop and start there, and keeps its port and its content meanwhile."""

    @abstractmethod
    def start(self) -> None:
        """Return when the server answers."""

    @abstractmethod
    def stop(self) -> None:
        """End in good order. Stopping a stopped server changes nothing."""

    def end(self) -> None:
        """End for good: nothing of it is needed any more."""
        self.stop()

    def discard(self) -> None:  # noqa: B027 - most servers own nothing
        """Remove what the server owns on disk."""

    def __enter__(self) -> Self:
        with ExitStack() as undo:
            undo.callback(self.discard)
            undo.callback(self.end)
            self.start()
            undo.pop_all()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.end()
        self.discard()
