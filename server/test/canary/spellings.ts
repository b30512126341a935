/** One way in which a text could lie among bytes. */
export type Spelling = { name: string; bytes: Buffer };

/**
 * Every spelling in which a text that leaked would be found: as it is or in lower case; UTF-16; hex; base64 at each of
 * its three alignments, in both alphabets; escaped for URLs or JSON; backwards.
 */
export function spellingsOf(text: string): Spelling[] {
  const spellings: Spelling[] = [];
  const add = (name: string, bytes: Buffer | string): void => {
    spellings.push({ name, bytes: Buffer.from(bytes as string) });
  };
  for (const [name, form] of [
    ['plain', text],
    ['lower case', text.toLowerCase()],
    ['backwards', [...text].reverse().join('')],
  ] as const) {
    add(name, form);
    add(`${name}, UTF-16 LE`, Buffer.from(form, 'utf16le'));
    add(`${name}, UTF-16 BE`, Buffer.from(form, 'utf16le').swap16());
    add(`${name}, hex`, Buffer.from(form).toString('hex'));
    add(`${name}, HEX`, Buffer.from(form).toString('hex').toUpperCase());
    for (const alignment of [0, 1, 2] as const) {
      const inner = base64Inside(form, alignment);
      add(`${name}, base64 at ${alignment}`, inner);
      add(`${name}, base64url at ${alignment}`, inner.replaceAll('+', '-').replaceAll('/', '_'));
    }
  }
  add('URL-encoded', encodeURIComponent(text));
  add('form-encoded', new URLSearchParams({ a: text }).toString().slice(2));
  add(
    'URL-encoded, every byte',
    bytesAs(text, (hex) => `%${hex.toUpperCase()}`),
  );
  add(
    'url-encoded, every byte',
    bytesAs(text, (hex) => `%${hex}`),
  );
  add('JSON', JSON.stringify(text).slice(1, -1));
  add('JSON twice', JSON.stringify(JSON.stringify(text)).slice(3, -3));
  add(
    'JSON, every character',
    unitsAs(text, (hex) => `\\u${hex}`),
  );
  add(
    'hex bytes of C',
    bytesAs(text, (hex) => `\\x${hex}`),
  );
  return spellings;
}

/** The characters of a base64 text that depend on this text alone, when `before` bytes stand before it. */
function base64Inside(text: string, before: 0 | 1 | 2): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
  const encoded = bytes.toString('base64').replace(/=+$/, '');
  const start = before === 0 ? 0 : before + 1;
  return encoded.slice(start, Math.floor((bytes.length * 8) / 6));
}

function bytesAs(text: string, write: (hex: string) => string): string {
  return [...Buffer.from(text)].map((byte) => write(byte.toString(16).padStart(2, '0'))).join('');
}

function unitsAs(text: string, write: (hex: string) => string): string {
  return Array.from({ length: text.length }, (_, at) => write(text.charCodeAt(at).toString(16).padStart(4, '0'))).join(
    '',
  );
}

/** Where something was found: which place, which text by its name, and how it was spelled. */
export type Find = { place: string; what: string; spelling: string; around: string };

/** Looks for every text, in every spelling, in every place. */
export function findTexts(places: ReadonlyMap<string, Buffer>, texts: ReadonlyMap<string, string>): Find[] {
  const finds: Find[] = [];
  for (const [what, text] of texts) {
    for (const { name, bytes } of spellingsOf(text)) {
      for (const [place, content] of places) {
        const at = content.indexOf(bytes);
        if (at < 0) continue;
        const around = content.toString('latin1', Math.max(0, at - 60), at + bytes.length + 20);
        finds.push({ place, what, spelling: name, around });
      }
    }
  }
  return finds;
}
