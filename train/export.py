"""Stage 'export:NAME': a trained network -> weights.npz, pieces.tsv, config.json, reference.json and rawi.model (container.py)."""
import json
import pathlib
import shutil
import subprocess
import sys

import numpy as np
import torch

import network
import text
from fit import BOS, EOS

HEADS = ['guide', 'anercorp']
SENTENCES = [
    'وصل الرئيس إيمانويل ماكرون إلى الجزائر أمس والتقى نظيره في قصر المرادية.',
    'قالت المتحدثة باسم وزارة الخارجية الألمانية إن برلين ستدعم الأونروا.',
    'أعلنت شركة "سامسونغ" الكورية عن هاتف جديد (Samsung Galaxy) في معرض لاس فيغاس.',
    'فاز الأهلي على الزمالك بهدفين لصفر، سجلهما محمود كهربا.',
    'وبالمغرب وقّعت وزيرة الاقتصاد نادية فتّاح اتفاقا مع البنك الدولي ولمجموعة العشرين رأي آخر.',
    'الـقاهـرة - خاص: ندّد حزب الله بالغارة، فيما نفى الجيش الإسرائيلي ذلك.',
    'كتب سليم بن علي على تويتر: «لا عودة إلى الوراء»!',
    'جامعة الدول العربية تبحث أزمة السودان في ١٢ يناير.',
    'ﻻ أحد يعرف متى يعود المدرب بيب غوارديولا إلى مانشستر سيتي.',
    'ذكر مراسل الجزيرة وليد العمري أن القوات دخلت رفح.',
    'بكين 漢字 ترد على واشنطن…',
    'قال المتحدث الایرانی إسماعيل بقائی إن طهران سترد على بروكسل ‐ لندن.',
]


def config(net, name, temperature):
    return {'name': name, 'hidden': int(net.pos.shape[1]), 'window': int(net.pos.shape[0]), 'layers': len(net.layers),
            'attention': net.layers[0].heads, 'ff': net.layers[0].up.out_features, 'labels': network.LABELS, 'heads': HEADS,
            'clitics': network.CLITICS, 'temperature': temperature, 'licence': 'CC BY-SA 4.0',
            'data': 'multilingual-e5-small (MIT); ANERcorp, CAMeL Lab split (CC BY-SA 4.0); AQMAR and WikiFANE Gold (CC BY-SA 3.0); '
                    'Wojood sample (MIT); annotated for rawi: ANT corpus (Apache-2.0), Arabic Wikinews (CC BY 2.5), Arabic Wikipedia '
                    '(CC BY-SA 4.0), articles written for it (CC0)'}


def run(work, source, target, name='rawi-ner 7'):
    measured = work / 'temperature.json'
    temperature = {'guide': json.loads(measured.read_text())['temperature']} if measured.exists() else {}
    target.mkdir(parents=True, exist_ok=True)
    net = network.load(source)
    net.eval()
    np.savez(target / 'weights.npz', **{k: v.float().numpy() for k, v in net.state_dict().items()})
    shutil.copy(work / 'pieces.tsv', target / 'pieces.tsv')
    (target / 'config.json').write_text(json.dumps(config(net, name, temperature), ensure_ascii=False, indent=1))
    tokenizer, out = text.load_tokenizer(work / 'pieces.tsv'), []
    for sentence in SENTENCES:
        ws = [sentence[a:b] for a, b in text.words(sentence)]
        pieces = [list(tokenizer.word(w)) for w in ws]
        ids = torch.tensor([[BOS, *(i for p in pieces for i in p), EOS]])
        at = np.cumsum([1, *(len(p) for p in pieces)])[:-1]
        with torch.no_grad():
            h = net.encode(ids, torch.ones(ids.shape))[0, at]
            y = {**{k: net.head[k](h) for k in HEADS}, 'clitic': net.clitic(h)}
        out.append({'words': ws, 'pieces': pieces, 'logits': {k: [[round(float(v), 5) for v in row] for row in a] for k, a in y.items()}})
    (target / 'reference.json').write_text(json.dumps(out, ensure_ascii=False))
    subprocess.run([sys.executable, str(pathlib.Path(__file__).with_name('container.py')), str(target)], check=True)
