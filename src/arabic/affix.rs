//! What Arabic writes on a word: the article, conjunctions and prepositions before it, endings of gender and number
//! after it. All words here are folded (see [`crate::arabic::normalize`]), so the feminine ending ة is ه.

use crate::arabic::normalize::fold;
use crate::arabic::tokens::splits;

/// The definite article.
pub const ARTICLE: &str = "ال";
/// The preposition ل and the article, whose alef is not written.
const TO_THE: &str = "لل";
/// And.
pub const AND: char = 'و';
/// And then, so.
pub const THEN: char = 'ف';
/// To, for.
pub const TO: char = 'ل';
/// With, by, in.
pub const BY: char = 'ب';
/// The ending of an indefinite accusative: شهودا.
pub const ACCUSATIVE: char = 'ا';
/// The pronoun of the third person on a word, as it is written: what folds to the same letter is the feminine ending.
pub const PRONOUN: char = 'ه';
/// The feminine ending, folded.
pub const FEMININE: char = 'ه';
/// The feminine ending before another ending.
pub const OPENED_FEMININE: char = 'ت';
/// The endings of the dual in the construct: وزيرا, وزيري.
pub const DUAL: [char; 2] = ['ا', 'ي'];
/// The endings of the sound plurals.
const PLURALS: [&str; 3] = ["ون", "ين", "ات"];
/// The possessive pronouns of the third person, the longer first.
const POSSESSIVES: [&str; 5] = ["هما", "ها", "هم", "هن", "ه"];
/// Proclitics that may stand alone before a mark or a number: بـ«...».
const STANDING: [&str; 10] = ["ب", "ل", "ك", "و", "ف", "وب", "ول", ARTICLE, "بال", TO_THE];

/// Whether the word has the article: الوزير.
#[must_use]
pub fn is_definite(word: &str) -> bool {
    word.starts_with(ARTICLE)
}

/// The word behind its article: وزير of الوزير; none where it has none.
#[must_use]
pub fn strip_article(word: &str) -> Option<&str> {
    word.strip_prefix(ARTICLE)
}

/// The word without its article, if it has one.
#[must_use]
pub fn without_article(word: &str) -> &str {
    strip_article(word).unwrap_or(word)
}

/// The word with the article: الوزير of وزير.
#[must_use]
pub fn with_article(word: &str) -> String {
    format!("{ARTICLE}{word}")
}

/// The word behind لل: وزير of للوزير; none where it does not begin so.
#[must_use]
pub fn strip_to_the(word: &str) -> Option<&str> {
    word.strip_prefix(TO_THE)
}

/// The word with the alef of its article, behind a ل that hides it: الأمم of لأمم (in للأمم); none where it does not
/// begin with ل.
#[must_use]
pub fn show_article(word: &str) -> Option<String> {
    word.starts_with(TO).then(|| format!("ا{word}"))
}

/// The word without article, also where the article is hidden in لل.
#[must_use]
pub fn bare(word: &str) -> &str {
    strip_article(word).or_else(|| strip_to_the(word)).unwrap_or(word)
}

/// The word behind a conjunction و; none where it does not begin so.
#[must_use]
pub fn strip_and(word: &str) -> Option<&str> {
    word.strip_prefix(AND)
}

/// The word without the conjunction و, if it begins so.
#[must_use]
pub fn without_and(word: &str) -> &str {
    strip_and(word).unwrap_or(word)
}

/// Whether the word begins with a letter that may be a proclitic.
#[must_use]
pub fn may_have_proclitic(word: &str) -> bool {
    word.starts_with([AND, BY, TO, 'ف', 'ك'])
}

/// Whether all of the letters can stand before a word: a conjunction, then a preposition, then the article.
#[must_use]
pub fn may_be_proclitics(letters: &str) -> bool {
    let rest = letters.strip_prefix([AND, THEN]).unwrap_or(letters);
    let rest = rest.strip_prefix([BY, TO, 'ك']).unwrap_or(rest);
    let rest = rest.strip_prefix(TO).unwrap_or(rest);
    rest.is_empty() || rest == ARTICLE
}

/// Whether the word has a future particle and a prefix of the present on it: سيقول.
#[must_use]
pub fn may_be_future(word: &str) -> bool {
    ["سي", "ست", "سن"].iter().any(|head| word.starts_with(head))
}

