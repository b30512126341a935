import { QueryClient } from '@tanstack/react-query';

/**
 * What was read from the safe, kept while the page is open. The client of the safe tries again by itself. Of changes
 * nothing is kept once their screen is left: passwords may be among what was sent, secrets among what came.
 */
export const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 15_000, retry: false }, mutations: { retry: false, gcTime: 0 } },
});
