//! Whether what stands in quotation marks is speech, or a name, a title, a term.

use super::found::FoundQuote;
use super::marks::QuotedSpan;

use crate::annotation::QuoteKind;
use crate::arabic::affix;
use crate::arabic::tokens::Class;
use crate::extract::analysis::Analysis;
use crate::extract::gazetteer::LISTS;
use crate::extract::grammar::WordClass;
use crate::extract::lexicon::{Act, CUES, Form, Shape};
use crate::extract::rule::{self, Rule};

/// Speech in marks, by the rule that found it.
#[derive(Clone, Copy, Debug)]
pub struct Speech {
    /// The rule.
    pub rule: &'static str,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

impl Speech {
    /// Speech by a rule of `assets/rules.txt`; none where it is switched off.
    #[must_use]
    pub fn by(rule: &'static str) -> Option<Self> {
        rule::is_on(rule).then(|| Self { rule, confidence: rule::confidence(rule) })
    }
}

/// Whether the words in marks are speech, and by which rule; none where they are not. `found` is what was found right
/// before them, `cue` the cue that they may belong to.
pub fn speech(
    analysis: &Analysis<'_>,
    quoted: &QuotedSpan,
    cue: Option<usize>,
    found: &[FoundQuote],
) -> Option<Speech> {
    let context = Context::new(analysis, quoted, cue, found)?;
    let (rule, verdict) = rule::first(IN_MARKS, |apply| apply(&context))?;
    if matches!(verdict, Verdict::Speech) { Speech::by(rule) } else { None }
}

/// Words in marks and what stands around them, as the rules see them.
struct Context<'a, 's> {
    analysis: &'a Analysis<'s>,
    quoted: &'a QuotedSpan,
    /// The word index of the opening mark.
    mark: usize,
    /// How many words are inside, marks not counted.
    words: usize,
    /// The folded word before the marks, and the one before that.
    before: &'a str,
    two_before: &'a str,
    /// The form of the cue; none where there is no cue near.
    form: Option<Form>,
    /// Whether nothing stands between the cue and the marks but a colon.
    adjacent: bool,
    /// Whether the cue stands in what was found before.
    own_cue: bool,
    in_direct: bool,
    in_report: bool,
}

impl<'a, 's> Context<'a, 's> {
    fn new(
        analysis: &'a Analysis<'s>,
        quoted: &'a QuotedSpan,
        cue: Option<usize>,
        found: &[FoundQuote],
    ) -> Option<Self> {
        let inner = quoted.inner.clone();
        let mark = inner.start.checked_sub(1)?;
        let class = |at: usize| analysis.words.get(at).map(|word| word.class);
        let within = |kind: QuoteKind| {
            let holds = |quote: &FoundQuote| quote.words.start <= inner.start && inner.end <= quote.words.end;
            found.iter().any(|quote| quote.kind == kind && holds(quote))
        };
        let before = analysis.words.fold_before(mark);
        Some(Self {
            words: inner.clone().filter(|&at| class(at).is_some_and(|class| class != Class::Mark)).count(),
            before,
            two_before: mark.checked_sub(2).map_or("", |at| analysis.words.fold(at)),
            form: cue.and_then(|cue| analysis.cue(cue)),
            adjacent: analysis.words.is_mark(mark.wrapping_sub(1), &[':']) || cue.is_some_and(|cue| cue + 1 == mark),
            own_cue: cue.is_some_and(|cue| found.iter().any(|quote| quote.words.contains(&cue))),
            in_direct: within(QuoteKind::Direct),
            in_report: within(QuoteKind::Indirect),
            analysis,
            quoted,
            mark,
        })
    }

    fn is_foreign(&self) -> bool {
        let class = |at: usize| self.analysis.words.get(at).map(|word| word.class);
        self.quoted.inner.clone().all(|at| class(at).is_some_and(|class| class != Class::Arabic))
    }

