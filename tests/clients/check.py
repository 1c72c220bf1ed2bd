#!/usr/bin/env python3
"""Loads every export with its format's own reader and finds the text of every mention and quote that rawi has.

    check.py RAWI_BINARY

The documents beside this are rawi's own JSON: `lines` (CRLF, a tab, markup signs, a quote over two paragraphs and one
inside another), `crossing` (mentions and quotes that overlap in every way), `letters` (beyond the BMP, tashkeel, Latin,
marks that formats use themselves), `controls` (control characters in names), `unmarked` and `nothing`. What a format
says that it left out is what may be missing, and nothing else. The page is opened in headless Chromium where there is
one; otherwise that is said.
"""
import csv, io, json, pathlib, re, shutil, subprocess, sys, tempfile
from collections import Counter

RAWI = sys.argv[1]
KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}
TITLES = {"person": "Person", "organization": "Organization", "place": "Place"}


class Case:
    """A document, what rawi has of it, and what the format at hand says that it left out."""

    def __init__(self, path):
        self.data = json.loads(path.read_text("utf-8"))
        self.name, self.text = self.data["id"], self.data["text"]
        self.entities = {e["id"]: e for e in self.data["entities"]}
        self.mentions, self.quotes = self.data["mentions"], self.data["quotes"]
        self.lost = {}

    def kind(self, mention):
        return self.entities[mention["entity"]]["kind"]

    def seen(self, text):
        """The text, with U+FFFD for the control characters that the format says that it changed."""
        return re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "\ufffd", text) if "control characters" in self.lost else text

    def names(self, labels=None):
        return sorted((labels[self.kind(m)] if labels else m["entity"], self.seen(m["text"])) for m in self.mentions)

    def said(self, labels=None):
        return sorted((labels[q["kind"]] if labels else q["kind"], self.seen(q["text"])) for q in self.quotes)

    def outer(self):
        """The mentions but those that begin inside one that is kept: what is left where a word has one label."""
        kept, end = [], 0
        for mention in sorted(self.mentions, key=lambda m: (m["start"], -m["end"])):
            if mention["start"] >= end:
                kept.append(mention)
                end = mention["end"]
        same(len(self.mentions) - len(kept), self.lost.get("overlapping items", 0), "said to be left out")
        return kept


def same(found, wanted, what):
    if found != wanted:
        raise SystemExit(f"{what}: found {found!r}, wanted {wanted!r}")


def places(items, fields):
    return sorted(tuple(item.get(field) for field in fields) for item in items)


def rawi_json(path, case):
    read = json.loads(path.read_bytes())
    same(read["text"], case.text, "the text")
    for key, fields in (("mentions", ("entity", "start", "end", "text")), ("quotes", ("kind", "start", "end", "text"))):
        same(places(read[key], fields), places(case.data[key], fields), key)
    for key in read["mentions"] + read["quotes"]:
        same(read["text"][key["start"]:key["end"]], key["text"], "a place")


