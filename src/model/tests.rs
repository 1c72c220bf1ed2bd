//! A small model with made-up weights: what it says means nothing, but it has to say it the same way every time.

use super::*;
use proptest::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

const PIECES: [(&str, f32); 8] = [
    ("▁", -2.0),
    ("▁وصل", -3.0),
    ("▁سالم", -3.5),
    ("▁إلى", -2.5),
    ("▁القاهرة", -4.0),
    ("ا", -5.0),
    ("ل", -5.0),
    ("▁و", -3.0),
];

/// Hidden 16, 2 heads of attention, 24 between, 2 layers, 12 pieces, windows of 12.
fn file(change: impl Fn(&str, &mut Vec<u8>)) -> Vec<u8> {
    file_of(12, change)
}

fn file_of(window: usize, change: impl Fn(&str, &mut Vec<u8>)) -> Vec<u8> {
    let (hidden, ff, layers, pieces, labels) = (16, 24, 2, PIECES.len() + 4, 3);
    let mut seed = 7u32;
    let mut random = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed >> 16
    };
    let config = serde_json::json!({
        "name": "made up", "hidden": hidden, "attention": 2, "ff": ff, "layers": layers, "pieces": pieces, "window": window,
        "labels": ["O", "B-PER", "I-PER"], "heads": ["guide", "anercorp"], "clitics": 4, "temperature": {"guide": 1.5},
    });
    let mut bytes = |count: usize| (0..count).map(|_| random() as u8).collect::<Vec<u8>>();
    let rows = bytes(pieces * hidden);
    let weights = bytes(layers * (4 * hidden * hidden + 2 * hidden * ff))
        .iter()
        .map(|byte| (byte % 127).wrapping_sub(63))
        .collect();
    let per_layer = 2 * (3 * hidden + hidden + ff + hidden) + 4 * hidden;
    let count = window * hidden + 2 * hidden + layers * per_layer + (2 * labels + 4) * (hidden + 1);
    let floats = bytes(count).iter().flat_map(|&byte| (f32::from(byte) / 1024.0).to_le_bytes()).collect();
    let scales = bytes(pieces).iter().flat_map(|&byte| (f32::from(byte) / 65536.0).to_le_bytes()).collect();
    let mut sections = vec![
        ("config", config.to_string().into_bytes()),
        ("pieces", tokenizer::table(&PIECES)),
        ("scales", scales),
        ("rows", rows),
        ("weights", weights),
        ("floats", floats),
    ];
    sections.iter_mut().for_each(|(name, bytes)| change(name, bytes));
    container::pack(&sections)
}

fn sentences() -> Vec<Vec<&'static str>> {
    let sentence = ["وصل", "سالم", "إلى", "القاهرة", "لا"];
    (0..9).map(|index| sentence.iter().copied().cycle().skip(index).take(3 + 4 * index).collect()).collect()
}

#[test]
fn the_same_words_give_the_same_bits_on_any_number_of_threads_and_every_run() {
    let bytes = file(|_, _| ());
    let said =
        |threads: usize| Model::load(bytes.clone(), Some(threads)).unwrap().score(&sentences(), Head::Guide).unwrap();
    let first = said(1);
    assert_eq!(first.iter().map(Vec::len).collect::<Vec<_>>(), sentences().iter().map(Vec::len).collect::<Vec<_>>());
    for threads in [1, 2, 5] {
        assert_eq!(said(threads), first);
    }
    let scores: Vec<u32> =
        first.iter().flatten().flat_map(|word| word.scores.iter().take(3)).map(|score| score.to_bits()).collect();
    // Any kind of machine has to give this number; it was the same with SSE2, AVX2 and AVX-512.
    assert_eq!(crc32fast::hash(bytemuck::cast_slice(&scores)), 1_138_482_636, "scores of another machine kind differ");
}

