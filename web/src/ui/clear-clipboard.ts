const keptFor = 60_000; // in ms

let stop: () => void = () => {};

/**
 * Empties the clipboard a minute after a secret was copied, unless something else is in it by then. Where the page may
 * not read the clipboard it cannot know, and empties it only if it had the focus all the time: what somebody copied
 * elsewhere is not ours to lose. It writes only while it has the focus, so it may have to wait until it has.
 */
export function clearLater(secret: string, onCleared: () => void): void {
  stop();
  let hasLeft = false;
  const leave = () => {
    hasLeft = true;
  };
  const replace = () => stop();
  const clear = async () => {
    if (!document.hasFocus()) return; // `focus` calls it again
    stop();
    if (!(await isStillThere(secret, hasLeft))) return;
    await navigator.clipboard.writeText('').then(onCleared, () => {}); // the browser may refuse: then it stays
  };
  const onFocus = () => void clear();
  const timer = setTimeout(() => {
    window.addEventListener('focus', onFocus);
    void clear();
  }, keptFor);
  window.addEventListener('blur', leave);
  document.addEventListener('copy', replace);
  document.addEventListener('cut', replace);
  stop = () => {
    clearTimeout(timer);
    window.removeEventListener('focus', onFocus);
    window.removeEventListener('blur', leave);
    document.removeEventListener('copy', replace);
    document.removeEventListener('cut', replace);
  };
}

/** Something that is no secret was copied by this page: it stays. */
export function keepClipboard(): void {
  stop();
}

async function isStillThere(secret: string, hasLeft: boolean): Promise<boolean> {
  try {
    // Asked first: reading without the permission would put a question to the person.
    const { state } = await navigator.permissions.query({ name: 'clipboard-read' as PermissionName });
    if (state === 'granted') return (await navigator.clipboard.readText()) === secret;
  } catch {
    // Not every browser knows this permission.
  }
  return !hasLeft;
}