def returned(path, case, lost):
    """What the format's own tool wrote again is read by rawi as what it was."""
    done = subprocess.run([RAWI, "export", case.path, "--format", "json", "--annotations", path], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    read = json.loads(done.stdout)
    same(places(read["mentions"], ("start", "end", "text")), places(case.mentions, ("start", "end", "text")), "mentions that came back")
    same(places(read["quotes"], ("kind", "start", "end", "text")), places(case.quotes, ("kind", "start", "end", "text")), "quotes that came back")
    spoken = {m["entity"] for m in case.mentions}
    wanted = [e for e in case.entities.values() if e["id"] in spoken or "entities without a mention" not in lost]

    def about(e):
        note = e.get("note") or ""
        return (e["kind"], " ".join(e["name"].split()), sorted(e.get("roles", [])), e.get("provenance") or "", note.split("\n"))

    found = [about(e) for e in read["entities"]]
    for entity in map(about, wanted):
        near = [f for f in found if f[:3] == entity[:3] and f[4] == entity[4]]
        assert near and (not entity[3] or entity[3] in [f[3] for f in near]), f"{entity!r} did not come back: {found!r}"
    same(len(found), len(wanted), "entities that came back")


def spreadsheet(path, case):
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    for row in rows:
        for cell in row.values():
            assert cell.lstrip(" ")[:1] not in tuple("=+-@"), f"a spreadsheet runs {cell!r}"

    def plain(cell):
        # What would be run begins with an apostrophe, which a spreadsheet does not show.
        return cell[1:] if re.match(r"'(\s|[=+\-@])", cell) else cell

    table = lambda name: [row for row in rows if row["table"] == name]
    same(sorted((r["entity"], plain(r["text"])) for r in table("mentions")), case.names(), "mentions")
    same(sorted((r["kind"], plain(r["text"])) for r in table("quotes")), case.said(), "quotes")
    same(sorted((r["id"], plain(r["name"])) for r in table("entities")),
         sorted((e["id"], case.seen(e["name"])) for e in case.entities.values()), "entities")
    for row in table("mentions") + table("quotes"):
        same(case.seen(case.text[int(row["start"]):int(row["end"])]), plain(row["text"]), "a place")


def markdown(path, case):
    import html
    text = path.read_text("utf-8")
    assert 'dir="rtl"' in text
    plain = html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text))
    for entity in case.entities.values():
        count = sum(m["entity"] == entity["id"] for m in case.mentions)
        line = next(l for l in plain.split("\n") if l.startswith(f"- **{' '.join(case.seen(entity['name']).split())}**"))
        assert f"({count})" in line or any(f"**{entity['name']}**" in l and f"({count})" in l for l in plain.split("\n")), line
    lines = Counter(l for l in plain.split("\n") if l.startswith("- **"))
    for quote in case.quotes:
        words = " ".join(case.seen(quote["text"]).split())
        wanted = f": «{words}»" if quote["kind"] == "direct" else f": {words}"
        assert any(l.endswith(wanted) for l in lines), f"{words!r} is not in the report"


def page(path, case):
    import html5lib
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(path.read_bytes().decode("utf-8"))
    shown, anchors, lit = [], {}, {}

    def add(text, keys):
        start = sum(map(len, shown))
        shown.append(text or "")
        for key in keys:
            lit.setdefault(key, set()).update(range(start, start + len(shown[-1])))

    def walk(element, keys):
        keys = keys | {key for name in ("data-e", "data-q") for key in (element.get(name) or "").split()}
        if element.get("id"):
            anchors[element.get("id")] = sum(map(len, shown))
        add(element.text, keys)
        for child in element:
            walk(child, keys)
            add(child.tail, keys)

    walk(tree.find(".//article"), frozenset())
    # A line end is one LF: every place of rawi's, moved.
    lines = lambda text: text.replace("\r\n", "\n").replace("\r", "\n")
    same("".join(shown), case.seen(lines(case.text)), "the article")
    at = lambda place: len(lines(case.text[:place])) - (case.text[place - 1:place + 1] == "\r\n")
    wanted = {}
    for item in case.mentions + case.quotes:
        wanted.setdefault(item.get("entity") or item["id"], set()).update(range(at(item["start"]), at(item["end"])))
        same(anchors.get(item["id"]), at(item["start"]), f"where {item['id']} begins")
    same(lit, wanted, "what is marked")
    panel = tree.find(".//nav")
    names = sorted((a.get("data-e"), "".join(a.itertext())) for a in panel.iter("a") if a.get("class") in KINDS)
    same(names, sorted((e["id"], case.seen(e["name"])) for e in case.entities.values()), "the panel")
    assert not [e for e in tree.iter() if e.get("src") or (e.get("href") or "#")[0] not in "#d"], "an outside resource"
    browser(path, case)


WINDOW = []


def chromium():
    """One browser for all; None where there is none."""
    browser, driver = (shutil.which(name) for name in ("chromium", "chromedriver"))
    if not WINDOW:
        WINDOW.append(None)
        if browser and driver:
            from selenium import webdriver
            options = webdriver.ChromeOptions()
            options.binary_location = browser
            for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"):
                options.add_argument(flag)
            options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
            WINDOW[0] = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
        else:
            print("  html: no chromium here, clicks left out")
    return WINDOW[0]


