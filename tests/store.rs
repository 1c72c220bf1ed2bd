//! What is saved stays: through a kill, a second rawi, a full disk, a changed text, a damaged file.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot set its stage has to stop")]

mod in_time;

use in_time::{ChildInTime, InTime};
use rawi::annotation::{
    Annotations, Edit, EntityId, Item, Kind, Past, PastCorrection, Provenance, QuoteId, QuoteKind, SpeakerRef, Target,
};
use rawi::store::{Error, Home, Memory, Store, Stray, peek};
use rawi::text::{Document, Origin, Span};
use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

fn home(folder: &Path) -> Home {
    Home { data: folder.join("data"), sidecar: false }
}

fn document(folder: &Path, text: &str) -> Document {
    let path = folder.join("خبر.txt");
    fs::write(&path, text).unwrap();
    Document::new("خبر", text, Origin { path: Some(path.display().to_string()), ..Origin::default() })
}

fn span(document: &Document, words: &str) -> Span {
    let at = document.text().find(words).unwrap();
    Span::new(at, at + words.len())
}

/// Opens; waits for a lock that a process on its way from fork to exec in another test still shares.
fn open(home: &Home, document: &Document) -> (Store, Memory) {
    for _ in 0..500 {
        match Store::open(home, document) {
            Err(Error::Locked) => std::thread::sleep(Duration::from_millis(10)),
            opened => return opened.unwrap(),
        }
    }
    Store::open(home, document).unwrap()
}

const TEXT: &str = "قال الوزير سامي النجار إن «الطريق مفتوح» أمام الجميع.\r\nوعاد النجار إلى مدينة صور مساء.\n";

/// A person's work on the text: two people, a quote, a rejection.
fn decided(document: &Document) -> Annotations {
    let mut annotations = Annotations::default();
    for edit in [
        Edit::AddMention(span(document, "سامي النجار"), Target::New(Kind::Person)),
        Edit::AddMention(span(document, "صور"), Target::New(Kind::Place)),
        Edit::AddQuote(span(document, "الطريق مفتوح"), QuoteKind::Direct, Some(SpeakerRef::Entity(EntityId(1)))),
        Edit::Note(Item::Quote(QuoteId(1)), Some("مهم".into())),
        Edit::AddMention(span(document, "مساء"), Target::New(Kind::Place)),
        Edit::Reject(Item::Entity(EntityId(3))),
    ] {
        annotations.apply(document, &edit, 1_700_000_000).unwrap();
    }
    annotations
}

#[test]
fn all_that_was_decided_comes_back_and_nothing_lies_beside_the_article() {
    let folder = tempfile::tempdir().unwrap();
    let document = document(folder.path(), TEXT);
    let home = home(folder.path());
    let (mut store, mut memory) = open(&home, &document);
    assert_eq!(memory, Memory::default());
    memory.annotations = decided(&document);
    memory.view.position = 20;
    memory.view.bookmarks.insert('a', 8);
    store.save(&document, &memory).unwrap();
    assert_eq!(peek(&home, &document).unwrap(), memory, "also while it is locked");
    drop(store);
    assert_eq!(open(&home, &document).1, memory);
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn a_sidecar_lies_beside_the_article() {
    let folder = tempfile::tempdir().unwrap();
    let document = document(folder.path(), TEXT);
    let home = Home { sidecar: true, ..home(folder.path()) };
    let (mut store, mut memory) = open(&home, &document);
    memory.annotations = decided(&document);
    store.save(&document, &memory).unwrap();
    assert_eq!(store.path(), folder.path().join("خبر.txt.rawi.json"));
    assert_eq!(peek(&home, &document).unwrap(), memory);
}

#[test]
fn a_second_rawi_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let document = document(folder.path(), TEXT);
    let first = open(&home(folder.path()), &document);
    assert!(matches!(Store::open(&home(folder.path()), &document), Err(Error::Locked)));
    drop(first);
    open(&home(folder.path()), &document);
}

#[test]
fn a_changed_text_keeps_what_it_can_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (home, old) = (home(folder.path()), document(folder.path(), TEXT));
    let (mut store, mut memory) = open(&home, &old);
    memory.annotations = decided(&old);
    memory.view.position = span(&old, "وعاد").start;
    store.save(&old, &memory).unwrap();
    drop(store);

    let new = document(folder.path(), &format!("عاجل: صور من المكان\n{}", TEXT.replace(" إلى مدينة صور", "")));
    let (mut store, found) = open(&home, &new);
    let kept: Vec<&str> = found.annotations.mentions.iter().map(|mention| new.slice(mention.span)).collect();
    assert_eq!(kept, ["سامي النجار"], "the other صور is another word in another place");
    let quote = found.annotations.quotes.first().unwrap();
    assert_eq!((new.slice(quote.span), quote.note.as_deref()), ("الطريق مفتوح", Some("مهم")));
    assert_eq!(new.slice(quote.speaker.as_ref().unwrap().span), "سامي النجار");
    assert_eq!(new.slice(Span::new(found.view.position, found.view.position + 8)), "وعاد");
    let lost: Vec<&str> = found.orphans.iter().map(rawi::store::Orphan::text).collect();
    assert_eq!(lost, ["صور", "مساء"], "what stood around the second is another text now");
    assert!(matches!(found.orphans[0].stray, Stray::Mention(_)));
    store.save(&new, &found).unwrap();
    drop(store);

    let back = document(folder.path(), &format!("{TEXT}وزاد سطر."));
    let (_store, again) = open(&home, &back);
    assert!(again.orphans.is_empty(), "its words are back: {:?}", again.orphans);
    assert!(again.annotations.mentions.iter().any(|mention| back.slice(mention.span) == "صور"));
}

