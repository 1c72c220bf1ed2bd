#!/usr/bin/python3
"""Runs a program in a real terminal on a display of its own and takes a picture of it.

    shoot.py [--keys "Tab j Return"] [--size 100x30] [--font NAME] [--points 13] TERMINAL OUT.png COMMAND [ARGUMENT...]
    shoot.py ... all FOLDER COMMAND [ARGUMENT...]    the same in every terminal that is installed
    shoot.py list                                    the terminals

Keys are names of xdotool. Debian's packages: xvfb xdotool imagemagick fonts-dejavu-core dbus-x11 libgl1-mesa-dri
libegl1, and of the terminals xterm mlterm gir1.2-vte-2.91 python3-gi konsole kitty alacritty tmux screen foot weston.
"""
import argparse, os, shlex, shutil, subprocess, sys, tempfile, time

def tmux(socket, columns, rows, command):
    start = ["tmux", "-u", "-L", socket, "-f", "/dev/null", "new-session", "-x", str(columns), "-y", str(rows)]
    return start + [shlex.join(command)]

def terminals(font, points, columns, rows, command):
    """Name to (programs it needs, its command line)."""
    socket = f"shoot{os.getpid()}"
    xterm = ["xterm", "-u8", "-fa", font, "-fs", str(points), "-geometry", f"{columns}x{rows}+0+0", "-e"]
    vte = ["/usr/bin/python3", os.path.abspath(__file__), "--vte", f"{font} {points}", str(columns), str(rows)]
    konsole = ["dbus-run-session", "konsole", "--nofork", "--hide-menubar", "--hide-tabbar"]
    for setting in (f"Font={font},{points}", f"TerminalColumns={columns}", f"TerminalRows={rows}"):
        konsole += ["-p", setting]
    kitty = ["kitty", "-o", "update_check_interval=0", "-o", f"font_family={font}", "-o", "remember_window_size=no",
             "-o", f"initial_window_width={columns}c", "-o", f"initial_window_height={rows}c"]
    alacritty = ["alacritty", "-o", f'font.normal.family="{font}"', "-o", f"window.dimensions.columns={columns}",
                 "-o", f"window.dimensions.lines={rows}", "-e"]
    mlterm = ["mlterm", "-E", "utf8", "--aa", "-w", "18", "-g", f"{columns}x{rows}", "-e"]
    foot = ["foot", "-f", f"{font}:size={points}", "-W", f"{columns}x{rows}"]
    inside = tmux(socket, columns, rows, command)
    return {
        "xterm": (["xterm"], xterm + command),
        "mlterm": (["mlterm"], mlterm + command),
        "vte": (["/usr/bin/python3"], vte + command),
        "konsole": (["konsole", "dbus-run-session"], konsole + ["-e"] + command),
        "kitty": (["kitty"], kitty + command),
        "alacritty": (["alacritty"], alacritty + command),
        "foot": (["foot", "weston"], foot + command),
        "tmux-xterm": (["tmux", "xterm"], xterm + inside),
        "tmux-vte": (["tmux", "/usr/bin/python3"], vte + inside),
        "tmux-konsole": (["tmux", "konsole"], konsole + ["-e"] + inside),
        "tmux-kitty": (["tmux", "kitty"], kitty + inside),
        "tmux-mlterm": (["tmux", "mlterm"], mlterm + inside),
        "screen-vte": (["screen", "/usr/bin/python3"], vte + ["screen", "-U", "-S", socket] + command),
    }

def vte_window(font, columns, rows, command):
    """A window with nothing in it but VTE."""
    import gi
    gi.require_version("Gtk", "3.0"); gi.require_version("Vte", "2.91")
    from gi.repository import GLib, Gtk, Pango, Vte
    window, terminal = Gtk.Window(), Vte.Terminal()
    terminal.set_font(Pango.FontDescription(font)); terminal.set_size(int(columns), int(rows))
    terminal.connect("child-exited", lambda *_: Gtk.main_quit())
    terminal.spawn_async(Vte.PtyFlags.DEFAULT, None, command, None, GLib.SpawnFlags.SEARCH_PATH, None, None, -1, None, None)
    window.add(terminal); window.show_all(); window.move(0, 0)
    Gtk.main()

