import { type Html, html, sentence } from './html.ts';
import { fieldTable, type Schema, schemaTable } from './schema-table.ts';

/** What the page reads of the OpenAPI document. */
export type Document = {
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, OperationPart>>;
  components: { schemas: Record<string, Schema> };
};

type Media = { schema: Schema; example?: unknown };
type OperationPart = {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: Record<string, unknown>[];
  parameters: { name: string; in: string; required: boolean; description?: string; schema: Schema }[];
  requestBody?: { required: boolean; content: Record<string, Media> };
  responses: Record<string, { description: string; content?: Record<string, Media> }>;
};

export type ProblemRow = { code: string; status: number; title: string; detail: string };
type Shown = OperationPart & { method: string; path: string };

const tagNames: Readonly<Record<string, string>> = {
  items: 'Items',
  batch: 'Many items at once',
  session: 'Session',
  sessions: 'Sessions',
  profile: 'Profile',
  policy: 'Policy',
  users: 'Users',
  'user-groups': 'User groups',
  'private-groups': 'Private groups',
  proposals: 'Proposals',
  'access-keys': 'Access keys',
  audit: 'Audit',
  statistics: 'Statistics',
};

/** The reference as one page without script, made of the OpenAPI document: it cannot tell another story than the API. */
export function referencePage(document: Document, problems: readonly ProblemRow[]): string {
  const all: Shown[] = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ ...one, path, method: method.toUpperCase() })),
  );
  const tags = [...new Set(all.flatMap((one) => one.tags))];
  const page = html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>Arca API reference</title>
  <link rel="stylesheet" href="/docs/reference.css">
</head>
<body>
  <a class="skip" href="#main">Skip to the reference</a>
  <nav aria-label="Operations">
    <p class="brand">Arca <span>API ${document.info.version}</span></p>
    ${tags.map((tag) => contents(tag, all))}
    <h2>More</h2>
    <ul><li><a href="#problems">Problems</a></li><li><a href="#schemas">Schemas</a></li>
    <li><a href="/api/v1/openapi.json">OpenAPI document</a></li></ul>
  </nav>
  <main id="main">
    <h1>Arca API</h1>
    ${document.info.description.split('. ').map((part, at, parts) => html`${sentence(part)}${at < parts.length - 1 ? '. ' : ''}`)}
    ${tags.map(
      (tag) => html`<section aria-labelledby="tag-${tag}"><h2 id="tag-${tag}">${nameOf(tag)}</h2>
      ${all.filter((one) => one.tags.includes(tag)).map(operation)}</section>`,
    )}
    <section aria-labelledby="problems"><h2 id="problems">Problems</h2>
      <p>Every refusal has one of these codes. Decide by the code: texts may change.</p>
      <table><thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">What it says</th></tr></thead>
      <tbody>${problems.map(problemRow)}</tbody></table></section>
    <section aria-labelledby="schemas"><h2 id="schemas">Schemas</h2>
      ${Object.entries(document.components.schemas).map(
        ([name, schema]) => html`<article id="schema-${name}"><h3>${name}</h3>
        ${schema.description ? html`<p>${sentence(schema.description)}</p>` : html``}${schemaTable('Fields', schema)}</article>`,
      )}
    </section>
  </main>
</body>
</html>
`;
  return page.html;
}

function nameOf(tag: string): string {
  return tagNames[tag] ?? tag;
}

function contents(tag: string, all: readonly Shown[]): Html {
  const entries = all
    .filter((one) => one.tags.includes(tag))
    .map((one) => html`<li><a href="#${one.operationId}">${one.summary}</a></li>`);
  return html`<h2><a href="#tag-${tag}">${nameOf(tag)}</a></h2><ul>${entries}</ul>`;
}

function operation(one: Shown): Html {
  const of = (place: string) =>
    one.parameters
      .filter((parameter) => parameter.in === place)
      .map(({ name, schema, required, description }) => ({ name, schema, required, description: description ?? '' }));
  const body = one.requestBody?.content['application/json'];
  return html`<article id="${one.operationId}">
    <h3>${one.summary}</h3>
    <p class="path"><span class="method method-${one.method.toLowerCase()}">${one.method}</span> <code>${one.path}</code></p>
    ${one.description ? html`<p>${sentence(one.description)}</p>` : html``}
    <p class="of"><b>For</b> ${accessOf(one)}</p>
    ${fieldTable('In the path', of('path'))}${fieldTable('In the query', of('query'))}${fieldTable('Headers', of('header'))}
    ${body ? schemaTable('Body', body.schema) : html``}
    ${body?.example === undefined ? html`` : example('Body', body.example)}
    ${Object.entries(one.responses).map(([status, response]) => answer(status, response))}
  </article>`;
}

function accessOf({ security }: OperationPart): string {
  if (security.length === 0) return 'anyone';
  return security.some((one) => 'accessKey' in one) ? 'a session or an access key' : 'a session';
}

function answer(status: string, response: OperationPart['responses'][string]): Html {
  const [media] = Object.entries(response.content ?? {});
  if (Number(status) >= 400) {
    const codes = response.description.split(', ').map((code) => code.replaceAll('`', ''));
    return html`<p class="of refused"><b>${status}</b> ${codes.map((code) => html`<a href="#${code}"><code>${code}</code></a> `)}</p>`;
  }
  const shown = media?.[1];
  return html`<p class="of done"><b>${status}</b> ${response.description}</p>
    ${shown ? schemaTable('Answer', shown.schema) : html``}
    ${shown?.example === undefined ? html`` : example('Answer', shown.example)}`;
}

function example(caption: string, value: unknown): Html {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return html`<figure><figcaption>${caption}, for example</figcaption><pre tabindex="0"><code>${text}</code></pre></figure>`;
}

function problemRow({ code, status, title, detail }: ProblemRow): Html {
  return html`<tr id="${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${title}. ${sentence(detail)}</td></tr>`;
}
