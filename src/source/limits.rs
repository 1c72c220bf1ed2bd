//! How much is read: sizes in bytes that hold for every format.

/// The largest text that is read, in bytes of the source.
pub const LIMIT: u64 = 1 << 30;

/// The largest source of another format than plain text, and the most that an archive may unpack to, in bytes.
pub const FORMAT_LIMIT: u64 = 1 << 28;
