//! What the interface says, each phrase in English and in Arabic.
//!
//! The rules of the wording, in both languages: no passive voice that needs a vowel mark to be read («قبل» is read as
//! "before"); a number agrees with its noun or stands after a colon; one word for one thing; a line of the palette can be
//! understood alone.

use super::{Isolated, messages};

messages! {
    /// A phrase of the interface. Its fields are what is filled in; both languages have to use all of them.
    pub enum Phrase {
        Also { names } = "also: {names}", "أيضا: {names}";
        AlsoIn { count } = "In other documents: {count}", "في مستندات أخرى: {count}";
        AroundToFirst = "Wrapped to the first", "بعد النهاية: عودة إلى الأول";
        AroundToLast = "Wrapped to the last", "قبل البداية: انتقال إلى الأخير";
        Brought = "Corrections of an earlier text of this document were brought over", "نُقلت تصحيحات نص سابق لهذا المستند";
        ByImport = "From another file", "من ملف آخر";
        ByModel { percent } = "Found by rawi, {percent}% sure", "وجده راوي بثقة {percent} %";
        ByPerson { when } = "Decided by you, {when}", "قرارك، {when}";
        ByWords = "Select words in the text …", "تحديد كلمات في النص …";
        ChangeLeft { words } = "left out: {words}", "ناقص هنا: {words}";
        ChangePut { words } = "put in: {words}", "زائد هنا: {words}";
        ChangeWords { draft, source } = "here {draft}, in the source {source}", "هنا {draft}، وفي المصدر {source}";
        CheckNone = "There are no quotes to check", "لا اقتباسات للفحص";
        CheckSource = "Source (Enter):", "المصدر (Enter):";
        CheckWorking = "Checking the quotes …", "فحص الاقتباسات …";
        Checked { quotes, faults } = "Quotes checked: {quotes}; not as they were said: {faults}", "اقتباسات مفحوصة: {quotes}؛ ليست كما قيلت: {faults}";
        Chance { name, percent } = "{name}: {percent}%", "{name}: {percent} %";
        Comma = ", ", "، ";
        CommonCount { count } = "{count} in common", "مشتركون: {count}";
        Contents = "Contents", "المحتويات";
        Copied = "Copied", "تم النسخ";
        Counted { what, count } = "{what} ({count})", "{what} ({count})";
        Cue { words } = "attribution: {words}", "صيغة الإسناد: {words}";
        DetailHint = "Select a name or quote: Tab, then j k in the panel; or [ ] in the text.",
            "اختر اسما أو اقتباسا: Tab ثم j k في اللوحة، أو \u{2066}[ ]\u{2069} في النص.";
        DidAccept { name } = "Accepted: {name}", "مقبول: {name}";
        DidAddPlaces { count } = "Places added: {count}", "مواضع مضافة: {count}";
        DidDirect = "Direct quote", "اقتباس مباشر";
        DidIndirect = "Indirect quote", "اقتباس غير مباشر";
        DidLink { name, entity } = "{name} linked to {entity}", "ضم {name} إلى {entity}";
        DidMerge { from, into } = "Merged {from} into {into}", "دمج {from} في {into}";
        DidNoNote { name } = "Note removed from {name}", "أزيلت الملاحظة عن {name}";
        DidNoSpeaker = "No speaker", "بلا قائل";
        DidNote { name } = "Note on {name}", "ملاحظة على {name}";
        DidOrganization { name } = "Organization: {name}", "جهة: {name}";
        DidPerson { name } = "Person: {name}", "شخص: {name}";
        DidPlace { name } = "Place: {name}", "مكان: {name}";
        DidQuote { words } = "Quote added: {words}", "أضيف اقتباس: {words}";
        DidReject { name } = "Rejected: {name}", "مرفوض: {name}";
        DidRename { old, new } = "{old} renamed to {new}", "الاسم الجديد لـ {old}: {new}";
        DidRespan { words } = "New bounds: {words}", "الحدود الجديدة: {words}";
        DidSpeaker { name } = "Speaker: {name}", "القائل: {name}";
        DidSplit { name } = "Split off: {name}", "منفصل الآن: {name}";
        DidRejectEverywhere { name } = "Rejected everywhere: {name}", "مرفوض في كل المستندات: {name}";
        DidSplitIn { name, document } = "{name} in {document} is another", "{name} في {document} غيره";
        Everywhere { name } = "In all documents: {name}", "في كل المستندات: {name}";
        EverywhereMerge = "One with another name …", "هو واحد مع اسم آخر …";
        EverywhereReject = "Nobody is called so", "ليس هذا اسما لأحد";
        EverywhereRename = "Show under another name …", "تغيير الاسم المعروض …";
        EverywhereSplit = "In this document it is another", "هو في هذا المستند غيره";
        GroupLibrary = "Library", "المكتبة";
        HintLibrary = "Enter open   Tab lists   f filter   / search   c decide   ? keys", "\u{200f}Enter فتح   Tab القوائم   f تصفية   / بحث   c قرار   ? المفاتيح";
        LibraryAdded { name } = "Added to the library: {name}", "أضيف إلى المكتبة: {name}";
        LibraryAsking = "Asking the library …", "سؤال المكتبة …";
        LibraryChangedSource = "The source has changed since: this is the text that the library has", "تغير المصدر منذ ذلك: هذا هو النص الذي في المكتبة";
        LibraryCounts { documents, people, organizations, places } = "documents: {documents}   people: {people}   organizations: {organizations}   places: {places}",
            "المستندات: {documents}   الأشخاص: {people}   الجهات: {organizations}   الأماكن: {places}";
        LibraryEmpty = "Nothing here: arrows go to the other lists, Esc goes back", "لا شيء هنا: الأسهم تنتقل إلى القوائم الأخرى، Esc عودة";
        LibraryNoMatch { key } = "Nothing found: {key} searches for other words", "لا نتائج: {key} يبحث عن كلمات أخرى";
        LibraryNothing = "The library is empty: in a shell, rawi index FOLDER puts articles into it", "المكتبة فارغة: في الصدفة، \u{2066}rawi index FOLDER\u{2069} يضع المقالات فيها";
        LibraryEntity { documents, mentions, quotes } = "documents: {documents}   mentions: {mentions}   quotes: {quotes}",
            "المستندات: {documents}   مرات الذكر: {mentions}   الاقتباسات: {quotes}";
        LibraryFor { query, count } = "Search in the library: {query}   documents: {count}", "البحث في المكتبة: {query}   المستندات: {count}";
        LibraryFrom { from, to } = "{from} – {to}", "{from} – {to}";
        LibraryGone = "The source is gone: this is the text that the library has", "لم يعد المصدر موجودا: هذا هو النص الذي في المكتبة";
        LibraryName = "Library", "المكتبة";
        LibraryNobody { name } = "The library knows nobody called {name}", "لا أحد في المكتبة باسم {name}";
        LibraryNoDocument = "No document is open: Enter opens one", "لا مستند مفتوح: Enter يفتح مستندا";
        LibraryNoFile = "This document has no file: save it first", "هذا المستند بلا ملف: احفظه أولا";
        LibraryNotLast = "Another program has decided since: rawi people --undo", "هناك قرار أحدث من برنامج آخر: \u{2066}rawi people --undo\u{2069}";
        LibraryNone = "There is no library here: start rawi with --library", "لا مكتبة هنا: شغل راوي مع \u{2066}--library\u{2069}";
        LibraryRoles = "roles:", "الصفات:";
        LibrarySearch { typed } = "Search in the library: {typed}", "البحث في المكتبة: {typed}";
        LibrarySearchHint { typed } = "{typed}  (words, \"phrase\", OR, NEAR, person:, said-by:, since:)", "{typed}  (كلمات، \"عبارة\"، OR، NEAR، person:، said-by:، since:)";
        LibrarySpellings = "spellings:", "صور الكتابة:";
        LibraryUnreadable = "The source cannot be read: this is the text that the library has", "تعذرت قراءة المصدر: هذا هو النص الذي في المكتبة";
        SortedByDate = "Sorted by date", "الترتيب حسب التاريخ";
        SortedByDocuments = "Sorted by number of documents", "الترتيب حسب عدد المستندات";
        SortedByOutlet = "Sorted by outlet", "الترتيب حسب جهة النشر";
        SortedByQuotes = "Sorted by number of quotes", "الترتيب حسب عدد الاقتباسات";
        TabBeside = "Together with", "مع من";
        TabHits = "Found", "النتائج";
        TabIn = "Documents", "المستندات";
        TabMentions = "Mentions", "مرات الذكر";
        TabSaid = "Quotes", "الاقتباسات";
        TabSaidOf = "By others", "أقوال الآخرين";
        TabSearches = "Searches", "عمليات البحث";
        DigitsChanged { digits } = "Digits: {digits}", "الأرقام: {digits}";
        DirectQuote = "Direct quote", "اقتباس مباشر";
        DocumentOpened { number, count } = "Document {number} of {count}", "المستند {number} من {count}";
        Documents = "Documents", "المستندات";
        Doubtful { count } = "In doubt: {count}. a accepts, x rejects, Enter corrects", "مشكوك فيه: {count}. a قبول، x رفض، Enter تصحيح";
        DoubtfulNone = "Nothing is in doubt", "لا شيء مشكوك فيه";
        DoubtOff = "Every speaker is named, however unsure", "كل قائل مسمى مهما كان الشك";
        DoubtOn { percent } = "Speakers under {percent}% are not named", "لا يسمى قائل تقل الثقة فيه عن {percent} %";
        EmptyDocument { list, quit } = "This document is empty: {list} lists the open ones, {quit} leaves.",
            "هذا المستند فارغ: {list} يعرض المستندات المفتوحة، {quit} خروج.";
        Exact = "exact", "مطابقة تامة";
        Export = "Export: ↑ ↓ format, Enter saves, Esc closes", "تصدير: ↑ ↓ الصيغة، Enter حفظ، Esc إغلاق";
        ExportArticle = "That is the article itself: choose another name", "هذا ملف المقال نفسه: اختر اسما آخر";
        ExportLeavesOut { what } = "Left out: {what}", "لا تشمل الصيغة: {what}";
        ExportName { path } = "File: {path}", "الملف: {path}";
        ExportNoName = "The file needs a name", "الملف يحتاج إلى اسم";
        ExportTaken { path } = "{path} exists: Enter overwrites it, or type another name",
            "{path} موجود: Enter يستبدله، أو اكتب اسما آخر";
        ExportWhole = "Nothing is left out", "تشمل الصيغة كل شيء";
        Exported { path } = "Exported to {path}", "تم التصدير إلى {path}";
        Extracting { percent } = "Looking for names and quotes: {percent}%", "البحث عن الأسماء والاقتباسات: {percent} %";
        Filter { text } = "Filter: {text}", "تصفية: {text}";
        FilterOff = "Filter cleared", "بلا تصفية";
        Folded { group } = "Folded: {group}", "مطوية: {group}";
        GoLetter = "Go to which mark?", "حرف العلامة المطلوبة؟";
        GroupCorrecting = "Correcting", "التصحيح";
        GroupDocuments = "Documents", "المستندات";
        GroupLooks = "Appearance", "المظهر";
        GroupMarking = "Selecting words", "تحديد الكلمات";
        GroupMoving = "Moving", "التنقل";
        GroupPanel = "Panel and details", "اللوحة والتفاصيل";
        GroupProgram = "Program", "البرنامج";
        GroupSearching = "Searching", "البحث";
        GroupTyping = "Typing", "الكتابة";
        Help = "Keys", "المفاتيح";
        Hint = "? keys   Tab panel   / search   c correct   q quit", "? المفاتيح   Tab اللوحة   / بحث   c تصحيح   q خروج";
        HintElsewhere = "Enter goes there   ? keys", "\u{200f}Enter انتقال إليه   ? المفاتيح";
        HintEntity = "n next   Enter text   s quotes   c correct   ? keys", "\u{200f}n التالي   Enter النص   s الأقوال   c تصحيح   ? المفاتيح";
        HintHits = "n next   N previous   o back   ? keys", "\u{200f}n التالي   N السابق   o عودة   ? المفاتيح";
        HintChecked = "Enter source   s speaker   o back   c correct   ? keys", "\u{200f}Enter المصدر   s القائل   o عودة   c تصحيح   ? المفاتيح";
        HintQuote = "s speaker   y copy   c correct   ? keys", "\u{200f}s القائل   y نسخ   c تصحيح   ? المفاتيح";
        HitsIn { count, documents } = "matches: {count} in {documents} documents", "النتائج: {count}، المستندات: {documents}";
        Hits { count } = "matches: {count}", "النتائج: {count}";
        InAll { count } = "{count} in all", "الكل: {count}";
        InCommon { names } = "People in both: {names}", "أشخاص في كليهما: {names}";
        InOtherDocument = "That is in another document: Enter goes there", "هذا في مستند آخر: Enter ينتقل إليه";
        IndirectQuote = "Indirect quote", "اقتباس غير مباشر";
        InvisiblesOff = "Invisible characters are hidden", "المحارف غير المرئية مخفية";
        InvisiblesOn = "Invisible characters are shown", "المحارف غير المرئية ظاهرة";
        Isolated { text } = "{text}", "{text}";
        LanguageChanged = "The interface is in English", "الواجهة بالعربية";
        Loading = "Still reading the file", "لم تنته قراءة الملف بعد";
        LongEnough = "The whole text has been searched already", "سبق البحث في النص كله";
        LossAliases = "other names", "الأسماء الأخرى";
        LossBlank = "blank items", "عناصر فارغة";
        LossConfidence = "confidence", "درجة الثقة";
        LossControls = "control characters", "محارف التحكم";
        LossCues = "attributions", "صيغ الإسناد";
        LossEntities = "links of mentions to entities", "ربط مرات الذكر بالكيانات";
        LossLinks = "confidence of links and roles", "درجة الثقة في الروابط والصفات";
        LossNames = "entity names", "أسماء الكيانات";
        LossNotes = "notes", "الملاحظات";
        LossOverlaps = "overlapping items", "العناصر المتداخلة";
        LossPlaces = "positions of roles and speakers", "مواضع الصفات والقائلين";
        LossProvenance = "who decided", "صاحب كل قرار";
        LossQuotes = "quotes", "الاقتباسات";
        LossRejected = "rejected items", "العناصر المرفوضة";
        LossRoles = "roles", "الصفات";
        LossSpeakers = "speakers", "القائلون";
        LossUnmentioned = "entities without a mention", "كيانات بلا ذكر في النص";
        Lost = "Corrections that no longer match the text", "تصحيحات لم يعد لها موضع في النص";
        LostMention = "Name", "اسم";
        LostNone = "Every correction still matches the text", "لكل تصحيح موضعه";
        LostOnLeaving { reason } = "Corrections not saved: e exports, q again quits ({reason})",
            "التصحيحات غير محفوظة: e للتصدير، q مرة أخرى للخروج ({reason})";
        LostQuote = "Quote", "اقتباس";
        LostRejected = "Rejected", "مرفوض";
        LostSome { count } = "The text has changed: {count} of your corrections no longer match it. They are kept; :lost shows them",
            "تغير النص: تصحيحات لم يعد لها موضع: {count}. هي محفوظة؛ \u{2066}:lost\u{2069} يعرضها";
        MarkHint { words } = "Selected: {words}   Enter done, arrows a word, Shift a letter, Tab other end, w b next or previous word",
            "التحديد: {words}   Enter تم، الأسهم كلمة، Shift حرف، Tab الطرف الآخر، w b كلمة تالية أو سابقة";
        MarkLetter = "Set which mark? Type a letter", "حرف العلامة الجديدة؟";
        MarkSet { letter } = "Mark {letter} set", "العلامة {letter}";
        Marked = "Selected: c name or quote, y copies, Esc clears", "محدد: c يجعله اسما أو اقتباسا، y ينسخ، Esc يلغي";
        MeasureChanged { columns } = "Text width: {columns} columns", "عرض السطر: {columns}";
        Mentions { count } = "Mentions: {count}", "مرات الذكر: {count}";
        MorePlaces { name, count } = "{name}, more places: {count}. Enter adds all", "{name}، مواضع أخرى: {count}. Enter يضيفها كلها";
        NamedBy { count } = "Mentioned by others: {count}", "الذكر في أقوال الآخرين: {count}";
        NoAddress = "No link here", "لا رابط هنا";
        NoKey { key } = "{key} does nothing here; ? shows the keys", "{key} لا يفعل شيئا هنا؛ ? يعرض المفاتيح";
        NoMark { letter } = "Mark {letter} is not set", "لا علامة باسم {letter}";
        NoHeadings = "No headings in this text", "لا عناوين في هذا النص";
        NoMoreAfter = "Nothing after this", "لا شيء بعد هذا";
        NoMoreBefore = "Nothing before this", "لا شيء قبل هذا";
        NoMoreDocuments = "No more documents that way", "لا مستندات أخرى في هذا الاتجاه";
        NoMoreGroups = "No more groups that way", "لا مجموعات أخرى في هذا الاتجاه";
        NoSpeaker = "Speaker not named", "القائل غير مذكور";
        Nobody = "No speaker", "بلا قائل";
        NobodyInCommon = "Nobody in both", "لا أحد في كليهما";
        NoneFound = "none", "لا شيء";
        NotForThis = "That does not apply to the selection", "لا ينطبق هذا على المختار";
        NotFound { text } = "Not found: {text}", "غير موجود: {text}";
        NoHits { text, key } = "Not found: {text}; {key} searches again", "غير موجود: {text}؛ {key} يبحث من جديد";
        NotInText = "Not in the text", "ليس في النص";
        NotKept { reason } = "Corrections are not kept: {reason}", "التصحيحات لا تُحفظ: {reason}";
        NotSaved { reason } = "Not saved: {reason}", "لم يُحفظ: {reason}";
        NoteIs { note } = "Note: {note}", "ملاحظة: {note}";
        NothingAfter = "No place to go forward to", "لا موضع لاحق تنتقل إليه";
        NothingBefore = "No place to go back to", "لا موضع سابق تعود إليه";
        NothingSelected = "Nothing selected: Tab to the panel, or ] to the next name",
            "لم يُختر شيء: Tab إلى اللوحة أو \u{2066}]\u{2069} إلى الاسم التالي";
        NothingToCopy = "Nothing to copy: drag over text, or put the cursor on something",
            "لا شيء للنسخ: حدد بالفأرة أو ضع المؤشر على شيء";
        NothingToCorrect = "Nothing to correct here: ] goes to the next name, v selects words",
            "لا شيء للتصحيح هنا: \u{2066}]\u{2069} إلى الاسم التالي، v يحدد كلمات";
        NothingToRedo = "Nothing to redo", "لا شيء لإعادته";
        NothingToUndo = "Nothing to undo", "لا شيء للتراجع عنه";
        Of { shown, total } = "{shown} of {total}", "{shown} من {total}";
        OfEntity { name, count } = "{name}, all mentions: {count}", "{name}، كل مرات الذكر: {count}";
        OfMention { words } = "This mention: {words}", "هذا الذكر: {words}";
        OfQuote { words } = "This quote: {words}", "هذا الاقتباس: {words}";
        OfWords { words } = "These words: {words}", "هذه الكلمات: {words}";
        OneWith { name, typed } = "Merge {name} with: {typed}", "دمج {name} مع: {typed}";
        OnlyDocument = "This is the only document", "هذا هو المستند الوحيد";
        Opening { address } = "Opening {address}", "يجري فتح {address}";
        Overrides = "Bidi overrides in the text!", "في النص محارف تقلب اتجاهه!";
        Palette { typed } = "Command: {typed}", "الأمر: {typed}";
        PanelHidden = "The panel is hidden", "اللوحة مخفية";
        PanelShown = "The panel is shown", "اللوحة ظاهرة";
        Partly { from, to, key } = "Names and quotes of {from}% to {to}% of this text; {key} searches here",
            "الأسماء والاقتباسات من {from} % إلى {to} % من النص؛ {key} يبحث هنا";
        NoPages = "This document has no pages", "هذا المستند بلا صفحات";
        OnPage { page, pages } = "page {page} of {pages}", "صفحة {page} من {pages}";
        PlainCount { what, count } = "{what}: {count}", "{what}: {count}";
        PlainHeading = "heading", "عنوان";
        PlainLine { at, total } = "line {at} of {total}", "السطر {at} من {total}";
        PlainName { kind, name, at, total } = "{kind} {name}, mention {at} of {total}", "{kind}: {name}، الذكر {at} من {total}";
        PlainNamed { kind, name } = "{kind} {name}", "{kind}: {name}";
        PlainParagraph { at, total } = "paragraph {at} of {total}", "الفقرة {at} من {total}";
        PerCent { percent } = "{percent}%", "{percent} %";
        Place { percent, minutes } = "{percent}%  {minutes} min left", "{percent} %  المتبقي {minutes} د";
        QuoteOf { name } = "Speaker: {name}", "القائل: {name}";
        ReadOnly = "Read-only: another rawi has this document open", "للقراءة فقط: المستند مفتوح في نسخة أخرى من راوي";
        ReadingNow = "open", "مفتوح";
        Redone { what } = "Redone: {what}", "إعادة: {what}";
        RefusedItself = "That is the same name", "هو الاسم نفسه";
        RefusedMissing = "It is no longer there", "لم يعد موجودا";
        RefusedName = "A name needs letters", "الاسم يحتاج إلى حروف";
        RefusedOverlap = "This overlaps a name you accepted; reject that one first", "هنا اسم قبلته من قبل؛ ارفضه أولا";
        RefusedPlace = "There is no text at that place", "لا نص في هذا الموضع";
        Regex = "regular expression", "تعبير نمطي";
        Rejected = "Rejected: Enter restores", "المرفوض: Enter يعيده";
        RejectedNone = "Nothing has been rejected", "لا شيء مرفوض";
        Said { count } = "Quotes: {count}", "الاقتباسات: {count}";
        SaidNothing = "No quotes by this speaker", "لا اقتباسات منسوبة إلى هذا الاسم";
        Says { name } = "{name}:", "{name}:";
        ScopeAll { count } = "Panel: all {count} documents", "اللوحة لكل المستندات: {count}";
        ScopeDocument = "Panel: this document", "اللوحة لهذا المستند";
        Search { typed, how } = "Search: {typed}  ({how})", "بحث: {typed}  ({how})";
        SearchHint = "ignores hamza and tashkeel; Alt-E exact, Alt-R regex",
            "يتجاهل الهمزات والتشكيل؛ Alt-E مطابقة تامة، Alt-R تعبير نمطي";
        Selection { name, at, total } = "{name}: {at} of {total}", "{name}: {at} من {total}";
        SearchEverywhere = "in all documents", "في كل المستندات";
        SearchHintAll = "ignores hamza and tashkeel; Alt-A all documents, Alt-E exact, Alt-R regex",
            "يتجاهل الهمزات والتشكيل؛ Alt-A كل المستندات، Alt-E مطابقة تامة، Alt-R تعبير نمطي";
        Skipped { count } = "Skipped, not articles: {count}", "ملفات متروكة، ليست مقالات: {count}";
        Somebody = "somebody", "أحدهم";
        SortedByAlphabet = "Sorted alphabetically", "الترتيب أبجدي";
        SortedByAppearance = "Sorted by first mention", "الترتيب حسب أول ظهور";
        SortedByNumber = "Sorted by number of mentions", "الترتيب حسب مرات الذكر";
        SpeakerInDoubt = "Speaker in doubt", "القائل مشكوك فيه";
        StoreDamaged { file } = "{file} is damaged; it is left as it is", "{file} تالف؛ وهو كما كان";
        StoreLater { file } = "{file} was saved by a newer rawi", "{file} من إصدار أحدث من راوي";
        TashkeelOff = "Tashkeel hidden", "التشكيل مخفي";
        TashkeelOn = "Tashkeel shown", "التشكيل ظاهر";
        Configured = "Configuration read again", "أُعيدت قراءة الإعدادات";
        ThemeChanged { name } = "Theme: {name}", "المظهر: {name}";
        TourCorrect { key, kind } = "{key} opens what can be corrected; there {kind} makes a place of the person. Press both.",
            "{key} يفتح ما يمكن تصحيحه، وفيه {kind} يجعل الشخص مكانا. اضغطهما.";
        TourDone = "That was the tour; none of your changes to the sample is kept. rawi FILE opens an article of yours.",
            "انتهت الجولة، ولا يبقى شيء مما غيرته في النموذج. \u{2066}rawi FILE\u{2069} يفتح مقالا من عندك.";
        TourExport { key } = "{key} exports, for other tools, what was found and corrected. Press it.",
            "{key} يصدر النتائج وتصحيحاتك إلى أدوات أخرى. اضغطه.";
        TourHelp { key } = "Esc closes what is open. {key} shows every key, in groups. Press both.",
            "Esc يغلق ما هو مفتوح. {key} يعرض كل المفاتيح في مجموعات. اضغطهما.";
        TourLeave = "Esc closes what is open, and then this tour; q leaves rawi", "\u{200f}Esc يغلق ما هو مفتوح ثم هذه الجولة؛ q خروج من راوي";
        TourNextMention { key } = "{key} goes to the next place that names the same one, in any spelling. Press it.",
            "{key} ينتقل إلى الذكر التالي للاسم نفسه، بأي صورة كان. اضغطه.";
        TourNextName { key } = "{key} goes to the next name in the text, and the panel says who that is. Press it twice.",
            "{key} ينتقل إلى الاسم التالي في النص، واللوحة تقول من هو. اضغطه مرتين.";
        TourNextQuote { key } = "{key} goes to the next quote. Press it.", "{key} ينتقل إلى الاقتباس التالي. اضغطه.";
        TourPanel { key } = "{key} goes to the panel with all people, organizations, places and quotes, and back. Press it.",
            "{key} ينتقل إلى لوحة الأشخاص والجهات والأماكن والاقتباسات، ويعود منها. اضغطه.";
        TourSearch { key } = "{key} searches, without regard to hamza and tashkeel: press it, type البحر, press Enter.",
            "{key} يبحث ويتجاهل الهمزات والتشكيل: اضغطه واكتب البحر ثم اضغط Enter.";
        TourSkip = "F2 leaves this step out, Esc leaves the tour", "\u{200f}F2 يتجاوز هذه الخطوة، Esc يترك الجولة";
        TourSpeaker { key } = "{key} goes from the quote to whoever said it, and from a person to what they said. Press it.",
            "{key} ينتقل من الاقتباس إلى قائله، ومن الشخص إلى أقواله. اضغطه.";
        TourStep { at, total } = "Tour {at}/{total}.", "الجولة {at} من {total}.";
        TourUndo { key } = "{key} takes it back, and then what was changed before it. Press it.",
            "{key} يتراجع عن التغيير، ثم عما قبله. اضغطه.";
        Undone { what } = "Undone: {what}", "تراجع عن: {what}";
        Unfolded { group } = "Unfolded: {group}", "مفتوحة: {group}";
        WhoSays { quote, typed } = "Who said {quote}? {typed}", "من قال «{quote}»؟ {typed}";
        WhoseName { name, typed } = "Link {name} to: {typed}", "ضم {name} إلى: {typed}";
        WhyFilter { text } = "Nothing matches {text}. Esc clears the filter.", "لا نتائج لـ {text}. Esc يلغي التصفية.";
        WhyLong { mebibytes, key } = "This text is {mebibytes} MiB, too long to search whole: {key} looks for names and quotes around the place you are reading.",
            "حجم النص {mebibytes} م.ب، فلا بحث عن الأسماء والاقتباسات إلا حيث تطلب: {key} يبحث حول الموضع الذي تقرؤه.";
        WhyNothing { key } = "No names and no quotes were found in this text: {key} marks words to add them.",
            "لا أسماء ولا اقتباسات في هذا النص: {key} يحدد كلمات لإضافتها.";
        WhyWorking = "Names and quotes appear here as they are found.", "تظهر الأسماء والاقتباسات هنا حال العثور عليها.";
        WriteName { typed } = "Name: {typed}", "الاسم: {typed}";
        WriteNote { typed } = "Note: {typed}", "الملاحظة: {typed}";
        VerdictAltered = "altered", "فيه تغيير";
        VerdictJoined = "joined from two places", "مجموع من موضعين";
        VerdictNotFound = "not found", "غير موجود";
        VerdictOther = "another speaker", "قائل آخر";
        VerdictReported = "reported", "منقول بالمعنى";
        VerdictUnsure = "unsure", "غير مؤكد";
        VerdictVerbatim = "verbatim", "مطابق";
        Writing { path } = "Writing {path}", "يجري حفظ {path}";
    }
}
