//! Drafts against three made-up articles: what was really said, and what was not.

use super::{Checked, SpeakerCheck, Verdict, check};
use crate::library::{
    Library,
    tests::{add, article},
};

fn library() -> Library {
    let mut library = Library::memory().unwrap();
    for line in [
        "a|2026-11-01|الضفاف|قال ⟦P1:غريغور هاغن⟧ في المؤتمر: «⟦D P1:لن نترك المدينة وحدها هذا الشتاء مهما كانت كلفة الوقود⟧». \
         وأضاف: «⟦D P1:سنرسل 25 قافلة من الدقيق إلى القرى الجبلية قبل نهاية الشهر⟧».",
        "b|2026-11-03|الشراع|قالت ⟦P1:رنا الوادي⟧: «⟦D P1:لا نقبل بإغلاق المدارس في القرى البعيدة لأن الأطفال بحاجة إلى معلميهم⟧».",
        "c|2026-11-05|الشراع|نقل عن ⟦P1:غريغور هاغن⟧: «⟦D P1:لن نترك المدينة وحدها هذا الشتاء مهما كانت كلفة الوقود⟧».",
    ] {
        add(&mut library, line);
    }
    library.link().unwrap();
    library
}

fn checked(draft: &str) -> Checked {
    let (document, annotations) = article("draft", draft);
    check(&library(), &document, &annotations).unwrap().remove(0)
}

fn verdict(draft: &str) -> (Verdict, SpeakerCheck) {
    let checked = checked(draft);
    (checked.verdict, checked.speaker_check)
}

fn changes(draft: &str) -> Vec<(String, String)> {
    checked(draft).changes.into_iter().map(|change| (change.draft, change.source)).collect()
}

#[test]
fn what_was_said_is_verbatim_however_it_is_written() {
    let said = "قال ⟦P1:غريغور هاغن⟧ «⟦D P1:لن نترك المدينة وحدها هذا الشتاء مهما كانت كلفة الوقود⟧»";
    let first = checked(said);
    assert_eq!((first.verdict, first.speaker_check), (Verdict::Verbatim, SpeakerCheck::Same));
    let source = first.source.unwrap();
    assert_eq!((source.document.as_str(), first.sources), ("a", 2), "the earliest, and all are counted");
    assert_eq!(source.speaker.as_deref(), Some("غريغور هاغن"));
    let spelled = "قال ⟦P1:جريجور هاجن⟧ «⟦D P1:لن نتركَ المدينه وحدها، هذا الشتـاء مهما كانت كلفة الوقود⟧»";
    assert_eq!(verdict(spelled), (Verdict::Verbatim, SpeakerCheck::Same));
    let digits = "قال ⟦P1:هاغن⟧ «⟦D P1:سنرسل ٢٥ قافلة من الدقيق إلى القرى الجبلية⟧»";
    assert_eq!(verdict(digits), (Verdict::Verbatim, SpeakerCheck::Same));
    let cut = "قال ⟦P1:هاغن⟧ «⟦D P1:لن نترك المدينة … مهما كانت كلفة الوقود⟧»";
    assert_eq!(verdict(cut), (Verdict::Verbatim, SpeakerCheck::Same));
}

#[test]
fn changed_words_are_told() {
    let pair = |draft: &str, source: &str| (draft.to_owned(), source.to_owned());
    let replaced = "«⟦D ?:لن نترك القرية وحدها هذا الشتاء مهما كانت كلفة الوقود⟧»";
    assert_eq!(verdict(replaced).0, Verdict::Altered);
    assert_eq!(changes(replaced), [pair("القرية", "المدينة")]);
    assert_eq!(changes("«⟦D ?:لن نترك المدينة هذا الشتاء مهما كانت كلفة الوقود⟧»"), [pair("", "وحدها")]);
    assert_eq!(changes("«⟦D ?:سنرسل 35 قافلة من الدقيق إلى القرى الجبلية⟧»"), [pair("35", "25")]);
    assert_eq!(changes("«⟦D ?:سنرسل 25 قافلة من الدقيق إلى كل القرى الجبلية⟧»"), [pair("كل", "")]);
}

