// What `arca completion` prints, asked by the shells themselves.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { type Shell, scriptFor } from '../src/completion-script.ts';
import { makeProgram } from '../src/program.ts';

/** How a shell is asked for what may follow these words, the last of which is being typed. */
const askings: Record<Shell, (script: string, words: readonly string[]) => string> = {
  bash: (script, words) =>
    `${script}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}\n` +
    `_arca; printf '%s\\n' "\${COMPREPLY[@]}"`,
  // Its completion system wants a terminal: what the function would hand to it is printed in its place.
  zsh: (script, words) =>
    `compdef() { :; }\n_describe() { print -l -- "\${(@)found%%:*}"; }\n_files() { print files; }\n${script}\n` +
    `words=(${words.map((word) => `'${word}'`).join(' ')}); CURRENT=${words.length}\n_arca`,
  fish: (script, words) => `${script}\ncomplete -C '${words.join(' ')}' | string replace -r '\\t.*' ''`,
};

for (const shell of Object.keys(askings) as Shell[]) {
  const isThere = spawnSync(shell, ['--version']).status === 0;
  describe(`completion by ${shell}`, { skip: isThere ? false : `this host has no ${shell}` }, () => {
    const script = scriptFor(shell, makeProgram());
    const asked = (...words: string[]) => {
      const bare = { bash: ['--norc'], zsh: ['-f'], fish: ['--no-config'] }[shell];
      const { stdout, stderr } = spawnSync(shell, [...bare, '-c', askings[shell](script, words)], { encoding: 'utf8' });
      assert.equal(stderr, '');
      // Words that do not begin with what was typed are left out by the shells that are asked for real.
      return stdout.split('\n').filter((word) => word !== '' && word.startsWith(words.at(-1) ?? ''));
    };

    it('tells commands, and verbs after a noun', () => {
      assert.deepEqual(asked('arca', 'log').sort(), ['login', 'logout']);
      const verbs = ['add', 'disable', 'enable', 'list', 'password', 'remove-second-factor'];
      assert.deepEqual(asked('arca', 'user', '').sort(), verbs);
      assert.deepEqual(asked('arca', 'password', 'co'), ['code']);
    });

    it('tells options, and the choices of an option', () => {
      assert.deepEqual(asked('arca', 'note', 'list', '--s'), ['--state']);
      assert.deepEqual(asked('arca', 'user', 'add', 'ana', '--role', '').sort(), ['admin', 'member']);
      assert.deepEqual(asked('arca', 'completion', 'z'), ['zsh']);
    });
  });
}
