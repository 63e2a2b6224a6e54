"""What is worked out from the whole catalog, kept in memory until public content changes.

Each process keeps one answer of each kind, with the number of the public content (`actions.public_version`) it was
made from; any other number means: make it anew. See docs/adr/0010-index-of-studies.md.
"""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial, wraps
from threading import Lock
from typing import Generic, ParamSpec, TypeVar

from django.conf import settings
from django.db import connection

from forms_catalog.actions import AsOf, public_version

Answer = TypeVar("Answer")
Arguments = ParamSpec("Arguments")
_in_hand: ContextVar[AsOf | None] = ContextVar("state_in_hand", default=None)


@contextmanager
def of_state(state: AsOf) -> Iterator[None]:
    """What is asked for inside belongs to one page, which has read the state of the public content already."""
    token = _in_hand.set(state)
    try:
        yield
    finally:
        _in_hand.reset(token)


def state_in_hand() -> AsOf | None:
    """What the page being made is made from; None outside a page."""
    return _in_hand.get()


class _Kept(Generic[Answer]):
    """The newest answer, and what it was made from."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.version: int | None = None
        self.answer: Answer | None = None


def remembered(make: Callable[[], Answer]) -> Callable[[], Answer]:
    """Make once for each number of the public content; who comes meanwhile waits for that one.

    One query for that number, outside a public page.

    Inside a transaction nothing is kept: what is read there may never come true.
    """
    kept: _Kept[Answer] = _Kept()

    @wraps(make)
    def answer() -> Answer:
        version = _version()
        if not _may_keep():
            return make()
        with kept.lock:
            if kept.answer is None or kept.version != version:
                kept.answer, kept.version = _undisturbed(make), version
            found: Answer = kept.answer
            return found

    return answer


def remembered_by(
    *, key: Callable[Arguments, Hashable], most: int
) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer]]:
    """The same for an answer to each of several questions; beyond `most`, those longest not asked are forgotten."""

    def remember(make: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
        kept: _Kept[OrderedDict[Hashable, Answer]] = _Kept()

        @wraps(make)
        def answer(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
            version = _version()
            if not _may_keep():
                return make(*args, **kwargs)
            question = key(*args, **kwargs)
            with kept.lock:
                if kept.answer is None or kept.version != version:
                    kept.answer, kept.version = OrderedDict(), version
                if question not in kept.answer:
                    kept.answer[question] = _undisturbed(partial(make, *args, **kwargs))
                kept.answer.move_to_end(question)
                while len(kept.answer) > most:
                    kept.answer.popitem(last=False)
                return kept.answer[question]

        return answer

    return remember


def _version() -> int:
    """Read before anything else: a change meanwhile is then noticed the next time."""
    state = state_in_hand()
    return public_version() if state is None else state.version


def _may_keep() -> bool:
    return bool(settings.REMEMBER_CATALOG) and not connection.in_atomic_block


def _undisturbed(make: Callable[[], Answer]) -> Answer:
    """Make without looking for rubbish meanwhile: what is made is kept, and to walk over it all takes a third more."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        return make()
    finally:
        if was_on:
            gc.enable()