#[test]
fn a_text_without_end_holds_nobody_up() {
    let model = Model::load(file(|_, _| ()), Some(1)).unwrap();
    let long = [vec!["ab"; 300_000]];
    let (begun, left) = (AtomicBool::new(false), AtomicBool::new(false));
    let go_on = || {
        begun.store(true, Ordering::SeqCst);
        !left.load(Ordering::SeqCst)
    };
    let said = thread::scope(|scope| {
        let said = scope.spawn(|| model.score_while(&long, Head::Guide, &go_on).unwrap());
        while !begun.load(Ordering::SeqCst) && !said.is_finished() {
            thread::yield_now();
        }
        model.score(&sentences(), Head::Guide).unwrap();
        left.store(true, Ordering::SeqCst);
        said.join().unwrap()
    });
    assert_eq!(said, None, "it was told to stop before it came to its end");
}

#[test]
fn a_window_gives_the_same_bits_in_any_number_of_tiles() {
    let bytes = file_of(100, |_, _| ());
    let said =
        |threads: usize| Model::load(bytes.clone(), Some(threads)).unwrap().score(&sentences(), Head::Guide).unwrap();
    let whole = said(1);
    assert!(whole.iter().flatten().all(|word| word.scores[0].is_finite()));
    for threads in [2, 3, 9] {
        assert_eq!(said(threads), whole, "{threads} tiles");
    }
}

#[test]
fn the_heads_differ_and_so_do_the_labels_that_are_there() {
    let model = Model::load(file(|_, _| ()), Some(1)).unwrap();
    let (guide, corpus) =
        (model.score(&sentences(), Head::Guide).unwrap(), model.score(&sentences(), Head::Anercorp).unwrap());
    assert_ne!(guide, corpus);
    assert!(guide.iter().flatten().all(|word| word.scores[..3].iter().all(|score| score.is_finite())));
    assert!(
        guide.iter().flatten().all(|word| word.scores[3..].iter().all(|score| *score == f32::NEG_INFINITY)),
        "no ORG here"
    );
    assert_eq!(model.tag(&sentences(), Head::Guide).unwrap().len(), 9);
    assert!(model.tag::<&str>(&[vec![], vec![""]], Head::Guide).unwrap()[0].is_empty());
}

#[test]
fn a_section_that_does_not_fit_is_named() {
    for section in ["pieces", "scales", "rows", "weights", "floats"] {
        let shorter = file(|name, bytes| {
            if name == section {
                bytes.truncate(bytes.len() - 4);
            }
        });
        let error = Model::load(shorter, Some(1)).err().expect("an error");
        assert!(matches!(error, Error::Section(name) if name == section) || section == "pieces", "{section}: {error}");
    }
    let wide = file(|name, bytes| {
        if name == "weights" {
            bytes[9] = 64;
        }
    });
    assert!(matches!(Model::load(wide, Some(1)).err(), Some(Error::Section("weights"))), "64 could overflow somewhere");
    let endless = file(|name, bytes| {
        if name == "floats" {
            bytes[4..8].copy_from_slice(&f32::NAN.to_le_bytes());
        }
    });
    assert!(matches!(Model::load(endless, Some(1)).err(), Some(Error::Section("floats"))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_flipped_byte_or_a_cut_is_an_error(at in any::<prop::sample::Index>(), with in 1u8.., cut in any::<prop::sample::Index>()) {
        let good = file(|_, _| ());
        let mut flipped = good.clone();
        flipped[at.index(good.len())] ^= with;
        prop_assert!(Model::load(flipped, Some(1)).is_err());
        prop_assert!(Model::load(good[..cut.index(good.len())].to_vec(), Some(1)).is_err());
    }

    /// Whoever makes the checksum right again gets an error or a model, and never a panic.
    #[test]
    fn bytes_that_lie_never_panic(section in 0usize..6, at in any::<prop::sample::Index>(), with in any::<u8>()) {
        let names = ["config", "pieces", "scales", "rows", "weights", "floats"];
        let bytes = file(|name, bytes| if name == names[section] {
            let at = at.index(bytes.len());
            bytes[at] = with;
        });
        if let Ok(model) = Model::load(bytes, Some(1)) {
            prop_assert!(model.tag(&sentences(), Head::Guide).is_ok());
        }
    }
}
