import type { Schema } from './document.ts';
import { braced, membersOf } from './schema-type.ts';

/** The types of the codes of a problem, and of what each brings. */
export function problemTypes(problem: Schema, codes: readonly string[]): string {
  const members = [...membersByCode(problem, codes)].map(
    ([code, properties]) => `${code}: ${braced(membersOf({ properties, required: Object.keys(properties) }))};\n`,
  );
  return (
    `/** Every code of a problem. */\nexport type ProblemCode =\n${codes.map((code) => `  | '${code}'`).join('\n')};\n\n` +
    `/** What a problem of these codes tells beyond what all tell. */\nexport type ProblemMembers = {\n${members.join('')}};\n`
  );
}

/** Which members a code brings. Each beyond those of all says in its description of which codes it is: "Of \`a\`: what". */
export function membersByCode(
  { properties = {}, required = [] }: Schema,
  codes: readonly string[],
): Map<string, Record<string, Schema>> {
  const members = new Map<string, Record<string, Schema>>();
  for (const [name, schema] of Object.entries(properties)) {
    if (required.includes(name)) continue;
    const [whose = '', description = ''] = (schema.description ?? '').split(/: (.*)/s);
    const owners = [...whose.matchAll(/`(\w+)`/g)].map(([, code = '']) => code);
    if (owners.length === 0 || owners.some((code) => !codes.includes(code))) {
      throw new Error(`the description of the problem's member ${name} does not say of which codes it is`);
    }
    for (const code of owners) members.set(code, { ...members.get(code), [name]: { ...schema, description } });
  }
  return new Map([...members].sort(([a], [b]) => (a < b ? -1 : 1)));
}
