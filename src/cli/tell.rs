//! Errors on standard error.

use super::arabic::{self, errors};
use crate::text::one_line;
use std::io::{self, Write};

/// Tells of an error on standard error, in one line: in Arabic where the interface is and a person reads.
pub fn tell(error: &anyhow::Error) {
    let mut out = io::stderr();
    // Nothing is left to tell it to when standard error is closed too.
    drop(if arabic::wanted(&out) {
        arabic::print(&format!("rawi: {}", errors::line(error)), &mut out)
    } else {
        writeln!(out, "rawi: {}", one_line(&format!("{error:#}")))
    });
}
