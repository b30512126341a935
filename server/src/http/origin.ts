import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { FastifyRequest } from 'fastify';
import type { Origin } from '../domain/access-key.ts';
import { addressAllowed, knownAddress } from '../domain/address.ts';
import type { Settings } from '../settings.ts';

/** Where a request came from, as far as it was proven: by the socket, or by a proxy that the operator trusts. */
export function originOf(request: FastifyRequest, settings: Settings): Origin {
  return {
    address: knownAddress(request.ip),
    referer: textOf(request.headers.referer),
    fingerprint: fingerprintOf(request, settings),
  };
}

function fingerprintOf(request: FastifyRequest, settings: Settings): string | null {
  const { socket } = request;
  // An empty list means that no peer is believed, unlike an access key's empty list.
  const peers = settings.certHeaderProxies;
  if (peers.length > 0 && addressAllowed(peers, socket.remoteAddress ?? '')) {
    const passed = textOf(request.headers[settings.certHeader]);
    return passed === null ? null : readPassedCertificate(passed);
  }
  if (!('getPeerX509Certificate' in socket)) return null;
  const certificate = (socket as unknown as TLSSocket).getPeerX509Certificate();
  return certificate ? plainFingerprint(certificate.fingerprint256) : null;
}

/**
 * Reads what a proxy passes: RFC 9440 (base64 DER between colons), a PEM that is URL-encoded (nginx) or has spaces for
 * its line ends, or the SHA-256 fingerprint in hex. Anything else is no certificate.
 */
function readPassedCertificate(text: string): string | null {
  const plain = plainFingerprint(text);
  if (/^[0-9a-f]{64}$/.test(plain)) return plain;
  try {
    const decoded = text.includes('%') ? decodeURIComponent(text) : text;
    const [, bare, armoured] = passedForms.exec(decoded.trim()) ?? [];
    const der = bare ?? armoured;
    if (der === undefined) return null;
    return plainFingerprint(new X509Certificate(Buffer.from(der, 'base64')).fingerprint256);
  } catch {
    return null;
  }
}

const passedForms = /^(?::([A-Za-z0-9+/=]+):|-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----)$/;

function plainFingerprint(text: string): string {
  return text.trim().replaceAll(':', '').toLowerCase();
}

function textOf(header: string | string[] | undefined): string | null {
  const text = Array.isArray(header) ? header[0] : header;
  return text === undefined || text === '' ? null : text;
}
