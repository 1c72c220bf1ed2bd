"""Stage 'report:NAME': every figure of docs/MODEL.md, into runs/NAME/report.json. With --integer the network computes as the reader does."""
import collections
import importlib.util
import json

from seqeval.metrics import classification_report
from seqeval.scheme import IOB2

import data
import integer
import measure
import network
import text
from decode import spans

NAMES = {'PER': 'person', 'ORG': 'organization', 'LOC': 'place'}


def no_misc(tags):
    return ['O' if t.endswith('MISC') else t for t in tags]


def seqeval(gold, pred):
    """seqeval's default mode, which is what the published ANERcorp figures count, and strict IOB2 beside it."""
    out = {}
    for name, how in (('', {}), ('strict ', dict(mode='strict', scheme=IOB2))):
        r = classification_report(gold, pred, output_dict=True, zero_division=0, **how)
        for key in ('PER', 'ORG', 'LOC', 'micro avg'):
            out[name + key.split()[0]] = [round(100 * r[key][k], 2) for k in ('precision', 'recall', 'f1-score')] + [int(r[key]['support'])]
    return out


def conll(net, tokenizer, sentences, head, **how):
    pred = measure.token_tags(net, tokenizer, sentences, head, **how)
    return seqeval([no_misc([t for _, t in s]) for s in sentences], pred), pred


def predict(net, tokenizer, d, head='guide', **how):
    """A gold line -> the JSON that score.py reads: one entity for each distinct kind and string."""
    sentences, where = data.document(d)
    entities, mentions = {}, []
    for ws, (scores, clitics) in zip(where, measure.logits(net, sentences, tokenizer, head, **how)):
        for a, b, t in spans(measure.tags(scores)):
            start, end = ws[a][0], ws[b - 1][1]
            cut = int(clitics[a])
            start += cut if start + cut < ws[a][1] else 0
            key = (NAMES[t], d['text'][start:end])
            entity = entities.setdefault(key, f'e{len(entities)}')
            mentions.append(dict(entity=entity, start=start, end=end))
    return dict(id=d['id'], text=d['text'], entities=[dict(id=i, kind=k, name=n) for (k, n), i in entities.items()], mentions=mentions, quotes=[])


def scorer(shared):
    spec = importlib.util.spec_from_file_location('score', shared / 'tools/score.py')
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def dev(net, tokenizer, shared, path, **how):
    golds = data.load_jsonl(path)
    preds = {d['id']: predict(net, tokenizer, d, **how) for d in golds}
    r = scorer(shared).score(golds, preds)
    keys = ('person', 'organization', 'place', 'mentions', 'names person', 'names organization', 'names place', 'names')
    return {k: [r[k]['p'], r[k]['r'], r[k]['f1'], r[k]['gold']] for k in keys}, preds


def confusion(golds, preds):
    """Words: gold kind -> predicted kind."""
    table = collections.Counter()
    for d in golds:
        sides = []
        for x in (d, preds[d['id']]):
            kind = {e['id']: e['kind'] for e in x['entities']}
            by = {}
            for m in x['mentions']:
                for i in range(m['start'], m['end']):
                    by[i] = kind[m['entity']]
            sides.append(by)
        for a, b in text.words(d['text']):
            table[sides[0].get(b - 1, 'none'), sides[1].get(b - 1, 'none')] += 1
    return {f'{a} > {b}': n for (a, b), n in sorted(table.items()) if (a, b) != ('none', 'none')}


def errors(golds, preds, limit=400):
    """For reading: what was missed and what was made up, with its kind."""
    out = []
    for d in golds:
        sides = []
        for x in (d, preds[d['id']]):
            kind = {e['id']: e['kind'] for e in x['entities']}
            sides.append({(m['start'], m['end'], kind[m['entity']]) for m in x['mentions']})
        for sign, some in (('-', sides[0] - sides[1]), ('+', sides[1] - sides[0])):
            out += [(d['id'], a, sign, k, d['text'][max(0, a - 25):a] + '[' + d['text'][a:b] + ']' + d['text'][b:b + 15]) for a, b, k in some]
    return sorted(out)[:limit]


def run(shared, work, source, target, quantised=False, quick=False):
    net, tokenizer = network.load(source), text.load_tokenizer(work / 'pieces.tsv')
    if quantised:
        integer.of(net)
    ner, out = shared / 'corpora/ner', {}
    for name in ('anercorp-camel', 'anercorp-repaired', 'cleananercorp'):
        if not (quick and name != 'anercorp-camel'):
            out[name], _ = conll(net, tokenizer, data.conll(ner / f'{name}.test.conll.gz'), 'anercorp')
    golds = data.load_jsonl(shared / 'gold/dev.jsonl')
    out['dev'], preds = dev(net, tokenizer, shared, shared / 'gold/dev.jsonl')
    if not quick:
        test = data.conll(ner / 'anercorp-camel.test.conll.gz')
        out['anercorp-camel, a sentence a window'], _ = conll(net, tokenizer, test, 'anercorp', together=False)
        out['anercorp-camel, no constraint'], _ = conll(net, tokenizer, test, 'anercorp', constrained=False)
        out['anercorp-camel, no agreement'], _ = conll(net, tokenizer, test, 'anercorp', agreement=False)
        out['anercorp-camel, no agreement, MISC never'], _ = conll(net, tokenizer, test, 'anercorp', agreement=False, misc=False)
        out['anercorp-camel, guide head'], _ = conll(net, tokenizer, test, 'guide')
        aqmar = data.conll(ner / 'aqmar.all.conll.gz')
        aqmar = aqmar[len(aqmar) * 3 // 4:]
        for head in ('wiki', 'anercorp', 'guide'):
            out[f'aqmar last quarter, {head} head'], _ = conll(net, tokenizer, aqmar, head)
        out['confusion on dev'] = confusion(golds, preds)
    target.write_text(json.dumps(out, ensure_ascii=False, indent=1))
    target.with_suffix('.errors.txt').write_text('\n'.join('\t'.join(map(str, e)) for e in errors(golds, preds)))
    for k, v in out.items():
        print(k, json.dumps({a: b for a, b in v.items() if not a.startswith('strict')}, ensure_ascii=False))
