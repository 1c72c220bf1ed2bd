"""Stage 'card:NAME': the tables of docs/MODEL.md from the run logs and reports in the work folder, as Markdown on stdout."""
import json


def table(head, rows):
    return '\n'.join(['| ' + ' | '.join(head) + ' |', '|' + '---|' * len(head), *('| ' + ' | '.join(map(str, r)) + ' |' for r in rows)]) + '\n'


def conll_rows(report):
    for name, v in report.items():
        if 'micro' in v:
            yield [name, *(v[k][2] for k in ('PER', 'ORG', 'LOC', 'micro')), v['strict micro'][2]]


def steps(work, name):
    """The last 'held' line of every run, and what its quick report says."""
    for run in ('mix', 'two', name):
        folder = work / 'runs' / run
        held = [json.loads(l) for l in (folder / 'log.txt').read_text().splitlines() if l.startswith('{')][-1]['held']
        shown = [held['guide']['ORG'], held['guide']['micro'], held['anercorp']['micro']] if run != name else ['(trained on)'] * 3
        report = folder / 'report.json'
        if report.exists():
            r = json.loads(report.read_text())
            shown += [*(r['dev'][k][2] for k in ('person', 'organization', 'place', 'mentions')), r['anercorp-camel']['micro'][2]]
        yield [run, *shown]


def run(work, name):
    folder = work / 'runs' / name
    report = json.loads((folder / 'report.json').read_text())
    print(table(['test', 'PER', 'ORG', 'LOC', 'micro', 'micro, strict'], conll_rows(report)))
    print(table(['dev.jsonl', 'P', 'R', 'F1', 'gold'], ([k, *v] for k, v in report['dev'].items())))
    print(table(['step', 'held-out ORG', 'held-out micro', 'held-out ANERcorp', 'dev person', 'organization', 'place', 'mentions', 'anercorp-camel.test'],
                ([*r, *[''] * (9 - len(r))] for r in steps(work, name))))
    integers = folder / 'integers.json'
    if integers.exists():
        small = json.loads(integers.read_text())
        print(table(['integers cost', 'fp32', 'integers'],
                    [['anercorp-camel micro', report['anercorp-camel']['micro'][2], small['anercorp-camel']['micro'][2]],
                     *([f'dev {k}', report['dev'][k][2], small['dev'][k][2]] for k in ('person', 'organization', 'place', 'mentions'))]))
    if 'confusion on dev' in report:
        print(table(['words of dev: gold > found', 'words'], report['confusion on dev'].items()))
    temperature = work / 'temperature.json'
    if temperature.exists():
        t = json.loads(temperature.read_text())
        print('temperature', t['temperature'], 'loss', t['loss_before'], '->', t['loss'])
        print(table(['sure from', 'to', 'words', 'mean confidence', 'right'], t['reliability']))
