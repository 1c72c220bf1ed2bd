//! What each action does, for help and palette: in English and in Arabic.

use crate::tui::action::{
    Action, Command, Control, Correction, DetailAction, DocumentAction, Find, Jump, LibraryAction, LineEdit, Marking,
    Motion, PanelAction, Revision, Setting, Walk,
};

pub(super) const fn describe(action: Action) -> (&'static str, &'static str) {
    match action {
        Action::Motion(Motion::Down) => ("A row down", "سطر إلى الأسفل"),
        Action::Motion(Motion::Up) => ("A row up", "سطر إلى الأعلى"),
        Action::Motion(Motion::Left) => ("Left, by name, group or word", "يسارا: إلى اسم أو مجموعة أو كلمة"),
        Action::Motion(Motion::Right) => ("Right, by name, group or word", "يمينا: إلى اسم أو مجموعة أو كلمة"),
        Action::Motion(Motion::PageDown) => ("A screen down", "شاشة إلى الأسفل"),
        Action::Motion(Motion::PageUp) => ("A screen up", "شاشة إلى الأعلى"),
        Action::Motion(Motion::HalfDown) => ("Half a screen down", "نصف شاشة إلى الأسفل"),
        Action::Motion(Motion::HalfUp) => ("Half a screen up", "نصف شاشة إلى الأعلى"),
        Action::Motion(Motion::Start) => ("To the beginning", "إلى البداية"),
        Action::Motion(Motion::End) => ("To the end", "إلى النهاية"),
        Action::Control(Control::Enter) => ("Go to it, or confirm", "انتقال أو تأكيد"),
        Action::Control(Control::Cancel) => ("Close, or clear the selection", "إغلاق أو إلغاء"),
        Action::Control(Control::Focus) => ("Switch between text and panel", "التنقل بين النص واللوحة"),
        Action::Walk(Walk::Next) => ("Next mention or match", "الذكر التالي أو نتيجة البحث التالية"),
        Action::Walk(Walk::Previous) => ("Previous mention or match", "الذكر السابق أو نتيجة البحث السابقة"),
        Action::Walk(Walk::NextName) => ("Next name in the text", "الاسم التالي في النص"),
        Action::Walk(Walk::PreviousName) => ("Previous name in the text", "الاسم السابق في النص"),
        Action::Walk(Walk::NextQuote) => ("Next quote", "الاقتباس التالي"),
        Action::Walk(Walk::PreviousQuote) => ("Previous quote", "الاقتباس السابق"),
        Action::Walk(Walk::NextSentence) => ("Next sentence", "الجملة التالية"),
        Action::Walk(Walk::PreviousSentence) => ("Previous sentence", "الجملة السابقة"),
        Action::Walk(Walk::NextParagraph) => ("Next paragraph", "الفقرة التالية"),
        Action::Walk(Walk::PreviousParagraph) => ("Previous paragraph", "الفقرة السابقة"),
        Action::Walk(Walk::NextPage) => (
            "Next page of a file with pages; 5P goes to page 5",
            "الصفحة التالية في ملف ذي صفحات؛ \u{2066}5P\u{2069}: إلى الصفحة 5",
        ),
        Action::Walk(Walk::PreviousPage) => ("Previous page of a file with pages", "الصفحة السابقة في ملف ذي صفحات"),
        Action::Walk(Walk::NextHeading) => ("Next heading", "العنوان التالي"),
        Action::Walk(Walk::PreviousHeading) => ("Previous heading", "العنوان السابق"),
        Action::Walk(Walk::Contents) => ("Contents: the headings", "المحتويات: العناوين"),
        Action::Walk(Walk::Counterpart) => {
            ("From quote to speaker, from person to quotes", "من الاقتباس إلى قائله، ومن الشخص إلى اقتباساته")
        }
        Action::Jump(Jump::Back) => ("Back to where you were", "عودة إلى حيث كنت"),
        Action::Jump(Jump::Forward) => ("Forward again", "التقدم من جديد"),
        Action::Jump(Jump::SetMark) => ("Set a mark", "وضع علامة بحرف"),
        Action::Jump(Jump::GoToMark) => ("Go to a mark", "الانتقال إلى علامة"),
        Action::Find(Find::Open) => ("Search", "بحث"),
        Action::Find(Find::Exact) => ("Exact or forgiving match", "مطابقة تامة أو متسامحة"),
        Action::Find(Find::Regex) => ("Regular expression, or words", "تعبير نمطي أو كلمات"),
        Action::Find(Find::Everywhere) => ("Search all documents, or this one", "البحث في كل المستندات أو في هذا"),
        Action::LineEdit(LineEdit::Older) => ("Previous search, or line above", "البحث السابق أو السطر الأعلى"),
        Action::LineEdit(LineEdit::Newer) => ("Next search, or line below", "البحث التالي أو السطر الأسفل"),
        Action::PanelAction(PanelAction::Filter) => {
            ("Filter the panel, in Arabic or Latin letters", "تصفية اللوحة، بحروف عربية أو لاتينية")
        }
        Action::PanelAction(PanelAction::Sort) => ("Change the panel's order", "تغيير ترتيب اللوحة"),
        Action::PanelAction(PanelAction::Scope) => {
            ("Panel: all documents, or this one", "اللوحة لكل المستندات أو لهذا")
        }
        Action::PanelAction(PanelAction::Fold) => ("Fold or unfold a group", "طي مجموعة أو فتحها"),
        Action::PanelAction(PanelAction::NextGroup) => ("Next group", "المجموعة التالية"),
        Action::PanelAction(PanelAction::PreviousGroup) => ("Previous group", "المجموعة السابقة"),
        Action::DetailAction(DetailAction::Down) => ("Scroll the details down", "التفاصيل: إلى الأسفل"),
        Action::DetailAction(DetailAction::Up) => ("Scroll the details up", "التفاصيل: إلى الأعلى"),
        Action::Setting(Setting::Panel) => ("Hide or show the panel", "إخفاء اللوحة أو إظهارها"),
        Action::DocumentAction(DocumentAction::List) => ("List of documents", "قائمة المستندات"),
        Action::DocumentAction(DocumentAction::Next) => ("Next document", "المستند التالي"),
        Action::DocumentAction(DocumentAction::Previous) => ("Previous document", "المستند السابق"),
        Action::Revision(Revision::Undo) => ("Undo the last change", "التراجع عن التغيير الأخير"),
        Action::Revision(Revision::Redo) => ("Redo", "إعادة ما تراجعت عنه"),
        Action::Correction(Correction::Menu) => {
            ("Correct the selection, or what is under the cursor", "تصحيح المحدد أو ما تحت المؤشر أو المختار")
        }
        Action::Correction(Correction::Accept) => ("Accept: it is right", "قبول: صحيح"),
        Action::Correction(Correction::Reject) => ("Reject: it is wrong", "رفض: خطأ"),
        Action::Correction(Correction::AsPerson) => ("It is a person", "هذا شخص"),
        Action::Correction(Correction::AsOrganization) => ("It is an organization", "هذه جهة"),
        Action::Correction(Correction::AsPlace) => ("It is a place", "هذا مكان"),
        Action::Correction(Correction::AsDirect) => ("It is a direct quote", "هذا اقتباس مباشر"),
        Action::Correction(Correction::AsIndirect) => ("It is an indirect quote", "هذا اقتباس غير مباشر"),
        Action::Correction(Correction::Edges) => ("Adjust its bounds", "تعديل الحدود"),
        Action::Correction(Correction::Rename) => ("Rename …", "تغيير الاسم …"),
        Action::Correction(Correction::Link) => ("Link to another name …", "ضم إلى اسم آخر …"),
        Action::Correction(Correction::Merge) => ("Merge with another name …", "دمج مع اسم آخر …"),
        Action::Correction(Correction::Split) => ("Split this mention off", "فصل هذا الذكر"),
        Action::Correction(Correction::Speaker) => ("Set the speaker …", "تعيين القائل …"),
        Action::Correction(Correction::Note) => ("Write a note", "كتابة ملاحظة"),
        Action::Correction(Correction::Whole) => ("All its mentions …", "كل مرات الذكر …"),
        Action::Marking(Marking::Begin) => ("Select words, to add a name or quote", "تحديد كلمات لإضافة اسم أو اقتباس"),
        Action::Marking(Marking::OtherEdge) => ("Move the other end", "تحريك الطرف الآخر"),
        Action::Marking(Marking::LetterLeft) => ("A letter to the left", "حرف إلى اليسار"),
        Action::Marking(Marking::LetterRight) => ("A letter to the right", "حرف إلى اليمين"),
        Action::Marking(Marking::NextWord) => ("Select the next word", "تحديد الكلمة التالية"),
        Action::Marking(Marking::PreviousWord) => ("Select the previous word", "تحديد الكلمة السابقة"),
        Action::Command(Command::LookHere) => {
            ("Search here for names (very long texts)", "البحث عن الأسماء هنا (نص طويل جدا)")
        }
        Action::Correction(Correction::Rejected) => ("Rejected names and quotes", "المرفوض، لإعادته"),
        Action::Correction(Correction::Orphans) => {
            ("Corrections that no longer match the text", "تصحيحات لم يعد لها موضع في النص")
        }
        Action::Command(Command::CopyWithSource) => ("Copy with speaker and source", "نسخ مع القائل والمصدر"),
        Action::Command(Command::Redraw) => ("Redraw the screen", "رسم الشاشة من جديد"),
        Action::Command(Command::Copy) => {
            ("Copy the selection, or what is under the cursor", "نسخ المحدد أو ما تحت المؤشر")
        }
        Action::Command(Command::OpenAddress) => {
            ("Open the link under the cursor, or the page of the article", "فتح الرابط الذي تحت المؤشر أو صفحة المقال")
        }
        Action::Command(Command::Export) => ("Export", "تصدير"),
        Action::Command(Command::Palette) => ("Command palette", "قائمة الأوامر"),
        Action::Command(Command::Help) => ("Keys", "المفاتيح"),
        Action::LibraryAction(LibraryAction::Home) => ("The library", "المكتبة"),
        Action::LibraryAction(LibraryAction::Who) => {
            ("The selection over the whole library", "المختار في المكتبة كلها")
        }
        Action::LibraryAction(LibraryAction::Add) => ("Add this document to the library", "إضافة المستند إلى المكتبة"),
        Action::LibraryAction(LibraryAction::Check) => {
            ("Check the quotes against the library", "فحص الاقتباسات بالمكتبة")
        }
        Action::Setting(Setting::Language) => ("Interface in Arabic", "الواجهة بالإنجليزية"),
        Action::Setting(Setting::Theme) => ("Next theme", "المظهر التالي"),
        Action::Setting(Setting::Digits) => ("Switch digits (3, ٣)", "تبديل أرقام الواجهة (3، ٣)"),
        Action::Setting(Setting::Wider) => ("Wider text", "توسيع عمود النص"),
        Action::Setting(Setting::Narrower) => ("Narrower text", "تضييق عمود النص"),
        Action::Setting(Setting::Tashkeel) => ("Show or hide tashkeel", "إظهار التشكيل أو إخفاؤه"),
        Action::Setting(Setting::Doubt) => ("Name doubtful speakers, or not", "تسمية القائلين المشكوك فيهم أو لا"),
        Action::Correction(Correction::Doubtful) => ("Go through what is doubtful", "المرور على المشكوك فيه"),
        Action::Setting(Setting::Invisibles) => {
            ("Show or hide invisible characters", "إظهار المحارف غير المرئية أو إخفاؤها")
        }
        Action::Command(Command::Suspend) => ("Suspend; fg resumes", "تعليق البرنامج؛ fg يعيده"),
        Action::Command(Command::Quit) => ("Quit", "خروج"),
        Action::LineEdit(LineEdit::WordLeft) => ("A word to the left", "كلمة إلى اليسار"),
        Action::LineEdit(LineEdit::WordRight) => ("A word to the right", "كلمة إلى اليمين"),
        Action::LineEdit(LineEdit::Delete) => ("Delete the next letter", "حذف الحرف التالي"),
        Action::LineEdit(LineEdit::Erase) => ("Delete the previous letter", "حذف الحرف السابق"),
        Action::LineEdit(LineEdit::EraseWord) => ("Delete the previous word", "حذف الكلمة السابقة"),
        Action::LineEdit(LineEdit::EraseAll) => ("Delete to the start", "حذف ما قبل المؤشر"),
    }
}
