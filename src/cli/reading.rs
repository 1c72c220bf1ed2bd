//! How the inputs are read, for every subcommand that reads articles.

use crate::source::{LineEnds, Options};
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// How the inputs are read, where it is not found out right.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Reading {
    /// The encoding of the inputs: utf-8, windows-1256, iso-8859-6, utf-16le, …
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// What line ends of plain text are: ends of paragraphs, or blanks where it was cut into lines of about one length
    #[arg(long, value_name = "LINES", default_value = "auto", value_parser = PossibleValuesParser::new(LineEnds::ALL.map(LineEnds::name)).map(|name| LineEnds::named(&name).unwrap_or_default()))]
    pub lines: LineEnds,
    /// The field that is the text, in JSON, JSON Lines and tables [default: text, content, body or articleBody]
    #[arg(long, value_name = "NAME")]
    pub text_field: Option<String>,
}

impl Reading {
    /// The options of [`crate::source`] that they are.
    pub fn options(&self) -> Options {
        Options {
            encoding: self.encoding.clone(),
            lines: self.lines,
            text_field: self.text_field.clone(),
            ..Options::default()
        }
    }
}
