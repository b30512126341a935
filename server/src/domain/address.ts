import { BlockList, isIP, isIPv4 } from 'node:net';
import { refuse } from './errors.ts';

/** Strips a zone and the IPv4-in-IPv6 form, so that one host has one spelling. */
function plainAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  return mapped?.[1] ?? address.replace(/%.*$/, '');
}

/** What a socket or a proxy gave as an address: a proxy may pass on any text, which is then no address at all. */
export function knownAddress(text: string | undefined): string {
  return text !== undefined && isIP(text) !== 0 ? plainAddress(text) : 'unknown';
}

/** Checks a list of single addresses, CIDR blocks and `*`, and gives it trimmed. */
export function readAddressRules(texts: readonly string[], field = 'addresses'): string[] {
  return texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => {
      if (text !== '*' && !isBlock(text)) {
        refuse('field_invalid', { field, why: `'${text}' must be an IPv4 or IPv6 address, a CIDR block or *` });
      }
      return text;
    });
}

function isBlock(text: string): boolean {
  const [network = '', length, ...rest] = text.split('/');
  const version = isIP(network);
  if (version === 0 || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128));
}

/** Does a list of rules allow this address? An empty list and `*` allow any. */
export function addressAllowed(rules: readonly string[], address: string): boolean {
  return rules.length === 0 || rules.includes('*') || blockListOf(rules).check(...checkable(address));
}

const loopback = ['127.0.0.0/8', '::1'];

export function isLoopback(address: string): boolean {
  return isIP(plainAddress(address)) !== 0 && addressAllowed(loopback, address);
}

const blockLists = new WeakMap<readonly string[], BlockList>();

/** Compiled once per list: lists are values and never changed in place. */
function blockListOf(rules: readonly string[]): BlockList {
  const known = blockLists.get(rules);
  if (known) return known;
  const made = new BlockList();
  for (const rule of rules) {
    const [network = '', length] = rule.split('/');
    const plain = plainAddress(network);
    const family = isIPv4(plain) ? 'ipv4' : 'ipv6';
    // Of an IPv4 block in IPv6 form the first 96 bits are the form.
    const form = family === 'ipv4' && !isIPv4(network) ? 96 : 0;
    if (length === undefined) made.addAddress(plain, family);
    else made.addSubnet(plain, Math.max(0, Number(length) - form), family);
  }
  blockLists.set(rules, made);
  return made;
}

function checkable(address: string): [string, 'ipv4' | 'ipv6'] {
  const plain = plainAddress(address);
  return [plain, isIPv4(plain) ? 'ipv4' : 'ipv6'];
}

/** What counts as one stranger for throttling: the IPv4 address, or the /64 of an IPv6 one. */
export function strangerOf(address: string): string {
  const plain = plainAddress(address);
  if (isIP(plain) !== 6) return plain;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const groups =
    tail === undefined ? left : [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')}::/64`;
}
