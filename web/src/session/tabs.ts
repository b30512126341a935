// What happens to the session in one tab concerns all others of this browser.

/** `started`: somebody signed in. `ended`: the session was ended by its owner. */
type Event = 'started' | 'ended';

const channel = new BroadcastChannel('arca.session');

export function tellOtherTabs(event: Event): void {
  channel.postMessage(event);
}

export function hearOtherTabs(hear: (event: Event) => void): () => void {
  const listen = ({ data }: MessageEvent<Event>) => hear(data);
  channel.addEventListener('message', listen);
  return () => channel.removeEventListener('message', listen);
}
