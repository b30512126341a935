const key = 'arca.signed-in';

/** Whether somebody was signed in here when the page was last open: the app's code is then fetched before the safe is asked. */
export function wasIn(): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

export function rememberIn(isIn: boolean): void {
  try {
    if (isIn) localStorage.setItem(key, 'yes');
    else localStorage.removeItem(key);
  } catch {
    // Storage may be closed to us; the code then comes a little later.
  }
}
