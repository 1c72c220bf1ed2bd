//! What is true of Arabic letters and words.

pub mod normalize;
pub mod tokens;
