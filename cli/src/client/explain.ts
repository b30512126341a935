import { ArcaError, isProblem } from '../../../sdk/src/arca.ts';
import { type Ending, Problem } from '../problem.ts';

type Words = { ending?: Ending; sentence?: string };

/** What the command says in other words than the safe does, or ends in another way than by refusal. */
const own: { readonly [C in ArcaError['code']]?: Words } = {
  client_unknown: {
    sentence:
      'The safe does not take this access key: it is wrong, ended, held or revoked, or may not be used from here.',
  },
  token_invalid: { sentence: 'The access key does not count any more; ask its owner, and run `arca login` again.' },
  sign_in_failed: { sentence: 'The username or the password is wrong.' },
  justification_required: { sentence: 'Its owner asks for a reason: give one with --reason.' },
  proof_required: { sentence: 'This is done in the safe’s own pages, or by `arca login --username`.' },
  origin_foreign: { sentence: 'The safe knows itself by another address; use the one that your browser shows.' },
  answer_unreadable: { ending: 'unreachable' },
  timed_out: { ending: 'unreachable' },
  store_unreachable: { ending: 'unreachable' },
  store_timeout: { ending: 'unreachable' },
};

/** What the client of the safe at `url` threw, as a Problem; anything else as it is. */
export function explained(thrown: unknown, url: string): unknown {
  if (thrown instanceof TypeError && /^(url|clientId|clientSecret|privateKey) /.test(thrown.message)) {
    return new Problem('unreachable', `The credentials are not usable: ${thrown.message}.`);
  }
  if (!(thrown instanceof ArcaError)) return thrown;
  if (thrown.code === 'network_failed') return unreachable(url, thrown.cause);
  const { ending = 'refused', sentence } = own[thrown.code as keyof typeof own] ?? {};
  return new Problem(ending, sentence ?? inWords(thrown));
}

/** The safe's own words, and for fields each with what is wrong with it. */
function inWords(thrown: ArcaError): string {
  if (!isProblem(thrown)) return thrown.detail;
  const { errors } = thrown.problem as { errors?: { field: string; why: string }[] };
  if (errors === undefined || errors.length === 0) return thrown.detail;
  return errors.map(({ field, why }) => `${field}: ${why}.`).join(' ');
}

/** What fetch threw, as a Problem that tells the system's code beneath it, such as ECONNREFUSED. */
export function unreachable(url: string, thrown: unknown): Problem {
  const beneath = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
  const { code } = (beneath ?? {}) as { code?: unknown };
  return new Problem(
    'unreachable',
    `The safe at ${url} cannot be reached (${typeof code === 'string' ? code : 'no connection'}).`,
  );
}