#[test]
fn a_negation_put_in_or_left_out_is_always_told() {
    let left_out = "«⟦D ?:نقبل بإغلاق المدارس في القرى البعيدة لأن الأطفال بحاجة إلى معلميهم⟧»";
    assert_eq!(verdict(left_out).0, Verdict::Altered);
    assert_eq!(changes(left_out), [(String::new(), "لا".to_owned())]);
    let put_in = "«⟦D ?:سنرسل 25 قافلة من الدقيق إلى القرى الجبلية لا قبل نهاية الشهر⟧»";
    assert_eq!(verdict(put_in).0, Verdict::Altered);
    let hidden = "«⟦D ?:إغلاق المدارس … بحاجة إلى معلميهم⟧»";
    assert_eq!(verdict(hidden).0, Verdict::Verbatim, "what is left out here turns nothing");
}

#[test]
fn two_quotes_joined_are_altered_and_say_so() {
    let joined = checked("«⟦D ?:لن نترك المدينة وحدها هذا الشتاء لأن الأطفال بحاجة إلى معلميهم⟧»");
    assert_eq!(joined.verdict, Verdict::Altered);
    let places = (joined.source.unwrap().text, joined.spliced_with.unwrap().text);
    assert_eq!(places, ("لن نترك المدينة وحدها هذا الشتاء".into(), "لأن الأطفال بحاجة إلى معلميهم".into()));
}

#[test]
fn another_speaker_is_told_where_both_are_sure() {
    let stolen = "قالت ⟦P1:رنا الوادي⟧ «⟦D P1:سنرسل 25 قافلة من الدقيق إلى القرى الجبلية⟧»";
    assert_eq!(verdict(stolen), (Verdict::Verbatim, SpeakerCheck::Other));
    assert!(checked(stolen).is_fault());
    let nobody = "«⟦D ?:سنرسل 25 قافلة من الدقيق إلى القرى الجبلية⟧»";
    assert_eq!(verdict(nobody), (Verdict::Verbatim, SpeakerCheck::Unknown));
    assert!(!checked(nobody).is_fault());
}

#[test]
fn a_person_and_an_organization_may_be_one_speaker() {
    let mut library = library();
    let said = "d|2026-11-07|الضفاف|أكدت ⟦O1:هيئة الموانئ⟧: «⟦D O1:سيفتح الرصيف الجديد أبوابه أمام الصيادين في مطلع الأسبوع المقبل⟧».";
    add(&mut library, said);
    library.link().unwrap();
    let (document, annotations) = article(
        "draft",
        "قالت ⟦P1:رنا الوادي⟧ «⟦D P1:سيفتح الرصيف الجديد أبوابه أمام الصيادين في مطلع الأسبوع المقبل⟧»",
    );
    let checked = check(&library, &document, &annotations).unwrap().remove(0);
    assert_eq!((checked.verdict, checked.speaker_check), (Verdict::Verbatim, SpeakerCheck::Unknown));
    assert_eq!(checked.source.unwrap().speaker.as_deref(), Some("هيئة الموانئ"));
}

#[test]
fn of_quotes_joined_from_two_speakers_nothing_is_said_of_one() {
    let joined = checked("قال ⟦P1:غريغور هاغن⟧ «⟦D P1:لن نترك المدينة وحدها هذا الشتاء لأن الأطفال بحاجة إلى معلميهم⟧»");
    assert!(joined.spliced_with.is_some());
    assert_eq!(joined.speaker_check, SpeakerCheck::Unknown);
}

#[test]
fn what_nobody_said_is_not_found_and_what_is_short_is_unsure() {
    assert_eq!(verdict("«⟦D ?:ستشرق الشمس غدا فوق البساتين القديمة كلها⟧»").0, Verdict::NotFound);
    assert_eq!(verdict("«⟦D ?:نعم بالتأكيد⟧»").0, Verdict::Unsure);
}

#[test]
fn the_draft_is_no_source_of_itself() {
    let text = "d|2026-11-09|الشراع|قال ⟦P1:سامر الخطيب⟧: «⟦D P1:لم أر في حياتي مدينة تنام مبكرا مثل هذه المدينة⟧».";
    let mut library = library();
    add(&mut library, text);
    library.link().unwrap();
    let (document, annotations) = article("draft", text.rsplit('|').next().unwrap());
    let checked = check(&library, &document, &annotations).unwrap().remove(0);
    assert_eq!(checked.verdict, Verdict::NotFound);
}
