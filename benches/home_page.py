#!/usr/bin/env python3
"""How long it takes until the home page of a library is on the screen: from the start of the process, in a
pseudo-terminal that answers at once, to the first frame that has the number of people in the list.

    python3 benches/home_page.py target/release/rawi library.sqlite [RUNS]
"""

import fcntl
import os
import pty
import select
import sqlite3
import statistics
import struct
import sys
import tempfile
import termios
import time


def run(rawi, library, wanted, home):
    start = time.monotonic()
    child, screen = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", LANG="C.UTF-8", HOME=home)
        os.execv(rawi, [rawi, f"--library={library}", "--ui", "en"])
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    seen, answered = b"", False
    while wanted not in seen:
        if not select.select([screen], [], [], 30)[0]:
            sys.exit(f"no {wanted!r} on the screen after 30 s")
        seen += os.read(screen, 1 << 16)
        if b"\x1b[c" in seen and not answered:
            os.write(screen, b"\x1b[?62c")
            answered = True
    took = time.monotonic() - start
    os.write(screen, b"q")
    try:
        while os.read(screen, 1 << 16):
            pass
    except OSError:
        pass
    os.waitpid(child, 0)
    return took * 1000


def main():
    rawi, library = map(os.path.abspath, sys.argv[1:3])
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 15
    people = sqlite3.connect(library).execute("SELECT count(*) FROM people").fetchone()[0]
    with tempfile.TemporaryDirectory() as home:
        times = [run(rawi, library, str(people).encode(), home) for _ in range(runs)]
    print(f"{people} people: median {statistics.median(times):.0f} ms, {min(times):.0f} to {max(times):.0f}")


main()
