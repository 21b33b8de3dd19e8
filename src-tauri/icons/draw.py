#!/usr/bin/env python3
"""Draws the icon: a ledger sheet with a tick. Writes icon.png (256) and icon.ico (16 to 256).

Needs nothing but Python. Run it in this folder after a change; the pictures are committed.
"""

import struct
import zlib

ACCENT = (0x1A, 0x56, 0xA8)
PAPER = (0xFF, 0xFF, 0xFF)
RULE = (0xB9, 0xC6, 0xD8)
HEAD = (0xDC, 0xE6, 0xF3)
TICK = (0x1A, 0x6B, 0x3C)
# Samples a pixel's side, for smooth edges.
FINE = 6


def in_round(x, y, left, top, right, bottom, radius):
    """True inside a rectangle with round corners."""
    if not (left <= x <= right and top <= y <= bottom):
        return False
    dx = max(left + radius - x, x - (right - radius), 0)
    dy = max(top + radius - y, y - (bottom - radius), 0)
    return dx * dx + dy * dy <= radius * radius


def near(x, y, ax, ay, bx, by):
    """The distance from a point to a stretch."""
    px, py, qx, qy = x - ax, y - ay, bx - ax, by - ay
    along = max(0.0, min(1.0, (px * qx + py * qy) / (qx * qx + qy * qy)))
    return ((px - along * qx) ** 2 + (py - along * qy) ** 2) ** 0.5


def colour(x, y, size):
    """The colour at a place of the unit square, None outside."""
    if not in_round(x, y, 0.03, 0.03, 0.97, 0.97, 0.16):
        return None
    tick = min(near(x, y, 0.47, 0.69, 0.59, 0.81), near(x, y, 0.59, 0.81, 0.84, 0.50))
    if tick <= 0.052:
        return TICK
    if tick <= 0.095:
        return PAPER
    if not in_round(x, y, 0.19, 0.14, 0.81, 0.86, 0.03):
        return ACCENT
    if y <= 0.29:
        return HEAD
    # Small pictures have no room for more than three rules.
    rules = (0.29, 0.43, 0.57, 0.71) if size >= 32 else (0.29, 0.50, 0.70)
    width = max(0.016, 0.5 / size)
    if any(abs(y - rule) <= width for rule in rules):
        return RULE
    if size >= 32 and abs(x - 0.38) <= width and y > 0.29:
        return RULE
    return PAPER


def picture(size):
    """Rows of RGBA."""
    rows = []
    for row in range(size):
        line = bytearray()
        for column in range(size):
            found = []
            for step in range(FINE * FINE):
                x = (column + (step % FINE + 0.5) / FINE) / size
                y = (row + (step // FINE + 0.5) / FINE) / size
                found.append(colour(x, y, size))
            solid = [c for c in found if c]
            mean = [sum(c[i] for c in solid) // len(solid) for i in range(3)] if solid else [0, 0, 0]
            line += bytes([*mean, 255 * len(solid) // len(found)])
        rows.append(bytes(line))
    return rows


def png(size):
    """The picture as a PNG file."""
    def part(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    raw = b"".join(b"\0" + row for row in picture(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(raw, 9)) + part(b"IEND", b"")


def ico(sizes):
    """An icon file of PNG pictures."""
    files = [(size, png(size)) for size in sizes]
    at = 6 + 16 * len(files)
    table = struct.pack("<HHH", 0, 1, len(files))
    for size, data in files:
        table += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), at)
        at += len(data)
    return table + b"".join(data for _, data in files)


if __name__ == "__main__":
    open("icon.png", "wb").write(png(256))
    open("icon.ico", "wb").write(ico([16, 24, 32, 48, 64, 256]))
