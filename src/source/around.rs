//! What stands around an article in its page and gets into its text: who wrote it and when, in lines of their own;
//! labels of advertising; pointers to other articles.

use super::article::Article;

/// The first line of so many letters begins the article; what is above it may belong to its head.
const PROSE: usize = 90;

/// Words that say who wrote, before a name.
const WRITERS: &[&str] =
    &["كتب", "كتبت", "كتبه", "كتبها", "بقلم", "بواسطة", "إعداد", "اعداد", "الكاتب", "الكاتبة", "تحرير", "By"];

/// Of these a date consists, beside numbers.
const DATES: &[&str] = &[
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ابريل",
    "إبريل",
    "مايو",
    "يونيو",
    "يونيه",
    "يوليو",
    "يوليه",
    "أغسطس",
    "اغسطس",
    "سبتمبر",
    "أكتوبر",
    "اكتوبر",
    "نوفمبر",
    "ديسمبر",
    "كانون",
    "الثاني",
    "الأول",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين",
    "جانفي",
    "فيفري",
    "أفريل",
    "ماي",
    "جوان",
    "جويلية",
    "أوت",
    "السبت",
    "الأحد",
    "الاحد",
    "الاثنين",
    "الإثنين",
    "الثلاثاء",
    "الأربعاء",
    "الاربعاء",
    "الخميس",
    "الجمعة",
    "آخر",
    "تحديث",
    "نشر",
    "نشرت",
    "في",
    "بتاريخ",
    "تاريخ",
    "النشر",
    "الساعة",
    "بتوقيت",
    "توقيت",
    "غرينتش",
    "مكة",
    "ص",
    "م",
    "صباحا",
    "صباحًا",
    "مساء",
    "مساءً",
    "هـ",
    "published",
    "updated",
    "on",
    "gmt",
    "am",
    "pm",
];

/// Labels that stand alone.
const LABELS: &[&str] = &["إعلان", "إعلانات", "اعلان", "advertisement"];

/// How pointers to other articles begin.
const POINTERS: &[&str] = &[
    "اقرأ أيضا",
    "اقرأ أيضًا",
    "اقرأ أيضاً",
    "اقرأ ايضا",
    "إقرأ أيضا",
    "إقرأ أيضًا",
    "إقرأ أيضاً",
    "اقرا ايضا",
    "شاهد أيضا",
    "شاهد أيضًا",
    "شاهد أيضاً",
    "طالع أيضا",
    "مواضيع ذات صلة",
    "موضوعات متعلقة",
    "مواضيع قد تهمك",
    "أخبار ذات صلة",
    "مقالات ذات صلة",
];

/// Puts the writer and the date where they belong, as far as the page says them only in its text, and takes out of the
/// text what is none of the article's. `whole` has all lines of the page.
pub fn tidy(article: &mut Article, (writer, date): (Option<String>, Option<String>), whole: &[String]) {
    let title = article.head.first().cloned().unwrap_or_default();
    let length = |line: &&String| line.chars().count();
    let rest = || article.paragraphs.iter().filter(|line| **line != title);
    let prose = rest().find(|line| length(line) >= PROSE).or_else(|| rest().max_by_key(length)).cloned();
    let end = whole.iter().position(|line| Some(line) == prose.as_ref()).unwrap_or_default();
    // A page that does not have its title in its text begins with a headline that is not known for one.
    let begin = whole.iter().take(end).position(|line| *line == title).unwrap_or(end);
    let above = whole.get(begin..end).unwrap_or_default();
    let find = |test: fn(&str) -> bool| above.iter().find(|line| test(line)).cloned();
    let (writer, date) = (writer.or_else(|| find(is_writer)), date.or_else(|| find(is_date)));
    let top = article.paragraphs.iter().position(|line| Some(line) == prose.as_ref()).unwrap_or_default();
    let mut number = 0;
    article.paragraphs.retain(|line| {
        number += 1;
        let said = |part: &Option<String>| part.as_ref().is_some_and(|part| line.contains(part.as_str()));
        let known = *line == title
            || (said(&writer) && (is_writer(line) || Some(line) == writer.as_ref()))
            || (date.is_some() && is_date(line));
        !(is_other(line) || (known && number <= top))
    });
    article.head.extend([writer, date].into_iter().flatten());
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|letter: char| !letter.is_alphanumeric() && !('\u{64b}'..='\u{652}').contains(&letter))
        .filter(|word| !word.is_empty())
}

