// Does what the External Secrets Operator does with manifests of its webhook provider and generator, as far as ours use them.

import assert from 'node:assert/strict';

type Request = {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string;
  result: { jsonPath: string };
  secrets: { name: string; secretRef: { name: string } }[];
};

export type Manifest = {
  kind: string;
  metadata: { name: string; labels?: Record<string, string> };
  stringData?: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: of another shape for each kind of manifest
  spec: any;
};

type Values = Record<string, Record<string, string>>;
type Secret = { labels: Record<string, string>; data: Record<string, string> };

const label = 'external-secrets.io/type';

/**
 * What the last ExternalSecret of the manifests copies: the token's generator is asked first, and what it makes is kept as the
 * manifests say. `key` stands in place of the credentials in the manifests, `url` in place of the safe's address.
 */
export async function valueOfStore(
  manifests: readonly Manifest[],
  key: Record<string, string>,
  url: string,
): Promise<Record<string, string>> {
  const named = (kind: string, name: string): Manifest => {
    const found = manifests.find((one) => one.kind === kind && one.metadata.name === name);
    assert.ok(found, `${kind} ${name}`);
    return found;
  };
  const secrets = new Map<string, Secret>();
  for (const { kind, metadata, stringData } of manifests) {
    if (kind !== 'Secret') continue;
    assert.deepEqual(Object.keys(stringData ?? {}), Object.keys(key));
    secrets.set(metadata.name, { labels: metadata.labels ?? {}, data: key });
  }
  let copied: Record<string, string> = {};
  for (const { spec } of manifests.filter(({ kind }) => kind === 'ExternalSecret')) {
    copied = {};
    for (const { sourceRef } of spec.dataFrom ?? []) {
      const { kind, name } = sourceRef.generatorRef;
      const made = await ask(named(kind, name).spec, {}, secrets, url);
      for (const [member, value] of Object.entries(made as object)) copied[member] = String(value);
    }
    for (const { secretKey, remoteRef } of spec.data ?? []) {
      const { kind, name } = spec.secretStoreRef;
      copied[secretKey] = String(await ask(named(kind, name).spec.provider.webhook, { remoteRef }, secrets, url));
    }
    secrets.set(spec.target.name, { labels: spec.target.template?.metadata.labels ?? {}, data: copied });
  }
  return copied;
}

async function ask(
  webhook: Request,
  more: Values,
  secrets: ReadonlyMap<string, Secret>,
  url: string,
): Promise<unknown> {
  const values: Values = { ...more };
  for (const { name, secretRef } of webhook.secrets) {
    const secret = secrets.get(secretRef.name);
    // The operator uses no other Secret for requests.
    assert.equal(secret?.labels[label], 'webhook', secretRef.name);
    values[name] = secret?.data ?? {};
  }
  const response = await fetch(filled(webhook.url.replace(/^https:\/\/[^/]+/, url), values), {
    method: webhook.method,
    headers: Object.entries(webhook.headers).map(([name, value]): [string, string] => [name, filled(value, values)]),
    body: filled(webhook.body, values),
  });
  const answer: unknown = await response.json();
  assert.equal(response.status, 200, JSON.stringify(answer));
  const members = webhook.result.jsonPath.split('.');
  assert.equal(members.shift(), '$');
  return members.reduce((value, member) => (value as Record<string, unknown>)[member], answer);
}

/** `{{ .name.member }}` of the templates; anything else that templates can say fails. */
function filled(template: string, values: Values): string {
  const text = template.replaceAll(/\{\{ \.(\w+)\.(\w+) \}\}/g, (all, name, member) => values[name]?.[member] ?? all);
  assert.doesNotMatch(text, /\{\{/);
  return text;
}
