//! Subtitles (SubRip and WebVTT): what is said, without numbers, times and tags; a paragraph goes on over lines until a
//! sentence ends. Who speaks, where WebVTT names it, stands before a colon. Left out, and counted: notes and styles.

use super::{article::Article, passage::PassageBuilder};

/// A paragraph of so many letters ends with its sentence.
const LONG: usize = 240;

/// So many milliseconds without words end a paragraph.
const PAUSE: u64 = 4_000;

/// Whether text that begins like this is subtitles.
pub fn is_subtitles(head: &str) -> bool {
    let head = head.trim_start_matches('\u{feff}');
    head.starts_with("WEBVTT") || head.lines().take(4).any(|line| times(line).is_some())
}

/// When a line of times begins and ends, in milliseconds: `00:00:05,333 --> 00:00:07,966`.
fn times(line: &str) -> Option<(u64, u64)> {
    let (from, to) = line.split_once("-->")?;
    Some((time(from.trim())?, time(to.split_whitespace().next()?)?))
}

fn time(stamp: &str) -> Option<u64> {
    let (seconds, fraction) = stamp.split_once([',', '.'])?;
    let mut total = 0_u64;
    for part in seconds.split(':') {
        total = total.checked_mul(60)?.checked_add(part.parse().ok()?)?;
    }
    total.checked_mul(1000)?.checked_add(fraction.parse().ok()?)
}

/// The article of subtitles.
pub fn article(text: &str) -> Article {
    let mut article = Article::default();
    let mut builder = PassageBuilder::default();
    let (mut last, mut speaker) = (None, None);
    let blocks = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    for block in blocks.split("\n\n") {
        let mut lines = block.lines().map(str::trim).skip_while(|line| line.is_empty());
        let Some(cue) = lines.find_map(times) else {
            if ["NOTE", "STYLE", "REGION"].iter().any(|kind| block.trim_start().starts_with(kind)) {
                article.leave_out("notes and styles");
            }
            continue;
        };
        if last.is_some_and(|end: u64| cue.0 > end.saturating_add(PAUSE)) {
            builder.end();
        }
        last = Some(cue.1);
        for line in lines {
            let (voice, line) = spoken(line);
            let turn = line.starts_with(['-', '–', '—']) || line.starts_with(">>");
            if turn || (voice.is_some() && voice != speaker) {
                builder.end();
            }
            if let Some(voice) = voice.filter(|voice| speaker.as_ref() != Some(voice)) {
                builder.push(&format!("{voice}: "));
                speaker = Some(voice);
            }
            builder.push(&line);
            builder.push(" ");
            let ended = line.trim_end_matches(['»', '"', '”']).ends_with(['.', '؟', '!', '?']);
            if ended && builder.length() > LONG {
                builder.end();
            }
        }
    }
    article.forms = builder.forms;
    article.passages = builder.finish();
    article
}

/// A line without its tags, and who speaks it: `<v هدى>نعم</v>`, `{\an8}<i>نعم</i>`.
fn spoken(line: &str) -> (Option<String>, String) {
    let (mut out, mut rest, mut voice) = (String::new(), line, None);
    while let Some(at) = rest.find(['<', '{']) {
        let (before, tag) = rest.split_at(at);
        let (open, close) = if tag.starts_with('<') { ("<", '>') } else { ("{\\", '}') };
        out.push_str(before);
        let inside = tag.strip_prefix(open).and_then(|tag| tag.split_once(close));
        match inside {
            Some((name, after)) => {
                if let Some(name) = name.strip_prefix("v").filter(|name| name.starts_with([' ', '.'])) {
                    voice = name.split_once(' ').map(|(_, name)| name.trim().to_owned());
                }
                rest = after;
            }
            None => {
                let mut letters = tag.chars();
                out.extend(letters.next());
                rest = letters.as_str();
            }
        }
    }
    out.push_str(rest);
    (voice.filter(|voice| !voice.is_empty()), out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_numbers_times_and_tags() {
        let srt = "1\r\n00:00:01,000 --> 00:00:02,500\r\n{\\an8}<i>قالت الوزيرة إن</i>\r\n\r\n2\r\n00:00:02,600 --> 00:00:04,000\r\nالجسر سيفتح غدا.\r\n\r\n3\r\n00:01:00,000 --> 00:01:02,000\r\n- هل هذا 3 < 4؟\r\n- نعم\r\n";
        assert!(is_subtitles(srt));
        assert_eq!(article(srt).texts(), ["قالت الوزيرة إن الجسر سيفتح غدا.", "- هل هذا 3 < 4؟", "- نعم"]);
        let vtt = "WEBVTT - عنوان\n\nNOTE لا\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v هدى سالم>نعم</v>\n\n00:02.000 --> 00:03.000\n<v هدى سالم>اكتمل</v>\n";
        let article = article(vtt);
        assert_eq!(article.texts(), ["هدى سالم: نعم اكتمل"]);
        assert_eq!(article.left_out["notes and styles"], 1);
        assert!(!is_subtitles("قال --> لا\n"));
    }
}
