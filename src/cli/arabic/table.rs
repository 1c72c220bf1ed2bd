//! The help texts of the command line with their Arabic.

/// A help text in English and in Arabic.
type Entry = (&'static str, &'static str);

/// The Arabic of a help text; the text itself where there is none, which a test rules out.
pub fn arabic(english: &str) -> String {
    find(english).unwrap_or(english).to_owned()
}

/// The Arabic of a help text.
pub fn find(english: &str) -> Option<&'static str> {
    TABLE.iter().find(|entry| entry.0 == english).map(|entry| entry.1)
}

#[rustfmt::skip]
const TABLE: &[Entry] = &[
    ("What to write", "ما يُكتب"),
    ("Lines for a terminal or a pipe", "أسطر لطرفية أو أنبوب"),
    ("A picture of the page, its text as text", "صورة للصفحة، ونصها يبقى نصا"),
    ("A page for a browser", "صفحة لمتصفح"),
    ("Read Arabic news in the terminal", "قارئ للأخبار العربية في الطرفية"),
    ("Read Arabic news in the terminal\n\nThe article is laid out from right to left, and beside it stand its people, organizations, places and quotes, each linked to the words it was found in. Without a file, rawi opens the sample article that ships inside.",
     "قارئ للأخبار العربية في الطرفية\n\nيعرض المقال من اليمين إلى اليسار، وإلى جانبه الأشخاص والجهات والأماكن والاقتباسات، وكل منها مرتبط بمواضعه في النص. بلا ملف يفتح راوي مقالا نموذجيا."),
    ("Inside the reader, ? shows the keys. A file that has the name of a command is opened as ./NAME.\nExit codes: 0 done; 1 could not, with the reason on standard error; 2 wrong usage; 3 check found a quote that is not as\nit was said.",
     "داخل القارئ، ? يعرض المفاتيح. الملف الذي اسمه اسم أمر يُفتح هكذا: ./NAME\nرمز الخروج: 0 تم؛ 1 تعذر، والسبب في مجرى الأخطاء؛ 2 استعمال خاطئ؛ 3 وجد check اقتباسا ليس كما قيل."),
    ("Terminal, where rawi does not find out what it needs (see rawi doctor)", "الطرفية، حيث لا يعرف راوي ما تحتاج إليه (انظر rawi doctor)"),
    ("Show in ten steps what the reader can do, on the sample article", "عرض ما يفعله القارئ في عشر خطوات على المقال النموذج"),
    ("Print the people, organizations, places and quotes found in documents, as JSON", "طباعة الأشخاص والجهات والأماكن والاقتباسات في المستندات بصيغة JSON"),
    ("Write what is found in a document, with your corrections, in the format of another tool", "حفظ نتائج مستند مع تصحيحاتك بصيغة أداة أخرى"),
    ("Print the laid-out page: lines in visual order, letters joined", "طباعة الصفحة كما تُرى: الأسطر مرتبة والحروف موصولة"),
    ("Print the default settings, colours and keys, or check yours", "طباعة الإعدادات والألوان والمفاتيح المبدئية، أو فحص إعداداتك"),
    ("Show what the terminal answered and how rawi uses it, with sample lines to check", "عرض ما أجابت به الطرفية وما يفعله راوي به، مع أسطر للتحقق"),
    ("Score what is found against articles that a person annotated", "قياس النتائج على مقالات وسمها إنسان"),
    ("Label tokens as parts of names, one token a line (IOB2)", "وسم الكلمات أجزاء من أسماء، كلمة في كل سطر (IOB2)"),
    ("Print a script that completes commands, options and values in a shell", "طباعة برنامج يكمل الأوامر والخيارات والقيم في الصدفة"),
    ("Print the manual page", "طباعة صفحة الدليل"),
    ("Print this message or the help of the given subcommand(s)", "طباعة هذه المساعدة أو مساعدة أمر"),
    ("Print help", "طباعة المساعدة"),
    ("Print help (see more with '--help')", "طباعة المساعدة (المزيد في --help)"),
    ("Print help (see a summary with '-h')", "طباعة المساعدة (الملخص في -h)"),
    ("Print version", "طباعة رقم الإصدار"),
    ("With the library at hand: who is who over many documents, and a search in all of them; without articles, its home page [default: RAWI_LIBRARY, else library.sqlite in rawi's data directory]",
     "مع المكتبة: من هو من عبر مستندات كثيرة، والبحث فيها كلها؛ وبلا مقالات صفحتها الرئيسية [المبدئي: RAWI_LIBRARY، وإلا library.sqlite في مجلد بيانات راوي]"),
    ("Articles, or folders of articles; - for standard input", "مقالات، أو مجلدات مقالات؛ - للإدخال القياسي"),
    ("The order in which characters are sent; try another one if Arabic text comes out reversed", "ترتيب إرسال المحارف؛ جرب غيره إذا ظهر النص العربي معكوسا"),
    ("Who joins the letters of a word", "من يصل حروف الكلمة"),
    ("Ask the terminal", "سؤال الطرفية"),
    ("Tell the terminal not to reorder, send visual order", "منع الطرفية من الترتيب، وإرسال ترتيب مرئي"),
    ("Send visual order", "إرسال ترتيب مرئي"),
    ("Send visual order in an override", "إرسال ترتيب مرئي داخل محارف تثبته"),
    ("Send logical order between isolates", "إرسال ترتيب القراءة بين محارف عزل"),
    ("Send the order that kitty reverses", "إرسال الترتيب الذي تعكسه kitty"),
    ("Send logical order bare", "إرسال ترتيب القراءة بلا إضافة"),
    ("What the mode needs", "ما يحتاج إليه الوضع"),
    ("rawi sends presentation forms", "راوي يرسل أشكال الحروف"),
    ("The terminal or its font joins", "الطرفية أو خطها يصل الحروف"),
    ("The encoding of the files, where rawi guesses it wrong", "ترميز الملفات، حيث يخطئ راوي في تخمينه"),
    ("The encoding of the file, where rawi guesses it wrong", "ترميز الملف، حيث يخطئ راوي في تخمينه"),
    ("The encoding of the inputs, where rawi guesses it wrong: utf-8, windows-1256, iso-8859-6, utf-16le, …", "ترميز المدخلات، حيث يخطئ راوي في تخمينه: utf-8, windows-1256, iso-8859-6, utf-16le …"),
    ("The language of the interface: ar, en, or auto for that of the locale", "لغة الواجهة: ar أو en، أو auto للغة النظام"),
    ("Keep corrections beside the article, as FILE.rawi.json, instead of in the data directory", "حفظ التصحيحات بجانب المقال، في FILE.rawi.json، لا في مجلد البيانات"),
    ("Annotations of the same text, from a file, instead of what is found", "توسيم للنص نفسه من ملف، بدلا مما يجده راوي"),
    ("Their format where it cannot be told: json, jsonl, brat, conll, webanno-tsv, xmi, doccano or labelstudio", "صيغته حيث لا تُعرف: json, jsonl, brat, conll, webanno-tsv, xmi, doccano, labelstudio"),
    ("For screen readers and Braille lines: one column of lines in reading order, without boxes and colours, and what is under the cursor in words",
     "لقارئات الشاشة وأسطر برايل: عمود واحد من الأسطر بترتيب القراءة، بلا إطارات ولا ألوان، مع وصف ما تحت المؤشر بكلمات"),
    ("The theme, by its name or the name of a file in the folder themes of the configuration; by default as the terminal's background is", "المظهر، باسمه أو باسم ملف في المجلد themes من الإعدادات؛ المبدئي حسب خلفية الطرفية"),
    ("Files, folders with files, or - for standard input, which is also read where nothing is named", "ملفات، أو مجلدات ملفات، أو - للإدخال القياسي، وهو ما يُقرأ إن لم تذكر شيئا"),
    ("What the inputs are; jsonl has an object with \"id\" and \"text\" on each line", "نوع المدخلات؛ في jsonl كائن فيه \"id\" و\"text\" في كل سطر"),
    ("json is indented, jsonl has one line for each document [default: json for one file, jsonl for several]", "json منسق، وjsonl سطر لكل مستند [المبدئي: json لملف واحد، jsonl لعدة ملفات]"),
    ("How many documents are worked on at a time [default: as many as there are processors]", "عدد المستندات التي تعالج معا [المبدئي: عدد المعالجات]"),
    ("Write a file for each input into this folder instead of to standard output", "كتابة ملف لكل مدخل في هذا المجلد بدلا من الخرج القياسي"),
    ("Give up on a document after this many seconds, 0 for never [default: 600, and never for a single file]", "ترك المستند بعد هذا العدد من الثواني، 0 لعدم تركه [المبدئي: 600، ولا يترك ملف واحد]"),
    ("Say with each quote how it was found", "بيان كيف وُجد كل اقتباس"),
    ("The file; - for standard input", "الملف؛ - للإدخال القياسي"),
    ("Files, or folders with files; - for standard input", "ملفات، أو مجلدات فيها ملفات؛ - للإدخال القياسي"),
    ("Write a file for each document into this folder", "كتابة ملف لكل مستند في هذا المجلد"),
    ("Where to; standard output without it. brat and xmi put a second file beside it. Of several documents jsonl, csv, markdown, conll, doccano and labelstudio make one file", "ملف الخرج؛ وبدونه الخرج القياسي. لصيغتي brat وxmi ملف ثان بجانبه. ولعدة مستندات ملف واحد بصيغ jsonl وcsv وmarkdown وconll وdoccano وlabelstudio"),
    ("json, jsonl, csv, markdown, html, tei, w3c, brat, conll, webanno-tsv, xmi, doccano, labelstudio or spacy", "json, jsonl, csv, markdown, html, tei, w3c, brat, conll, webanno-tsv, xmi, doccano, labelstudio أو spacy"),
    ("Where to; standard output without it. brat and xmi put a second file beside it", "ملف الخرج؛ وبدونه الخرج القياسي. لصيغتي brat وxmi ملف ثان بجانبه"),
    ("Take the corrections that lie beside the article, as FILE.rawi.json", "أخذ التصحيحات التي بجانب المقال، في FILE.rawi.json"),
    ("Leave the speaker of a quote open where it is less sure than so many per cent, 0 for never", "ترك قائل الاقتباس مفتوحا حيث تقل الثقة به عن هذه النسبة المئوية، 0 لعدم تركه"),
    ("A file whose first line is the password of an encrypted PDF; - for standard input", "ملف سطره الأول كلمة سر ملف PDF مشفر؛ - للإدخال القياسي"),
    ("Give pages of a PDF whose font names their letters wrongly, as far as can be told", "قراءة صفحات PDF التي يسمي خطها الحروف خطأ، بقدر ما يُعرف"),
    ("The width of a line in columns", "عرض السطر بالأعمدة"),
    ("When names and quotes are coloured", "متى تلون الأسماء والاقتباسات"),
    ("On a terminal", "على طرفية"),
    ("Do not send a long page on a terminal through a pager", "عدم تمرير الصفحة الطويلة إلى برنامج تصفح"),
    ("Read the configuration and say what is wrong with it", "قراءة الإعدادات وبيان ما فيها من خطأ"),
    ("As JSON, for a bug report", "بصيغة JSON، لتقرير عن خلل"),
    ("Articles as a person marked them, rawi's JSON, a line each", "مقالات كما وسمها إنسان، بصيغة JSON من راوي، سطر لكل منها"),
    ("Score these annotations of the same articles (matched by id) instead of making them", "قياس هذا التوسيم للمقالات نفسها (تُطابق بالمعرف id) بدلا من إنشائه"),
    ("Whose idea of a name the labels follow", "تعريف الاسم الذي تتبعه الوسوم"),
    ("The ANERcorp corpus', which others report their scores on", "تعريف مدونة ANERcorp، التي تُنشر عليها النتائج"),
    ("This project's guide: what the reader shows", "دليل هذا المشروع: ما يعرضه القارئ"),
    ("Another model than the one inside the program", "نموذج غير الذي داخل البرنامج"),
    ("How many threads the model runs on; one a core if not given", "عدد الخيوط التي يعمل عليها النموذج؛ المبدئي خيط لكل معالج"),
    ("Put documents and what is found in them into the library", "إدخال مستندات ونتائجها في المكتبة"),
    ("Say who is in the library, and all that is known of one", "عرض من في المكتبة، وكل ما يُعرف عن أحدهم"),
    ("Look for words, names and speakers in the library", "البحث عن كلمات وأسماء وقائلين في المكتبة"),
    ("Say who is quoted, how often and how long", "عرض أصحاب الاقتباسات، كم مرة وبأي طول"),
    ("Check the quotes of a draft: whether they were said so, and by whom", "فحص اقتباسات مسودة: هل قيلت هكذا، ومن قالها"),
    ("The draft; - for standard input", "المسودة؛ - للإدخال القياسي"),
    ("Files or folders in which the quotes are looked for, instead of the library", "ملفات أو مجلدات للبحث فيها عن الاقتباسات، بدلا من المكتبة"),
    ("How to print the verdicts", "صيغة طباعة الأحكام"),
    ("Say with each quote where else its words stand, and the sentence around them", "بيان أين ترد كلمات كل اقتباس أيضا، والجملة حولها"),
    ("json, jsonl, csv, markdown, html, tei, w3c, brat, conll, webanno-tsv, xmi, doccano, labelstudio or spacy; of a library csv, jsonl, markdown, html, graphml or gexf", "json, jsonl, csv, markdown, html, tei, w3c, brat, conll, webanno-tsv, xmi, doccano, labelstudio أو spacy؛ وللمكتبة csv, jsonl, markdown, html, graphml أو gexf"),
    ("The whole library instead of a file", "المكتبة كلها بدلا من ملف"),
    ("Which table of a library csv and jsonl have", "جدول المكتبة الذي في csv وjsonl"),
    ("Leave out the inputs that have a result in --out already", "ترك المدخلات التي لها نتيجة في --out"),
    ("A query has words that are all to be there, \"phrases\", OR, NOT or - before a word, NEAR between two, parentheses, a\nstar for any ending, and person: org: place: said-by: role: outlet: since: until:, as in\n  rawi find 'هدنة NEAR غزة person:\"أنطونيو غوتيريش\" since:2026-10'\nSpelling is forgiven (hamza, ة and ه, ى and ي, vowel signs), and و ف ب ل ك and ال before a word make no difference.",
     "في الاستعلام كلمات يجب أن ترد كلها، و\"عبارات\"، وOR، وNOT أو - قبل كلمة، وNEAR بين كلمتين، وأقواس، ونجمة لأي نهاية،\nوكذلك person: org: place: said-by: role: outlet: since: until:، مثل:\n  rawi find 'هدنة NEAR غزة person:\"أنطونيو غوتيريش\" since:2026-10'\nلا فرق بين صور الهمزة، ولا بين ة وه، ولا بين ى وي، ولا أثر للتشكيل، ولا لما يتصل بأول الكلمة من و ف ب ل ك وال."),
    ("What to look for", "ما يُبحث عنه"),
    ("How many documents at most", "أقصى عدد للمستندات"),
    ("How to print them", "صيغة الطباعة"),
    ("Files, folders with files, addresses, or - for standard input", "ملفات، أو مجلدات ملفات، أو عناوين، أو - للإدخال القياسي"),
    ("Results of `rawi extract --format jsonl`, instead of looking through documents", "نتائج rawi extract --format jsonl، بدلا من البحث في المستندات"),
    ("Take out what was below a PATH and is not there any more", "إخراج ما كان تحت PATH ولم يعد موجودا"),
    ("The library's file [default: RAWI_LIBRARY, else library.sqlite in rawi's data directory]", "ملف المكتبة [المبدئي: RAWI_LIBRARY، وإلا library.sqlite في مجلد بيانات راوي]"),
    ("A name in any spelling, or in Latin letters; its number (p12) where several have it", "اسم بأي رسم، أو بحروف لاتينية؛ أو رقمه (p12) حيث يشترك فيه عدة أشخاص"),
    ("Organizations or places instead of people", "جهات أو أماكن بدلا من الأشخاص"),
    ("How many at most; all in jsonl and csv", "أقصى عدد؛ وفي jsonl وcsv الكل"),
    ("They are one: the person of that name, and this one", "هما واحد: صاحب ذلك الاسم وهذا"),
    ("In these documents the name is another's", "الاسم في هذه المستندات لشخص آخر"),
    ("Show the person under this name", "عرض الشخص بهذا الاسم"),
    ("Nobody is called so: take the name out everywhere", "ليس هذا اسما لأحد: إخراجه من كل مكان"),
    ("Take back the last such decision", "التراجع عن آخر قرار من هذا النوع"),
    ("The encoding of the inputs: utf-8, windows-1256, iso-8859-6, utf-16le, …", "ترميز المدخلات: utf-8, windows-1256, iso-8859-6, utf-16le …"),
    ("What line ends of plain text are: ends of paragraphs, or blanks where it was cut into lines of about one length", "معنى نهايات الأسطر في النص: نهايات فقرات، أو مسافات حيث قُطع النص أسطرا متقاربة الطول"),
    ("The field that is the text, in JSON, JSON Lines and tables [default: text, content, body or articleBody]", "الحقل الذي فيه النص، في JSON وJSON Lines والجداول [المبدئي: text أو content أو body أو articleBody]"),
    ("Files or folders instead of the library", "ملفات أو مجلدات بدلا من المكتبة"),
    ("Only what was published from this date on: 2026, 2026-11, 2026-11-24", "ما نُشر من هذا التاريخ فقط: 2026 أو 2026-11 أو 2026-11-24"),
    ("Only what was published up to this date", "ما نُشر حتى هذا التاريخ فقط"),
    ("Only what was published by one whose name has this in it", "ما نشرته جهة في اسمها هذا فقط"),
    ("How to print it", "صيغة الطباعة"),
    ("How many sources at most in text", "أقصى عدد للمصادر في text"),
    ("The shell", "الصدفة"),
    ("Write a page for the program and one for each command into this folder instead", "كتابة صفحة للبرنامج وصفحة لكل أمر في هذا المجلد بدلا من ذلك"),
];

#[cfg(test)]
mod tests {
    use super::find;
    use clap::Command;

    /// Every help text of a command and of what is below it.
    fn texts(command: &Command) -> Vec<String> {
        let own = [command.get_about(), command.get_long_about(), command.get_after_help()];
        let mut texts: Vec<String> = own.into_iter().flatten().map(ToString::to_string).collect();
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            texts
                .extend([argument.get_help(), argument.get_long_help()].into_iter().flatten().map(ToString::to_string));
            texts.extend(argument.get_help_heading().map(str::to_owned));
            for value in argument.get_possible_values() {
                texts.extend(value.get_help().map(ToString::to_string));
            }
        }
        texts.extend(command.get_subcommands().filter(|command| command.get_name() != "help").flat_map(self::texts));
        texts
    }

    #[test]
    fn every_help_text_has_its_arabic() {
        let mut command = crate::cli::command();
        command.build();
        let mut missing: Vec<String> = texts(&command).into_iter().filter(|text| find(text).is_none()).collect();
        missing.sort();
        missing.dedup();
        assert!(missing.is_empty(), "{missing:#?}");
    }
}
