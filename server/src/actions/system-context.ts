import type { Context, Safe } from './safe.ts';

/** A context for what the safe does by itself. */
export function systemContext(safe: Safe): Context {
  return {
    safe,
    credential: { kind: 'none' },
    origin: { address: '', referer: null, fingerprint: null },
    justification: null,
    repeat: null,
    requestId: 'system',
  };
}
