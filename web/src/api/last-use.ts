// The safe ends a session that is not used for a while. Every answer of any tab counts as a use.

const told = new BroadcastChannel('arca.uses');
const tellAgainAfter = 5_000; // in ms
let at = Date.now();
let toldAt = 0;

told.addEventListener('message', () => {
  at = Date.now();
});

/** When the session was last used as far as this browser knows, in ms since 1970. */
export function lastUse(): number {
  return at;
}

export function noteUse(): void {
  at = Date.now();
  if (at - toldAt < tellAgainAfter) return;
  toldAt = at;
  told.postMessage(null);
}
