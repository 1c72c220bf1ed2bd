//! Wire copies: one text, or nearly, in several outlets.
//!
//! Of every text the smallest hashes of its sequences of four stems are kept (bottom-k sketches, Broder 1997, "On the
//! resemblance and containment of documents"); texts that share three quarters of them are copies.

use rusqlite::{Connection, OptionalExtension};

/// Hashes kept of a text.
const KEPT: usize = 12;

/// Hashes that copies share.
const SHARED: i64 = 9;

/// A text with fewer sequences has no copies: two short notices may well have the same words.
const LEAST: usize = 30;

/// The sketch of a text.
#[must_use]
pub fn sketch(stems: &[&str]) -> Vec<i64> {
    let mut hashes: Vec<i64> = stems
        .windows(4)
        .map(|sequence| {
            let bytes = sequence.iter().flat_map(|stem| stem.bytes().chain([b' ']));
            // FNV-1a, with splitmix64's end: a sketch is the same in every version of every program.
            let sum = bytes
                .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
            let sum = (sum ^ (sum >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            i64::from_ne_bytes((sum ^ (sum >> 27)).to_ne_bytes())
        })
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    if hashes.len() < LEAST {
        return Vec::new();
    }
    hashes.truncate(KEPT);
    hashes
}

/// The earliest document with nearly the same sketch; of a copy, its original.
pub fn original(db: &Connection, sketch: &[i64]) -> rusqlite::Result<Option<i64>> {
    if sketch.is_empty() {
        return Ok(None);
    }
    // They are numbers of ours.
    let list = sketch.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let sql = format!(
        "SELECT coalesce(copy_of, id) FROM documents WHERE id = \
         (SELECT document FROM sketches WHERE hash IN ({list}) GROUP BY document HAVING count(*) >= {SHARED} \
          ORDER BY document LIMIT 1)"
    );
    db.query_row(&sql, [], |row| row.get(0)).optional()
}

/// Keeps the sketch of a document.
pub fn remember(db: &Connection, sketch: &[i64], document: i64) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached("INSERT OR IGNORE INTO sketches VALUES (?, ?)")?;
    for hash in sketch {
        statement.execute([*hash, document])?;
    }
    Ok(())
}