/// «كتب - فلان»، «بقلم: فلان», in a short line of its own.
fn is_writer(line: &str) -> bool {
    let Some(word) = words(line).next() else { return false };
    let Some((before, rest)) = line.split_once(word) else { return false };
    let marked = rest.trim_start().starts_with([':', '،', '-', '–', '|', '/']) || matches!(word, "بقلم" | "بواسطة");
    before.is_empty() && WRITERS.contains(&word) && marked && (1..=8).contains(&words(rest).count())
}

/// A date with its year and nothing else, or when it was changed last.
fn is_date(line: &str) -> bool {
    let number = |word: &str| word.chars().all(char::is_numeric);
    let year = |word: &str| number(word) && word.chars().count() == 4;
    let (mut all, mut others, mut years) = (0, 0, 0);
    for word in words(line).take(20) {
        all += 1;
        years += usize::from(year(word));
        let clock = word.trim_end_matches(['T', 'Z']).split('T').all(number);
        others += usize::from(!clock && !DATES.contains(&word.to_lowercase().as_str()));
    }
    (2..20).contains(&all) && others == 0 && (years == 1 || line.starts_with("آخر تحديث"))
}

/// A label of advertising, or a pointer to another article.
fn is_other(line: &str) -> bool {
    let line = line.trim();
    LABELS.iter().any(|label| line.eq_ignore_ascii_case(label))
        || (line.chars().count() < 2 * PROSE && POINTERS.iter().any(|pointer| line.starts_with(pointer)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_and_when_are_known_by_their_words() {
        for line in ["كتبت: رانيا سليم", "كتب - فؤاد حجازي:", "بقلم جميل الراوي", "الكاتب، مها القاضي"]
        {
            assert!(is_writer(line), "{line}");
        }
        for line in ["كتب الشاعر قصيدته", "كتب", "بقلم: ", "قال: نعم", ""] {
            assert!(!is_writer(line), "{line}");
        }
        for line in [
            "الأحد، 01 مارس 2026 10:15 ص",
            "1 مارس/ آذار 2026",
            "Published On 1/3/2026",
            "٢٠٢٦-٠٣-٠١",
            "2026-03-01T08:00:00Z",
        ] {
            assert!(is_date(line), "{line}");
        }
        for line in ["2026", "حصاد مارس 2026", "في مارس", "1 2 3", "من 2024 إلى 2026", ""] {
            assert!(!is_date(line), "{line}");
        }
    }

    #[test]
    fn the_head_is_put_together_and_the_text_has_only_the_article() {
        let long =
            "قال المهندس طارق العلي إن الجسر الجديد سيفتح أمام السيارات مطلع الشهر المقبل، بعد عامين من العمل فيه.";
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let whole =
            lines(&["الرئيسية", "افتتاح الجسر", "كتبت: رانيا سليم", "1 مارس 2026", "نص", long, "إعلان", "كتب: آخر"]);
        let mut article = Article { head: lines(&["افتتاح الجسر"]), ..Article::default() };
        article.paragraphs = lines(&["1 مارس 2026", "نص", long, "إعلان", "اقرأ أيضا: خبر", "كتب: آخر"]);
        tidy(&mut article, (None, None), &whole);
        assert_eq!(article.head, ["افتتاح الجسر", "كتبت: رانيا سليم", "1 مارس 2026"]);
        assert_eq!(article.paragraphs, ["نص", long, "كتب: آخر"]);
    }

    #[test]
    fn a_headline_that_is_not_known_for_one_stays_above_the_writer() {
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let paragraphs = lines(&["افتتاح الجسر", "كتب - فؤاد حجازي:", "قال سامر نعم، وقالت هدى لا، ثم سكت الجميع."]);
        let mut article =
            Article { head: lines(&["جريدة"]), paragraphs: paragraphs.clone(), ..Article::default() };
        tidy(&mut article, (None, None), &paragraphs);
        assert_eq!((article.head, article.paragraphs), (lines(&["جريدة"]), paragraphs));
    }
}