#[test]
fn a_name_without_a_place_keeps_whose_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (home, old) = (home(folder.path()), document(folder.path(), TEXT));
    let (mut store, mut memory) = open(&home, &old);
    // The extractor's entity; a person accepted one mention of it.
    memory.annotations = decided(&old);
    memory.annotations.mentions.retain(|mention| old.slice(mention.span) == "صور");
    memory.annotations.entities.iter_mut().for_each(|entity| entity.provenance = Provenance::Model);
    (memory.annotations.quotes, memory.annotations.rejected) = Default::default();
    store.save(&old, &memory).unwrap();
    drop(store);
    for text in ["خبر آخر لا صلة له بما سبق.\n", "ولا هذا.\n"] {
        let new = document(folder.path(), text);
        let (mut store, found) = open(&home, &new);
        assert_eq!((found.orphans.len(), found.annotations.mentions.len()), (1, 0));
        store.save(&new, &Memory { annotations: found.annotations.decided(), ..found }).unwrap();
    }
    let back = document(folder.path(), &format!("{TEXT}وزاد سطر."));
    let (_store, found) = open(&home, &back);
    let mention = found.annotations.mentions.first().unwrap();
    assert_eq!(back.slice(mention.span), "صور");
    assert_eq!(found.annotations.entity(mention.entity).unwrap().name, "صور");
}

#[test]
fn a_damaged_or_later_file_is_named_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let document = document(folder.path(), TEXT);
    let home = Home { sidecar: true, ..home(folder.path()) };
    let path = folder.path().join("خبر.txt.rawi.json");
    for (bytes, words) in [
        ("{\"format\": \"rawi-st", "cannot be read"),
        ("{\"format\": \"rawi-store/7\"}", "later rawi"),
        ("[]", "cannot"),
    ] {
        fs::write(&path, bytes).unwrap();
        let error = Store::open(&home, &document).unwrap_err().to_string();
        assert!(error.contains(words) && error.contains("خبر.txt.rawi.json"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), bytes);
    }
}

#[test]
fn the_first_version_can_be_read_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let document = document(folder.path(), TEXT);
    let home = Home { sidecar: true, ..home(folder.path()) };
    fs::write(folder.path().join("خبر.txt.rawi.json"), include_str!("store/version-1.json")).unwrap();
    let memory = peek(&home, &document).unwrap();
    assert_eq!(memory.annotations, decided(&document));
    assert_eq!(memory.view.bookmarks.get(&'a'), Some(&8));
}

#[test]
fn a_directory_that_may_not_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let document = document(folder.path(), TEXT);
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    fs::set_permissions(&data, fs::Permissions::from_mode(0o500)).unwrap();
    if fs::write(data.join("probe"), "").is_ok() {
        // Permissions do not bind root; a file where the directory should be is as unwritable for everybody.
        fs::remove_dir_all(&data).unwrap();
        fs::write(&data, "in the way").unwrap();
    }
    let error = Store::open(&home(folder.path()), &document).unwrap_err();
    assert!(matches!(error, Error::Io { .. }), "{error}");
    assert_eq!(peek(&Home { data: folder.path().join("none"), sidecar: false }, &document).unwrap(), Memory::default());
}

/// The text of the child below: numbered words.
fn words() -> String {
    (0..3000).map(|number| format!("كلمة{number} ")).collect()
}

/// Not a test of its own: run by the tests below in a process of its own. Adds mentions, one save each, and says so.
#[test]
fn child() {
    let Some(folder) = std::env::var_os("RAWI_STORE_TEST") else { return };
    let folder = Path::new(&folder);
    let home = Home { data: folder.join("data"), sidecar: false };
    let document = Document::new("خبر", words(), Origin::default());
    let (mut store, mut memory) = open(&home, &document);
    for number in memory.annotations.mentions.len()..3000 {
        let at = document.text().find(&format!("كلمة{number} ")).unwrap();
        let place = Span::new(at, at + "كلمة".len());
        memory.annotations.apply(&document, &Edit::AddMention(place, Target::New(Kind::Person)), 1).unwrap();
        match store.save(&document, &memory) {
            Ok(()) => println!("saved {}", number + 1),
            Err(error) => return println!("failed {error}"),
        }
    }
}

fn run_child(folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--nocapture", "--test-threads=1"]).env("RAWI_STORE_TEST", folder);
    command
}

fn saved(line: &str) -> Option<usize> {
    line.rsplit_once("saved ").and_then(|(_, number)| number.trim().parse().ok())
}

