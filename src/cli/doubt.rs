//! `--doubt`: how sure a speaker must be to be said.

use crate::annotation::{Annotations, THRESHOLD};

/// The option, for every command that says who speaks.
#[derive(clap::Args, Clone, Copy, Debug)]
pub struct Doubt {
    /// Leave the speaker of a quote open where it is less sure than so many per cent, 0 for never
    #[arg(long = "doubt", value_name = "PER CENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    percent: Option<u8>,
}

impl Doubt {
    /// Takes away the speakers that are less sure than was asked for, or than the default where nothing was.
    pub fn apply(self, annotations: &mut Annotations) {
        match self.percent {
            Some(0) => annotations.reveal(),
            Some(percent) => annotations.withhold(f32::from(percent) / 100.0),
            None => annotations.withhold(THRESHOLD),
        }
    }

    /// The same, but with every speaker said where nothing was asked for.
    pub fn apply_where_asked(self, annotations: &mut Annotations) {
        if self.percent.is_some() {
            self.apply(annotations);
        }
    }
}
