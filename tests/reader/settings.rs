//! Settings: from the file, from the terminal, from the locale, and from the last time.

use super::{Pty, seen};
use crate::in_time::InTime;
use std::{fs, path::Path, process::Command};
use vt100::Color;

fn configure(folder: &Path, text: &str) {
    let place = folder.join(".config/rawi");
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("config.toml"), text).unwrap();
}

/// Waits for the background of the status line.
fn status(pty: &Pty, wanted: Color) {
    pty.wait(&format!("{wanted:?}"), |_| {
        let screen = pty.screen.lock().unwrap();
        screen.screen().cell(23, 0).unwrap().bgcolor() == wanted
    });
}

const LIGHT: Color = Color::Rgb(0xe4, 0xe4, 0xe4);
const DARK: Color = Color::Rgb(0x26, 0x26, 0x26);

#[test]
fn the_terminal_is_asked_for_its_background() {
    for (answer, colour) in
        [("\x1b]11;rgb:ffff/ffff/ffff\x1b\\", LIGHT), ("\x1b]11;rgb:1010/1010/1010\x1b\\", DARK), ("", DARK)]
    {
        let folder = tempfile::tempdir().unwrap();
        let pty = Pty::start_on(answer, folder.path(), &[], &[]);
        status(&pty, colour);
        pty.leave();
    }
}

#[test]
fn colours_shrink_to_what_the_terminal_has() {
    for (term, colour) in [("xterm-256color", Color::Idx(235)), ("xterm", Color::Idx(0))] {
        let folder = tempfile::tempdir().unwrap();
        let pty = Pty::start_with(folder.path(), &["--theme", "dark"], &[("COLORTERM", ""), ("TERM", term)]);
        status(&pty, colour);
        pty.leave();
    }
}

#[test]
fn a_few_lines_change_a_few_things_and_a_fault_is_said_in_the_status_line() {
    let folder = tempfile::tempdir().unwrap();
    configure(
        folder.path(),
        "measure = 30\nspacing = 'wide'\ndigits = 'arabic'\n[keys.text]\nnext-name = ['w']\n[colours]\nstatus = '#ffffff on #005f00'\n",
    );
    let pty = Pty::start(folder.path(), &["--ui", "en"]);
    let screen = pty.wait("fault", |screen| screen.contains("config.toml: spacing: "));
    assert!(screen.contains(&seen("أعلن وزير النقل ليث الحمداني،")), "lines of 30 columns:\n{screen}");
    status(&pty, Color::Rgb(0, 0x5f, 0));
    pty.wait("findings", |screen| screen.contains("\u{667}"));
    pty.press("ww");
    pty.wait("name", |screen| screen.contains(": \u{661} of \u{663}"));
    pty.press("]");
    pty.wait("the key is gone", |screen| screen.contains("] does nothing here"));
    pty.leave();
    // What cannot be read at all is said too.
    configure(folder.path(), "measure = \n");
    let pty = Pty::start(folder.path(), &["--ui", "en"]);
    pty.wait("fault", |screen| screen.contains("config.toml: "));
    pty.leave();
}

#[test]
fn the_printed_defaults_are_a_configuration() {
    let output = Command::new(env!("CARGO_BIN_EXE_rawi")).arg("config").output_in_time();
    let text = String::from_utf8(output.stdout).unwrap();
    let table: toml::Table = text.parse().unwrap();
    for name in ["ui", "panel", "shown", "sort", "measure", "spacing", "digits", "tashkeel", "theme", "keys", "colours"]
    {
        assert!(table.contains_key(name), "{name}");
    }
    let folder = tempfile::tempdir().unwrap();
    configure(folder.path(), &text);
    let pty = Pty::start(folder.path(), &[]);
    let screen = pty.wait("text", |screen| screen.contains("People"));
    assert!(!screen.contains("config.toml"), "{screen}");
    pty.leave();
}

#[test]
fn the_locale_and_the_command_line_choose_the_language() {
    let people = seen("أشخاص");
    for (args, locale, words) in [
        (&[] as &[&str], "ar_EG.UTF-8", people.as_str()),
        (&["--ui", "en"], "ar_EG.UTF-8", "People"),
        (&["--ui", "ar"], "C.UTF-8", &people),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let pty = Pty::start_with(folder.path(), args, &[("LANG", locale)]);
        pty.wait("language", |screen| screen.contains(words));
        pty.leave();
    }
}

