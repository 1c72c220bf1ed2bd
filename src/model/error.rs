//! Why bytes are no model, or why it could not run.

use crate::text::Escaped;

/// Why bytes are no model, or why it could not run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The magic number is missing.
    #[error("this is not a model of rawi")]
    NotAModel,
    /// Made for another version of the program.
    #[error("the model has version {0}, which this program does not know")]
    Version(u32),
    /// It ends too early.
    #[error("the model is cut short")]
    Truncated,
    /// The bytes are not those that were written.
    #[error("the model is damaged: its checksum is wrong")]
    Checksum,
    /// A part is missing or does not fit the dimensions.
    #[error("the model's section `{0}` is missing or does not fit")]
    Section(&'static str),
    /// The description is wrong.
    #[error("the model's description is wrong: {}", Escaped(.0))]
    Config(String),
    /// A product could not be computed.
    #[error("the model does not fit itself: {}", Escaped(.0))]
    Product(String),
    /// No threads to be had.
    #[error("no thread for the model: {}", Escaped(.0))]
    Threads(#[from] rayon::ThreadPoolBuildError),
}
