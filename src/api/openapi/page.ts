/** The reference page of an API, made of its document alone. */

import { ERROR_CODES } from '../../core/errors.ts';
import { answerProblem, problemCode } from '../http/problem.ts';
import type { Document, MediaType, Operation, Parameter, Response, Schema } from './document.ts';
import { ERROR_REFERENCE, sampleErrors } from './error-reference.ts';
import { Html, html, inline, paragraphs } from './html.ts';
import { curlOf } from './sample-call.ts';
import { STYLE } from './style.ts';

/** The style as it is: its quotes mean what they say. */
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);

function layout(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${STYLE_ELEMENT}
${body}
</html>
`.text;
}

export function renderIndex(apis: readonly { name: string; document: Document }[]): string {
  return layout(
    'API reference',
    html`<header><p class="quiet"><a href="/">Headgate</a></p><h1>API reference</h1>
<p>One account, one set of data, one key: a subuser made through one API is seen by all of them.</p></header>
<main>${apis.map(
      ({ name, document: { info, servers } }) => html`
<article><h3><a href="/docs/${name}">${info.title}</a></h3>
${paragraphs(info.description).slice(0, 1)}
<p class="quiet">${servers.filter(({ url }) => url !== '/').map(({ url }) => html`<code>${url}</code> `)}<a href="/openapi/${name}.json">OpenAPI document</a></p></article>`,
    )}</main>`,
  );
}

/** What every error means: where the `type` of a problem leads. */
export function renderErrors(): string {
  return layout(
    'Errors',
    html`<header><p class="quiet"><a href="/docs">API reference</a></p><h1>Errors</h1></header>
<main>${ERROR_CODES.map((code) => {
      const { meaning, remedy } = ERROR_REFERENCE[code];
      const { status } = answerProblem(sampleErrors(code)[0]!);
      return html`<article id="${code}"><h3><a href="#${code}"><code>${problemCode(code)}</code></a> <span class="quiet">${status}</span></h3>
<p>${inline(meaning)}</p><p class="quiet">${inline(remedy)}</p></article>`;
    })}</main>`,
  );
}

interface Call {
  method: string;
  path: string;
  operation: Operation;
}

export function renderReference(name: string, document: Document): string {
  const { info, servers, tags, paths } = document;
  const calls = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]): Call => ({ method, path, operation })),
  );
  const groups = tags.map((tag) => ({
    tag,
    calls: calls.filter(({ operation }) => operation.tags.includes(tag.name)),
  }));
  const bases = servers.map(({ url }) => url).filter((url) => url !== '/');
  return layout(
    info.title,
    html`<header><p class="quiet"><a href="/docs">API reference</a></p>
<h1>${info.title}</h1>
${paragraphs(info.description)}
${bases.length > 0 ? html`<p>All paths are behind ${inline(bases.map((base) => `\`${base}\``).join(' or '))}.</p>` : ''}
<p class="quiet"><a href="/openapi/${name}.json">OpenAPI document</a>, for programs and clients</p></header>
<nav aria-label="Calls"><details open><summary>Calls</summary><ul>${calls.map(
      ({ method, path, operation }) =>
        html`<li class="call"><span class="method">${method.toUpperCase()}</span><a href="#${operation.operationId}"><code>${path}</code></a> <span class="quiet">${operation.summary}</span></li>`,
    )}</ul></details></nav>
<main><section><h2>Sending the key</h2>${renderSecurity(document)}</section>
${groups.map(
  (
    group,
  ) => html`<section><h2 id="tag-${group.tag.name}">${group.tag.name}</h2><p class="quiet">${group.tag.description}</p>
${group.calls.map((call) => renderCall(document, call))}</section>`,
)}</main>`,
  );
}

function renderSecurity({ components }: Document): Html {
  const rows = Object.values(components.securitySchemes).map(
    ({ name = 'Authorization', description = '' }) =>
      html`<tr><td><code>${name}</code></td><td>${inline(description)}</td></tr>`,
  );
  return table(['header', 'value'], rows);
}

