/**
 * Sessions that were live when this process last looked. They wait for the store by themselves rather than with all
 * others of their address; nothing else is decided by it.
 */
export type KnownSessions = {
  seen(tokenHash: Uint8Array): void;
  has(tokenHash: Uint8Array): boolean;
};

const mostKnown = 10_000;

export function startKnownSessions(): KnownSessions {
  const known = new Set<string>();
  return {
    seen(tokenHash) {
      const name = nameOf(tokenHash);
      if (known.has(name)) return;
      const [oldest] = known;
      if (known.size >= mostKnown && oldest !== undefined) known.delete(oldest);
      known.add(name);
    },
    has: (tokenHash) => known.has(nameOf(tokenHash)),
  };
}

function nameOf(tokenHash: Uint8Array): string {
  return Buffer.from(tokenHash).toString('base64');
}
