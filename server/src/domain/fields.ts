import { refuse } from './errors.ts';
import { tidyTags } from './tags.ts';
import { codePoints, isBlank } from './text.ts';
import { readTotpOrUri, type Totp } from './totp.ts';
import type { FileContent } from './upload.ts';

/** A field of a kind. `most` is in code points. Secret fields leave only through a reveal. */
export type FieldRule = {
  field: string;
  part: 'open' | 'secret';
  type: 'text' | 'note' | 'tags' | 'totp' | 'content' | 'size';
  required: boolean;
  most: number;
  /** The safe fills it in itself: no caller names it. */
  isGiven?: boolean;
};

type FieldValue = string | number | readonly string[] | Totp | FileContent | null;
export type FieldValues = Record<string, FieldValue>;

/** Open fields that can be looked for by their whole value; each tag counts by itself. */
export const indexedFields = ['name', 'username', 'url', 'tags', 'identifierCode'] as const;
export type IndexedField = (typeof indexedFields)[number];

/** What a caller sent, under our field names and of any type: absent leaves a field as it is, null or '' clears it. */
export type Draft = Readonly<Record<string, unknown>>;

/** Limits that a dialect sets below the kind's own, in code points. */
export type Limits = Readonly<Record<string, number>>;

const mostTags = 50;
const longestTag = 255;

/**
 * Checks a draft field by field in the rules' order and gives the whole content. `before` is the content that an
 * update changes; without it the draft must inform every required field.
 */
export function readFields(
  rules: readonly FieldRule[],
  draft: Draft,
  before: FieldValues | null,
  limits: Limits = {},
): FieldValues {
  const values: FieldValues = {};
  for (const rule of rules) {
    const sent = draft[rule.field];
    if (sent === undefined && before) {
      values[rule.field] = before[rule.field] ?? blankOf(rule);
    } else if (rule.required && isBlank(sent)) {
      refuse('field_missing', { field: rule.field });
    } else if (sent === undefined || sent === null || sent === '') {
      values[rule.field] = blankOf(rule);
    } else {
      values[rule.field] = readField(rule, sent, limits[rule.field] ?? rule.most);
    }
  }
  return values;
}

function blankOf(rule: FieldRule): FieldValue {
  if (rule.type === 'tags') return [];
  if (rule.type === 'size') return 0;
  return rule.type === 'totp' || rule.type === 'content' ? null : '';
}

function readField(rule: FieldRule, sent: unknown, most: number): FieldValue {
  switch (rule.type) {
    case 'tags':
      return readTags(rule.field, sent);
    case 'totp':
      return readTotpOrUri(rule.field, sent);
    // What the safe fills in was checked when it came.
    case 'content':
    case 'size':
      return sent as FieldValue;
    default: {
      const text = readText(rule.field, sent);
      if (codePoints(text) <= most) return text;
      if (rule.type === 'note') refuse('note_too_long', { limit: most });
      return refuse('field_invalid', { field: rule.field, why: `longer than ${most} characters` });
    }
  }
}

/** A text that UTF-8 can hold; a lone surrogate would silently change on its way to the store. */
function readText(field: string, sent: unknown): string {
  if (typeof sent !== 'string') return refuse('field_invalid', { field, why: 'must be a text' });
  if (!sent.isWellFormed()) refuse('field_invalid', { field, why: 'holds half a character (a lone surrogate)' });
  return sent;
}

function readTags(field: string, sent: unknown): string[] {
  if (!Array.isArray(sent)) return refuse('field_invalid', { field, why: 'must be a list of texts' });
  const tags = tidyTags(sent.map((tag) => readText(field, tag)));
  if (tags.length > mostTags) refuse('field_invalid', { field, why: `more than ${mostTags} tags` });
  if (tags.some((tag) => codePoints(tag) > longestTag)) {
    refuse('field_invalid', { field, why: `a tag longer than ${longestTag} characters` });
  }
  return tags;
}

/** The secret fields that hold something: shown with the open ones, so that nobody views an empty field. */
export function filledSecrets(rules: readonly FieldRule[], values: FieldValues): string[] {
  return rules.filter(({ part, field }) => part === 'secret' && !isBlank(values[field])).map(({ field }) => field);
}

/** The fields of one part, in the rules' order: what is sealed together. */
export function partOf(rules: readonly FieldRule[], part: 'open' | 'secret', values: FieldValues): FieldValues {
  return Object.fromEntries(
    rules.filter((rule) => rule.part === part).map((rule) => [rule.field, values[rule.field] ?? blankOf(rule)]),
  );
}