    fn after_colon(&self) -> bool {
        self.analysis.words.is_mark(self.mark.wrapping_sub(1), &[':'])
    }
}

enum Verdict {
    Speech,
    Other,
}

type SpeechRule = Rule<fn(&Context<'_, '_>) -> Option<Verdict>>;

/// What words in marks are, in the order of the rules.
const IN_MARKS: &[SpeechRule] = &[
    Rule { name: "no word in the marks", apply: |it| other(it.words == 0) },
    Rule { name: "nothing but names in the marks", apply: only_names },
    Rule { name: "no Arabic in the marks", apply: |it| other(it.is_foreign()) },
    Rule { name: "the title of a thing", apply: title },
    Rule { name: "a quotation inside a quotation, with its own cue", apply: inside_direct },
    Rule { name: "marks inside a quotation, without a cue", apply: |it| other(it.in_direct) },
    Rule { name: "marks after a cue", apply: after_cue },
    Rule { name: "marks after أن", apply: after_complementizer },
    Rule { name: "marks in what somebody calls it", apply: called },
    Rule { name: "marks inside reported speech", apply: inside_report },
    Rule { name: "a term inside reported speech", apply: |it| other(it.in_report) },
    Rule { name: "a long stretch in marks", apply: long },
    Rule { name: "marks after a colon", apply: after_colon },
    Rule { name: "marks in the sentence of a cue", apply: |it| speech_if(reports(it) && it.words >= 5) },
    Rule { name: "a phrase in marks in the sentence of a cue", apply: |it| speech_if(reports(it) && it.words >= 3) },
];

fn speech_if(holds: bool) -> Option<Verdict> {
    holds.then_some(Verdict::Speech)
}

fn other(holds: bool) -> Option<Verdict> {
    holds.then_some(Verdict::Other)
}

/// شركة "الساحل"، قطار "الرباط-الجديدة": what is nothing but names names.
fn only_names(it: &Context<'_, '_>) -> Option<Verdict> {
    let words = it.analysis.words;
    let named = |at: usize| it.analysis.name(at).is_some();
    let joins = |at: usize| words.get(at).is_some_and(|word| word.class == Class::Mark);
    let mut inner = it.quoted.inner.clone();
    other(named(inner.start) && inner.all(|at| named(at) || joins(at)))
}

/// Heads of things that have titles: what is in marks after them is the title.
fn has_title(word: &str) -> bool {
    CUES.is_titled(affix::without_article(word.trim_start_matches([affix::AND, affix::BY, affix::TO])))
}

/// فيلم "البحر", الفيلم التونسي "البحر"
fn title(it: &Context<'_, '_>) -> Option<Verdict> {
    let described = || affix::is_definite(it.before) && has_title(it.two_before);
    if is_predicate(it) {
        return None;
    }
    other(has_title(it.before) || (it.words <= 6 && (LISTS.is_left_head(it.before) || described())))
}

/// قال إن الشركة "تخسر منذ عام"، وإن: behind أن and its subject alone the marks hold what is said of it, where the clause ends
/// with them.
fn is_predicate(it: &Context<'_, '_>) -> bool {
    let words = it.analysis.words;
    let clause = it.mark.checked_sub(2).is_some_and(|at| words.is(at, WordClass::Complementizer));
    let after = it.quoted.inner.end + 1;
    let ends = !words.same_sentence(it.mark, after)
        || words.get(after).is_none_or(|word| word.class == Class::Mark)
        || words.is(after, WordClass::And);
    clause && ends && it.in_report && it.analysis.name(it.quoted.inner.start).is_none()
}

/// «قال لي: "عد غدا" ثم مضى»: speech inside speech needs a cue of its own.
fn inside_direct(it: &Context<'_, '_>) -> Option<Verdict> {
    speech_if(it.in_direct && it.own_cue && it.adjacent && it.words > 1)
}

/// قال: "الطريق مفتوح"
fn after_cue(it: &Context<'_, '_>) -> Option<Verdict> {
    speech_if(it.adjacent && it.form.is_some_and(|form| form.reports() || it.words > 3))
}

/// قال إن "الطريق مفتوح"
fn after_complementizer(it: &Context<'_, '_>) -> Option<Verdict> {
    speech_if(it.analysis.words.is_before(it.mark, WordClass::Complementizer))
}

/// وصف اللقاء بأنه "مثمر"
fn called(it: &Context<'_, '_>) -> Option<Verdict> {
    speech_if(it.form.is_some_and(|form| form.act == Act::Call))
}

/// قال إن الاجتماع كان "مثمرا جدا" للجميع
fn inside_report(it: &Context<'_, '_>) -> Option<Verdict> {
    speech_if(it.in_report && (it.words >= 2 || affix::is_standing_proclitic(it.before) || is_predicate(it)))
}

/// Words in marks where nothing near says that anybody speaks, or only a verb that reports nothing.
fn long(it: &Context<'_, '_>) -> Option<Verdict> {
    speech_if(it.words >= if it.form.is_none() { 8 } else { 6 } && !reports(it))
}

/// الوزير: "الطريق مفتوح أمام الجميع"
fn after_colon(it: &Context<'_, '_>) -> Option<Verdict> {
    speech_if(it.form.is_none() && it.after_colon() && it.words > 3)
}

/// Whether the cue of the sentence tells of speech.
fn reports(it: &Context<'_, '_>) -> bool {
    it.form.is_some_and(|form| form.reports() || form.act == Act::Urge || form.shape == Shape::Noun)
}
