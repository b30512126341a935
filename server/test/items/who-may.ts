import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditLines, forgetRefusals } from '../audit-left.ts';
import { engines } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { type Expected, mustBe, noAccess } from '../wire-envelopes.ts';
import { type Cast, callers, makeCast, type Who } from './cast.ts';
import { makeOutsiders, type Outsider } from './outsiders.ts';
import { type WireKind, wireKinds } from './wire-kinds.ts';

/** What one try met: who, on which item of which kind. `item` is its name in the audit. */
type Try = { who: Who; username: string; wire: WireKind; number: number; item: string };

/** What a caller is answered, and the lines that this leaves in the audit. */
export type Outcome = { answer(the: Try): Expected; entries(the: Try): string[] };

export type Verb = {
  title: string;
  /** The action as the audit names it. */
  action: string;
  /** False for what acts on no item yet: its refusals have no target. */
  onItem: boolean;
  call(the: Omit<Try, 'who' | 'username' | 'item'>, who: string): { method: string; path: string; body?: object };
  rows: Readonly<Record<Who, Outcome>>;
  /** Brings about what the answer takes for given. */
  given?(cast: Cast, the: Try): Promise<void>;
  /** Looks at what a try left behind, and puts it back for the next one. */
  afterwards?(cast: Cast, the: Try, outcome: Outcome): Promise<void>;
};

/** A refusal for want of access: 1006, and its entry. */
export function denied(action: string, onItem = true): Outcome {
  return {
    answer: () => noAccess,
    entries: ({ username, item }) => [`${action}.refused ${username} ${onItem ? item : '-'} access_denied`],
  };
}

/** Tries one verb with everybody, on both engines and all kinds: first those who have no good token. */
export function testWhoMay(verb: Verb): void {
  for (const engine of engines) {
    describe(`${verb.title} on ${engine}`, () => {
      let cast: Cast;
      let outsiders: Outsider[];
      before(async () => {
        const safe = await startWire(engine, { ARCA_TOKEN_LIFETIME: '86400' });
        cast = await makeCast(safe);
        outsiders = await makeOutsiders(safe);
      });
      after(() => cast.safe.close());

      for (const wire of wireKinds) {
        it(`a ${wire.kind}: nobody without a good token`, async () => {
          const number = cast.numbers.get(wire) ?? 0;
          const target = verb.onItem ? `${wire.kind}:${number}` : '-';
          for (const { who, authorization, answer, challenge, reason } of outsiders) {
            forgetRefusals(cast.safe);
            const { method, path, body } = verb.call({ wire, number }, who);
            const headers: Record<string, string> = authorization === null ? {} : { authorization };
            const got = await cast.safe.call(method, path, body, headers);
            mustBe(got, answer, who);
            assert.equal(got.headers.get('www-authenticate'), challenge, who);
            // Whoever has no good token is nobody: the entry names no user.
            assert.deepEqual(await auditLines(cast.safe, got), [`${verb.action}.refused - ${target} ${reason}`], who);
          }
        });

        for (const who of callers) {
          it(`a ${wire.kind}: ${who}`, async () => {
            const number = cast.numbers.get(wire) ?? 0;
            const { username } = cast.people[who];
            const the: Try = { who, username, wire, number, item: `${wire.kind}:${number}` };
            await verb.given?.(cast, the);
            const { method, path, body } = verb.call({ wire, number }, who);
            const got = await cast.people[who].call(method, path, body);
            const outcome = verb.rows[who];
            mustBe(got, outcome.answer(the));
            assert.deepEqual(await auditLines(cast.safe, got), outcome.entries(the));
            await verb.afterwards?.(cast, the, outcome);
          });
        }
      }
    });
  }
}
