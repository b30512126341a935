import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Arca } from '../../../sdk/src/arca.ts';
import { runChild } from '../client/child.ts';
import { withArca } from '../client/connect.ts';
import { codeOf } from '../client/credentials.ts';
import { explained } from '../client/explain.ts';
import { kinds, openText, type SecretField } from '../client/kinds.ts';
import { isReference, type Reference, readReference } from '../client/reference.ts';
import { example } from '../example.ts';
import { given } from '../given.ts';
import { Problem } from '../problem.ts';

type Options = { env: string[]; envFile?: string; reason?: string; mask?: boolean };

export function runCommand(): Command {
  return new Command('run')
    .description('Run a program with secrets in its environment. Its exit code is the command’s.')
    .argument('<program>', 'what to run, best after --')
    .argument('[arguments...]', 'its arguments')
    .option('--env <name=reference>', 'a variable, such as DB_PASSWORD=password/12; may be repeated', collect, [])
    .option('--env-file <file>', 'variables, one NAME=VALUE a line; a value arca://password/12/password is a reference')
    .option('--reason <text>', 'why, where an owner asks for a reason')
    .option('--mask', 'put stars in place of the secrets where the program prints them')
    .passThroughOptions()
    .addHelpText(
      'after',
      example('arca run --env DB_PASSWORD=password/12 -- ./deploy.sh --fast', 'arca run --env-file app.env -- ./app'),
    )
    .action(async (program: string, args: string[], { env, envFile, reason, mask }: Options) => {
      const wanted = new Map(env.map((one) => variableOf(one, '--env')));
      const plain: Record<string, string> = {};
      for (const [name, value] of envFile === undefined ? [] : readEnvFile(envFile)) {
        if (wanted.has(name)) continue;
        if (isReference(value)) wanted.set(name, value);
        else plain[name] = value;
      }
      if (wanted.size === 0) throw new Problem('usage', 'No secret is asked for: give --env or --env-file.');
      const references = [...wanted].map(([name, text]) => ({ name, ...readReference(text, name) }));
      const values = await withArca((arca, { url }) => revealAll(arca, url, references, reason));
      const masked = mask ? references.filter(isSecret).map(({ name }) => values[name] ?? '') : null;
      return runChild([program, ...args], { ...plain, ...values }, masked);
    });
}

type Wanted = Reference & { name: string };

/** The values by variable, an item asked once for all of its fields; all or none. */
async function revealAll(arca: Arca, url: string, wanted: readonly Wanted[], reason: string | undefined) {
  const items = Map.groupBy(wanted, ({ kind, number }) => `${kind}/${number}`);
  const outcomes = await Promise.allSettled([...items.values()].map((group) => valuesOf(arca, group, reason)));
  const values: Record<string, string> = {};
  const troubles: string[] = [];
  for (const [at, [item]] of [...items].entries()) {
    const outcome = outcomes[at];
    if (outcome?.status === 'fulfilled') Object.assign(values, outcome.value);
    else {
      const problem = explained(outcome?.reason, url);
      // Out of reach for one is out of reach for all.
      if (!(problem instanceof Problem) || problem.ending !== 'refused') throw problem;
      troubles.push(`${item}: ${problem.message}`);
    }
  }
  if (troubles.length > 0) throw new Problem('refused', `Nothing was started. ${troubles.join(' ')}`);
  return values;
}

async function valuesOf(arca: Arca, group: readonly Wanted[], reason: string | undefined) {
  const [{ kind, number } = { kind: 'password' as const, number: 0 }] = group;
  const fields = [...new Set(group.filter(isSecret).map(({ field }) => field as SecretField))];
  const secrets =
    fields.length === 0
      ? {}
      : (await arca.items.reveal({ kind, number, fields, ...given({ justification: reason }) })).secrets;
  const item = fields.length === group.length ? null : await arca.items.read({ kind, number });
  return Object.fromEntries(
    group.map((one) => {
      const value = isSecret(one) ? secrets[one.field as SecretField] : item && openText(item, one.field);
      if (!value) throw new Problem('refused', `The ${kinds[kind].one} has no ${one.field}.`);
      if (value.includes('\0'))
        throw new Problem('refused', `The ${one.field} holds a zero byte, which no variable can.`);
      return [one.name, value];
    }),
  );
}

function isSecret({ kind, field }: Reference): boolean {
  return (kinds[kind].secret as readonly string[]).includes(field);
}

function collect(text: string, before: string[]): string[] {
  return [...before, text];
}

function variableOf(text: string, of: string): [name: string, value: string] {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  // It is not told again: the value may be a secret that was typed instead of a reference.
  if (name === undefined || value === undefined) throw new Problem('usage', `${of}: a variable is NAME=VALUE.`);
  return [name, value];
}

/** Lines NAME=VALUE; blank ones and those that begin with # say nothing. Quotes around a whole value are taken off. */
function readEnvFile(path: string): [name: string, value: string][] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (thrown) {
    throw new Problem('usage', `${path} (--env-file) cannot be read: ${codeOf(thrown)}.`);
  }
  return text.split(/\r?\n/).flatMap((line, at) => {
    if (/^\s*(#|$)/.test(line)) return [];
    const [name, value] = variableOf(line.trim().replace(/^export /, ''), `${path}, line ${at + 1}`);
    return [[name, /^(["'])(.*)\1$/s.exec(value)?.[2] ?? value]];
  });
}
