//! Any text through the rules and every stage behind them; what is found lies in the text.

#![no_main]

use rawi::{
    extract::{Extractor, RuleTagger},
    text::{Document, Origin},
};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let document = Document::new("fuzz", String::from_utf8_lossy(bytes), Origin::default());
    let found = Extractor::new(RuleTagger).extract(&document).expect("rules do not fail");
    let spans = found.mentions.iter().map(|mention| mention.span).chain(found.quotes.iter().map(|quote| quote.span));
    for span in spans {
        assert!(document.text().get(span.range()).is_some_and(|words| !words.is_empty()), "{span:?}");
    }
});
