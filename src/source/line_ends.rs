//! Line ends that were made by the width of a page and not by a writer: texts that mail programs, editors and old
//! archives cut into lines of about one length are read as paragraphs.

use super::wordlists::entries;
use crate::arabic::normalize::fold;
use std::{collections::HashSet, sync::LazyLock};

/// Words that no paragraph ends with, folded.
static LEANING: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let list = entries(include_str!("../../assets/leaning-words.txt"));
    list.flat_map(|(_, line)| line.split_whitespace()).map(fold).collect()
});

/// What line ends of plain text mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineEnds {
    /// Blanks where the text was cut into lines of about one length, else ends of paragraphs.
    #[default]
    Auto,
    /// Ends of paragraphs.
    Keep,
    /// Blanks; paragraphs end with an empty line, or with a short line that ends a sentence.
    Join,
}

impl LineEnds {
    /// Every value, as `--lines` lists them.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Keep, Self::Join];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Keep => "keep",
            Self::Join => "join",
        }
    }

    /// The value of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lines| lines.name() == name)
    }
}

/// The longest line of a text that was cut by width, in letters.
const WIDEST: usize = 120;

/// As many lines of a text are looked at to find out its width.
const SAMPLE: usize = 2_000;

/// The width that a text was cut to, in letters: its longest line. None where its line ends are its writer's.
pub fn width(text: &str, asked: LineEnds) -> Option<usize> {
    if asked == LineEnds::Keep {
        return None;
    }
    let lines: Vec<&str> = text.lines().take(SAMPLE).map(str::trim_end).collect();
    let width = lines.iter().map(|line| length(line)).max()?;
    if asked == LineEnds::Join {
        return Some(width);
    }
    if width > WIDEST {
        return None;
    }
    // LineEnds with another right after them, not counting headings and items of lists.
    let inner: Vec<(&str, &str)> = lines
        .iter()
        .zip(lines.iter().skip(1))
        .map(|(line, next)| (*line, *next))
        .filter(|(line, next)| !line.is_empty() && !next.is_empty() && !is_item(line) && !is_item(next))
        .collect();
    let share = |most: usize, test: &dyn Fn(&(&str, &str)) -> bool| {
        100 * inner.iter().filter(|pair| test(pair)).count() >= most * inner.len()
    };
    let ended = |(line, _): &(&str, &str)| ends_sentence(line);
    let long = |(line, _): &(&str, &str)| 2 * length(line) > width;
    let full = |(line, next): &(&str, &str)| length(line) + 1 + first_word(next) > width;
    // A paragraph a line ends with its sentence; a cut line ends anywhere, and often with a word that leans on the next.
    let open = |(line, _): &(&str, &str)| leans(line) || (ends_inside(line) && !ends_sentence(line));
    let prose = share(10, &open) || (share(85, &full) && inner.iter().any(open));
    (inner.len() >= 3 && !share(30, &ended) && share(90, &long) && prose).then_some(width)
}

/// The text with its cut lines joined, a paragraph a line; an empty line stays.
pub fn join(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(raw) = lines.next() {
        let line = raw.trim_end();
        let Some(next) = lines.peek().map(|next| next.trim_end()) else {
            out.push_str(raw);
            break;
        };
        let fits = length(line) + 1 + first_word(next) <= width;
        let ends = line.is_empty()
            || next.trim().is_empty()
            || is_item(next)
            || (fits && (ends_sentence(line) || 2 * length(line) < width));
        if ends {
            out.push_str(raw);
        } else {
            out.push_str(line);
            // A blank before the cut, or the indent after it, is the one blank.
            out.push(' ');
            if next.starts_with(char::is_whitespace) {
                let indent = lines.peek().map_or(0, |next| next.len() - next.trim_start().len());
                if let Some(next) = lines.peek_mut() {
                    *next = next.get(indent..).unwrap_or_default();
                }
            }
        }
    }
    out
}

fn length(line: &str) -> usize {
    line.chars().count()
}

fn first_word(line: &str) -> usize {
    line.split_whitespace().next().map_or(0, length)
}

