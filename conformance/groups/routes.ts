import { noRoute } from '../envelopes.ts';
import type { Exchange, Request } from '../exchange.ts';
import { get } from '../request.ts';
import { farAway } from './identifiers.ts';

function leadsNowhere(id: string, request: Request): Exchange {
  return { id, group: 'routes', source: null, ask: () => request, expected: noRoute };
}

/** None of these would change anything on a server that took them for something else. */
export const routes: readonly Exchange[] = [
  leadsNowhere('route-unknown', get('/mysafe/nothing')),
  leadsNowhere('route-of-no-kind', get('/mysafe')),
  leadsNowhere('route-of-two-words', get(`/mysafe/password/${farAway}/versions`)),
  leadsNowhere('route-read-as-disable', get(`/mysafe/note/inactive/${farAway}`)),
  leadsNowhere('route-with-another-method', { method: 'PATCH', path: '/mysafe/secretapi' }),
  leadsNowhere('route-token-with-another-method', { method: 'PUT', path: '/oauth2/token', anonymous: true }),
  leadsNowhere('route-beside-the-wire', { ...get('/oauth2/nothing'), anonymous: true }),
];
