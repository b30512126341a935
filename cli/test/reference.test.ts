import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Command } from 'commander';
import { conversation } from '../src/commands/demo/conversation.ts';
import { exitCodes } from '../src/problem.ts';
import { makeProgram } from '../src/program.ts';

const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
const page = read('docs/reference/command.md');
/** Commands that are alike for each kind of item have one section. */
const sections = page
  .split(/^### /m)
  .slice(1)
  .map((text) => {
    const [heading = ''] = text.split('\n', 1);
    return {
      names: [...heading.matchAll(/`(arca [^`]+)`/g)].map(([, name = '']) => name),
      text: text.split(/^## /m)[0] ?? '',
    };
  });
const commands = leavesOf(makeProgram(), []);

test('the page tells of every command and of no other', () => {
  assert.deepEqual(sections.flatMap(({ names }) => names).sort(), [...commands.keys()].sort());
});

for (const { names, text } of sections) {
  test(`the page tells of every argument and option of ${names.join(', ')}, and gives their examples`, () => {
    const told = [...text.matchAll(/^\| `([^`]+)` \|/gm)].map(([, first]) => first);
    const them = names.flatMap((name) => commands.get(name) ?? []);
    assert.deepEqual(told.sort(), [...new Set(them.flatMap(taken))].sort());
    const examples = them.flatMap((command) => {
      const lines = [...helpOf(command).matchAll(/^ {2}\$ (.+)$/gm)].map(([, line]) => line);
      assert.ok(lines.length > 0, `the help of ${command.name()} has no example`);
      return lines;
    });
    assert.deepEqual(
      [...text.matchAll(/```sh\n(.*?)\n```/gs)].map(([, lines]) => lines),
      [examples.join('\n')],
    );
  });
}

test('the page tells of every exit code', () => {
  const told = [...page.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
  assert.deepEqual(told, Object.values(exitCodes));
});

test('the demo prints the conversation of the README', () => {
  const printed = conversation({ url: '', clientId: '', clientSecret: '', number: 1 });
  const lines = printed.slice(printed.indexOf('# A token'));
  assert.ok(read('README.md').includes(lines), `the README has not these lines:\n${lines}`);
});

function leavesOf(command: Command, above: readonly string[]): Map<string, Command> {
  const name = [...above, command.name()];
  if (command.commands.length === 0) return new Map([[name.join(' '), command]]);
  return new Map(command.commands.flatMap((one) => [...leavesOf(one, name)]));
}

/** Its arguments and options as help tells them. */
function taken(command: Command): string[] {
  const args = command.registeredArguments.map((one) => {
    const word = `${one.name()}${one.variadic ? '...' : ''}`;
    return one.required ? `<${word}>` : `[${word}]`;
  });
  return [...args, ...command.options.map(({ flags }) => flags)];
}

function helpOf(command: Command): string {
  let text = '';
  const writeOut = (part: string) => {
    text += part;
  };
  command.configureOutput({ writeOut }).outputHelp();
  return text;
}
