// Reads a transcript: what is typed, what comes of it. See cli/test/README.md.

export type Step = { line: number; command: string; stdout: string; stderr: string; exitCode: number };
export type Transcript = { needs: string[]; steps: Step[] };

export function readTranscript(text: string): Transcript {
  const lines = text.split('\n');
  const needs: string[] = [];
  const steps: Step[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    const need = /^# needs: (.+)$/.exec(line)?.[1];
    if (need !== undefined) needs.push(...need.split(', '));
    if (!line.startsWith('$ ')) {
      if (line !== '' && !line.startsWith('#')) throw new Error(`line ${at + 1} belongs to no command: ${line}`);
      at += 1;
      continue;
    }
    const last = lastOfCommand(lines, at);
    const end = lines.findIndex((one, index) => index > last && /^[$#] /.test(one));
    const expected = lines.slice(last + 1, end === -1 ? lines.length : end);
    const command = lines
      .slice(at, last + 1)
      .join('\n')
      .slice(2);
    steps.push({ line: at + 1, command, ...readExpected(expected) });
    at = end === -1 ? lines.length : end;
  }
  return { needs, steps };
}

/** A command ends with its line, with the end of its here-document, or after lines that end in a backslash. */
function lastOfCommand(lines: readonly string[], first: number): number {
  let last = first;
  while (lines[last]?.endsWith('\\')) last += 1;
  const end = /<<'?([A-Z]+)'?/.exec(lines[last] ?? '')?.[1];
  if (end === undefined) return last;
  const at = lines.indexOf(end, last);
  if (at === -1) throw new Error(`line ${first + 1}: its here-document has no end`);
  return at;
}

function readExpected(lines: readonly string[]): Omit<Step, 'line' | 'command'> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  let exitCode = 0;
  for (const line of lines.join('\n').trimEnd().split('\n')) {
    const code = /^\[(\d+)\]$/.exec(line)?.[1];
    if (code !== undefined) exitCode = Number(code);
    else if (line === '2>' || line.startsWith('2> ')) stderr.push(line.slice(3));
    else stdout.push(line);
  }
  return { stdout: stdout.join('\n'), stderr: stderr.join('\n'), exitCode };
}

const forms: Readonly<Record<string, string>> = {
  time: '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{3})?Z',
  id: '[0-9a-f]{41}',
  secret: '[0-9a-f]{32}',
  hex: '[0-9a-f]+',
  number: '\\d+',
  account: '[^ ,"]+',
  any: '.*',
};

/**
 * Puts the expected line in place of each line that fits it, so that a difference shows only what does not.
 * `<form>` stands for any text of that form, `<form NAME>` keeps it, `<NAME>` is what was kept; two spaces, no more,
 * stand for two or more, for a column may be wider than its placeholder.
 */
export function fitted(actual: string, expected: string, kept: Map<string, string>): string {
  const wanted = expected.split('\n');
  return actual
    .split('\n')
    .map((line, at) => (fitsLine(line, wanted[at] ?? '', kept) ? (wanted[at] ?? '') : line))
    .join('\n');
}

function fitsLine(line: string, wanted: string, kept: Map<string, string>): boolean {
  const names: string[] = [];
  const pattern = wanted
    .split(/(<[a-z]+(?: [A-Z]+)?>|<[A-Z]+>)/)
    .map((part, at) => {
      if (at % 2 === 0) return literal(part);
      const [form = '', name] = part.slice(1, -1).split(' ');
      const known = kept.get(name ?? form);
      if (known !== undefined) return literal(known);
      if (name !== undefined) names.push(name);
      return name === undefined ? forms[form] : `(${forms[form]})`;
    })
    .join('');
  const found = new RegExp(`^${pattern}$`).exec(line);
  if (found) for (const [at, name] of names.entries()) kept.set(name, found[at + 1] ?? '');
  return found !== null;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/(?<! ) {2}(?! )/g, ' {2,}');
}
