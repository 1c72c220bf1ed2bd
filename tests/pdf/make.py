#!/usr/bin/env python3
"""Prints the articles of this folder (NAME.txt) with several programs, as PRODUCER-NAME.pdf in a folder: what tests/pdf.rs
reads. The files are kept, so the tests need none of the programs.

    make.py OUT [PRODUCER...]

An article is a headline, an empty line, and paragraphs; a line that begins with `| ` is a row of a table (cells between
bars), one with `^ ` is a note at the foot. Needed: chromium, soffice, xelatex (Debian); weasyprint, typst, fpdf2 with
uharfbuzz, reportlab with python-bidi and arabic-reshaper (PyPI); fonts-hosny-amiri, fonts-noto-core (Debian).
"""
import glob, html, os, re, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
AMIRI = '/usr/share/fonts/opentype/fonts-hosny-amiri/Amiri-Regular.ttf'
NASKH = '/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf'
DEJAVU = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'


def article(path):
    lines = [line for line in open(path, encoding='utf8').read().split('\n') if line]
    kind = lambda line: {'| ': 'row', '^ ': 'note'}.get(line[:2], 'text')
    return lines[0], [(kind(line), line[2:] if kind(line) != 'text' else line) for line in lines[1:]]


def cells(row): return [cell.strip() for cell in row.split('|')]


def page(name, font):
    title, parts = article(os.path.join(HERE, name + '.txt'))
    body, rows = [], []
    notes = [text for kind, text in parts if kind == 'note']
    for kind, text in parts + [('end', '')]:
        if kind == 'row':
            rows.append('<tr>' + ''.join(f'<td>{html.escape(cell)}</td>' for cell in cells(text)) + '</tr>')
            continue
        if rows: body.append('<table>' + ''.join(rows) + '</table>'); rows = []
        if kind == 'text': body.append(f'<p>{html.escape(text)}</p>')
    columns = 'column-count: 2; column-gap: 24pt;' if 'columns' in name else ''
    long = 'long' in name
    head = '@top-center { content: "نشرة الأخبار"; font-size: 9pt } @bottom-center { content: counter(page); font-size: 9pt }' if long else ''
    lang = 'fa' if 'persian' in name else 'ur' if 'urdu' in name else 'ar'
    return f'''<!DOCTYPE html><html dir="rtl" lang="{lang}"><meta charset="utf-8"><title>{html.escape(title)}</title><style>
@page {{ size: A5; margin: 50pt 40pt; {head} }}
body {{ font-family: "{font}", "Amiri", "DejaVu Sans"; font-size: 12pt; line-height: 1.6; margin: 0 }}
h1 {{ font-size: 18pt; margin: 0 0 8pt }} p {{ margin: 0 0 6pt; text-align: justify }} div {{ {columns} }}
td {{ border: 1px solid black; padding: 2pt 6pt }} table {{ border-collapse: collapse; margin-bottom: 6pt }} small {{ font-size: 9pt; display: block }}
</style><h1>{html.escape(title)}</h1><div>{''.join(body)}</div>{''.join(f"<small>{html.escape(note)}</small>" for note in notes)}</html>'''


def chromium(name, out):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'a.html'); open(path, 'w', encoding='utf8').write(page(name, 'Noto Naskh Arabic'))
        subprocess.run(['chromium', '--headless', '--no-sandbox', '--disable-gpu', '--no-pdf-header-footer', '--print-to-pdf=' + out, 'file://' + path], check=True, capture_output=True, timeout=300)


def weasyprint(name, out):
    import weasyprint
    weasyprint.HTML(string=page(name, 'Amiri')).write_pdf(out)


