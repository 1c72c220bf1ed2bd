//! Opening an address in the program that the system has for it.

use super::{arabic::errors, failure::Failure, message::Message};
use crate::{
    text::Address,
    tui::{
        app::{Event, Notice},
        strings::Strings,
    },
};
use anyhow::Context;
use std::{
    process::{Command, Stdio},
    sync::mpsc::Sender,
    thread,
};

/// The program that opens addresses.
const OPENER: &str = if cfg!(target_os = "macos") {
    "open"
} else if cfg!(windows) {
    "explorer"
} else {
    "xdg-open"
};

/// Opens an address: it is an argument of that program, and no shell sees it. What goes wrong later is said then.
pub fn open(address: &Address, sender: Sender<Message>, strings: Strings) -> anyhow::Result<()> {
    let mut command = Command::new(OPENER);
    command.arg(address.as_str()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // Ctrl-C and the end of the terminal are not for it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let failure = || Failure::NotOpened { program: OPENER.to_owned() };
    let mut child = command.spawn().with_context(failure)?;
    let wait = move || {
        if child.wait().is_ok_and(|status| !status.success()) {
            let notice = Notice { text: errors::said(strings, &failure().into()), fault: true };
            drop(sender.send(Message::App(Event::Notice(notice))));
        }
    };
    thread::Builder::new().name("opener".to_owned()).spawn(wait).map(drop).with_context(failure)
}
