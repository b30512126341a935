import { addressAllowed } from './address.ts';

/** Networks that are nobody's business of the safe unless an operator lists them: this host, inside networks, metadata. */
const inside = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
  ...['192.0.0.0/24', '192.0.2.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4'],
  ...['240.0.0.0/4', '::/128', '::1/128', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/32', '2001:db8::/32'],
  ...['2002::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
];

/** Was this address listed by the operator? An empty list allows none. */
export function isListed(address: string, listed: readonly string[]): boolean {
  return listed.length > 0 && addressAllowed(listed, address);
}

/** May the safe call out to this address? */
export function mayCallOut(address: string, listed: readonly string[]): boolean {
  return isListed(address, listed) || !addressAllowed(inside, address);
}
