use super::*;
use crate::annotation::{Rejected, fixture};

fn written(document: &Document, annotations: &Annotations, options: Options) -> String {
    let mut out = Vec::new();
    assert_eq!(write(document, annotations, options, &mut out).unwrap(), Report::default());
    String::from_utf8(out).unwrap()
}

#[test]
fn a_small_document_in_full() {
    let mut builder = fixture::Builder::new("قالت 😀 ليلى إن «الخبر صحيح».");
    let laila = builder.entity(Kind::Person, "ليلى", &[], None);
    builder.mention(laila, "ليلى", 0);
    let speaker = Speaker { entity: Some(laila), span: builder.span("ليلى", 0), confidence: 0.5 };
    builder.quote(QuoteKind::Direct, "الخبر صحيح", Some(speaker), Some("قالت"));
    let (document, annotations) = builder.done();
    let line = written(&document, &annotations, Options { pretty: false, explain: true });
    let sha = "ab".repeat(32);
    let expected =
        format!(r#"{{"schema":"rawi/1","id":"خبر","source":{{"path":"خبر.txt","sha256":"{sha}","encoding":"UTF-8"}},"#)
            + r#""text":"قالت 😀 ليلى إن «الخبر صحيح».","#
            + r#""entities":[{"id":"p1","kind":"person","name":"ليلى","aliases":[],"roles":[],"provenance":"model"}],"#
            + r#""mentions":[{"id":"m1","entity":"p1","start":7,"end":11,"text":"ليلى","confidence":0.5,"#
            + r#""link_confidence":0.25,"provenance":"model"}],"#
            + r#""quotes":[{"id":"q1","kind":"direct","start":16,"end":26,"text":"الخبر صحيح","#
            + r#""speaker":{"entity":"p1","start":7,"end":11,"confidence":0.5},"#
            + r#""cue":{"start":0,"end":4,"text":"قالت"},"confidence":0.875,"provenance":"model","why":"by hand"}]}"#
            + "\n";
    assert_eq!(line, expected);
}

#[test]
fn all_comes_back() {
    let (document, mut annotations) = fixture::article();
    annotations.rejected.push(Rejected { span: annotations.mentions[0].span, kind: Some(Kind::Place), at: 7 });
    for pretty in [false, true] {
        let json = written(&document, &annotations, Options { pretty, explain: true });
        assert_eq!(json.lines().count() > 1, pretty);
        let (again, read) = read(&json).unwrap();
        assert_eq!((again.text(), again.id(), again.origin()), (document.text(), document.id(), document.origin()));
        assert_eq!(read, annotations);
    }
}

#[test]
fn fewer_keys_are_enough() {
    let json = r#"{"id": "d", "text": "زار عمر تونس. قال: نعم.",
        "entities": [{"id": "p1", "kind": "person"}, {"id": "l1", "kind": "place"}],
        "mentions": [{"entity": "p1", "start": 4, "end": 7}, {"entity": "l1", "start": 8, "end": 12}],
        "quotes": [{"kind": "direct", "start": 19, "end": 22, "speaker": {"entity": "p1"}}]}"#;
    let (document, annotations) = read(json).unwrap();
    let ids: Vec<u32> = annotations.entities.iter().map(|entity| entity.id.0).collect();
    assert_eq!(ids, [1, 2], "two entities never share a number");
    let speaker = annotations.quotes[0].speaker.as_ref().unwrap();
    assert_eq!(document.slice(speaker.span), "عمر", "a speaker without a place is the mention before the quote");
}

#[test]
fn what_does_not_fit_is_named() {
    let say = |mentions: &str| {
        let json = format!(
            r#"{{"id": "d", "text": "زار عمر", "entities": [{{"id": "p1", "kind": "person"}}], "mentions": [{mentions}]}}"#
        );
        read(&json).unwrap_err().to_string()
    };
    assert_eq!(say(r#"{"id": "m1", "entity": "p1", "start": 4, "end": 9}"#), "m1: 4..9 is not a place in the text");
    assert_eq!(
        say(r#"{"id": "m1", "entity": "p1", "start": 4, "end": 7, "text": "عمرو"}"#),
        "m1: the text there is “عمر”, the file has “عمرو”"
    );
    assert_eq!(
        say(r#"{"id": "m1", "entity": "p9", "start": 4, "end": 7}"#),
        "m1 names p9, which the file does not have"
    );
    assert!(read("{").unwrap_err().to_string().starts_with("not the expected JSON"));
    assert!(read(r#"{"schema": "rawi/2", "id": "d", "text": ""}"#).is_err());
}
