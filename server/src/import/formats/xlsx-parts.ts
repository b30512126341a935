import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { FileProblem, mostRecords, mustNotBeMore } from '../file-problem.ts';
import { unzip } from '../unzip.ts';

/** All that a workbook's cells are read from. */
const needed =
  /^(\[Content_Types\]|_rels\/\.rels|xl\/(workbook|sharedStrings|styles|worksheets\/[^/]+))\.xml$|\.xml\.rels$/i;
const mostColumns = 702; // A to ZZ

/**
 * The workbook put together anew of the parts that it is read from, once each of them was looked into: how much they unpack
 * to, how many rows and columns they have, and whether a cell is a formula, whose text is not what was typed. What the
 * reader gets is what was looked at, whatever else the file holds and however it lists that. Throws FileProblem.
 */
export async function harmless(bytes: Uint8Array): Promise<Buffer> {
  const parts = await unzip(bytes, (name) => needed.test(name));
  if (![...parts.keys()].some((name) => name.startsWith('xl/worksheets/'))) {
    throw new FileProblem('is no XLSX workbook');
  }
  const zip = new ZipFile();
  for (const [name, content] of parts) {
    mustBePlain(textOf(content));
    zip.addBuffer(content, name, { compress: false });
  }
  zip.end();
  return buffer(zip.outputStream);
}

/** As its reader decodes it, which takes every part for UTF-8. UTF-16 is full of NUL. */
function textOf(content: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    if (!text.includes('\0')) return text;
  } catch {
    // Told below.
  }
  throw new FileProblem('has a sheet that is not UTF-8');
}

// The reader looks at names without their prefix. A value in quotes may hold what would end a tag.
const prefix = String.raw`<(?:[^\s<>/"'=:]+:)?`;
const formulas = new RegExp(String.raw`${prefix}f[\s/>]`);
const places = new RegExp(String.raw`${prefix}(row|c)(?=[\s/>])((?:[^<>"']|"[^"]*"|'[^']*')*)>`, 'g');
const placeOf = /(?:^|\s)(?:[^\s"'=:]+:)?r\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

function mustBePlain(text: string): void {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new FileProblem('has a document type (DTD) in it');
  if (formulas.test(text)) {
    throw new FileProblem('has a formula in a cell; a value that begins with = must be typed as text');
  }
  let rows = 0;
  for (const [, name, attributes = ''] of text.matchAll(places)) {
    if (name === 'row') {
      rows += 1;
      mustNotBeMore(rows - 1);
    }
    // A row's own number, and a cell's, may leave a gap that the reader fills.
    for (const [, inDouble, inSingle] of attributes.matchAll(placeOf)) mustBeNear(inDouble ?? inSingle ?? '');
  }
}

/** `12` of a row or `B12` of a cell, written out. */
function mustBeNear(place: string): void {
  const [, column = '', row] = /^([A-Z]{0,3})([0-9]{1,9})$/.exec(place) ?? [];
  if (row === undefined) throw new FileProblem('is no XLSX workbook');
  if (Number(row) > mostRecords + 1) throw new FileProblem(`has more than ${mostRecords} records`);
  if (column.length > 2) throw new FileProblem(`has more than ${mostColumns} columns`);
}