def libreoffice(name, out):
    title, parts = article(os.path.join(HERE, name + '.txt'))
    put = lambda style, text: f'<text:p text:style-name="{style}">{html.escape(text)}</text:p>'
    style = lambda name, size: f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties style:writing-mode="rl-tb" fo:text-align="justify" fo:margin-bottom="6pt"/><style:text-properties style:font-name-complex="Scheherazade" fo:font-size="{size}pt" style:font-size-complex="{size}pt"/></style:style>'
    body, rows = [put('H', title)], []
    for kind, text in parts + [('end', '')]:
        if kind == 'row': rows.append(cells(text)); continue
        if rows:
            body.append(f'<table:table table:style-name="R" table:name="T"><table:table-column table:number-columns-repeated="{len(rows[0])}"/>' + ''.join('<table:table-row>' + ''.join('<table:table-cell table:style-name="C">' + put('P', cell) + '</table:table-cell>' for cell in row) + '</table:table-row>' for row in rows) + '</table:table>'); rows = []
        if kind == 'text': body.append(put('P', text))
        if kind == 'note': body.append(put('N', text))
    columns = '<style:columns fo:column-count="2" fo:column-gap="24pt"/>' if 'columns' in name else ''
    if columns: body = [body[0], '<text:section text:style-name="S" text:name="s">'] + body[1:] + ['</text:section>']
    names = ' '.join(f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{value}:1.0"' for key, value in [('office', 'office'), ('text', 'text'), ('style', 'style'), ('table', 'table'), ('fo', 'xsl-fo-compatible'), ('svg', 'svg-compatible')])
    source = f'<?xml version="1.0" encoding="UTF-8"?><office:document {names} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:font-face-decls><style:font-face style:name="Scheherazade" svg:font-family="Scheherazade"/></office:font-face-decls><office:automatic-styles>{style("H", 18)}{style("P", 12)}{style("N", 9)}<style:style style:name="S" style:family="section"><style:section-properties>{columns}</style:section-properties></style:style><style:style style:name="R" style:family="table"><style:table-properties style:writing-mode="rl-tb"/></style:style><style:style style:name="C" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="2pt"/></style:style></office:automatic-styles><office:body><office:text>{"".join(body)}</office:text></office:body></office:document>'
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'a.fodt'); open(path, 'w', encoding='utf8').write(source)
        subprocess.run(['soffice', '--headless', '-env:UserInstallation=file://' + folder + '/u', '--convert-to', 'pdf', '--outdir', folder, path], check=True, capture_output=True, timeout=400)
        subprocess.run(['cp', folder + '/a.pdf', out], check=True)


def typst(name, out):
    import typst
    title, parts = article(os.path.join(HERE, name + '.txt'))
    quote = lambda text: '#"' + text.replace('\\', '\\\\').replace('"', '\\"') + '"'
    columns, numbers = ', columns: 2' if 'columns' in name else '', ', numbering: "1"' if 'long' in name else ''
    lines = [f'#set page(paper: "a5", margin: 40pt{columns}{numbers})',
             '#set text(font: ("Noto Naskh Arabic", "DejaVu Sans"), size: 12pt, lang: "ar", dir: rtl)', '#set par(justify: true)', f'#place(top, scope: "parent", float: true, text(size: 18pt, {quote(title)[1:]}))' if 'columns' in name else f'#text(size: 18pt, {quote(title)[1:]})', '']
    rows = []
    for kind, text in parts + [('end', '')]:
        if kind == 'row': rows.append(cells(text)); continue
        if rows: lines.append(f'#table(columns: {len(rows[0])}, ' + ', '.join(quote(cell)[1:] for row in rows for cell in row) + ')'); rows = []
        if kind == 'text': lines += [quote(text), '']
    lines += ['#text(size: 9pt, ' + quote(text)[1:] + ')\n' for kind, text in parts if kind == 'note']
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'a.typ'); open(path, 'w', encoding='utf8').write('\n'.join(lines))
        typst.compile(path, output=out, font_paths=['/usr/share/fonts'])


def xelatex(name, out):
    title, parts = article(os.path.join(HERE, name + '.txt'))
    escape = lambda text: re.sub(r'([A-Za-z][A-Za-z0-9 .]*[A-Za-z0-9]|[A-Za-z])', r'\\LR{\1}', re.sub(r'([%$&#_{}])', r'\\\1', text))
    body, rows = [], []
    for kind, text in parts + [('end', '')]:
        if kind == 'row': rows.append(cells(text)); continue
        if rows:
            body.append('\\begin{tabular}{|' + 'r|' * len(rows[0]) + '}\\hline ' + ' '.join(' & '.join(map(escape, row)) + '\\\\\\hline' for row in rows) + '\\end{tabular}\n'); rows = []
        if kind == 'text': body.append(escape(text) + '\n')
    body = '\n'.join(body)
    if 'columns' in name: body = '\\begin{multicols}{2}' + body + '\\end{multicols}'
    body += '\n'.join('{\\footnotesize ' + escape(text) + '}\n' for kind, text in parts if kind == 'note')
    source = '\\documentclass[12pt]{article}\\usepackage[a5paper,margin=15mm]{geometry}\\usepackage{multicol}\\usepackage{fontspec}\\setmainfont[Script=Arabic]{Amiri}\\newfontfamily\\latin{DejaVu Sans}\\usepackage{bidi}' + ('' if 'long' in name else '\\pagestyle{empty}') + '\\begin{document}\\setRTL ' + '{\\LARGE ' + escape(title) + '}\n\n' + body + '\\end{document}'
    with tempfile.TemporaryDirectory() as folder:
        open(os.path.join(folder, 'a.tex'), 'w', encoding='utf8').write(source)
        done = subprocess.run(['xelatex', '-interaction=nonstopmode', 'a.tex'], cwd=folder, capture_output=True, timeout=400)
        if not os.path.exists(folder + '/a.pdf'): raise RuntimeError(done.stdout[-600:])
        subprocess.run(['cp', folder + '/a.pdf', out], check=True)


