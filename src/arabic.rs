//! What is true of Arabic letters and words.

pub mod chars;
pub mod collation;
pub mod normalize;
pub mod shape;
pub mod tokens;
pub mod transliteration;
