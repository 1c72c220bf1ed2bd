//! The rules of `assets/rules.txt`: each fits in the sentence that the table shows for it.

use rawi::extract::{Extractor, RuleTagger};
use rawi::text::{Document, Origin};
use std::fs;

/// Rules that say that something is no speech, or nobody a speaker: what must not be found where they fit.
const REFUSE: &[(&str, &str)] = &[
    ("no word in the marks", "..."),
    ("nothing but a name in the marks", "القاهرة"),
    ("no Arabic in the marks", "Yes we can"),
    ("the title of a thing", "البحر الأبيض يبتسم للعابرين"),
    ("marks inside a quotation, without a cue", "خطة البحر"),
    ("a term inside reported speech", "مثمرا"),
];

/// Rules whose proposal is told by whom they name: what the speaker of the last quote must be.
const NAME: &[(&str, &str)] = &[
    ("a share of people", "20 بالمئة"),
    ("somebody of the one who is named", "محامي محمد الوادي"),
    ("the name after the title", "محمد الوادي"),
    ("the name after the title and its place", "محمد الوادي"),
    ("how it was said, not who said it", "محمد الوادي"),
    ("the subject of the cue", "محمد الوادي"),
    ("the one whom the sentence opens with", "محمد الوادي"),
    ("the one whom the sentence opens with, in commas", "محمد الوادي"),
    ("the paper of a body that was named before", "وزارة الدفاع"),
    ("the paper that was spoken of goes on", "محمد الوادي"),
];

#[test]
fn every_example_shows_its_rule() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/rules.txt");
    let text = fs::read_to_string(path).unwrap();
    let mut faults = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, name, example] = fields[..] else { continue };
        let example = example.replace("\\n", "\n");
        let document = Document::new("rule", example.as_str(), Origin::default());
        let found = Extractor::new(RuleTagger).extract(&document).unwrap();
        let said: Vec<&str> = found.quotes.iter().map(|quote| document.slice(quote.span)).collect();
        let refused = REFUSE.iter().find(|(rule, _)| *rule == name);
        let named = NAME.iter().find(|(rule, _)| *rule == name);
        let holds = if let Some((_, words)) = refused {
            example.contains(words) && !said.contains(words)
        } else if let Some((_, who)) = named {
            let speaker = found.quotes.last().and_then(|quote| quote.speaker.as_ref());
            speaker.is_some_and(|speaker| match speaker.entity.and_then(|id| found.entity(id)) {
                Some(entity) => entity.name == *who,
                None => document.slice(speaker.span).starts_with(who),
            })
        } else {
            name == "no word that could speak" || found.quotes.iter().any(|quote| quote.why.contains(name))
        };
        if !holds {
            let why: Vec<&str> = found.quotes.iter().map(|quote| quote.why.as_str()).collect();
            faults.push(format!("{name}: {example}\n  found {said:?}\n  {}", why.join("\n  ")));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