class Display:
    """An X server without a screen, and Weston in it for those that speak Wayland only."""
    def __init__(self, font, size, wayland):
        width, height = size
        ready, number = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(number), "-screen", "0", f"{width}x{height}x24"],
                                       pass_fds=[number], stderr=subprocess.DEVNULL)
        os.close(number)
        with os.fdopen(ready) as line:
            name = f":{line.readline().strip()}"
        self.children = [self.server]
        self.environment = dict(os.environ, DISPLAY=name, LIBGL_ALWAYS_SOFTWARE="1", LANG="C.UTF-8", LC_ALL="C.UTF-8")
        # Nothing of the user's own settings; mlterm finds its fonts by name only where it is told to.
        home = tempfile.mkdtemp()
        self.environment.update(HOME=home)
        os.mkdir(f"{home}/.mlterm")
        with open(f"{home}/.mlterm/aafont", "w") as fonts:
            fonts.writelines(f"{charset} = {font}\n" for charset in ("DEFAULT", "ISO10646_UCS4_1"))
        for variable in ("TMUX", "STY", "VTE_VERSION", "KONSOLE_VERSION", "KITTY_WINDOW_ID", "WAYLAND_DISPLAY"):
            self.environment.pop(variable, None)
        if wayland:
            folder = tempfile.mkdtemp()
            os.chmod(folder, 0o700)
            self.environment.update(XDG_RUNTIME_DIR=folder)
            self.start(["weston", "--backend=x11-backend.so", f"--width={width}", f"--height={height}", "--socket=shoot",
                        "--shell=kiosk-shell.so", "--idle-time=0"])
            self.environment.update(WAYLAND_DISPLAY="shoot")
            while not os.path.exists(f"{folder}/shoot"):
                time.sleep(0.1)

    def start(self, command):
        self.children.append(subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))

    def run(self, *command):
        return subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout

    def settle(self, least):
        """Waits until two pictures are the same and show something, and takes it."""
        time.sleep(least)
        before = None
        for _ in range(75):
            now = self.run("import", "-window", "root", "ppm:-")
            if now == before and len(set(now[64::7])) > 1:
                return now
            before = now
            time.sleep(0.4)
        return before

    def close(self):
        for child in reversed(self.children):
            child.terminate()
        for child in self.children:
            child.wait()

def shoot(name, out, options):
    columns, rows = map(int, options.size.split("x"))
    _, command = terminals(options.font, options.points, columns, rows, options.command)[name]
    # Room for the window, whatever the terminal puts around it.
    room = columns * options.points + 100, rows * options.points * 9 // 5 + 100
    display = Display(options.font, room, wayland=name == "foot")
    try:
        display.start(command)
        display.settle(options.wait)
        # Keys go to the window under the pointer.
        display.run("xdotool", "mousemove", "300", "200")
        for key in options.keys.split():
            display.run("xdotool", "key", key)
            time.sleep(options.pause)
        display.run("xdotool", "mousemove", str(room[0] - 10), str(room[1] - 10))
        picture = display.settle(0.5)
        subprocess.run(["convert", "ppm:-", "-trim", "+repage", "-strip", "+dither", "-colors", "32", f"PNG8:{out}"], input=picture, check=True)
    finally:
        if name.startswith("screen"):
            display.run("screen", "-S", f"shoot{os.getpid()}", "-X", "quit")
        if name.startswith("tmux"):
            display.run("tmux", "-L", f"shoot{os.getpid()}", "kill-server")
        display.close()

def main():
    if sys.argv[1:2] == ["--vte"]:
        return vte_window(sys.argv[2], sys.argv[3], sys.argv[4], sys.argv[5:])
    known = terminals("", 0, 0, 0, [])
    if sys.argv[1:2] == ["list"]:
        return print("\n".join(known))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("terminal", choices=["all", *known])
    parser.add_argument("out")
    parser.add_argument("--keys", default="")
    parser.add_argument("--size", default="100x30")
    parser.add_argument("--font", default="DejaVu Sans Mono")
    parser.add_argument("--points", type=int, default=13, help="the size of the letters")
    parser.add_argument("--wait", type=float, default=2.5, help="seconds before the first picture")
    parser.add_argument("--pause", type=float, default=0.3, help="seconds between keys")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if options.terminal != "all":
        return shoot(options.terminal, options.out, options)
    os.makedirs(options.out, exist_ok=True)
    for name, (programs, _) in known.items():
        missing = [program for program in programs if not shutil.which(program)]
        print(f"{name}: " + (f"left out, no {', '.join(missing)}" if missing else "taken"), flush=True)
        if not missing:
            shoot(name, os.path.join(options.out, f"{name}.png"), options)

if __name__ == "__main__":
    main()
