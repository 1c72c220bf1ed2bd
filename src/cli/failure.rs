//! Why the program could not do what it was asked to, in English and in Arabic. What the library refuses has types of its
//! own, which [`super::arabic::errors`] translates.

use crate::text::Escaped;

/// Makes the enum: each failure with its blanks, its English and its Arabic. A blank that one of them leaves out is an
/// error of the compiler.
macro_rules! failures {
    ($($variant:ident $({ $($blank:ident),+ })? = $english:literal, $arabic:literal;)*) => {
        /// A reason of the program's own.
        #[derive(Debug, thiserror::Error)]
        pub enum Failure {
            $(#[error($english $($(, $blank = Escaped($blank))+)?)] $variant $({ $($blank: String),+ })?,)*
        }

        impl Failure {
            /// The reason in Arabic.
            pub fn arabic(&self) -> String {
                match self {
                    $(Self::$variant $({ $($blank),+ })? => {
                        format!($arabic $($(, $blank = super::arabic::isolated($blank))+)?)
                    })*
                }
            }
        }
    };
}

failures! {
    NoArticles { arguments } = "{arguments}: no articles in there", "{arguments}: لا مقالات فيه";
    NeedsTerminal = "the reader needs a terminal; for a pipe or a file there is `rawi print`",
        "القارئ يحتاج إلى طرفية؛ وللأنبوب أو الملف يوجد rawi print";
    OneEach { format } = "a file of the format {format} holds one document: name a folder with --out",
        "ملف الصيغة {format} لمستند واحد: اذكر مجلدا في --out";
    OneArticle = "--annotations is for one article", "الخيار --annotations لمقال واحد";
    NoSize = "the terminal does not say its size", "الطرفية لا تذكر مقاسها";
    NoTerminal = "the terminal cannot be used", "لا يمكن استعمال الطرفية";
    Unreadable = "the terminal can no longer be read", "لم تعد قراءة الطرفية ممكنة";
    NoDocument = "no such document", "لا مستند كهذا";
    NoFormat = "no such format", "لا صيغة كهذه";
    UnknownFormat { path } = "{path}: no known format of annotations; say --from",
        "{path}: صيغة غير معروفة؛ اذكرها في --from";
    NoModel = "this program was built without a model; name one with --model",
        "بُني هذا البرنامج بلا نموذج؛ اذكر نموذجا في --model";
    SameName { name } = "two inputs are called {name}: their results would overwrite each other",
        "مدخلان باسم {name}: نتيجة أحدهما ستحل محل الأخرى";
    SomeFailed { failed, all } = "{failed} of {all} documents could not be read",
        "تعذرت قراءة {failed} من {all} من المستندات";
    Empty { name } = "{name}: there is no article in it", "{name}: لا مقال فيه";
    TooLong { name, seconds } = "{name}: took longer than {seconds} s (--timeout)",
        "{name}: استغرق أكثر من {seconds} ثانية (--timeout)";
    Defect { name } = "{name}: rawi failed on it; this is a fault in rawi", "{name}: تعثر راوي به؛ هذا خلل في راوي";
    Busy { folder } = "{folder}: another rawi is writing into this folder", "{folder}: نسخة أخرى من راوي تكتب في هذا المجلد";
    NoJournal = "the list of finished results cannot be written", "لا يمكن حفظ قائمة النتائج الجاهزة";
    Elsewhere { name } = "{name}: is there already and is not what belongs beside this export; choose another name",
        "{name}: موجود، وليس الملف المرافق لهذا التصدير؛ اختر اسما آخر";
    NoArticle { path } = "{path}: no article", "{path}: لا مقال فيه";
    NoneOfThose { path, gold } = "{path}: no article of {gold}", "{path}: ليس فيه شيء من مقالات {gold}";
    Article { name } = "{name}: this is the article itself", "{name}: هذا ملف المقال نفسه";
    StoreName { name } = "{name}: rawi keeps corrections under such a name", "{name}: بمثل هذا الاسم يحفظ راوي التصحيحات";
    SecondName { name } = "{name}: the second file of this format would have the same name",
        "{name}: لهذه الصيغة ملف ثان، وسيكون له الاسم نفسه";
    LongSentence { line, most } = "standard input:{line}: more than {most} tokens without a blank line",
        "الإدخال القياسي:{line}: أكثر من {most} كلمة بلا سطر فارغ";
    NoHome = "there is no folder for the configuration: HOME is not set", "لا مجلد للإعدادات: HOME غير معين";
    ConfigFaults { path, count } = "{path}: faults in the configuration: {count}", "{path}: أخطاء الإعدادات: {count}";
    NotOpened { program } = "{program} did not open the address", "لم يفتح {program} الرابط";
    NotWritten { path } = "{path}: cannot be written", "{path}: لا يمكن حفظه";
}
