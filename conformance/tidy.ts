const longest = 200;
/** More of a line than this is not looked at. */
const mostRead = 10_000;

export type Tidy = {
  /** From now on this is left out of what is tidied, however it is spelled. */
  hide(secret: string): void;
  /** One line that a terminal can show, without anything that is hidden. */
  tidy(line: string): string;
};

export function makeTidy(): Tidy {
  const hidden = new Set<string>();
  let pattern: RegExp | null = null;
  let mostHidden = 0;
  return {
    hide(secret) {
      if (secret === '') return;
      const bytes = Buffer.from(secret);
      const spellings = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
      for (const one of [...spellings, bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')])
        hidden.add(one);
      // The longest first: a short one may be a part of it. In any case: a server may have changed it on the way back.
      const all = [...hidden].sort((a, b) => b.length - a.length);
      mostHidden = all[0]?.length ?? 0;
      pattern = new RegExp(all.map(literal).join('|'), 'gi');
    },
    tidy(line) {
      const part = line.slice(0, mostRead);
      const clean = pattern === null ? part : part.replaceAll(pattern, '[hidden]');
      // Where the line was cut, the beginning of a secret may be left.
      const whole = part.length < line.length ? clean.slice(0, Math.max(0, clean.length - mostHidden)) : clean;
      const letters = [...whole.replace(/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu, escaped)];
      return letters.length <= longest ? letters.join('') : `${letters.slice(0, longest).join('')}...`;
    },
  };
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
