//! What everything after the tagger costs: `cargo bench --bench extract`.

use divan::{Bencher, black_box};
use rawi::extract::{Extractor, Memory, Pass};
use rawi::text::{Document, Origin};

fn main() {
    divan::main();
}

/// Aliases, roles, quotes and speakers of an article of about 400 words whose paragraphs are tagged already.
#[divan::bench(sample_count = 50, sample_size = 1)]
#[expect(clippy::unwrap_used, reason = "without the model there is nothing to time")]
fn links_and_quotes_of_an_article(bencher: Bencher) {
    // The sample has 353 words; its first lines once more make it 400.
    let sample = include_str!("../assets/sample.txt");
    let more: Vec<&str> = sample.lines().take(4).collect();
    let document = Document::new("article", format!("{sample}{}", more.join("\n")), Origin::default());
    let extractor = Extractor::default();
    let mut pass = Pass::new(&document, Memory::default());
    for paragraph in document.paragraphs() {
        pass.tag(&extractor, paragraph).unwrap();
    }
    bencher.bench_local(|| black_box(pass.annotations()));
}
