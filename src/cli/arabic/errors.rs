//! Errors in Arabic: each typed error of the library, and those of the operating system that people meet.

use crate::{
    annotation::Refused,
    cli::{arabic::isolated, failure::Failure},
    export, library, model,
    source::{self, Reason},
    store,
    tui::strings::Strings,
};
use std::{error::Error, io};

/// An error and its causes on one line, as `{error:#}` gives it in English. What has no Arabic stays as it is.
pub fn line(error: &anyhow::Error) -> String {
    // What was given as a context is not in the chain under its own type.
    let failure = error.downcast_ref::<Failure>();
    let said = |cause: &(dyn Error + 'static)| match failure {
        Some(failure) if failure.to_string() == cause.to_string() => failure.arabic(),
        _ => translated(cause).unwrap_or_else(|| isolated(&cause.to_string())),
    };
    error.chain().map(said).collect::<Vec<_>>().join(": ")
}

/// An error and its causes in the language of an interface, on one line.
pub fn said(strings: Strings, error: &anyhow::Error) -> String {
    crate::text::one_line(&if strings.rtl { line(error) } else { format!("{error:#}") })
}

/// A typed error in Arabic; none for what is of another library.
pub fn translated(error: &(dyn Error + 'static)) -> Option<String> {
    None.or_else(|| error.downcast_ref().map(Failure::arabic))
        .or_else(|| error.downcast_ref().map(of_source))
        .or_else(|| error.downcast_ref().map(of_store))
        .or_else(|| error.downcast_ref().map(of_library))
        .or_else(|| error.downcast_ref().map(of_model))
        .or_else(|| error.downcast_ref().map(of_annotations))
        .or_else(|| error.downcast_ref().copied().map(|refused| of_edit(refused).to_owned()))
        .or_else(|| error.downcast_ref().map(of_system))
}

fn of_source(error: &source::Error) -> String {
    format!("{}: {}", isolated(&error.name), of_reason(&error.reason))
}

fn of_reason(reason: &Reason) -> String {
    match reason {
        Reason::Missing => "لا ملف بهذا الاسم".to_owned(),
        Reason::Directory => "مجلد وليس ملفا".to_owned(),
        Reason::Unreadable(error) => format!("لا يمكن قراءته: {}", of_system(error)),
        Reason::Binary(kind) => format!("ليس نصا، بل {}", isolated(kind)),
        Reason::Encoding(name) => format!(
            "ترميز غير معروف: {} (جرب {})",
            isolated(name),
            isolated("utf-8, utf-16le, utf-16be, windows-1256, iso-8859-6")
        ),
        Reason::Json(error) => {
            format!("ليس كائن JSON فيه نص: {}", isolated(&error.to_string()))
        }
        Reason::Format(kind, why) => {
            format!("لا يمكن فهمه على أنه {}: {}", isolated(kind), isolated(why))
        }
        Reason::Password => "له كلمة سر، وليست التي ذُكرت (--password-file)".to_owned(),
        Reason::Expansion(most) => format!("ينفك إلى أكثر من {}", isolated(most)),
        Reason::NoTextField(names) => {
            format!("لا حقل فيه يُعرف أنه النص؛ سمّه بـ {}: {}", isolated("--text-field"), isolated(names))
        }
        Reason::Empty => "لا نص فيه".to_owned(),
        Reason::Unsupported(kind) => format!("صيغة لا تقرؤها هذه النسخة من راوي: {}", isolated(kind)),
        Reason::Fetch(why) => format!("لا يمكن جلبه: {}", isolated(why)),
        Reason::Large(most) => format!("أكبر من {} ميبيبايت، وهو أقصى ما يُقرأ دفعة واحدة", most >> 20),
    }
}

fn of_store(error: &store::Error) -> String {
    match error {
        store::Error::Nowhere => "لا مجلد للبيانات: HOME غير معين".to_owned(),
        store::Error::Locked => "المستند مفتوح في نسخة أخرى من راوي؛ التصحيحات هنا لن تُحفظ".to_owned(),
        store::Error::Corrupt { path, reason } => format!(
            "{}: لا يمكن قراءة التصحيحات المحفوظة ({})؛ بقي الملف كما هو",
            isolated(&path.display().to_string()),
            isolated(reason)
        ),
        store::Error::Later { path, version } => {
            format!("{}: حفظه إصدار أحدث من راوي ({})", isolated(&path.display().to_string()), isolated(version))
        }
        store::Error::Unwritable(why) => format!("لا يمكن حفظ التصحيحات ({})؛ هذا خلل في راوي", isolated(why)),
        store::Error::Io { path, source } => {
            format!("{}: {}", isolated(&path.display().to_string()), of_system(source))
        }
    }
}

fn of_model(error: &model::Error) -> String {
    match error {
        model::Error::NotAModel => "ليس هذا نموذجا من نماذج راوي".to_owned(),
        model::Error::Version(version) => format!("إصدار النموذج {version}، ولا يعرفه هذا البرنامج"),
        model::Error::Truncated => "النموذج ناقص".to_owned(),
        model::Error::Checksum => "النموذج تالف: مجموع التحقق لا يطابق".to_owned(),
        model::Error::Section(name) => format!("القسم {} من النموذج مفقود أو لا يناسب", isolated(name)),
        model::Error::Config(why) => format!("وصف النموذج خاطئ: {}", isolated(why)),
        model::Error::Product(why) => format!("أجزاء النموذج لا تتوافق: {}", isolated(why)),
        model::Error::Threads(why) => format!("لا خيوط لتشغيل النموذج: {}", isolated(&why.to_string())),
    }
}

fn of_annotations(error: &export::Error) -> String {
    match error {
        export::Error::Json(why) => format!("ليس JSON المتوقع: {}", isolated(&why.to_string())),
        export::Error::Place { item, start, end } => {
            format!("{}: لا موضع {} في النص", isolated(item), isolated(&format!("{start}..{end}")))
        }
        export::Error::Text { item, found, expected } => {
            format!("{}: في النص هنا «{}»، وفي الملف «{}»", isolated(item), isolated(found), isolated(expected))
        }
        export::Error::Reference { item, target } => {
            format!("{} يشير إلى {}، وليس في الملف", isolated(item), isolated(target))
        }
        export::Error::Syntax(why) => isolated(why),
    }
}

fn of_library(error: &library::Error) -> String {
    use library::Error;
    let file = |path: &std::path::Path| isolated(&path.display().to_string());
    match error {
        Error::Missing { path } => format!("{}: لا مكتبة هنا بعد؛ rawi index ينشئ واحدة", file(path)),
        Error::Foreign { path } => format!("{}: ليس هذا مكتبة من راوي: جداوله أو مشغلاته غيرها", file(path)),
        Error::Damaged { path, reason } => {
            format!("{}: المكتبة تالفة ({}); rawi index يضعها جانبا وينشئها من جديد", file(path), isolated(reason))
        }
        Error::Later { path, version } => format!("{}: من إصدار أحدث من راوي ({version})", file(path)),
        Error::Busy { path } => format!("{}: برنامج آخر يكتب في المكتبة", file(path)),
        Error::Full { path, reason } => {
            format!("{}: لا يمكن الكتابة في المكتبة ({})؛ وما فيها باق", file(path), isolated(reason))
        }
        Error::Question(said) => isolated(said),
        Error::Decisions { path, reason } => {
            format!("{}: لا يمكن قراءة القرارات ({})؛ والملف كما كان", file(path), isolated(reason))
        }
        Error::Io { path, source } => format!("{}: {}", file(path), of_system(source)),
        Error::Sqlite { path, source } => format!("{}: {}", file(path), isolated(&source.to_string())),
    }
}

const fn of_edit(refused: Refused) -> &'static str {
    match refused {
        Refused::Missing => "لا كيان ولا ذكر ولا اقتباس كهذا",
        Refused::Place => "لا نص في هذا الموضع",
        Refused::Overlap(_) => "هنا ذكر قررته من قبل",
        Refused::Name => "الاسم يحتاج إلى حروف",
        Refused::Itself => "لا يُدمج الكيان مع نفسه",
        Refused::Entity => "لا حدود للكيان نفسه، بل لمرات ذكره",
    }
}

