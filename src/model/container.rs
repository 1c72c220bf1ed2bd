//! The file that the weights come in: sections with names, and a checksum over all of it.
//!
//! ```text
//! 0   magic "RAWIMDL\0", u32 version, u32 number of sections          little endian
//! 16  32 bytes a section: name (16 bytes, zero padded), u64 offset, u64 length
//! …   the sections, each at a multiple of 64
//! end u32 CRC-32 of everything before it
//! ```
//!
//! Nothing in it is believed: the checksum comes first, every section has to lie inside the file, and whoever reads a
//! section knows its length from the dimensions and takes no other.

use super::error::Error;
use serde::Deserialize;
use std::{borrow::Cow, ops::Range};

const MAGIC: &[u8; 8] = b"RAWIMDL\0";
const VERSION: u32 = 1;

/// The bytes of a model file whose checksum is right.
pub(super) struct Container {
    bytes: Cow<'static, [u8]>,
    sections: Vec<(Vec<u8>, Range<usize>)>,
}

impl Container {
    /// Checks magic, version, checksum and where the sections lie.
    pub(super) fn open(bytes: Cow<'static, [u8]>) -> Result<Self, Error> {
        let (magic, rest) = bytes.split_first_chunk::<8>().ok_or(Error::NotAModel)?;
        if magic != MAGIC {
            return Err(Error::NotAModel);
        }
        let mut head = Fields(rest);
        let version = head.u32()?;
        if version != VERSION {
            return Err(Error::Version(version));
        }
        let (body, sum) = bytes.split_last_chunk::<4>().ok_or(Error::Truncated)?;
        if crc32fast::hash(body) != u32::from_le_bytes(*sum) {
            return Err(Error::Checksum);
        }
        let count = head.u32()?.min(16);
        let mut sections = Vec::new();
        for _ in 0..count {
            let name = head.take(16)?.iter().copied().take_while(|&byte| byte != 0).collect();
            let (start, length) = (head.u64()?, head.u64()?);
            let end = start.checked_add(length).filter(|&end| end <= body.len() as u64).ok_or(Error::Truncated)?;
            let range = usize::try_from(start).ok().zip(usize::try_from(end).ok()).ok_or(Error::Truncated)?;
            sections.push((name, range.0..range.1));
        }
        Ok(Self { bytes, sections })
    }

    /// The bytes of a section.
    pub(super) fn section(&self, name: &'static str) -> Result<&[u8], Error> {
        let found = self.sections.iter().find(|section| section.0 == name.as_bytes());
        found.and_then(|(_, range)| self.bytes.get(range.clone())).ok_or(Error::Section(name))
    }

    /// The bytes of a section that has to be `length` bytes long.
    pub(super) fn exactly(&self, name: &'static str, length: Option<usize>) -> Result<&[u8], Error> {
        let bytes = self.section(name)?;
        if length == Some(bytes.len()) { Ok(bytes) } else { Err(Error::Section(name)) }
    }
}

/// Little-endian numbers off the front of a slice.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    pub(super) fn take(&mut self, length: usize) -> Result<&'a [u8], Error> {
        let (front, rest) = self.0.split_at_checked(length).ok_or(Error::Truncated)?;
        self.0 = rest;
        Ok(front)
    }

    pub(super) fn u32(&mut self) -> Result<u32, Error> {
        let (front, rest) = self.0.split_first_chunk().ok_or(Error::Truncated)?;
        self.0 = rest;
        Ok(u32::from_le_bytes(*front))
    }

    fn u64(&mut self) -> Result<u64, Error> {
        let (front, rest) = self.0.split_first_chunk().ok_or(Error::Truncated)?;
        self.0 = rest;
        Ok(u64::from_le_bytes(*front))
    }
}

/// The numbers of a section of floats, every one of them finite.
pub(super) fn floats(bytes: &[u8], name: &'static str) -> Result<Vec<f32>, Error> {
    let (chunks, rest) = bytes.as_chunks::<4>();
    let numbers: Vec<f32> = chunks.iter().map(|chunk| f32::from_le_bytes(*chunk)).collect();
    if rest.is_empty() && numbers.iter().all(|number| number.is_finite()) {
        Ok(numbers)
    } else {
        Err(Error::Section(name))
    }
}

