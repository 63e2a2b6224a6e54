"""A table of measurements, and the stopwatch behind them."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Table:
    """Rows under a heading; columns as wide as they need."""

    heading: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, *cells: object) -> None:
        """Add a row."""
        self.rows.append(tuple(str(cell) for cell in cells))

    def __str__(self) -> str:
        widths = [max(map(len, column)) for column in zip(self.columns, *self.rows, strict=True)]

        def line(cells: tuple[str, ...]) -> str:
            first, *others = [
                cell.ljust(width) if not number else cell.rjust(width)
                for number, (cell, width) in enumerate(zip(cells, widths, strict=True))
            ]
            return "  ".join([first, *others]).rstrip()

        rule = "  ".join("-" * width for width in widths)
        return "\n".join([self.heading, "", line(self.columns), rule, *map(line, self.rows)])


def best_seconds(work: Callable[[], object], *, for_seconds: float = 0.7, at_least: int = 5) -> float:
    """Shortest time of one call, after a first one that warms up: what else the machine does only ever adds."""
    work()
    best = float("inf")
    end = time.perf_counter() + for_seconds
    while at_least > 0 or time.perf_counter() < end:
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
        at_least -= 1
    return best