/// Whether a line begins as an item of a list does, or a line that is quoted in a mail.
fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let rest = line.trim_start_matches(char::is_numeric);
    let numbered = rest.len() < line.len() && rest.starts_with(['.', ')', '-']) && !rest.starts_with("..");
    numbered || line.starts_with(['-', '•', '*', '·', '–', '—', '>', '#', '|', '+'])
}

fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(['»', '"', '”', '’', '\'', ')', ']', ' ']);
    line.ends_with(['.', '!', '?', '؟', ':', '…', '۔', '؛'])
}

/// Whether a sentence ends inside the line, and another begins.
fn ends_inside(line: &str) -> bool {
    [". ", "؟ ", "! ", "، ", "؛ "].iter().any(|end| line.contains(end))
}

/// Whether the last word of a line leans on the next: a preposition, a conjunction.
fn leans(line: &str) -> bool {
    line.split_whitespace().next_back().is_some_and(|word| LEANING.contains(&fold(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRAPPED: &str = "أعلنت وزيرة الصحة ليلى المنصوري في مؤتمر صحافي عقد في\nالعاصمة أن حملة التطعيم ستبدأ مطلع الشهر المقبل في كل\nالمحافظات، وأن اللقاح سيكون مجانيا. وأضافت أن الوزارة\nتعاقدت على مليون جرعة.\n\nوقال المتحدث باسم الوزارة إن المراكز ستفتح أبوابها من\nالثامنة صباحا حتى المساء طوال أيام الأسبوع.\n";

    #[test]
    fn a_text_that_was_cut_by_width_is_paragraphs() {
        let width = width(WRAPPED, LineEnds::Auto).unwrap();
        let joined = join(WRAPPED, width);
        let lines: Vec<&str> = joined.lines().collect();
        assert_eq!(lines.len(), 3, "{joined}");
        assert!(lines[0].starts_with("أعلنت") && lines[0].ends_with("جرعة.") && lines[0].contains("عقد في العاصمة أن"));
        assert_eq!(joined.split_whitespace().count(), WRAPPED.split_whitespace().count());
    }

    #[test]
    fn windows_line_ends_and_indents_are_no_blanks_of_the_text() {
        let text = WRAPPED.replace('\n', "\r\n").replace("\r\nالعاصمة", " \r\n   العاصمة");
        let joined = join(&text, width(&text, LineEnds::Auto).unwrap());
        assert!(joined.contains("عقد في العاصمة أن") && joined.ends_with("الأسبوع.\r\n"), "{joined}");
    }

    #[test]
    fn lines_that_their_writer_ended_stay() {
        let article = "افتتاح الجسر\nقال المهندس طارق العلي إن الجسر الجديد سيفتح مطلع الشهر المقبل.\nوأضاف أن العمل فيه دام عامين.\nوحضر الافتتاح رئيس البلدية.\n";
        let poem = "على قلق كأن الريح تحتي\nأوجهها جنوبا أو شمالا\nإذا ما كنت في أرض غريبا\nفعاملها بفعلك ما استحالا\nوكن رجلا إذا ما جئت أرضا\nرأيت الناس فيها والرجالا\n";
        let list = "- خبز وماء وحليب وجبن أبيض\n- زيت وزيتون وملح من البحر\n- لحم من السوق الكبير في\n- سمك من الميناء القديم أو\n";
        for text in [article, poem, list, "", "سطر واحد"] {
            assert_eq!(width(text, LineEnds::Auto), None, "{text}");
        }
        assert_eq!(width(WRAPPED, LineEnds::Keep), None);
        assert!(width(poem, LineEnds::Join).is_some());
    }

    #[test]
    fn items_and_short_ends_of_sentences_stay_ends() {
        let text = "قال الوزير إن الخطة الجديدة ثلاث مراحل هي:\n- الحفر\n- البناء في\nالشتاء\nثم انتهى.\nوقالت الوزيرة إنها موافقة على كل ما جاء في الخطة.";
        assert_eq!(
            join(text, 50),
            "قال الوزير إن الخطة الجديدة ثلاث مراحل هي:\n- الحفر\n- البناء في\nالشتاء\nثم انتهى.\nوقالت الوزيرة إنها موافقة على كل ما جاء في الخطة."
        );
    }
}