/// Whether the word begins as a verb in the present may: يقول, تقول, نقول.
#[must_use]
pub fn may_be_present(word: &str) -> bool {
    word.starts_with(['ي', 'ت', 'ن'])
}

/// Whether the word looks like a verb in the present, he, and like no noun: يحسم, not يوم.
#[must_use]
pub fn is_masculine_present(word: &str) -> bool {
    word.starts_with(YEH) && word.chars().count() > 3 && !is_feminine(word)
}

/// Whether what stands alone before a mark is a proclitic of what is in the marks.
#[must_use]
pub fn is_standing_proclitic(word: &str) -> bool {
    STANDING.contains(&word)
}

/// Whether the word is the preposition ل by itself (or with a tatweel, which folds away).
#[must_use]
pub fn is_to(word: &str) -> bool {
    word.strip_prefix(TO).is_some_and(str::is_empty)
}

/// Whether ب or ل is written on the word, and what is left `fits`.
pub fn with_preposition(word: &str, fits: impl Fn(&str) -> bool) -> bool {
    splits(word)
        .any(|cut| word.get(..cut).is_some_and(|head| head.ends_with([BY, TO])) && word.get(cut..).is_some_and(&fits))
}

/// Whether the word has the feminine ending ة.
#[must_use]
pub fn is_feminine(word: &str) -> bool {
    word.ends_with(FEMININE)
}

/// The word without the feminine ending ة, if it has it.
#[must_use]
pub fn without_feminine(word: &str) -> &str {
    word.strip_suffix(FEMININE).unwrap_or(word)
}

/// Whether the word has the ending of a feminine plural: سلطات.
#[must_use]
pub fn is_feminine_plural(word: &str) -> bool {
    word.ends_with("ات")
}

/// Whether the word has the ending of a masculine plural: مسؤولون.
#[must_use]
pub fn is_masculine_plural(word: &str) -> bool {
    word.ends_with("ون") || word.ends_with("ين")
}

/// Whether the word may be a verb or a noun of the tenth pattern: استقال. No name begins so.
#[must_use]
pub fn may_be_tenth(word: &str) -> bool {
    word.starts_with("است") && word.chars().count() > 4
}

/// Whether the word is a sound plural with its article that cannot be a subject: الحاضرين. Not الموازين, a broken plural,
/// nor السجين, which is too short to tell.
#[must_use]
pub fn is_oblique_plural(word: &str) -> bool {
    let stem = word.strip_suffix("ين").filter(|stem| is_definite(stem));
    stem.is_some_and(|stem| stem.chars().count() > 5 && stem.chars().rev().nth(1) != Some('ا'))
}

/// Whether the word has the ending of a dual of the feminine: مرتين.
#[must_use]
pub fn is_feminine_dual(word: &str) -> bool {
    word.ends_with("تين") || word.ends_with("تان")
}

/// Whether the word has the ending of an adjective of relation: تركي, تركية.
#[must_use]
pub fn may_be_relation(word: &str) -> bool {
    word.ends_with(YEH) || is_relation(word)
}

/// The noun of an adjective of relation, masculine; none where it does not end so: لبناني.
#[must_use]
pub fn strip_relation(word: &str) -> Option<&str> {
    word.strip_suffix(YEH).filter(|noun| noun.chars().count() > 1)
}

/// Whether the word has the ending of an adjective of relation, feminine: تركية.
#[must_use]
pub fn is_relation(word: &str) -> bool {
    word.ends_with("يه")
}

/// Whether the word ends as an indefinite accusative does, which most adverbs are: مرارا.
#[must_use]
pub fn may_be_adverbial(word: &str) -> bool {
    word.ends_with('ا')
}

/// The word without the ending of a sound plural, if it has one.
#[must_use]
pub fn without_plural(word: &str) -> &str {
    PLURALS.iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}

/// The word without a possessive pronoun of the third person; none where it has none.
#[must_use]
pub fn strip_possessive(word: &str) -> Option<&str> {
    POSSESSIVES.iter().find_map(|ending| word.strip_suffix(ending))
}

/// The letters of a word that a broken plural keeps: مصدر and مصادر, ثري and أثرياء.
#[must_use]
pub fn consonants(word: &str) -> String {
    without_plural(bare(word)).chars().filter(|letter| !matches!(letter, 'ا' | 'و' | 'ي' | 'ه' | 'ء')).collect()
}

