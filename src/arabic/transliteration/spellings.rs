//! How newspapers write the letters of Arabic names in Latin ones.

/// A small letter without its accent; none where there is no such letter.
pub(super) const fn plain(letter: char) -> Option<u8> {
    Some(match letter {
        'a'..='z' => letter as u8,
        'A'..='Z' => letter.to_ascii_lowercase() as u8,
        'à' | 'á' | 'â' | 'ä' | 'ā' | 'À' | 'Á' | 'Â' | 'Ä' | 'Ā' => b'a',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'È' | 'É' | 'Ê' | 'Ë' | 'Ē' => b'e',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' | 'Ì' | 'Í' | 'Î' | 'Ï' | 'Ī' | 'İ' => b'i',
        'ò' | 'ó' | 'ô' | 'ö' | 'ō' | 'Ò' | 'Ó' | 'Ô' | 'Ö' | 'Ō' => b'o',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'Ù' | 'Ú' | 'Û' | 'Ü' | 'Ū' => b'u',
        'ç' | 'ć' | 'č' | 'Ç' | 'Ć' | 'Č' => b'c',
        'ğ' | 'ġ' | 'Ğ' | 'Ġ' => b'g',
        'ḥ' | 'Ḥ' => b'h',
        'ñ' | 'Ñ' => b'n',
        'ş' | 'š' | 'ṣ' | 'Ş' | 'Š' | 'Ṣ' => b's',
        'ḍ' | 'Ḍ' => b'd',
        'ṭ' | 'Ṭ' => b't',
        'ž' | 'ẓ' | 'Ž' | 'Ẓ' => b'z',
        _ => return None,
    })
}

/// Letters of the vowels: و and ي are consonants and long vowels, and so are w and y.
pub(super) const fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'w' | b'y')
}

/// The vowels that a letter may be written with, where it has to be written, the likeliest first.
pub(super) const fn long(letter: char) -> Option<&'static [u8]> {
    match letter {
        'ا' | 'آ' | 'ى' => Some(b"aeou"),
        'أ' | 'إ' => Some(b"aeiou"),
        ARTICLE => Some(b"aeu"),
        'و' => Some(b"wuo"),
        'ي' | 'ی' => Some(b"yiea"),
        _ => None,
    }
}

/// The alef of the article.
pub(super) const ARTICLE: char = 'ٱ';

/// An article that is left out, or of which only the vowel is heard: essebsi, السبسي.
pub(super) const SKIPPED: char = 'ـ';

/// Letters that are heard as a vowel or not at all.
pub(super) const fn is_soft(letter: char) -> bool {
    matches!(letter, 'ع' | 'ء' | 'ئ' | 'ؤ' | 'ة' | SKIPPED)
}

/// How a consonant is written.
pub(super) const fn spellings(letter: char) -> &'static [&'static str] {
    match letter {
        'ب' => &["b", "p"],
        'پ' => &["p"],
        'ت' => &["t"],
        'ث' => &["th", "t", "s"],
        'ج' => &["j", "g", "dj", "dg"],
        'چ' => &["ch", "tch", "c", "j"],
        'ح' => &["h"],
        'خ' => &["kh", "ch", "k"],
        'د' => &["d"],
        'ذ' => &["dh", "th", "d", "z"],
        'ر' => &["r"],
        'ز' => &["z", "s"],
        'س' => &["s", "c"],
        'ش' => &["sh", "ch", "sch", "s", "x"],
        'ص' => &["s", "c"],
        'ض' => &["d", "dh"],
        'ط' => &["t"],
        'ظ' => &["z", "dh", "th", "d"],
        'غ' => &["gh", "g"],
        'ف' => &["f", "ph", "v"],
        'ڤ' => &["v"],
        'ق' => &["q", "k", "c", "g", "gh"],
        'ك' | 'ک' => &["k", "c", "ck", "ch", "q", "qu", "cq"],
        'گ' => &["g"],
        'ل' => &["l"],
        'م' => &["m"],
        'ن' => &["n", "ng"],
        'ه' => &["h"],
        // Also a vowel: Mousavi, موسوي.
        'و' => &["v"],
        _ => &[],
    }
}

/// Letters that are written together.
pub(super) const PAIRS: [((char, char), &[&str]); 5] = [
    (('ت', 'ش'), &["ch", "tch", "tsh"]),
    (('ت', 'س'), &["z", "ts", "tz"]),
    (('ك', 'س'), &["x"]),
    (('د', 'ج'), &["dj", "j"]),
    (('ن', 'ب'), &["mb"]),
];

/// Letters that are consonants and vowels.
pub(super) const fn is_glide(letter: char) -> bool {
    matches!(letter, 'و' | 'ي' | 'ی')
}