def browser(path, case):
    window = chromium()
    if not window:
        return
    window.get(path.as_uri())
    lit = "return [...document.querySelectorAll('mark.on')].map(e => e.textContent).join('')"
    flat = lambda text: case.seen(text.replace("\r\n", "\n").replace("\r", "\n"))
    for entity in case.entities.values():
        window.execute_script("arguments[0].click()", window.find_element("css selector", f'nav li a[data-e="{entity["id"]}"]'))
        covered = sorted({place for m in case.mentions if m["entity"] == entity["id"] for place in range(m["start"], m["end"])})
        same(window.execute_script(lit), flat("".join(case.text[place] for place in covered)), f"lit by {entity['id']}")
    for quote in case.quotes:
        window.execute_script("arguments[0].click()", window.find_element("css selector", f'nav a[data-q="{quote["id"]}"]'))
        same(window.execute_script(lit), flat(quote["text"]), f"lit by {quote['id']}")
    if case.name == "lines":
        # The way back, and a click by the mouse rather than by script.
        window.find_element("css selector", 'mark[data-e="p1"]').click()
        same([e.text for e in window.find_elements("css selector", "nav li a.person.on")], ["سلوى الراوي"], "lit in the panel")
        # Printed, the panel has a page of its own.
        import base64
        printed = base64.b64decode(window.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])
        same(len(re.findall(rb"/Type\s*/Page\b", printed)), 2, "printed pages")
    same(window.get_log("browser"), [], "the console")


def tei(path, case):
    from lxml import etree
    xml = "{http://www.w3.org/XML/1998/namespace}id"
    tree = etree.parse(str(path))
    schema = next(iter(pathlib.Path(sys.prefix).glob("lib/python*/site-packages/HookTest/resources/tei.rng")), None)
    if schema:
        valid = etree.RelaxNG(etree.parse(str(schema)))
        assert valid.validate(tree), valid.error_log
    elif case.name == "lines":
        print("  tei: its schema is not here; read and not validated")
    body = tree.find(".//{*}body")
    ids = {e.get(xml) for e in tree.iter() if e.get(xml)}
    assert all(e.get(a)[1:] in ids for e in tree.iter() for a in ("who", "ref", "prev", "target") if e.get(a)), "a dangling pointer"

    def gathered(*tags):
        # What XML cannot nest is in parts; a line end is between two paragraphs.
        parts = {}
        for e in body.iter(*tags):
            key = e.get(xml) or e.get("prev")[1:]
            about = (e.get("ref") or ("#direct" if e.get("direct") == "true" else "#indirect"))[1:]
            parts.setdefault((key, about), []).append("".join(e.itertext()))
        return sorted((about, re.sub(r"[\r\n]", "", "".join(texts))) for (_, about), texts in parts.items())

    joined = lambda pairs: sorted((one, re.sub(r"\r?\n", "", two).replace("\r", "")) for one, two in pairs)
    same(gathered("{*}persName", "{*}orgName", "{*}placeName"), joined(case.names()), "names")
    same(gathered("{*}said"), joined(case.said()), "said")


def w3c(path, case):
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
    graph = rdflib.Dataset()
    graph.parse(data=jsonld.to_rdf(document, {"format": "application/n-quads"}), format="nquads")
    one = lambda subject, term: next(o for _, _, o, _ in graph.quads((subject, rdflib.URIRef(term), None, None)))
    many = lambda term: list(graph.quads((None, rdflib.URIRef(term), None, None)))
    # From the graph, annotation by annotation: the words, and the place that they are at.
    found = []
    for annotation, _, target, _ in many(oa + "hasTarget"):
        selectors = [o for _, _, o, _ in graph.quads((target, rdflib.URIRef(oa + "hasSelector"), None, None))]
        exact = [o for s in selectors for _, _, o, _ in graph.quads((s, rdflib.URIRef(oa + "exact"), None, None))]
        start, end = ([int(o) for s in selectors for _, _, o, _ in graph.quads((s, rdflib.URIRef(oa + t), None, None))] for t in ("start", "end"))
        same(case.text[start[0]:end[0]], str(exact[0]), "a place")
        found.append((str(annotation).rsplit(":", 1)[1], str(exact[0])))
    same(sorted(found), sorted((i["id"], i["text"]) for i in case.mentions + case.quotes), "annotations")
    names = sorted(str(o) for _, _, o, _ in many("urn:rawi:schema:name"))
    same([n for n in names if n in {e["name"] for e in case.entities.values()}][:1], sorted(e["name"] for e in case.entities.values())[:1], "names")
    same(sorted(str(o) for _, _, o, _ in many("urn:rawi:schema:role")), sorted(r for e in case.entities.values() for r in e.get("roles", [])), "own keys are kept")
    for item in data["items"]:
        quote = item["target"]["selector"][1]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in case.text, "context"


