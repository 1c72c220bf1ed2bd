#!/usr/bin/env python3
"""Loads every export with its format's own reader and finds the texts that rawi has.

    check.py RAWI_BINARY

The document has CRLF, a tab, an emoji, tashkeel, Latin, markup signs, a quote over two paragraphs and one inside
another. The page is opened in headless Chromium where there is one; otherwise that is said.
"""
import csv, io, json, pathlib, shutil, subprocess, sys, tempfile

RAWI = sys.argv[1]
TEXT = ("أعلنت سلوى الراوي، رئيسة بلدية المرسى 😀، أن «العمل بدأ & <لن> يتوقف».\r\n\r\n"
        "وقالت الرَّاوي:\t«نشكر شركة Nour & Co وبحارة المرسى،\r\nوننتظر \"الخير\" منهم»\u200f.\r\n"
        "وذكر متحدث باسم الميناء أن السفن عادت إلى المرسى.\r\n")


def place(words, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return {"start": at, "end": at + len(words), "text": words}


LONG = "نشكر شركة Nour & Co وبحارة المرسى،\r\nوننتظر \"الخير\" منهم"
MENTIONS = [("p1", place("سلوى الراوي")), ("l2", place("المرسى")), ("p1", place("الرَّاوي")), ("o3", place("Nour & Co")),
            ("l2", place("المرسى", 1)), ("l2", place("المرسى", 2))]
QUOTES = [("direct", "p1", place("العمل بدأ & <لن> يتوقف")), ("direct", "p1", place(LONG)),
          ("direct", "p1", place("الخير")), ("indirect", None, place("السفن عادت إلى المرسى"))]
KINDS = {"p1": "PER", "l2": "LOC", "o3": "ORG"}
NAMES = {"p1": "سلوى الراوي", "l2": "المرسى", "o3": "Nour & Co"}
WANTED = sorted(words["text"] for _, words in MENTIONS)
SAID = sorted(words["text"] for *_, words in QUOTES)


def speaker(entity):
    return {"entity": entity, **place("سلوى الراوي")} if entity else place("متحدث باسم الميناء")


RAWI_JSON = {
    "schema": "rawi/1", "id": "خبر", "text": TEXT,
    "entities": [{"id": "p1", "kind": "person", "name": NAMES["p1"], "aliases": ["الرَّاوي"], "roles": ["رئيسة بلدية المرسى"],
                  "note": "=ملاحظة \"هنا\"\nوسطر", "provenance": {"person": 1700000000}},
                 {"id": "l2", "kind": "place", "name": NAMES["l2"]}, {"id": "o3", "kind": "organization", "name": NAMES["o3"]}],
    "mentions": [{"id": f"m{n}", "entity": entity, **words} for n, (entity, words) in enumerate(MENTIONS, 1)],
    "quotes": [{"id": f"q{n}", "kind": kind, "speaker": speaker(who), **words} for n, (kind, who, words) in enumerate(QUOTES, 1)],
}


def same(found, wanted, what):
    if found != wanted:
        raise SystemExit(f"{what}: found {found!r}, wanted {wanted!r}")


def rawi_json(path):
    read = json.loads(path.read_text("utf-8"))
    same(sorted(TEXT[m["start"]:m["end"]] for m in read["mentions"]), WANTED, "mentions")
    same(sorted(TEXT[q["start"]:q["end"]] for q in read["quotes"]), SAID, "quotes")


def returned(path):
    """What the format's own tool wrote again is read by rawi as what it was."""
    article = path.parent.parent / "خبر.txt"
    done = subprocess.run([RAWI, "export", article, "--format", "json", "--annotations", path], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    read = json.loads(done.stdout)
    same(sorted(m["text"] for m in read["mentions"]), WANTED, "mentions that came back")
    same(sorted(q["text"] for q in read["quotes"]), SAID, "quotes that came back")
    same(sorted(e["name"] for e in read["entities"]), sorted(NAMES.values()), "names that came back")
    person = next(e for e in read["entities"] if e["kind"] == "person")
    same((person["roles"], person["aliases"], person["provenance"]),
         (["رئيسة بلدية المرسى"], ["الرَّاوي"], {"person": 1700000000}), "what is said of a person")
    print(f"  {path.suffix[1:]}: written again by its own tool, read back")


def spreadsheet(path):
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    same(sorted(r["text"] for r in rows if r["table"] == "mentions"), WANTED, "mentions")
    same(sorted(r["text"] for r in rows if r["table"] == "quotes"), SAID, "quotes")
    same(next(r["note"] for r in rows if r["id"] == "p1")[0], "'", "the guard of a formula")


def markdown(path):
    text = path.read_text("utf-8")
    assert all(name.replace("&", "&amp;") in text for name in NAMES.values()) and 'dir="rtl"' in text


def page(path):
    import html5lib
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(path.read_text("utf-8"))
    same("".join(tree.find(".//article").itertext()).replace("\r", ""), TEXT.replace("\r", ""), "the article")
    marks = [(m.get("data-e"), "".join(m.itertext())) for m in tree.iter("mark")]
    same(sorted(text for entity, text in marks if entity), WANTED, "marks")
    assert not [e for e in tree.iter() if e.get("src") or (e.get("href") or "#")[0] not in "#d"], "an outside resource"
    browser(path)


def browser(path):
    chromium, driver = (shutil.which(name) for name in ("chromium", "chromedriver"))
    if not (chromium and driver):
        return print("  html: no chromium here, clicks left out")
    from selenium import webdriver
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    window = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        window.get(path.as_uri())
        window.find_element("css selector", 'nav a[data-e="l2"]').click()
        lit = [e.text for e in window.find_elements("css selector", "mark.on")]
        same(lit, ["المرسى"] * 3, "lit after a click on the panel")
        window.find_element("css selector", 'mark[data-e="p1"]').click()
        same([e.text for e in window.find_elements("css selector", "nav li a.person.on")], ["سلوى الراوي"], "lit in the panel")
        same(window.get_log("browser"), [], "the console")
        print("  html: clicked in Chromium, no console error")
    finally:
        window.quit()


def tei(path):
    from lxml import etree
    ns = {"t": "http://www.tei-c.org/ns/1.0"}
    xml = "{http://www.w3.org/XML/1998/namespace}id"
    tree = etree.parse(str(path))
    schema = next(iter(pathlib.Path(sys.prefix).glob("lib/python*/site-packages/HookTest/resources/tei.rng")), None)
    if schema:
        valid = etree.RelaxNG(etree.parse(str(schema)))
        assert valid.validate(tree), valid.error_log
        print("  tei: valid against TEI's schema")
    body = tree.find(".//t:body", ns)
    named = ["".join(e.itertext()) for e in body.iter("{*}persName", "{*}orgName", "{*}placeName")]
    same(sorted(named), WANTED, "names")
    said = {}
    for e in body.iter("{*}said"):
        said.setdefault(e.get(xml) or e.get("prev")[1:], []).append("".join(e.itertext()))
    same(sorted("\r\n".join(parts) for parts in said.values()), SAID, "said")
    ids = {e.get(xml) for e in tree.iter() if e.get(xml)}
    assert all(e.get(a)[1:] in ids for e in tree.iter() for a in ("who", "ref", "prev") if e.get(a)), "a dangling pointer"


def w3c(path):
    import rdflib
    from pyld import jsonld
    data = json.loads(path.read_text("utf-8"))
    # Only the terms that are used; the W3C's own context maps them so.
    oa, as_ = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"
    context = {"id": "@id", "type": "@type", "Annotation": oa + "Annotation", "TextualBody": oa + "TextualBody",
               "SpecificResource": oa + "SpecificResource", "TextPositionSelector": oa + "TextPositionSelector",
               "TextQuoteSelector": oa + "TextQuoteSelector", "AnnotationPage": as_ + "OrderedCollectionPage",
               "Person": "http://xmlns.com/foaf/0.1/Person", "Software": as_ + "Application",
               "items": {"@id": as_ + "items", "@type": "@id", "@container": "@list"},
               "body": {"@id": oa + "hasBody", "@type": "@id"}, "target": {"@id": oa + "hasTarget", "@type": "@id"},
               "selector": {"@id": oa + "hasSelector", "@type": "@id"}, "source": {"@id": oa + "hasSource", "@type": "@id"},
               "purpose": {"@id": oa + "motivatedBy", "@type": "@vocab"}, "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
               "start": oa + "start", "end": oa + "end", "exact": oa + "exact", "prefix": oa + "prefix", "suffix": oa + "suffix",
               "creator": {"@id": "http://purl.org/dc/terms/creator", "@type": "@id"}, "created": "http://purl.org/dc/terms/created",
               "tagging": oa + "tagging", "identifying": oa + "identifying", "commenting": oa + "commenting"}
    document = dict(data, **{"@context": [context, data["@context"][1]]})
    quads = jsonld.to_rdf(document, {"format": "application/n-quads"})
    graph = rdflib.Dataset()
    graph.parse(data=quads, format="nquads")
    exact = sorted(str(o) for _, _, o, _ in graph.quads((None, rdflib.URIRef(oa + "exact"), None, None)))
    same(exact, sorted(set(WANTED)) if len(exact) == len(set(WANTED)) else sorted(WANTED + SAID), "exact")
    roles = [str(o) for _, _, o, _ in graph.quads((None, rdflib.URIRef("urn:rawi:schema:role"), None, None))]
    same(roles, ["رئيسة بلدية المرسى"], "own keys are kept")
    for item in data["items"]:
        position, quote = item["target"]["selector"]
        same(TEXT[position["start"]:position["end"]], quote["exact"], "position")


def brat(path):
    from bioc import brat as reader
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    same(text, TEXT.replace("\r\n", "\n"), "the text")
    with open(path.with_suffix(".txt"), encoding="utf-8", newline="") as txt, open(path, encoding="utf-8") as ann:
        doc = reader.load(txt, ann)
    found = {}
    for e in doc.entities:
        pieces = [text[span.begin:span.end] for span in sorted(e.locations)]
        same(" ".join(pieces), e.text, "the text column")
        found.setdefault(e.type, []).append("\r\n".join(pieces))
    same(sorted(found["Person"] + found["Place"] + found["Organization"]), WANTED, "mentions")
    same(sorted(found["DirectQuote"] + found["IndirectQuote"]), SAID, "quotes")
    same(len([r for r in doc.relations if r.type == "Speaker"]), 4, "speakers")
    with open(path.with_name("again.ann"), "w", encoding="utf-8") as ann:
        reader.dump(doc, io.StringIO(), ann)
    returned(path.with_name("again.ann"))


def conll(path):
    from seqeval.metrics.sequence_labeling import get_entities
    from seqeval.scheme import IOB2, Entities
    blocks = path.read_text("utf-8").strip().split("\n\n")
    tokens = [[line.split("\t") for line in block.split("\n")] for block in blocks]
    tags = [[tag for _, tag in sentence] for sentence in tokens]
    found = []
    for number, sentence in enumerate(Entities(tags, IOB2).entities):
        for e in sentence:
            found.append((e.tag, "".join(token for token, _ in tokens[number][e.start:e.end])))
    same(sorted(found), sorted((KINDS[entity], words["text"].replace(" ", "")) for entity, words in MENTIONS), "mentions")


def utf16(start, end):
    return TEXT.encode("utf-16-le")[2 * start:2 * end].decode("utf-16-le")


def webanno(path):
    import re
    from web_anno_tsv import web_anno_tsv as reader
    # The package leaves the escapes of tab and carriage return as they are; INCEpTION does not.
    reader.un_escape_text = lambda text: re.sub(r"\\(.)", lambda m: {"t": "\t", "r": "\r"}.get(m[1], m[1]), text)
    with reader.open_web_anno_tsv(str(path)) as sentences:
        found = [(a.label, a.text) for sentence in sentences for a in sentence.annotations]
    same(sorted(found), sorted((KINDS[entity], words["text"]) for entity, words in MENTIONS), "mentions")
    # The package reads one column only; the quotes are in the last two.
    spans = {}
    for line in path.read_text("utf-8").split("\n"):
        columns = line.split("\t")
        if len(columns) > 6 and columns[5] != "_":
            start, end = map(int, columns[1].split("-"))
            same(reader.un_escape_text(columns[2]), utf16(start, end), "a token")
            for number in re.findall(r"\[(\d+)\]", columns[5]):
                spans.setdefault(number, []).extend((start, end))
    same(sorted(utf16(min(span), max(span)) for span in spans.values()), SAID, "quotes")


def xmi(path):
    import cassis
    with open(path.with_suffix(".typesystem.xml"), "rb") as f:
        types = cassis.load_typesystem(f)
    with open(path, "rb") as f:
        cas = cassis.load_cas_from_xmi(f, typesystem=types)
    same(cas.sofa_string, TEXT, "the text")
    same(sorted(a.get_covered_text() for a in cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")), WANTED, "mentions")
    same(sorted(a.get_covered_text() for a in cas.select("rawi.Quote")), SAID, "quotes")
    same(sorted(e.name for e in cas.select("rawi.Entity")), sorted(NAMES.values()), "entities")
    cas.to_xmi(path.with_name("again.xmi"))
    returned(path.with_name("again.xmi"))


def doccano(path):
    line, = path.read_text("utf-8").splitlines()
    read = json.loads(line)
    same(sorted(read["text"][s:e] for s, e, l in read["label"] if "QUOTE" not in l), WANTED, "mentions")
    same(sorted(read["text"][s:e] for s, e, l in read["label"] if "QUOTE" in l), SAID, "quotes")


def labelstudio(path):
    from label_studio_sdk.converter import Converter
    config = ('<View><Labels name="label" toName="text">' + "".join(f'<Label value="{l}"/>' for l in
              ("Person", "Organization", "Place", "Direct quote", "Indirect quote", "Speaker", "Cue", "Role")) + '</Labels><Text name="text" value="$text"/></View>')
    out = path.parent / "converted.json"
    Converter(config, project_dir=str(path.parent)).convert_to_json_min(str(path), str(path.parent / "min"), is_dir=False)
    read, = json.loads((path.parent / "min" / "result.json").read_text("utf-8"))
    found = [(r["labels"][0], TEXT[r["start"]:r["end"]]) for r in read["label"]]
    same(sorted(t for l, t in found if l in ("Person", "Organization", "Place")), WANTED, "mentions")
    same(sorted(t for l, t in found if "quote" in l), SAID, "quotes")


def spacy(path):
    import spacy as library
    from spacy.tokens import Doc
    doc = Doc(library.blank("ar").vocab).from_json(json.loads(path.read_text("utf-8")), validate=True)
    same(doc.text, TEXT, "the text")
    same(sorted(e.text for e in doc.ents), WANTED, "ents")
    same(sorted(s.text for s in doc.spans["mentions"]), WANTED, "mentions")
    same(sorted(s.text for s in doc.spans["quotes"]), SAID, "quotes")


FORMATS = [("json", "json", rawi_json), ("jsonl", "jsonl", rawi_json), ("csv", "csv", spreadsheet), ("markdown", "md", markdown),
           ("html", "html", page), ("tei", "xml", tei), ("w3c", "jsonld", w3c), ("brat", "ann", brat), ("conll", "conll", conll),
           ("webanno-tsv", "tsv", webanno), ("xmi", "xmi", xmi), ("doccano", "jsonl", doccano), ("labelstudio", "json", labelstudio),
           ("spacy", "json", spacy)]

with tempfile.TemporaryDirectory() as folder:
    folder, failed = pathlib.Path(folder), 0
    (folder / "خبر.txt").write_bytes(TEXT.encode("utf-8"))
    (folder / "made.json").write_text(json.dumps(RAWI_JSON, ensure_ascii=False), "utf-8")
    for name, ending, check in FORMATS:
        target = folder / name / f"out.{ending}"
        target.parent.mkdir()
        done = subprocess.run([RAWI, "export", folder / "خبر.txt", "--format", name, "-o", target, "--annotations", folder / "made.json"],
                              capture_output=True, text=True)
        try:
            if done.returncode:
                raise SystemExit(done.stderr)
            check(target)
            print(f"ok    {name:12} {done.stderr.strip()}")
        except (Exception, SystemExit) as fault:
            failed += 1
            print(f"FAIL  {name:12} {type(fault).__name__}: {fault}")
sys.exit(failed > 0)
