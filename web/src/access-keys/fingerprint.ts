// The SHA-256 fingerprint of a client certificate: pasted in whatever form a tool prints it, or taken from a file.

/** 64 lower-case hex digits; null when the text is none. A name before it, as openssl prints it, is left out. */
export function readFingerprint(text: string): string | null {
  const hex = text
    .replace(/^[^=]*=/, '')
    .replaceAll(/[\s:]/g, '')
    .toLowerCase();
  return /^[0-9a-f]{64}$/.test(hex) ? hex : null;
}

/** In pairs with colons, as tools print it. */
export function spellFingerprint(hex: string): string {
  return (hex.toUpperCase().match(/../g) ?? []).join(':');
}

/** Why a file gives no fingerprint. */
export type CertificateFault = 'private' | 'unreadable' | 'insecure';

/** The fingerprint of the first certificate of a PEM or DER file, made in the browser; the file goes nowhere. */
export async function fingerprintOf(file: Blob): Promise<{ hex: string } | { fault: CertificateFault }> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder('latin1').decode(bytes);
  const [, base64] = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([^-]+)-----END/.exec(text) ?? [];
  if (base64 === undefined && text.includes('PRIVATE KEY')) return { fault: 'private' };
  const der = base64 === undefined ? bytes : decoded(base64);
  if (der === null || !isCertificate(der)) return { fault: 'unreadable' };
  // Pages that came without TLS have no digests.
  if (crypto.subtle === undefined) return { fault: 'insecure' };
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', der));
  return { hex: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
}

function decoded(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64.replaceAll(/\s/g, '')), (sign) => sign.charCodeAt(0));
  } catch {
    return null;
  }
}

/** A sequence of the file's whole length that begins with another one (RFC 5280, 4.1): enough to tell a wrong file. */
function isCertificate(der: Uint8Array): boolean {
  const [tag, first = 0] = der;
  if (tag !== 0x30) return false;
  const more = first < 0x80 ? 0 : first & 0x7f;
  const length = more === 0 ? first : der.subarray(2, 2 + more).reduce((sum, byte) => sum * 256 + byte, 0);
  return more <= 3 && der.length === 2 + more + length && der[2 + more] === 0x30;
}
