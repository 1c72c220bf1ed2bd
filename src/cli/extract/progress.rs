//! How far a batch has come, on standard error: a bar where that is a terminal, a line for each failure everywhere.

use crate::cli::tell::{self, tell};
use std::time::{Duration, Instant};

/// Cells of the bar.
const WIDTH: u64 = 24;

pub struct FilterProgress {
    terminal: bool,
    /// Bytes in all, where known.
    total: Option<u64>,
    bytes: u64,
    documents: u64,
    failed: u64,
    started: Instant,
    drawn: Option<Instant>,
}

impl FilterProgress {
    /// `total` is asked only where there is someone to show it to.
    pub fn new(total: impl FnOnce() -> Option<u64>) -> Self {
        let terminal = tell::is_read();
        let total = if terminal { total() } else { None };
        Self { terminal, total, bytes: 0, documents: 0, failed: 0, started: Instant::now(), drawn: None }
    }

    /// One more is done.
    pub fn add(&mut self, bytes: u64) {
        (self.bytes, self.documents) = (self.bytes + bytes, self.documents + 1);
        let now = Instant::now();
        if self.terminal && self.drawn.is_none_or(|drawn| now - drawn > Duration::from_millis(100)) {
            self.drawn = Some(now);
            tell::bar(Some(&line(self.bytes, self.total, self.documents, now - self.started)));
        }
    }

    /// One more could not be done.
    pub fn fail(&mut self, error: &anyhow::Error) {
        self.failed += 1;
        self.clear();
        tell(error);
    }

    /// Takes the bar away.
    pub fn clear(&mut self) {
        if self.drawn.take().is_some() {
            tell::bar(None);
        }
    }

    /// How many were done, and how many could not be.
    pub const fn counts(&self) -> (u64, u64) {
        (self.documents, self.failed)
    }
}

fn line(bytes: u64, total: Option<u64>, documents: u64, past: Duration) -> String {
    let rate = documents as f64 / past.as_secs_f64().max(0.001);
    let Some(total) = total.filter(|total| *total > 0 && bytes > 0) else {
        return format!("{documents} documents  {rate:.0}/s");
    };
    let (bytes, full) = (bytes.min(total), bytes.min(total) * WIDTH / total);
    let left = past.as_secs_f64() / bytes as f64 * (total - bytes) as f64;
    let bar: String = (0..WIDTH).map(|cell| if cell < full { '#' } else { '.' }).collect();
    let percent = bytes * 100 / total;
    format!("[{bar}] {percent:3}%  {documents} documents  {rate:.0}/s  {} left", clock(left as u64))
}

fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_tells_rate_and_time_left() {
        let past = Duration::from_secs(30);
        assert_eq!(line(250, Some(1000), 60, past), "[######..................]  25%  60 documents  2/s  1:30 left");
        assert_eq!(line(1000, Some(1000), 60, past), "[########################] 100%  60 documents  2/s  0:00 left");
        assert_eq!(line(250, None, 60, past), "60 documents  2/s");
        assert_eq!(clock(3725), "1:02:05");
    }
}