def fpdf2(name, out):
    import fpdf
    title, parts = article(os.path.join(HERE, name + '.txt'))
    pdf = fpdf.FPDF(format='A5'); pdf.add_page(); pdf.add_font('amiri', '', AMIRI); pdf.add_font('dejavu', '', DEJAVU)
    pdf.set_fallback_fonts(['dejavu']); pdf.set_text_shaping(True, direction='rtl', script='arab')
    def put(size, text): pdf.set_font('amiri', size=size); pdf.multi_cell(0, size * 0.6, text, align='R', new_x='LMARGIN', new_y='NEXT')
    put(18, title)
    rows = []
    for kind, text in parts + [('end', '')]:
        if kind == 'row': rows.append(cells(text)); continue
        if rows:
            with pdf.table(text_align='RIGHT', first_row_as_headings=False) as table:
                for row in rows: table.row(list(reversed(row)))
            rows = []
        if kind == 'text': put(12, text)
    for kind, text in parts:
        if kind == 'note': put(8, text)
    pdf.output(out)


def reportlab(name, out):
    from reportlab.pdfgen import canvas
    from reportlab.pdfbase import pdfmetrics, ttfonts
    import arabic_reshaper, bidi.algorithm as bidi
    title, parts = article(os.path.join(HERE, name + '.txt'))
    pdfmetrics.registerFont(ttfonts.TTFont('d', DEJAVU))
    width, height = 420, 595
    c = canvas.Canvas(out, pagesize=(width, height)); y = height - 50
    reshape = arabic_reshaper.ArabicReshaper({'delete_harakat': False, 'support_ligatures': True}).reshape
    for size, text in [(18, title)] + [(8 if kind == 'note' else 11, text.replace('|', ' ')) for kind, text in parts]:
        line = []
        def put(line, y):
            c.setFont('d', size); c.drawRightString(width - 40, y, bidi.get_display(reshape(' '.join(line)), base_dir='R'))
        for word in text.split():
            if pdfmetrics.stringWidth(reshape(' '.join(line + [word])), 'd', size) > width - 80:
                put(line, y); y -= size * 1.6; line = []
            line.append(word)
            if y < 50: c.showPage(); y = height - 50
        put(line, y); y -= size * 2
    c.save()


def special(out):
    """A file with a password (open sesame), and one whose font names its letters wrongly."""
    import pypdf
    writer = pypdf.PdfWriter(clone_from=os.path.join(out, 'fpdf2-news.pdf')); writer.encrypt('open sesame', algorithm='AES-128'); writer.write(os.path.join(out, 'encrypted.pdf'))
    writer = pypdf.PdfWriter(clone_from=os.path.join(out, 'fpdf2-news.pdf'))
    for font in writer.pages[0]['/Resources']['/Font'].values():
        stream = font.get_object()['/ToUnicode'].get_object(); data = stream.get_data().decode('latin1')
        turn = lambda match: match.group(1) + '<%04X>' % (0x628 + (int(match.group(2), 16) - 0x628 + 7) % 35 if 0x628 <= int(match.group(2), 16) <= 0x64A else int(match.group(2), 16))
        stream.set_data(re.sub(r'(<[0-9A-Fa-f]{4}> )<([0-9A-Fa-f]{4})>', turn, data).encode('latin1'))
    writer.write(os.path.join(out, 'unsound.pdf'))


def main(out, *chosen):
    os.makedirs(out, exist_ok=True); out = os.path.abspath(out)
    producers = [chromium, weasyprint, libreoffice, typst, xelatex, fpdf2, reportlab]
    for path in sorted(glob.glob(os.path.join(HERE, '*.txt'))):
        name = os.path.basename(path)[:-4]
        for producer in producers:
            if chosen and producer.__name__ not in chosen: continue
            if (producer, name) == (reportlab, 'urdu'): continue  # arabic-reshaper leaves out letters of Urdu
            try: producer(name, os.path.join(out, f'{producer.__name__}-{name}.pdf'))
            except Exception as error: print(producer.__name__, name, str(error)[:300], file=sys.stderr)
    if not chosen or 'special' in chosen: special(out)


if __name__ == '__main__': main(*sys.argv[1:])