/// What the operating system says. The kinds that have no Arabic keep its own words.
fn of_system(error: &io::Error) -> String {
    let said = match error.kind() {
        io::ErrorKind::NotFound => "غير موجود",
        io::ErrorKind::PermissionDenied => "لا إذن بذلك",
        io::ErrorKind::AlreadyExists => "موجود من قبل",
        io::ErrorKind::IsADirectory => "هذا مجلد",
        io::ErrorKind::NotADirectory => "ليس مجلدا",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "لا مكان على القرص",
        io::ErrorKind::ReadOnlyFilesystem => "نظام الملفات للقراءة فقط",
        io::ErrorKind::UnexpectedEof => "انتهى قبل أوانه",
        io::ErrorKind::InvalidData => "بيانات غير صالحة",
        io::ErrorKind::TimedOut => "انقضت المهلة",
        io::ErrorKind::OutOfMemory => "لا تكفي الذاكرة",
        _ => return isolated(&error.to_string()),
    };
    said.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;

    #[test]
    fn an_error_and_its_causes_are_one_line_of_arabic() {
        let missing = source::Error { name: "a b.txt".to_owned(), reason: Reason::Missing };
        assert_eq!(line(&missing.into()), "\u{2068}a b.txt\u{2069}: لا ملف بهذا الاسم");
        let denied = Err::<(), _>(io::Error::from(io::ErrorKind::PermissionDenied));
        let denied = denied.context(Failure::NotWritten { path: "out".to_owned() }).unwrap_err();
        assert_eq!(line(&denied), "\u{2068}out\u{2069}: لا يمكن حفظه: لا إذن بذلك");
        assert_eq!(line(&anyhow::anyhow!("no words")), "\u{2068}no words\u{2069}");
    }
}
