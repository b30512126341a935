import type { Call, Options } from './client.ts';
import type { Operation } from './operation.ts';
import type { Input } from './prepare.ts';

type Methods = Record<string, Record<string, unknown>>;

/** A method for each operation of the table, by the two parts of its name. */
export function methodsOf(operations: Readonly<Record<string, Operation>>, call: Call): Methods {
  const methods: Methods = {};
  for (const [id, one] of Object.entries(operations)) {
    const [noun = '', verb = ''] = id.split('.');
    methods[noun] = { ...methods[noun], [verb]: methodOf(id, one, call) };
  }
  return methods;
}

function methodOf(id: string, one: Operation, call: Call) {
  const withResponse = (input: Input = {}, options: Options = {}) => call(id, one, input, options);
  const method = async (input?: Input, options?: Options) => (await withResponse(input, options)).data;
  const { pages } = one;
  if (pages === undefined) return Object.assign(method, { withResponse });
  const { list, from } = pages;
  async function* all(input: Input = {}, options?: Options) {
    let at: unknown = input[from];
    do {
      const page = (await method({ ...input, [from]: at }, options)) as Record<string, unknown>;
      yield* page[list] as unknown[];
      at = page.next;
    } while (at !== null && at !== undefined);
  }
  return Object.assign(method, { withResponse, all });
}
