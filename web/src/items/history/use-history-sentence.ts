import type { Version } from '@arca/sdk';
import { useCallback } from 'react';
import { useSession } from '../../session/use-session.ts';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import type { FieldName } from '../fields.ts';

/** "Ana changed the password and the notes", of one version. */
export function useHistorySentence(): (version: Version) => string {
  const words = useWords();
  const formats = useFormats();
  const { user } = useSession();
  return useCallback(
    ({ version, author, fields }) => {
      const who = author === user.username ? words('items.you') : author;
      if (version === 1) return words('items.history.created', { who });
      if (fields.length === 0) return words('items.history.saved', { who });
      const names = fields.map((field) => words(`items.history.fields.${field as FieldName}`, { defaultValue: field }));
      return words('items.history.changed', { who, fields: formats.list(names) });
    },
    [words, formats, user.username],
  );
}