def brat(path, case):
    from bioc import brat as reader
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    lines = lambda text: text.replace("\r\n", "\n").replace("\r", "\n")
    same(text, case.seen(lines(case.text)), "the text")
    with open(path.with_suffix(".txt"), encoding="utf-8", newline="") as txt, open(path, encoding="utf-8") as ann:
        doc = reader.load(txt, ann)
    found = {}
    for e in doc.entities:
        pieces = [text[span.begin:span.end] for span in sorted(e.locations)]
        same(" ".join(pieces), e.text, "the text column")
        found.setdefault(e.type, []).append(e.text)
    # A span is in parts at a line end and at a tab.
    parted = lambda text: " ".join(part for part in re.split("[\n\t]", lines(text)) if part)
    same(sorted((kind, words) for kind in TITLES.values() for words in found.get(kind, [])),
         sorted((kind, parted(words)) for kind, words in case.names(TITLES)), "mentions")
    labels = {"direct": "DirectQuote", "indirect": "IndirectQuote"}
    same(sorted((kind, words) for kind in labels.values() for words in found.get(kind, [])),
         sorted((kind, parted(words)) for kind, words in case.said(labels)), "quotes")
    same(len([r for r in doc.relations if r.type == "Speaker"]), sum(bool(q.get("speaker")) for q in case.quotes), "speakers")
    same(len([r for r in doc.relations if r.type == "Cue"]), sum(bool(q.get("cue")) for q in case.quotes), "cues")
    groups = Counter(m["entity"] for m in case.mentions)
    same(sorted(len(e.argids) for e in doc.equiv_relations), sorted(n for n in groups.values() if n > 1), "mentions of one entity")
    with open(path.with_name("again.ann"), "w", encoding="utf-8") as ann:
        reader.dump(doc, io.StringIO(), ann)
    returned(path.with_name("again.ann"), case, case.lost)


def conll(path, case):
    from seqeval.metrics import classification_report
    from seqeval.scheme import IOB2, Entities
    blocks = [block for block in path.read_text("utf-8").strip("\n").split("\n\n") if block]
    tokens = [[line.split("\t") for line in block.split("\n")] for block in blocks]
    tags = [[tag for _, tag in sentence] for sentence in tokens]
    found = []
    for number, sentence in enumerate(Entities(tags, IOB2).entities):
        for e in sentence:
            found.append((e.tag, "".join(token for token, _ in tokens[number][e.start:e.end])))
    bare = lambda text: "".join(case.seen(text).split())
    same(sorted(found), sorted((KINDS[case.kind(m)], bare(m["text"])) for m in case.outer()), "mentions")
    same("".join(token for sentence in tokens for token, _ in sentence), bare(case.text), "the tokens")
    if any(tag != "O" for sentence in tags for tag in sentence):
        classification_report(tags, tags, mode="strict", scheme=IOB2)


def webanno(path, case):
    from web_anno_tsv import web_anno_tsv as reader
    # The package leaves the escapes of tab and carriage return as they are; INCEpTION does not.
    reader.un_escape_text = lambda text: re.sub(r"\\(.)", lambda m: {"t": "\t", "r": "\r"}.get(m[1], m[1]), text)
    utf16 = lambda start, end: case.seen(case.text.encode("utf-16-le")[2 * start:2 * end].decode("utf-16-le"))
    found, spans = [], {}
    if case.text.strip():
        with reader.open_web_anno_tsv(str(path)) as sentences:
            found = [(a.label, a.text) for sentence in sentences for a in sentence.annotations]
    same(sorted(found), case.names(KINDS), "mentions")
    # The package reads one column only; the quotes are in the last three.
    for line in path.read_text("utf-8").split("\n"):
        columns = line.split("\t")
        if len(columns) > 6:
            start, end = map(int, columns[1].split("-"))
            same(reader.un_escape_text(columns[2]), utf16(start, end), "a token")
            for kind, number in re.findall(r"(\w+)\[(\d+)\]", columns[5]):
                spans.setdefault((kind, number), []).extend((start, end))
    same(sorted((kind, utf16(min(span), max(span))) for (kind, _), span in spans.items()), case.said(), "quotes")


def xmi(path, case):
    import cassis
    with open(path.with_suffix(".typesystem.xml"), "rb") as f:
        types = cassis.load_typesystem(f)
    with open(path, "rb") as f:
        cas = cassis.load_cas_from_xmi(f, typesystem=types)
    same(cas.sofa_string or "", case.seen(case.text), "the text")
    ner = cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    same(sorted((a.identifier, a.get_covered_text()) for a in ner), case.names(), "mentions")
    same(sorted((a.kind, a.get_covered_text()) for a in cas.select("rawi.Quote")), case.said(), "quotes")
    same(sorted((e.identifier, e.name) for e in cas.select("rawi.Entity")),
         sorted((e["id"], case.seen(e["name"])) for e in case.entities.values()), "entities")
    if case.text:
        cas.to_xmi(path.with_name("again.xmi"))
        returned(path.with_name("again.xmi"), case, case.lost)


