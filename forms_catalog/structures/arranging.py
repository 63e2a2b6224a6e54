"""Pieces of a drawing set in rows, narrow enough for a phone."""

from __future__ import annotations

import math
from dataclasses import dataclass

WIDEST, GAP, ROW_GAP, EDGE = 330, 34, 22, 4
TIMES_WIDTH = 38
LETTER_WIDTH, SMALL_WIDTH, LINE = 11, 8, 26
RAISED, LOWERED = -6, 4
SCALE = 1.25
"""How much larger than its coordinates a drawing is shown where there is room."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One kind of ion or molecule: how many there are, its lines and letters, and the room it takes."""

    times: int
    body: list[str]
    width: float
    height: float

    @property
    def full_width(self) -> float:
        """With the number before it."""
        return self.width + (TIMES_WIDTH if self.times > 1 else 0)


def label(symbol: str, hydrogens: int, charge: int, *, times: int) -> Piece:
    """An ion or molecule of one heavy atom, written as letters: Mg with its charge, OH, H2O."""
    count = str(hydrogens) if hydrogens > 1 else ""
    before, after = [(symbol, 0)], [("H", 0), (count, LOWERED)] if hydrogens else []
    if symbol == "O" and hydrogens == 2 and not charge:
        before, after = after, before
    size = str(abs(charge)) if abs(charge) > 1 else ""
    sign = f"{size}{'+' if charge > 0 else chr(0x2212)}" if charge else ""
    written = [(text, shift) for text, shift in [*before, *after, (sign, RAISED)] if text]
    width = sum(len(text) * (SMALL_WIDTH if shift else LETTER_WIDTH) for text, shift in written)
    return Piece(times, [_letters(written)], width, LINE)


def _letters(written: list[tuple[str, int]]) -> str:
    """Letters on one line; each later run says how far it moves up or down from the one before."""
    (first, _), *rest = written
    line, at = f'<text class="atom" x="0" y="19">{first}', 0
    for text, shift in rest:
        small = ' class="small"' if shift else ""
        line += f'<tspan{small} dy="{shift - at}">{text}</tspan>'
        at = shift
    return f"{line}</text>"


def arrange(pieces: list[Piece]) -> str:
    """The pieces from left to right, a new row where they would grow wider than a phone."""
    rows: list[list[Piece]] = [[]]
    for piece in pieces:
        if rows[-1] and _width([*rows[-1], piece]) > WIDEST:
            rows.append([])
        rows[-1].append(piece)
    width = max(map(_width, rows)) + 2 * EDGE
    groups, top = list[str](), float(EDGE)
    for row in rows:
        height = max(piece.height for piece in row)
        groups += _row(row, top=top, height=height)
        top += height + ROW_GAP
    size = math.ceil(width), math.ceil(top - ROW_GAP + EDGE)
    shown = tuple(round(SCALE * side) for side in size)
    opening = f'<svg viewBox="0 0 {size[0]} {size[1]}" width="{shown[0]}" height="{shown[1]}">'
    return "\n".join([opening, *groups, "</svg>"])


def _width(row: list[Piece]) -> float:
    return sum(piece.full_width for piece in row) + GAP * (len(row) - 1)


def _row(row: list[Piece], *, top: float, height: float) -> list[str]:
    """Each piece in a group of its own, halfway down its row, with its number before it."""
    lines, left = list[str](), float(EDGE)
    for piece in row:
        shift = piece.full_width - piece.width
        lines.append(f'<g transform="translate({left + shift:.0f} {top + (height - piece.height) / 2:.0f})">')
        if piece.times > 1:
            lines.append(
                f'<text class="times" x="{-TIMES_WIDTH}" y="{piece.height / 2 + 6:.0f}">'
                f"{piece.times} \N{MULTIPLICATION SIGN}</text>"
            )
        lines += [*piece.body, "</g>"]
        left += piece.full_width + GAP
    return lines
