#!/usr/bin/python3
"""Makes the moving picture of the README: rawi in VTE on a display of its own, a key at a time.

    movie.py OUT.gif RAWI

Needs what shoot.py needs for VTE. The text is rawi's own sample; nothing of the user's settings is read.
"""
import os, subprocess, sys, tempfile, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import shoot

SIZE, FONT, POINTS, COLOURS = "90x27", "DejaVu Sans Mono", 11, "24"

# Keys of xdotool, and for how many hundredths of a second what they did is shown.
SCENES = [
    ("", 180),                                     # the article, and what was found in it
    ("bracketright", 100), ("bracketright", 140),  # from name to name
    ("n", 100), ("n", 140),                        # the same person, under another spelling
    ("braceright", 140), ("s", 180),               # a quote, and who said it
    ("Tab", 100), ("j", 70), ("j", 70), ("j", 140),
    ("f", 60), ("r", 40), ("i", 40), ("z", 40), ("q", 160), ("Escape", 80),  # Latin letters find Arabic names
    ("Tab", 60), ("braceright", 100), ("c", 200), ("Escape", 60),
    ("L", 180), ("T", 250),
]

def main():
    out, rawi = sys.argv[1], os.path.abspath(sys.argv[2])
    columns, rows = map(int, SIZE.split("x"))
    # Not xterm, which leaves what italic letters have outside of their cells.
    _, command = shoot.terminals(FONT, POINTS, columns, rows, [rawi, "--theme", "dark"])["vte"]
    display = shoot.Display(FONT, (columns * POINTS + 100, rows * POINTS * 9 // 5 + 100), wayland=False)
    folder = tempfile.mkdtemp()
    try:
        display.start(command)
        display.settle(4)
        display.run("xdotool", "mousemove", "300", "200")
        frames = []
        for number, (key, _) in enumerate(SCENES):
            if key:
                display.run("xdotool", "key", key)
            picture = display.settle(0.2)
            name = f"{folder}/{number:02}.png"
            subprocess.run(["convert", "ppm:-", "-trim", "+repage", "-strip", name], input=picture, check=True)
            frames += ["-delay", str(SCENES[number][1]), name]
        # One palette for all frames, or the colours of one show through in the next; of each frame only what has changed.
        names = [name for name in frames if name.endswith(".png")]
        palette = f"{folder}/palette.png"
        subprocess.run(["convert", *names, "-append", "+dither", "-colors", COLOURS, "-unique-colors", palette], check=True)
        subprocess.run(["convert", *frames, "-loop", "0", "+dither", "-remap", palette, "-layers", "OptimizeFrame",
                        "-layers", "OptimizeTransparency", out], check=True)
        print(out, os.path.getsize(out), "bytes,", len(SCENES), "frames in", folder)
    finally:
        display.close()

if __name__ == "__main__":
    main()