#[test]
fn what_keys_changed_is_there_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let pty = Pty::start(folder.path(), &[]);
    pty.wait("findings", |screen| screen.contains("? keys"));
    pty.press("]]n");
    pty.wait("second mention", |screen| screen.contains(": 2 of 3"));
    pty.press("t");
    pty.wait("order", |screen| screen.contains("Sorted by number"));
    pty.press("T");
    pty.wait("colours", |screen| screen.contains("Theme: light"));
    pty.press("p");
    pty.wait("panel", |screen| screen.contains("hidden") && !screen.contains("┤"));
    pty.leave();
    let pty = Pty::start(folder.path(), &[]);
    let screen = pty.wait("the mention that it was left at", |screen| screen.contains(": 2 of 3"));
    assert!(!screen.contains("┤"), "the panel is still hidden:\n{screen}");
    status(&pty, LIGHT);
    pty.press("t");
    pty.wait("the next order", |screen| screen.contains("Sorted alphabetically"));
    pty.press("p");
    pty.wait("panel", |screen| screen.contains("┤"));
    pty.leave();
    // The command line is stronger, and so is a configuration that has changed since.
    let pty = Pty::start(folder.path(), &["--theme", "dark"]);
    status(&pty, DARK);
    pty.leave();
    configure(folder.path(), "theme = 'dark'\n");
    let pty = Pty::start(folder.path(), &[]);
    status(&pty, DARK);
    pty.press("t");
    pty.wait("the order is kept", |screen| screen.contains("Sorted by first mention"));
    pty.leave();
}

/// A terminal whose theme changes while rawi runs: on its next focus it is asked again, and at once where it says that it
/// changed. A theme that a person chose stays, and what the terminal did is not kept as a choice.
#[test]
fn the_theme_follows_the_background_of_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let (light, dark) = ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\", "\x1b]11;rgb:1010/1010/1010\x07");
    let pty = Pty::start_on(dark, folder.path(), &["--ui", "en"], &[]);
    status(&pty, DARK);
    pty.wait("findings", |screen| screen.contains("? keys"));
    *pty.ground.lock().unwrap() = light;
    pty.press("\x1b[I");
    status(&pty, LIGHT);
    pty.press("]");
    let screen = pty.wait("a key after the answer is a key", |screen| screen.contains("n next"));
    assert!(!screen.contains("does nothing here"), "no part of the answer was a key:\n{screen}");
    *pty.ground.lock().unwrap() = dark;
    pty.press("\x1b[O\x1b[I");
    status(&pty, DARK);
    // Mode 2031, with a key right behind it.
    *pty.ground.lock().unwrap() = light;
    pty.press("\x1b[?997;2n?");
    status(&pty, LIGHT);
    pty.wait("the help, which the key opens", |screen| screen.contains("─ Keys ─"));
    pty.press("\x1b");
    pty.wait("no help", |screen| !screen.contains("─ Keys ─"));
    pty.leave();
    let pty = Pty::start_on(light, folder.path(), &["--ui", "en"], &[]);
    status(&pty, LIGHT);
    pty.leave();
}

/// What a person changes in an editor beside the reader.
#[test]
fn a_configuration_that_is_saved_counts_at_once() {
    let folder = tempfile::tempdir().unwrap();
    configure(folder.path(), "measure = 84\n");
    let pty = Pty::start(folder.path(), &["--ui", "en"]);
    pty.wait("findings", |screen| screen.contains("? keys"));
    pty.press("t");
    pty.wait("a setting that a key changed", |screen| screen.contains("Sorted by number"));
    configure(folder.path(), "measure = 30\nspacing = 'wide'\n[keys.text]\nnext-name = ['w']\n");
    let screen = pty.wait("fault", |screen| screen.contains("config.toml: spacing: "));
    assert!(screen.contains(&seen("أعلن وزير النقل ليث الحمداني،")), "lines of 30 columns:\n{screen}");
    pty.press("w");
    pty.wait("the new key", |screen| screen.contains("n next"));
    // No TOML: what was read before stays.
    configure(folder.path(), "measure = \n");
    pty.wait("fault", |screen| screen.contains("config.toml: ") && !screen.contains("spacing"));
    assert!(pty.contents().contains(&seen("أعلن وزير النقل ليث الحمداني،")));
    configure(folder.path(), "measure = 30\n[colours]\nstatus = '#ffffff on #005f00'\n");
    pty.wait("no fault", |screen| screen.contains("Configuration read again"));
    status(&pty, Color::Rgb(0, 0x5f, 0));
    pty.press("tt");
    pty.wait("the order that the key had chosen, and two more", |screen| screen.contains("Sorted by first mention"));
    pty.leave();
}
