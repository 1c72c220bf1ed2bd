//! The parts of a text: headings, lists, tables, verse, code, quotations and notes as they are laid out, and the contents.

use super::{picture, press, reader};
use crate::stage::compare;
use rawi::{
    source::{self, Input, Options},
    tui::{app::App, strings::Strings},
};
use std::sync::Arc;

const PLAN: &str = "\
# خطة المكتبة

تفتح البلدة مكتبتها في الربيع[^1]، وهذه مراحلها.

## المراحل

3. شراء الكتب
4. تدريب العاملين
   - دورة أولى
   - دورة ثانية

## الأعداد

| السنة | الكتب |
|---|---|
| 2026 | 900 |
| 2027 | 1500 |

> القراءة نافذة البيت.
>
> — سلمى الناصر

### قصيدة

``` شعر
يا دار أهلي على الوادي
أقيمي في ظلال الزيتون
```

```
cargo run
```

[^1]: بحسب بيان البلدية.
";

fn plan(size: (u16, u16), strings: Strings) -> App {
    let options = Options { input: Input::Markdown, ..Options::default() };
    reader(size, strings, vec![Arc::new(source::decode("plan", PLAN.as_bytes(), &options).unwrap())])
}

#[test]
fn parts_of_a_text_are_laid_out_as_what_they_are() {
    let mut app = plan((60, 40), Strings::arabic());
    press(&mut app, "p");
    compare(("screens", "text-parts"), &picture(&app));
}

#[test]
fn the_headings_are_a_list_to_choose_from() {
    let mut app = plan((70, 16), Strings::arabic());
    press(&mut app, "p C j j");
    compare(("screens", "contents"), &picture(&app));
    press(&mut app, "enter");
    let here = app.documents.here();
    assert_eq!(here.document.slice(here.cursor), "الأعداد");
    press(&mut app, "J");
    let here = app.documents.here();
    assert_eq!(here.document.slice(here.cursor), "قصيدة");
    press(&mut app, "K K");
    let here = app.documents.here();
    assert_eq!(here.document.slice(here.cursor), "المراحل");
    // What is typed narrows the list down.
    press(&mut app, "C / ق ص ي enter enter");
    let here = app.documents.here();
    assert_eq!(here.document.slice(here.cursor), "قصيدة");
}

#[test]
fn a_text_without_headings_says_so() {
    let mut app = super::article((80, 24));
    press(&mut app, "C");
    assert!(crate::stage::screen(&app).contains("No headings in this text"));
}
