//! The rules of `assets/rules.txt`: each fits in the sentence that the table shows for it.

use rawi::extract::{Extractor, RuleTagger};
use rawi::text::{Document, Origin};
use std::fs;

/// Rules that say that something is no speech, or nobody a speaker: what must not be found where they fit.
const REFUSE: &[(&str, &str)] = &[
    ("no word in the marks", "..."),
    ("nothing but names in the marks", "القاهرة-بغداد"),
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
    ("the subject of the verb that the sentence opens with", "رئيس البلدية"),
    ("the one whom the sentence opens with", "محمد الوادي"),
    ("the one whom the sentence opens with, in commas", "محمد الوادي"),
    ("the paper of a body that was named before", "وزارة الدفاع"),
    ("the paper of the one who issues it in the same clause", "وزارة الدفاع"),
    ("the paper that was spoken of goes on", "محمد الوادي"),
    ("a word of honour stands for the person spoken of", "محمد الوادي"),
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

/// Pairs of marks that papers write for quotation marks, as they stand in their texts.
const PAIRS: &[(&str, &str)] = &[
    ("«", "»"),
    ("»", "«"),
    ("‹‹", "››"),
    ("\"", "\""),
    ("＂", "＂"),
    ("“", "”"),
    ("”", "“"),
    ("„", "“"),
    ("'", "'"),
    ("''", "''"),
    ("``", "''"),
    ("''", "``"),
    ("‘", "’"),
    ("((", "))"),
    ("（（", "））"),
    ("<<", ">>"),
    ("″", "″"),
    ("״", "״"),
    ("《", "》"),
    ("『", "』"),
    ("〝", "〞"),
    ("❝", "❞"),
];

#[test]
fn words_between_any_pair_of_marks_are_quoted() {
    for (open, close) in PAIRS {
        let text = format!(
            "قال محمد الوادي إن {open}الطريق مفتوح أمام الجميع{close} منذ اليوم.\n\nوأضاف الوادي: {open}نعمل في الليل{close}."
        );
        let document = Document::new("marks", text, Origin::default());
        let found = Extractor::new(RuleTagger).extract(&document).unwrap();
        let direct = found.quotes.iter().filter(|quote| quote.kind == rawi::annotation::QuoteKind::Direct);
        let said: Vec<&str> = direct.map(|quote| document.slice(quote.span)).collect();
        assert_eq!(said, ["الطريق مفتوح أمام الجميع", "نعمل في الليل"], "{open} {close}");
    }
}

#[test]
fn apostrophes_in_latin_words_quote_nothing() {
    let text = "قال محمد الوادي إن شركة L'Oréal وجريدة People's Daily لم تردا، وإن '90 كان عاما جيدا.";
    let document = Document::new("marks", text, Origin::default());
    let found = Extractor::new(RuleTagger).extract(&document).unwrap();
    let direct = found.quotes.iter().filter(|quote| quote.kind == rawi::annotation::QuoteKind::Direct);
    assert_eq!(direct.count(), 0, "{:?}", found.quotes);
}

/// Kinds of sentences that were once given to another: the speaker of the last quote, in the words of its name or its own.
const SPEAKS: &[(&str, &str)] = &[
    // A cue that is the first word inside the marks leads to nothing outside.
    ("تجمع المشجعون أمام القاهرة منذ الصباح. وقال محمد الوادي: «نتمنى لهم النجاح في كل مكان».", "محمد الوادي"),
    ("بيعت الدار بثلاثة ملايين قبل عامين. قال محمد الوادي: «قالوا لنا إن الطريق مفتوح».", "محمد الوادي"),
    // ردا على is no verb of two.
    ("حضر المشجعون. وقال محمد الوادي، ردا على أسئلة الناس، إن الطريق مفتوح.", "محمد الوادي"),
    // A head with its article in a paper of its own: the paper is where, not who.
    ("أغلقت وزارة الدفاع أمس هذا الجسر. وقالت الوزارة في نشرتها الأولى إن الطريق مفتوح.", "وزارة الدفاع"),
    // The name in apposition, behind a nationality, behind وهي, behind يدعى, behind the tail of the title.
    ("وقال أحد الركاب، وهو الطبيب الهندي محمد الوادي، إن الطريق مفتوح.", "محمد الوادي"),
    ("وقال مدير الإنتاج، اللبناني محمد الوادي، إن الطريق مفتوح.", "محمد الوادي"),
    ("وقال مزارع يدعى محمد الوادي إن الطريق مفتوح.", "محمد الوادي"),
    ("أكد السفير مندوب بلاده لدى المنظمات، محمد الوادي، أن الطريق مفتوح.", "محمد الوادي"),
    // A head with a pronoun is the name's own, though it folds to the feminine.
    ("اجتمع المكتب أمس. وقال رئيسه محمد الوادي إن الطريق مفتوح.", "محمد الوادي"),
    // عن is of one who relays only behind a verb that relays.
    ("سئل محمد الوادي عن الأزمة فاكتفى بالقول إن الطريق مفتوح.", "محمد الوادي"),
    // The indefinite accusative behind لكن.
    ("قال محمد الوادي إن الطريق مفتوح. لكن شهودا أكدوا أن الجسر مغلق.", "شهودا"),
    // Where a noun phrase ends: before whom it told, before a verb that hangs on it.
    ("قال قائد ميداني لـ\"الساحل\" إن الطريق مفتوح.", "قائد ميداني"),
    ("قال مهندس معروف يعمل لدى شركة كبرى إن الطريق مفتوح.", "مهندس معروف"),
    // The one who is named behind the marks: after a noun of speech, a word that points back, a dash.
    ("«الطريق مفتوح أمام الجميع»، حسب تعبير محمد الوادي.", "محمد الوادي"),
    ("«الطريق مفتوح أمام الجميع»، بهذه الكلمات بدأ محمد الوادي حديثه.", "محمد الوادي"),
    ("«الطريق مفتوح أمامنا» - محمد الوادي، مهندس", "محمد الوادي"),
    // What is said of the subject between commas before its verb is no speech of its own.
    ("لكن عضوا في لجنة السكان، تحدث بشرط عدم ذكر اسمه، قال إن الطريق مفتوح.", "عضوا في لجنة السكان"),
    // Who is told stands with ل on it.
    ("أوضح دبلوماسي غربي لـRT أن الطريق مفتوح.", "دبلوماسي غربي"),
    ("وصرح أحد أعضاء الفريق لإذاعة الساحل أن الطريق مفتوح.", "أحد أعضاء الفريق"),
    // In what paper it was said.
    ("وأدلى محمد الوادي بتصريح لصحيفة القاهرة قال فيه إن الطريق مفتوح.", "محمد الوادي"),
    ("وأعلنت الشرطة في رد مقتضب أن الطريق مفتوح.", "الشرطة"),
    // The ending of the accusative is no part of the noun.
    ("إلا أن مسؤولا كبيرا قال إن الجسر مغلق. وأضاف المسؤول أن الطريق مفتوح.", "مسؤولا كبيرا"),
    // The one from whom another hands it on.
    ("وينقل محمد الوادي عن ضابط كبير قوله إن الطريق مفتوح.", "ضابط كبير"),
    // A participle speaks for the subject of its sentence, whom a generic head may name.
    ("زار الناس وزارة الدفاع أمس. وأغلقت الوزارة أمس هذا الجسر مؤكدة أن الطريق مفتوح.", "وزارة الدفاع"),
];

#[test]
fn each_kind_of_sentence_is_spoken_by_its_speaker() {
    let mut faults = Vec::new();
    for (text, who) in SPEAKS {
        let document = Document::new("speaker", *text, Origin::default());
        let found = Extractor::new(RuleTagger).extract(&document).unwrap();
        let quote = found.quotes.last();
        let speaker = quote.and_then(|quote| quote.speaker.as_ref());
        let said = speaker.map(|speaker| match speaker.entity.and_then(|id| found.entity(id)) {
            Some(entity) => entity.name.clone(),
            None => document.slice(speaker.span).to_owned(),
        });
        if said.as_deref() != Some(who) {
            faults.push(format!("{text}\n  {said:?}, not {who}; {}", quote.map_or("no quote", |quote| &quote.why)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
