"""Gold articles with names that err as a tagger's do, for the fitting of assets/speakers.txt.

    noise.py GOLD SEED > NOISY

A form of a name goes, loses its first or last word, or changes its kind, wherever it stands in the article: organizations
one in four or so, persons and places one in twelve, about as often as the tagger errs in newspapers that it has not seen.
A long name of a person may fall into two, and a definite noun phrase may be taken for an organization.
"""
import json, random, re, sys

# How many of a hundred forms go, are cut short, change their kind.
ERRORS = {'organization': (11, 9, 5), 'person': (3, 3, 0), 'place': (3, 2, 4)}
# How many of a hundred long names of persons fall into two; how many definite phrases of a hundred become organizations.
SPLIT, SPURIOUS = 2, 1.2


def err(chance, kind, words):
    goes, cut, changes = ERRORS[kind]
    draw = chance.random() * 100
    if draw < goes:
        return 'goes'
    if draw < goes + cut and words > 1:
        return 'loses its first word' if kind == 'organization' and chance.random() < 0.5 else 'loses its last word'
    return 'changes' if draw < goes + cut + changes else None


def shorten(mention, form, error):
    first, last = form.split()[0], form.split()[-1]
    if error == 'loses its first word':
        return {**mention, 'start': mention['end'] - len(form[len(first):].lstrip())}
    return {**mention, 'end': mention['start'] + len(form[:form.rindex(last)].rstrip())}


def noisy(article, chance):
    kinds = {entity['id']: entity['kind'] for entity in article['entities']}
    fates, others, mentions = {}, {}, []
    for mention in article['mentions']:
        entity, form = mention['entity'], article['text'][mention['start']:mention['end']]
        if (entity, form) not in fates:
            fates[entity, form] = err(chance, kinds[entity], len(form.split()))
        error = fates[entity, form]
        if error == 'goes' or chance.random() < 0.02:
            continue
        if error == 'changes':
            others[entity] = 'place' if kinds[entity] == 'organization' else 'organization'
            mention = {**mention, 'entity': 'x' + entity}
        elif error:
            mention = shorten(mention, form, error)
        elif kinds[entity] == 'person' and len(form.split()) > 2 and chance.random() * 100 < SPLIT:
            first = form.split()[0]
            mentions.append({**mention, 'end': mention['start'] + len(first)})
            others[entity] = 'person'
            mention = {**mention, 'entity': 'x' + entity, 'start': mention['end'] - len(form[len(first):].lstrip())}
        mentions.append(mention)
    taken = {at for mention in mentions for at in range(mention['start'], mention['end'])}
    for phrase in re.finditer(r'\bال\w{3,} ال\w{3,}\b', article['text']):
        if chance.random() * 100 < SPURIOUS and not taken & set(range(*phrase.span())):
            name = f'y{phrase.start()}'
            others[name] = 'organization'
            mentions.append({'entity': 'x' + name, 'start': phrase.start(), 'end': phrase.end()})
    mentions.sort(key=lambda mention: mention['start'])
    entities = article['entities'] + [{'id': 'x' + entity, 'kind': kind} for entity, kind in others.items()]
    return {**article, 'entities': entities, 'mentions': mentions}


def main():
    chance = random.Random(int(sys.argv[2]))
    for line in open(sys.argv[1], encoding='utf8'):
        print(json.dumps(noisy(json.loads(line), chance), ensure_ascii=False))


if __name__ == '__main__':
    main()
