export const setUpPath = '/set-up';

let token: string | null = null;

/** Of the link that the safe printed; empty without one. It is taken out of the address, where others could read it. */
export function setUpToken(): string {
  if (token === null || location.hash !== '') {
    token = location.hash.slice(1);
    history.replaceState(null, '', setUpPath);
  }
  return token;
}