function renderCall(document: Document, call: Call): Html {
  const { method, path, operation } = call;
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const scopes = [...new Set((operation.security ?? []).flatMap((scheme) => Object.values(scheme).flat()))];
  const [media] = Object.values(requestBody?.content ?? {});
  const statuses = Object.entries(responses).map(([status, response]) => ({
    status,
    response: responseOf(document, response),
  }));
  const good = statuses.filter(({ status }) => Number(status) < 400);
  const bad = statuses.filter(({ status }) => Number(status) >= 400);
  return html`
<article id="${operationId}"><div class="call"><span class="method">${method.toUpperCase()}</span><h3><a href="#${operationId}"><code>${path}</code></a></h3>
${operation['x-inferred'] ? html`<span class="badge">inferred</span>` : ''}${operation['x-added'] ? html`<span class="badge">added</span>` : ''}</div>
<p><strong>${summary}</strong></p>
${paragraphs(description)}
${scopes.length > 0 ? html`<p class="quiet">Needs a key with the scope ${inline(scopes.map((scope) => `\`${scope}\``).join(' or '))}</p>` : ''}
<pre><code>${curlOf(document, method, path, operation)}</code></pre>
${parameters.length > 0 ? html`<h4>Parameters</h4>${table(['name', 'in', 'must be'], parameters.map(parameterRow))}` : ''}
${media ? html`<h4>Body</h4>${paragraphs(media.schema.description)}${fieldTable(document, media.schema, 'must be')}` : ''}
${good.map(({ status, response }) => renderSuccess(document, status, response))}
<details><summary>Errors: ${bad.map(({ status }) => status).join(', ')}</summary>
${table(
  ['status', 'answer', 'when'],
  bad.flatMap(({ status, response }) => errorRows(status, response)),
)}</details></article>`;
}

function parameterRow({ name, in: place, required, description = '' }: Parameter): Html {
  return html`<tr><td><code>${name}</code></td><td>${place}${required ? '' : ', optional'}</td><td>${inline(description)}</td></tr>`;
}

function renderSuccess(document: Document, status: string, response: Response): Html {
  const { schema, ...media } = mediaOf(response);
  const headers = Object.entries(response.headers ?? {});
  return html`<h4>${status} ${response.description}</h4>
${examplesOf({ schema, ...media }).map(({ value }) => html`<pre><code>${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</code></pre>`)}
${
  headers.length > 0
    ? table(
        ['header', ''],
        headers.map(
          ([name, { description = '' }]) =>
            html`<tr><td><code>${name}</code></td><td>${inline(description)}</td></tr>`,
        ),
      )
    : ''
}
<details><summary>Fields</summary>${fieldTable(document, schema, 'what it is')}</details>`;
}

function errorRows(status: string, response: Response): Html[] {
  return examplesOf(mediaOf(response)).map(
    ({ summary = '', value }) =>
      html`<tr><td>${status}</td><td><code>${JSON.stringify(value)}</code></td><td>${inline(summary)}</td></tr>`,
  );
}

/** Every answer has one form. */
function mediaOf({ content }: Response): MediaType {
  return Object.values(content)[0]!;
}

function examplesOf({ example, examples }: MediaType): { summary?: string; value: unknown }[] {
  return example === undefined ? Object.values(examples ?? {}) : [{ value: example }];
}

function fieldTable(document: Document, schema: Schema, heading: string): Html {
  return table(
    ['field', 'type', heading],
    fieldsOf(document, schema).map(
      ({ name, type, optional, description, inferred }) =>
        html`<tr><td><code>${name}</code></td><td>${type}${optional ? ', optional' : ''}</td><td>${inline(description)}${inferred ? html` <span class="badge">inferred</span>` : ''}</td></tr>`,
    ),
  );
}

interface Field {
  name: string;
  type: string;
  optional: boolean;
  description: string;
  inferred: boolean;
}

/** All fields of a schema, those inside others too: `data.slots[].id`. */
function fieldsOf(document: Document, given: Schema, prefix = ''): Field[] {
  const schema = schemaOf(document, given);
  if (schema.items) return fieldsOf(document, schema.items, `${prefix}[]`);
  if (schema.anyOf?.some((option) => option.properties)) {
    const all = schema.anyOf.flatMap((option) => fieldsOf(document, option, prefix));
    return all.filter(({ name }, index) => all.findIndex((field) => field.name === name) === index);
  }
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const field = schemaOf(document, property);
    const name = prefix === '' ? key : `${prefix}.${key}`;
    return [
      {
        name,
        type: typeText(document, field),
        optional: !schema.required?.includes(key),
        description: field.description ?? '',
        inferred: field['x-inferred'] === true,
      },
      ...fieldsOf(document, field, name),
    ];
  });
}

function typeText(document: Document, schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (schema.anyOf) return schema.anyOf.map((option) => typeText(document, option)).join(' or ');
  if (schema.items) return `list of ${typeText(document, schemaOf(document, schema.items))}`;
  return [schema.type ?? 'anything'].flat().join(' or ');
}

function schemaOf({ components }: Document, schema: Schema): Schema {
  return schema.$ref ? components.schemas[schema.$ref.split('/').at(-1)!]! : schema;
}

function responseOf({ components }: Document, response: Response): Response {
  return response.$ref ? components.responses[response.$ref.split('/').at(-1)!]! : response;
}

function table(headings: readonly string[], rows: readonly Html[]): Html {
  if (rows.length === 0) return html`<p class="quiet">None</p>`;
  return html`<div class="table" tabindex="0"><table><thead><tr>${headings.map((heading) => html`<th>${heading}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
