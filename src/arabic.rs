//! What is true of Arabic letters and words.

pub mod affix;
pub mod chars;
pub mod collation;
pub mod normalize;
pub mod quotation;
pub mod shape;
pub mod tokens;
pub mod transliteration;
