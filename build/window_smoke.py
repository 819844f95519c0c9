"""Open the real window on a virtual X server and photograph it: `python3 build/window_smoke.py`.

The X server keeps its picture in a file (Xvfb -fbdir, the X window dump format), so the photograph
shows what really reached the screen, without asking the program. Standard library only. The
picture is kept as `.pictures/smoke.png`.
"""

import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from contextlib import ExitStack
from pathlib import Path

import environment

WIDTH, HEIGHT = 1366, 768
PICTURE = environment.ROOT / ".pictures" / "smoke.png"
SECONDS_ALLOWED = 60.0
LOOK_EVERY_SECONDS = 0.25
COLOURS_EXPECTED = 40  # text on a palette has far more; an empty window has one or two
HEADER_FIELDS = 25  # unsigned 32-bit words at the start of an X window dump
COLOUR_ENTRY_BYTES = 12


def pixels_of(dump: bytes) -> list[bytes]:
    """Rows of RGB bytes from a 32-bit X window dump.

    Raises:
        ValueError: the dump is not 32 bits a pixel.
    """
    words = struct.unpack(f">{HEADER_FIELDS}I", dump[: HEADER_FIELDS * 4])
    header_bytes, width, height = words[0], words[4], words[5]
    low_byte_first, bits, row_bytes, colours = words[7] == 0, words[11], words[12], words[19]
    if bits != 32:  # noqa: PLR2004 - bits of one pixel
        message = f"an X window dump of {bits} bits a pixel"
        raise ValueError(message)
    start = header_bytes + colours * COLOUR_ENTRY_BYTES
    rows = []
    for y in range(height):
        row = dump[start + y * row_bytes : start + y * row_bytes + width * 4]
        rgb = bytearray(width * 3)
        for place in range(3):
            rgb[place::3] = row[2 - place :: 4] if low_byte_first else row[1 + place :: 4]
        rows.append(bytes(rgb))
    return rows


def png_of(rows: list[bytes]) -> bytes:
    """A PNG picture of rows of RGB bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", len(rows[0]) // 3, len(rows), 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def colours_in(rows: list[bytes]) -> int:
    """How many different colours a picture has."""
    found: set[bytes] = set()
    for row in rows:
        found.update(row[place : place + 3] for place in range(0, len(row), 3))
    return len(found)


def start_server(folder: Path) -> tuple["subprocess.Popen[bytes]", str]:
    """Start an X server on a free display; return it with the display's name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-fbdir", str(folder), "-nolisten", "tcp"]
    command += ["-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    return server, f":{number}"


def start_window(display: str, home: Path) -> "subprocess.Popen[bytes]":
    """Start Kasauti as a person does, with an empty home, on the display."""
    settings = {"DISPLAY": display, "HOME": str(home), "QT_QPA_PLATFORM": "xcb"}
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    command = [str(environment.PYTHON), str(environment.ROOT / "main.py")]
    log = (home / "window.log").open("wb")
    return subprocess.Popen(command, cwd=home, env={**kept, **settings}, stdout=log, stderr=log)


def photograph(window: "subprocess.Popen[bytes]", screen: Path) -> list[bytes] | None:
    """Look at the screen until the window shows something; None when it never does."""
    until = time.monotonic() + SECONDS_ALLOWED
    while time.monotonic() < until and window.poll() is None:
        rows = pixels_of(screen.read_bytes())
        if colours_in(rows) >= COLOURS_EXPECTED:
            return rows
        time.sleep(LOOK_EVERY_SECONDS)
    return None


def judge() -> int:
    """Open the window, photograph it, close it; 0 when the picture is not empty."""
    if not shutil.which("Xvfb"):
        sys.stderr.write("The X server Xvfb is missing (Debian package xvfb).\n")
        return 1
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kv-window-")))
        server, display = start_server(home)
        stack.callback(end, server)
        window = start_window(display, home)
        stack.callback(end, window)
        rows = photograph(window, home / "Xvfb_screen0")
        if rows is None:
            said = (home / "window.log").read_text(errors="replace")[-2000:]
            sys.stderr.write(f"No window appeared (exit code {window.poll()}).\n{said}\n")
            return 1
        PICTURE.parent.mkdir(exist_ok=True)
        PICTURE.write_bytes(png_of(rows))
        sys.stderr.write(f"The window shows {colours_in(rows)} colours: {PICTURE}\n")
    return 0


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ask a program to end, then insist."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    sys.exit(judge())
