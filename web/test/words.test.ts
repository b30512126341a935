import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { en } from '../src/text/en.ts';
import { ptBR } from '../src/text/pt-BR.ts';
import { literalsOf } from './literals.ts';
import { appSources } from './sources.ts';

type Tree = { [name: string]: string | Tree };

const texts = { en: flatten(en), 'pt-BR': flatten(ptBR) };
const plural = /_(zero|one|two|few|many|other)$/;

for (const [language, words] of Object.entries(texts)) {
  test(`${language} says everything that English says, and nothing else`, () => {
    const names = (all: Map<string, string>) => [...new Set([...all.keys()].map((name) => name.replace(plural, '')))];
    assert.deepEqual(names(words).sort(), names(texts.en).sort());
  });

  test(`${language} has exactly its own forms of number`, () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    const counted = Map.groupBy(
      [...words.keys()].filter((name) => plural.test(name)),
      (name) => name.replace(plural, ''),
    );
    assert.ok(counted.size > 0);
    for (const [name, of] of counted) {
      assert.deepEqual(of.map((one) => one.slice(name.length + 1)).sort(), forms, name);
    }
  });

  test(`${language} fills in what English fills in`, () => {
    for (const [name, text] of words) {
      const english = texts.en.get(name) ?? texts.en.get(name.replace(plural, '_other')) ?? '';
      assert.deepEqual(placeholders(text), placeholders(english), `${name}: ${text}`);
    }
  });

  test(`${language} leaves nothing empty and no space at an end`, () => {
    for (const [name, text] of words) assert.match(text, /^\S(.*\S)?$/s, name);
  });
}

test('the words of both languages differ where people read them', () => {
  const same = [...texts.en].filter(([name, text]) => texts['pt-BR'].get(name) === text).map(([name]) => name);
  const alike = ['accessKeys.limits.items_one', 'app.name'];
  assert.deepEqual(same.sort(), alike);
});

test('no screen holds a text of its own: all words are in src/text', () => {
  const found = appSources('.tsx').flatMap((file) =>
    literalsOf(file, readFileSync(file, 'utf8')).map((text) => `${file}: ${text}`),
  );
  assert.deepEqual(found, []);
  assert.ok(appSources('.tsx').length > 30);
});

test('a text in a screen is found wherever it hides', () => {
  const screen = `
    export function Screen({ isOn }: { isOn: boolean }) {
      showToast({ text: 'It is saved' });
      announce(\`Copied \${1}\`);
      return (
        <div className="card" data-kind="note" aria-label="The card">
          Hello
          {isOn ? 'Yes' : words('ui.no')}
          <TextField label={isOn ? words('a.b') : 'Name'} name="name" type="text" placeholder="Who" />
          <Banner title={\`Nothing saved\`} text={isOn && 'Try again'} />
          {'…'} · {12}
        </div>
      );
    }`;
  assert.deepEqual(literalsOf('screen.tsx', screen), [
    'It is saved',
    'Copied',
    'The card',
    'Hello',
    'Yes',
    'Name',
    'Who',
    'Nothing saved',
    'Try again',
  ]);
});

function flatten(tree: Tree, above = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([name, value]) =>
      typeof value === 'string' ? [[above + name, value] as const] : [...flatten(value, `${above}${name}.`)],
    ),
  );
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/{{(\w+)}}/g)].map(([, name = '']) => name).sort();
}
