use super::{Parser, Sent};
use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, MouseEventKind};
use proptest::prelude::*;

/// `^` stands for Esc.
fn bytes(text: &str) -> Vec<u8> {
    text.replace('^', "\u{1b}").into_bytes()
}

/// What was sent, a word each.
fn words(sent: &[Sent]) -> String {
    sent.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn word(sent: &Sent) -> String {
    match sent {
        Sent::Theme => "theme".to_owned(),
        Sent::Background(ground) => format!("{ground:?}").to_lowercase(),
        Sent::Event(Event::FocusGained) => "focus".to_owned(),
        Sent::Event(Event::FocusLost) => "unfocus".to_owned(),
        Sent::Event(Event::Paste(text)) => format!("paste({text})"),
        Sent::Event(Event::Mouse(mouse)) => {
            let kind = match mouse.kind {
                MouseEventKind::Down(button) => format!("down-{button:?}"),
                MouseEventKind::Up(button) => format!("up-{button:?}"),
                MouseEventKind::Drag(button) => format!("drag-{button:?}"),
                other => format!("{other:?}"),
            };
            format!("{}({},{})", kind.to_lowercase(), mouse.column, mouse.row)
        }
        Sent::Event(Event::Key(key)) => {
            let held = [
                (KeyModifiers::CONTROL, "ctrl-"),
                (KeyModifiers::ALT, "alt-"),
                (KeyModifiers::SHIFT, "shift-"),
                (KeyModifiers::SUPER, "super-"),
            ];
            let held: String =
                held.iter().filter_map(|(bit, name)| key.modifiers.contains(*bit).then_some(*name)).collect();
            let code = match key.code {
                KeyCode::Char(letter) => letter.to_string(),
                KeyCode::F(number) => format!("f{number}"),
                other => format!("{other:?}").to_lowercase(),
            };
            let kind = match key.kind {
                KeyEventKind::Press => "",
                KeyEventKind::Repeat => "*",
                KeyEventKind::Release => "-up",
            };
            format!("{held}{code}{kind}")
        }
        Sent::Event(other) => format!("{other:?}"),
    }
}

/// The bytes in one piece, and what they mean once nothing more comes.
fn read(text: &str) -> String {
    let mut parser = Parser::default();
    let mut sent = parser.take(&bytes(text));
    sent.extend(parser.rest());
    words(&sent)
}

#[test]
fn each_key_is_told_from_the_others() {
    for (sent, keys) in [
        ("j", "j"),
        ("مَ", "م \u{64e}"),
        ("G", "G"),
        ("\r\t\u{7f}", "enter tab backspace"),
        ("\u{1}\u{3}\u{1a}\n\0\u{1f}", "ctrl-a ctrl-c ctrl-z ctrl-j ctrl-  ctrl-7"),
        ("^", "esc"),
        ("^^", "esc esc"),
        ("^x^م^\r", "alt-x alt-م alt-enter"),
        ("^[A^OB^[C^OD", "up down right left"),
        ("^[1;2A^[1;5C^[1;3D", "shift-up ctrl-right alt-left"),
        ("^[H^[F^OH^OF^[1~^[4~^[7~^[8~", "home end home end home end home end"),
        ("^[5~^[6~^[3~^[2~^[5;5~", "pageup pagedown delete insert ctrl-pageup"),
        ("^OP^OS^[11~^[15~^[17~^[21~^[23~^[24~^[34~", "f1 f4 f1 f5 f6 f10 f11 f12 f20"),
        ("^[[A^[[E^[1;2P^[P", "f1 f5 shift-f1 f1"),
        ("^[Z^[1;2Z", "shift-backtab shift-backtab"),
        ("^OM", "enter"),
        // kitty's protocol: Ctrl with an Arabic letter, Esc, Tab held with Shift, a key of the number pad.
        ("^[1588;5u^[27u^[9;2u^[57400u^[57376u^[57441u", "ctrl-ش esc shift-tab 1 f13"),
        ("^[97;1:2u^[97;1:3u^[1;1:3A^[97;9u", "a* a-up up-up super-a"),
        ("^[I^[O", "focus unfocus"),
    ] {
        assert_eq!(read(sent), keys, "{sent}");
    }
}

#[test]
fn the_mouse_is_read_in_both_of_its_languages() {
    for (sent, done) in [
        ("^[<0;3;2M^[<0;3;2m", "down-left(2,1) up-left(2,1)"),
        (
            "^[<2;300;200M^[<32;4;2M^[<64;1;1M^[<65;1;1M",
            "down-right(299,199) drag-left(3,1) scrollup(0,0) scrolldown(0,0)",
        ),
        ("^[<16;3;2M^[<35;3;2M^[<0;0;0M^[<0;99999;1M^[<0;1M", "down-left(2,1) down-left(0,0)"),
        ("^[M #\"^[M##\"^[M`#\"", "down-left(2,1) up-left(2,1) scrollup(2,1)"),
    ] {
        assert_eq!(read(sent), done, "{sent}");
    }
}

#[test]
fn pasted_text_is_one_text_and_never_keys() {
    for (sent, done) in [
        ("a^[200~q\r^[A^[201~b", "a paste(q\r\u{1b}[A) b"),
        ("^[200~^[201~", "paste()"),
        ("^[200~خبر", "paste(خبر)"),
        ("^[201~j", "j"),
    ] {
        assert_eq!(read(sent), done, "{sent}");
    }
    let mut parser = Parser::default();
    assert_eq!(parser.take(&bytes("^[200~one")), []);
    // Its end may come late; where it does not come at all, the keyboard is the person's again.
    assert_eq!(parser.patience(), Some(super::PASTE));
    assert_eq!((words(&Vec::from_iter(parser.rest())), parser.patience()), ("paste(one)".to_owned(), None));
    assert_eq!(words(&parser.take(&bytes("q"))), "q");
    parser.take(&bytes("^[200~one"));
    parser.take(&b"x".repeat(super::PASTED));
    let sent = parser.take(&bytes("yz^[201~q"));
    let Some(Sent::Event(Event::Paste(text))) = sent.first() else { panic!("{sent:?}") };
    assert_eq!((text.len(), words(&sent[1..])), (super::PASTED, "q".to_owned()));
}

#[test]
fn answers_are_no_keys_and_keys_around_them_are() {
    for (sent, done) in [
        ("j^]11;rgb:ffff/ffff/ffff^\\k", "j light k"),
        ("j^]11;rgb:1e1e/1e1e/2e2e\u{7}k", "j dark k"),
        // The report of another theme, of which `crossterm` takes the keys behind it for a part.
        ("^[?997;1nj^[?997;2nk", "theme j theme k"),
        ("j^[?65;1;9c^[?2026;2$y^[?1u^[8;1$yk", "j k"),
        ("j^P>|XTerm(379)^\\k^_G^\\l", "j k l"),
        ("j^[4;600;800tk", "j k"),
        // Broken off by a key.
        ("^]11;rgb:ff\rj^P>|x^[Ak^[12^[B", "enter j up k down"),
    ] {
        assert_eq!(read(sent), done, "{sent}");
    }
}

#[test]
fn what_could_be_the_beginning_of_an_answer_is_a_key_once_nothing_comes() {
    for (sent, key) in [("^]", "alt-]"), ("^P", "alt-P"), ("^[", "alt-["), ("^O", "alt-O"), ("^]11", ""), ("^[1", "")] {
        assert_eq!(read(sent), key, "{sent}");
    }
    // Held down, it comes again and again.
    assert_eq!(read("^P^P^]^[^O^O\r"), "alt-P alt-P alt-] alt-[ alt-O alt-O enter");
    let patience = |sent: &str| {
        let mut parser = Parser::default();
        parser.take(&bytes(sent));
        parser.patience()
    };
    assert!(patience("j").is_none());
    assert!(patience("^") < patience("^[") && patience("^[") < patience("^[1"));
}

proptest! {
    /// The bytes mean the same however the line cuts them up.
    #[test]
    fn cuts_change_nothing(pieces in prop::collection::vec(piece(), 0..12), cuts in prop::collection::vec(1_usize..5, 1..60)) {
        let all = bytes(&pieces.concat());
        let mut whole = Parser::default();
        let whole: Vec<Sent> = whole.take(&all).into_iter().chain(whole.rest()).collect();
        let mut parser = Parser::default();
        let mut sent = Vec::new();
        let mut rest = all.as_slice();
        for cut in cuts.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (now, later) = rest.split_at((*cut).min(rest.len()));
            sent.extend(parser.take(now));
            rest = later;
        }
        sent.extend(parser.rest());
        prop_assert_eq!(words(&sent), words(&whole));
    }

    /// Whatever came before, the next key counts once there was silence.
    #[test]
    fn the_keyboard_is_never_lost(noise in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut parser = Parser::default();
        parser.take(&noise);
        parser.rest();
        prop_assert_eq!(words(&parser.take(b"q")), "q");
    }
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "j",
        "م",
        "^[A",
        "^[1;5C",
        "^OP",
        "^x",
        "^[200~خبر\r^[201~",
        "^[<0;3;2M",
        "^]11;rgb:ff/ff/ff^\\",
        "^[?997;1n",
        "^P>|foot^\\",
        "\r",
        "^[97;5u",
        "^[M !\"",
        "^[I",
    ])
}
