import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { fingerprintOf, readFingerprint, spellFingerprint } from './fingerprint.ts';

const hex = '0123456789abcdef'.repeat(4);

test('a fingerprint is read in whatever form a tool prints it', () => {
  for (const text of [hex, hex.toUpperCase(), spellFingerprint(hex), `sha256 Fingerprint=${spellFingerprint(hex)}\n`]) {
    assert.equal(readFingerprint(text), hex, text);
  }
  for (const text of ['', hex.slice(1), `${hex}0`, hex.replace('a', 'g'), 'ana']) {
    assert.equal(readFingerprint(text), null, text);
  }
  assert.match(spellFingerprint(hex), /^01:23:45:.*:CD:EF$/);
});

// What the browser looks at of a certificate: a sequence of the whole length that begins with one.
const certificate = Buffer.concat([
  Buffer.from([0x30, 0x82, 0x01, 0x04, 0x30, 0x82, 0x01, 0x00]),
  Buffer.alloc(256, 7),
]);
const digest = createHash('sha256').update(certificate).digest('hex');

const pem = (label: string, bytes: Buffer) =>
  `-----BEGIN ${label}-----\n${bytes.toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;

const files: [name: string, content: string | Buffer<ArrayBuffer>, found: object][] = [
  ['DER', certificate, { hex: digest }],
  ['PEM', pem('CERTIFICATE', certificate), { hex: digest }],
  ['PEM with words before it', `subject=CN = app\n${pem('CERTIFICATE', certificate)}`, { hex: digest }],
  ['the first of a chain', pem('CERTIFICATE', certificate) + pem('CERTIFICATE', Buffer.from('x')), { hex: digest }],
  ['a private key', pem('PRIVATE KEY', certificate), { fault: 'private' }],
  ['a text', 'hello', { fault: 'unreadable' }],
  ['nothing', '', { fault: 'unreadable' }],
  ['a cut certificate', certificate.subarray(0, 100), { fault: 'unreadable' }],
  ['no base64', '-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----', { fault: 'unreadable' }],
];

for (const [name, content, found] of files) {
  test(`of ${name} the browser makes ${'hex' in found ? 'a fingerprint' : 'a fault'}`, async () => {
    assert.deepEqual(await fingerprintOf(new Blob([content])), found);
  });
}
