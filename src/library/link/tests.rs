//! Linking after any changes gives what linking everything anew gives.

use super::super::{Decision, Library, tests::add};
use crate::annotation::Kind;
use std::{collections::HashMap, fmt::Write as _, fs, path::Path};

/// Names of people who may be one, near names, namesakes, last names alone.
const PEOPLE: [&str; 19] = [
    "غريغور هاغن",
    "جريجور هاجن",
    "غرغور هاغن",
    "غريغور هاغان",
    "جريغور هاغين",
    "كريكور هاكن",
    "هاغن",
    "هاجن",
    "رنا الوادي",
    "رنا سامي الوادي",
    "الوادي",
    "سامر الخطيب",
    "سمير الخطيب",
    "الخطيب",
    "عبد الحكيم الشمري",
    "عبدالحكيم الشمرى",
    "محمد سامر الخطيب",
    "محمد",
    "كريم السعدي",
];

const PLACES: [&str; 5] = ["القاهرة", "القاهره", "طنجة", "بغداد", "الجيزة"];

/// A text that is long enough to have copies.
const LONG: &str = "اجتمع الوفد مع التجار في قاعة البلدية صباح الخميس وبحث معهم أسعار القمح والزيت والسكر في الأسواق القريبة، ثم زار \
                    المرفأ القديم حيث ترسو سفن الصيد الصغيرة منذ عقود طويلة، ووعد بإصلاح الرصيف قبل حلول الشتاء، وطلب من \
                    المهندسين تقريرا مفصلا عن كلفة العمل ومدته والمواد اللازمة له.";

/// Pseudo-random numbers (xorshift64, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below as u64).unwrap()
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.roll(all.len())]
    }

    fn article(&mut self, name: &str) -> String {
        let mut text = format!("{name}|2026-{:02}-{:02}|الضفاف|", 1 + self.roll(12), 1 + self.roll(28));
        for person in 1..2 + self.roll(4) {
            write!(text, "قال ⟦P{person}:{}⟧ كلاما", self.of(&PEOPLE)).unwrap();
            if self.roll(3) == 0 {
                write!(text, " ثم عاد ⟦P{person}:{}⟧", self.of(&PEOPLE)).unwrap();
            }
            if self.roll(3) == 0 {
                write!(text, ": «⟦D P{person}:لن نترك المدينة⟧»").unwrap();
            }
            text += "، ";
        }
        for place in 7..7 + self.roll(3) {
            write!(text, "في ⟦L{place}:{}⟧ ", self.of(&PLACES)).unwrap();
        }
        if self.roll(6) == 0 {
            text += LONG;
        }
        text
    }

    fn decision(&mut self, documents: &[String]) -> Decision {
        let kind = Kind::Person;
        let (name, other) = (self.of(&PEOPLE).to_owned(), self.of(&PEOPLE).to_owned());
        match self.roll(4) {
            0 => Decision::Merge { kind, name, with: other },
            1 => Decision::Rename { kind, name, to: format!("{other} الكبير") },
            2 => Decision::Reject { kind, name },
            _ => {
                let named = |line: &String| line.split('|').next().unwrap().to_owned();
                Decision::Split { kind, name, documents: documents.iter().take(2).map(named).collect() }
            }
        }
    }
}

/// All that linking makes, without the numbers of identities: those are given anew in a new library.
fn links(library: &Library) -> Vec<String> {
    let mut places: HashMap<i64, usize> = HashMap::new();
    let sql = "SELECT documents.name, entities.name, kind, identity, reason, confidence FROM entities \
               JOIN documents ON documents.id = document ORDER BY documents.name, entities.id";
    let text = |row: &rusqlite::Row<'_>, at: usize| row.get_ref(at).map(|value| format!("{value:?} "));
    let mut told = library
        .rows(sql, [], |row| {
            let next = places.len();
            let place = row.get::<_, Option<i64>>(3)?.map(|id| *places.entry(id).or_insert(next));
            let rest: String = [0, 1, 2, 4, 5].into_iter().map(|at| text(row, at)).collect::<Result<_, _>>()?;
            Ok(format!("{place:?} {rest}"))
        })
        .unwrap();
    let counted = library.rows("SELECT count(*) FROM identities", [], |row| row.get::<_, usize>(0)).unwrap();
    assert_eq!(counted, vec![places.len()], "every identity has an entity");
    let mut places: Vec<(usize, i64)> = places.into_iter().map(|(id, place)| (place, id)).collect();
    places.sort_unstable();
    for (place, id) in places {
        for sql in [
            "SELECT kind, name, entities, documents, mentions, quotes, first, last FROM identities WHERE id = ?",
            "SELECT form, key, documents, '', '', '', '', '' FROM spellings WHERE identity = ? ORDER BY form",
            "SELECT part, sounds, '', '', '', '', '', '' FROM parts WHERE identity = ? ORDER BY part",
        ] {
            let rows = library.rows(sql, [id], |row| (0..8).map(|at| text(row, at)).collect::<Result<String, _>>());
            told.extend(rows.unwrap().into_iter().map(|row| format!("{place}: {row}")));
        }
    }
    told
}

/// A library made at once from the documents in the order in which they came, with the same decisions.
fn anew(folder: &Path, documents: &[String], decisions: &Path) -> Library {
    let path = folder.join("anew.sqlite");
    for ending in ["sqlite", "sqlite-wal", "sqlite-shm", "decisions.json"] {
        drop(fs::remove_file(path.with_extension(ending)));
    }
    if decisions.exists() {
        fs::copy(decisions, path.with_extension("decisions.json")).unwrap();
    }
    let mut library = Library::create(&path).unwrap();
    for line in documents {
        add(&mut library, line);
    }
    library.link().unwrap();
    library
}

#[test]
fn linking_what_has_changed_gives_what_linking_everything_gives() {
    for seed in 1..=8 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.sqlite");
        let mut library = Library::create(&path).unwrap();
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed));
        let (mut documents, mut count): (Vec<String>, usize) = (Vec::new(), 0);
        for step in 1..=24 {
            match dice.roll(if documents.len() < 3 { 1 } else { 8 }) {
                0..=3 => {
                    count += 1;
                    documents.push(dice.article(&format!("d{count}")));
                    add(&mut library, documents.last().unwrap());
                }
                4 => {
                    let old = documents.remove(dice.roll(documents.len()));
                    documents.push(dice.article(old.split('|').next().unwrap()));
                    add(&mut library, documents.last().unwrap());
                }
                5 => {
                    let old = documents.remove(dice.roll(documents.len()));
                    library.remove_source(&format!("/news/{}.txt", old.split('|').next().unwrap())).unwrap();
                }
                6 => library.decide(dice.decision(&documents), step).unwrap(),
                _ => drop(library.undo().unwrap()),
            }
            library.link().unwrap();
            if step % 4 > 0 {
                continue;
            }
            let again = anew(folder.path(), &documents, &path.with_extension("decisions.json"));
            assert_eq!(links(&library), links(&again), "seed {seed}, step {step}");
        }
    }
}
