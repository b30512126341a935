import { type Html, html, sentence } from './html.ts';

/** A JSON schema as the OpenAPI document holds it. */
export type Schema = {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  description?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
};

/** A schema in words: its type, its bounds and what it refers to. */
function typeOf(schema: Schema): Html {
  if (schema.$ref) return link(schema.$ref);
  if (schema.anyOf) return joined(schema.anyOf.map(typeOf), ' or ');
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (schema.enum)
    return joined(
      schema.enum.map((one) => html`<code>${String(one)}</code>`),
      ', ',
    );
  if (schema.type === 'array') return html`list of ${typeOf(schema.items ?? {})}${bounds(schema)}`;
  if (schema.type === 'null') return html`null`;
  return html`${schema.format ?? schema.type ?? 'anything'}${bounds(schema)}`;
}

function bounds(schema: Schema): Html {
  const range = (least: number | undefined, most: number | undefined, unit: string) => {
    if (least === undefined && most === undefined) return '';
    if (most === undefined || most >= 1e14) return least === undefined ? '' : `, from ${least}${unit}`;
    return least === undefined ? `, at most ${most}${unit}` : `, ${least} to ${most}${unit}`;
  };
  return html`${[
    html`${range(schema.minimum, schema.maximum, '')}`,
    html`${range(schema.minLength, schema.maxLength, ' characters')}`,
    html`${range(schema.minItems, schema.maxItems, '')}`,
  ]}`;
}

function link(ref: string): Html {
  const name = ref.slice(ref.lastIndexOf('/') + 1);
  return html`<a href="#schema-${name}">${name}</a>`;
}

function joined(parts: readonly Html[], by: string): Html {
  return html`${parts.flatMap((part, at) => (at === 0 ? [part] : [html`${by}`, part]))}`;
}

type Row = { name: string; schema: Schema; required: boolean; description: string };

export function fieldTable(caption: string, rows: readonly Row[]): Html {
  if (rows.length === 0) return html``;
  const cells = rows.map(
    ({ name, schema, required, description }) => html`<tr>
      <th scope="row"><code>${name}</code>${required ? html` <span class="required">required</span>` : html``}</th>
      <td>${typeOf(schema)}</td>
      <td>${sentence(description)}</td>
    </tr>`,
  );
  return html`<table><caption>${caption}</caption>
    <thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
    <tbody>${cells}</tbody></table>`;
}

/** The properties of an object schema, or what it is when it has none. */
export function schemaTable(caption: string, schema: Schema): Html {
  if (!schema.properties) return html`<p class="of"><b>${caption}</b> ${typeOf(schema)}</p>`;
  const required = schema.required ?? [];
  return fieldTable(
    caption,
    Object.entries(schema.properties).map(([name, one]) => ({
      name,
      schema: one,
      required: required.includes(name),
      description: one.description ?? '',
    })),
  );
}
