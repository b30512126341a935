import type { FastifyRequest } from 'fastify';
import type { Settings } from '../settings.ts';

/** Where people reach the safe: as the operator told, else as this request did. */
export function ownOrigin(request: FastifyRequest, settings: Settings): string {
  if (settings.publicUrl !== null) return new URL(settings.publicUrl).origin;
  return `${request.protocol}://${request.headers.host}`;
}