/// The dimensions and names, as the file's JSON has them.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct ModelConfig {
    /// What the weights are called.
    pub(super) name: String,
    /// Numbers a piece.
    pub(super) hidden: usize,
    /// Layers of the encoder.
    pub(super) layers: usize,
    /// Heads of attention.
    pub(super) attention: usize,
    /// Numbers between the two products of a layer's second half.
    pub(super) ff: usize,
    /// Pieces of the vocabulary.
    pub(super) pieces: usize,
    /// The most pieces that are looked at together.
    pub(super) window: usize,
    /// What each output of a head stands for: `O`, `B-PER`, …
    pub(super) labels: Vec<String>,
    /// The conventions that there are labels for.
    pub(super) heads: Vec<String>,
    /// How many classes of proclitics are told apart; 0: none.
    #[serde(default)]
    pub(super) clitics: usize,
    /// What the logits of a head are divided by before they become probabilities.
    #[serde(default)]
    pub(super) temperature: std::collections::BTreeMap<String, f32>,
    /// Under which licence the weights may be used.
    #[serde(default)]
    pub(super) licence: String,
}

impl ModelConfig {
    /// Reads it, and refuses dimensions that no model of ours has: what follows multiplies them without overflow.
    pub(super) fn read(container: &Container) -> Result<Self, Error> {
        let config: Self =
            serde_json::from_slice(container.section("config")?).map_err(|error| Error::Config(error.to_string()))?;
        let within = |name: &str, value: usize, most: usize| match value {
            value if (1..=most).contains(&value) => Ok(()),
            value => Err(Error::Config(format!("{name} is {value}"))),
        };
        within("hidden", config.hidden, 4096)?;
        within("layers", config.layers, 64)?;
        within("ff", config.ff, 16384)?;
        within("pieces", config.pieces, 1 << 20)?;
        within("window", config.window, 1024)?;
        within("labels", config.labels.len(), 64)?;
        within("heads", config.heads.len(), 8)?;
        within("clitics", config.clitics + 1, 9)?;
        within("attention", config.attention, config.hidden)?;
        if config.window < 8 || !config.hidden.is_multiple_of(config.attention) {
            return Err(Error::Config("window or attention does not fit".into()));
        }
        if config.temperature.values().any(|value| !(0.01..=100.0).contains(value)) {
            return Err(Error::Config("temperature".into()));
        }
        Ok(config)
    }
}

#[cfg(test)]
pub(super) fn pack(sections: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend(VERSION.to_le_bytes());
    out.extend((sections.len() as u32).to_le_bytes());
    let mut at = (16 + 32 * sections.len()).next_multiple_of(64);
    for (name, data) in sections {
        let mut padded = name.as_bytes().to_vec();
        padded.resize(16, 0);
        out.extend(padded);
        out.extend((at as u64).to_le_bytes());
        out.extend((data.len() as u64).to_le_bytes());
        at = (at + data.len()).next_multiple_of(64);
    }
    for (_, data) in sections {
        out.resize(out.len().next_multiple_of(64), 0);
        out.extend(data);
    }
    out.extend(crc32fast::hash(&out).to_le_bytes());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(bytes: Vec<u8>) -> Error {
        Container::open(bytes.into()).err().expect("an error")
    }

    #[test]
    fn sections_are_found_by_name() {
        let container = Container::open(pack(&[("one", vec![1, 2]), ("two", vec![3])]).into()).unwrap();
        assert_eq!(container.section("one").unwrap(), [1, 2]);
        assert_eq!(container.section("two").unwrap(), [3]);
        assert!(matches!(container.section("three"), Err(Error::Section("three"))));
        assert!(matches!(container.exactly("two", Some(2)), Err(Error::Section("two"))));
    }

    #[test]
    fn another_file_another_version_a_cut_and_a_flip_are_told_apart() {
        let good = pack(&[("one", vec![7; 100])]);
        assert!(matches!(error(b"PK\x03\x04 and more".to_vec()), Error::NotAModel));
        assert!(matches!(error(Vec::new()), Error::NotAModel));
        let mut later = good.clone();
        later[8] = 9;
        assert!(matches!(error(later), Error::Version(9)));
        assert!(matches!(error(good[..good.len() - 1].to_vec()), Error::Checksum));
        let mut flipped = good;
        flipped[70] ^= 4;
        assert!(matches!(error(flipped), Error::Checksum));
    }

    #[test]
    fn a_section_outside_the_file_is_refused_even_under_a_right_checksum() {
        let mut bytes = pack(&[("one", vec![7; 100])]);
        bytes.truncate(bytes.len() - 4);
        bytes[32..40].copy_from_slice(&u64::MAX.to_le_bytes());
        bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
        assert!(matches!(error(bytes), Error::Truncated));
    }
}