/// The duals of a head: of the construct (وزيرا, وزيري, وزيرين) and with the article.
#[must_use]
pub fn duals(head: &str) -> [String; 5] {
    [
        format!("{head}ا"),
        format!("{head}ي"),
        format!("{head}ين"),
        format!("{ARTICLE}{head}ان"),
        format!("{ARTICLE}{head}ين"),
    ]
}

/// The singular head of a dual in the construct (وزير of وزيرا); none where it has not the ending.
#[must_use]
pub fn strip_dual(word: &str) -> Option<&str> {
    word.strip_suffix(DUAL)
}

/// The word with its feminine ending opened, as before another ending: تسميت of تسمية.
#[must_use]
pub fn open_feminine(word: &str) -> String {
    word.strip_suffix(FEMININE).map_or_else(|| word.to_owned(), |stem| format!("{stem}{OPENED_FEMININE}"))
}

/// The forms of a noun before a possessive pronoun: تسميت of تسمية; ادعاء, ادعائ and ادعاؤ (folded) of ادعاء, by its case.
pub fn stems_before_pronoun(noun: &str) -> impl Iterator<Item = String> {
    let hamza = noun.strip_suffix(HAMZA);
    let seats = hamza.map(|stem| ['ي', 'و'].map(|seat| format!("{stem}{seat}")));
    std::iter::once(open_feminine(noun)).chain(seats.into_iter().flatten())
}

const HAMZA: char = 'ء';

/// The folded stem before a long ending of a verb whose last letter is a hamza: يهني of يهنئ, تنبو of تنبأ; none where the
/// verb (not folded) has another last letter, or the ending is not long.
#[must_use]
pub fn carried_hamza(verb: &str, ending: &str) -> Option<String> {
    if !ending.starts_with(['و', 'ا']) && !ending.starts_with(YEH) {
        return None;
    }
    let before = |seat: char| verb.strip_suffix(seat).map(fold);
    let high = before('ئ').map(|stem| format!("{stem}{YEH}"));
    high.or_else(|| before('أ').map(|stem| format!("{stem}{}", if ending.starts_with('ا') { 'ا' } else { AND })))
}

/// The word with its opened feminine ending closed again: تسمية of تسميت; none where it does not end so.
#[must_use]
pub fn close_feminine(word: &str) -> Option<String> {
    word.strip_suffix(OPENED_FEMININE).map(|stem| format!("{stem}{FEMININE}"))
}

/// The last letter of most weak stems, folded.
pub const YEH: &str = "ي";
/// The long vowels that a verb in the present may end with.
const LONG: [char; 2] = ['ي', 'و'];

/// The stem of a verb of the past that ends weakly (رأى, دعا); none where it does not.
#[must_use]
pub fn strip_weak(past: &str) -> Option<&str> {
    past.strip_suffix(['ي', 'ا'])
}

/// Whether the word ends with ي or و.
#[must_use]
pub fn ends_long(word: &str) -> bool {
    word.ends_with(LONG)
}

/// Whether the word ends with ي.
#[must_use]
pub fn ends_yeh(word: &str) -> bool {
    word.ends_with(YEH)
}

/// The word without ي and و at its end.
#[must_use]
pub fn without_long(word: &str) -> &str {
    word.trim_end_matches(LONG)
}

/// The stem of a verb in the present, he: قول of يقول.
#[must_use]
pub fn stem_of_present(present: &str) -> &str {
    present.strip_prefix(YEH).unwrap_or(present)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn affixes_go_one_by_one() {
        assert_eq!((bare("الوزير"), bare("للوزير"), bare("وزير")), ("وزير", "وزير", "وزير"));
        assert_eq!((strip_to_the("للوزير"), strip_article("للوزير")), (Some("وزير"), None));
        assert!(with_preposition("بالوزير", is_definite) && !with_preposition("الوزير", is_definite));
        assert_eq!(consonants("المصادر"), consonants("مصدر"));
        assert_eq!(
            (strip_possessive("قوله"), strip_possessive("قولهما"), strip_possessive("قول")),
            (Some("قول"), Some("قول"), None)
        );
        assert_eq!((strip_dual("وزيرا"), strip_dual("وزيري"), strip_dual("وزير")), (Some("وزير"), Some("وزير"), None));
    }
}