def doccano(path, case):
    line, rest = path.read_bytes().decode("utf-8").split("\n")
    read = json.loads(line)
    same((read["text"], rest), (case.text, ""), "the text")
    found = [(label, read["text"][start:end]) for start, end, label in read["label"]]
    same(sorted(pair for pair in found if "QUOTE" not in pair[0]), case.names(KINDS), "mentions")
    same(sorted(pair for pair in found if "QUOTE" in pair[0]), case.said({"direct": "DIRECT_QUOTE", "indirect": "INDIRECT_QUOTE"}), "quotes")


def labelstudio(path, case):
    from label_studio_sdk.converter import Converter
    labels = ("Person", "Organization", "Place", "Direct quote", "Indirect quote", "Speaker", "Cue", "Role")
    config = ('<View><Labels name="label" toName="text">' + "".join(f'<Label value="{label}"/>' for label in labels)
              + '</Labels><Relations/><Text name="text" value="$text"/></View>')
    Converter(config, project_dir=str(path.parent)).convert_to_json_min(str(path), str(path.parent / "min"), is_dir=False)
    read, = json.loads((path.parent / "min" / "result.json").read_text("utf-8"))
    same(read["text"], case.text, "the text")
    found = []
    for region in read.get("label", []):
        same(case.text[region["start"]:region["end"]], region["text"], "a place")
        found.append((region["labels"][0], region["text"]))
    same(sorted(pair for pair in found if pair[0] in TITLES.values()), case.names(TITLES), "mentions")
    same(sorted(pair for pair in found if "quote" in pair[0]), case.said({"direct": "Direct quote", "indirect": "Indirect quote"}), "quotes")


def spacy(path, case):
    import spacy as library
    from spacy.tokens import Doc
    doc = Doc(library.blank("ar").vocab).from_json(json.loads(path.read_text("utf-8")), validate=True)
    same(doc.text, case.text, "the text")
    same(sorted((e.label_, e.text) for e in doc.ents), sorted((KINDS[case.kind(m)], m["text"]) for m in case.outer()), "ents")
    groups = {name: [(s, s.text) for s in doc.spans[name]] if name in doc.spans else [] for name in ("mentions", "quotes")}
    same(sorted((s.kb_id_, text) for s, text in groups["mentions"]), case.names(), "mentions")
    same(sorted((s.label_, text) for s, text in groups["quotes"]), case.said(), "quotes")


FORMATS = [("json", "json", rawi_json), ("jsonl", "jsonl", rawi_json), ("csv", "csv", spreadsheet), ("markdown", "md", markdown),
           ("html", "html", page), ("tei", "xml", tei), ("w3c", "jsonld", w3c), ("brat", "ann", brat), ("conll", "conll", conll),
           ("webanno-tsv", "tsv", webanno), ("xmi", "xmi", xmi), ("doccano", "jsonl", doccano), ("labelstudio", "json", labelstudio),
           ("spacy", "json", spacy)]
failed = 0
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    for source in sorted((pathlib.Path(__file__).parent / "documents").glob("*.json")):
        case = Case(source)
        case.path = folder / f"{case.name}.txt"
        case.path.write_bytes(case.text.encode("utf-8"))
        for name, ending, check in FORMATS:
            target = folder / case.name / name / f"out.{ending}"
            target.parent.mkdir(parents=True)
            done = subprocess.run([RAWI, "export", case.path, "--format", name, "-o", target, "--annotations", source],
                                  capture_output=True, text=True)
            try:
                if done.returncode:
                    raise SystemExit(done.stderr)
                said = re.findall(r"(\d+) ([a-z ]+)", done.stderr.partition("left out: ")[2])
                case.lost = {what.strip(): int(count) for count, what in said}
                check(target, case)
                print(f"ok    {case.name:9} {name:12} {done.stderr.strip()}")
            except (Exception, SystemExit) as fault:
                failed += 1
                print(f"FAIL  {case.name:9} {name:12} {type(fault).__name__}: {fault}")
    if WINDOW and WINDOW[0]:
        WINDOW[0].quit()
sys.exit(failed > 0)
