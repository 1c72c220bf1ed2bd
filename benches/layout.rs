//! How fast text becomes rows, on one core: `cargo bench --bench layout`. 10 MB of Arabic news, the sample article with
//! its numbers changed; unicode-bidi's levels alone stand beside the whole pipeline as the measure. For libfribidi and
//! bidi-js on the same text: benches/compare/run.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use rawi::layout::{Direction, Options, Page, levels, paragraph};
use rawi::text::{Document, Origin};
use std::sync::LazyLock;

fn main() {
    // benches/compare/run asks for the text, to give it to others.
    if let Some(path) = std::env::var_os("RAWI_BENCH_TEXT") {
        std::fs::write(path, &*NEWS).ok();
        return;
    }
    divan::main();
}

fn news(size: usize) -> String {
    let article = include_str!("../assets/sample.txt");
    let mut text = String::with_capacity(size + article.len());
    let mut number = 0;
    while text.len() < size {
        for line in article.lines().filter(|line| !line.is_empty()) {
            number += 1;
            text.push_str(line);
            text.push_str(&format!(" ({number}، {}%).\n", number % 97));
        }
    }
    text
}

static NEWS: LazyLock<String> = LazyLock::new(|| news(10_000_000));
static LONG: LazyLock<Document> = LazyLock::new(|| Document::new("long", news(100 << 20), Origin::default()));

fn options() -> Options {
    Options { width: 80, direction: Direction::AutoRtl, ..Options::default() }
}

/// Levels, joining, ligatures, mirroring, wrapping, cells.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn whole_pipeline(bencher: Bencher) {
    let text = &*NEWS;
    bencher
        .counter(BytesCount::of_str(text))
        .bench(|| text.lines().map(|line| paragraph(black_box(line), 0, &options(), &[]).height()).sum::<usize>());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn levels_alone(bencher: Bencher) {
    let text = &*NEWS;
    bencher
        .counter(BytesCount::of_str(text))
        .bench(|| text.lines().map(|line| levels(black_box(line), Direction::AutoRtl).1.len()).sum::<usize>());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn unicode_bidi_levels_alone(bencher: Bencher) {
    let text = &*NEWS;
    bencher.counter(BytesCount::of_str(text)).bench(|| {
        let levels = |line| unicode_bidi::ParagraphBidiInfo::new(line, None).levels.len();
        text.lines().map(|line| levels(black_box(line))).sum::<usize>()
    });
}

/// The first screen of 100 MiB, nothing laid out before.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn first_screen_of_100_mib(bencher: Bencher) {
    let document = &*LONG;
    bencher.bench(|| Page::new(options()).visible(black_box(document), 0, 45).len());
}

/// Its last screen.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn end_of_100_mib(bencher: Bencher) {
    let document = &*LONG;
    bencher.bench(|| {
        let page = Page::new(options());
        page.visible(black_box(document), page.end(document, 45), 45).len()
    });
}

/// A thousand screens down from its middle, a row at a time.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn thousand_rows_scrolled(bencher: Bencher) {
    let document = &*LONG;
    bencher.bench(|| {
        let page = Page::new(options());
        let mut top = document.text().len() / 2;
        for _ in 0..1000 {
            top = page.scroll(document, top, 1);
            black_box(page.visible(document, top, 45).len());
        }
        top
    });
}