#[test]
fn killed_a_hundred_times_it_loses_at_most_the_edit_under_way() {
    let folder = tempfile::tempdir().unwrap();
    let document = Document::new("خبر", words(), Origin::default());
    let home = home(folder.path());
    let mut last = 0;
    for round in 0..100u64 {
        let mut child = run_child(folder.path()).stdout(Stdio::piped()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(2_000 + round * 7_919 % 23_000));
        child.kill().unwrap();
        child.ended_in_time();
        let said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let told = said.filter_map(|line| saved(&line)).last().unwrap_or(last);
        let (_store, memory) = open(&home, &document);
        let kept = memory.annotations.mentions.len();
        assert!(kept == told || kept == told + 1, "round {round}: told {told}, kept {kept}");
        last = kept;
    }
    assert!(last > 20, "the child came to nothing: {last}");
}

/// Runs the child where only so much can be written, and looks at what it left.
fn out_of_room(folder: &Path, shell: &str, reason: &str) -> bool {
    let binary = run_child(folder);
    let mut command = Command::new("sh");
    command.arg("-c").arg(shell).arg("sh").arg(binary.get_program()).args(binary.get_args());
    let output = command.env("RAWI_STORE_TEST", folder).output_in_time();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let Some(failed) = said.lines().find(|line| line.contains("failed ")) else { return false };
    assert!(failed.contains(reason), "{failed}");
    let told = said.lines().filter_map(saved).next_back().unwrap();
    let kept = said.lines().find_map(|line| line.strip_prefix("kept ")).unwrap();
    assert_eq!(kept.parse::<usize>().unwrap(), told, "the old file is untouched");
    true
}

#[test]
fn a_limit_on_files_leaves_the_last_save() {
    let folder = tempfile::tempdir().unwrap();
    let shell = r#"(trap '' XFSZ; ulimit -f 32; "$@"); printf 'kept '; grep -c '"link_confidence"' "$RAWI_STORE_TEST"/data/documents/*.json"#;
    assert!(out_of_room(folder.path(), shell, "File too large"), "the limit was never reached");
}

#[test]
fn a_full_disk_leaves_the_last_save() {
    let folder = tempfile::tempdir().unwrap();
    let shell = r#"mkdir -p "$RAWI_STORE_TEST/data"; exec unshare -rm sh -c 'mount -t tmpfs -o size=96k none "$RAWI_STORE_TEST/data" || exit; "$@"; printf "kept "; grep -c link_confidence "$RAWI_STORE_TEST"/data/documents/*.json; ls -A "$RAWI_STORE_TEST"/data/documents' sh "$@""#;
    if !out_of_room(folder.path(), shell, "No space left") {
        println!("left out: no file system of one's own can be mounted here");
    }
}

/// Texts that are read otherwise now: in plain letters, in paragraphs, without what stands around an article. The stores
/// beside them were made by the release before, by hand; what was decided finds its words, and nothing is lost.
#[test]
fn what_the_release_before_kept_finds_its_words_again() {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/store/before");
    for (name, accepted, rejected, lost) in [
        ("forms.txt", Some("هدى السالم"), "نبيل الخطيب", 0),
        ("wrapped.txt", Some("ليلى المنصوري"), "نبيل", 0),
        // The name of the site, which is no part of the article.
        ("page.html", None, "سلمى ناصر", 1),
    ] {
        let folder = tempfile::tempdir().unwrap();
        for file in [name.to_owned(), format!("{name}.rawi.json")] {
            fs::copy(from.join(&file), folder.path().join(&file)).unwrap();
        }
        let document = rawi::source::read(folder.path().join(name), &rawi::source::Options::default()).unwrap();
        let memory = peek(&Home { sidecar: true, ..home(folder.path()) }, &document).unwrap();
        let found = &memory.annotations;
        let words = |span: Span| document.slice(span).to_owned();
        let mentions: Vec<String> = found.mentions.iter().map(|mention| words(mention.span)).collect();
        assert_eq!(mentions, accepted.into_iter().map(str::to_owned).collect::<Vec<_>>(), "{name}");
        let away: Vec<String> = found.rejected.iter().map(|item| words(item.span)).collect();
        assert_eq!((away, memory.orphans.len()), (vec![rejected.to_owned()], lost), "{name}");
        assert!(memory.brought, "{name}");
    }
}

#[test]
fn the_last_corrections_come_back_to_be_undone_and_only_on_their_own_text() {
    let folder = tempfile::tempdir().unwrap();
    let (document, home) = (document(folder.path(), TEXT), home(folder.path()));
    let mut past = Past::default();
    past.push(PastCorrection { said: "مرفوض: مساء".into(), before: decided(&document) });
    let memory = Memory { past: past.clone(), annotations: decided(&document), ..Memory::default() };
    let (mut store, _) = open(&home, &document);
    store.save(&document, &memory).unwrap();
    drop(store);
    assert_eq!(peek(&home, &document).unwrap().past, past);
    let changed = Document::new("خبر", format!("خبر. {TEXT}"), document.origin().clone());
    assert!(peek(&home, &changed).unwrap().past.is_empty());
}
