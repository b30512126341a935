import { refuse } from './errors.ts';
import { codePoints } from './text.ts';

export type Role = 'admin' | 'member';

export type User = {
  id: number;
  /** Lower case, unique. */
  username: string;
  role: Role;
  disabledAt: Date | null;
  /** Tokens from before this moment have ended: he was disabled since. */
  tokensFrom: Date | null;
  createdAt: Date;
};

export function isActiveAdmin({ role, disabledAt }: User): boolean {
  return role === 'admin' && disabledAt === null;
}

export const locales = ['en', 'pt-BR'] as const;
/** `locale` null follows the browser. */
export type Profile = { name: string; email: string; locale: (typeof locales)[number] | null };

/** Lower-cases and checks a username: 1 to 64 of a-z 0-9 . _ @ + -, starting with a letter or digit. */
export function readUsername(text: string): string {
  const username = text.trim().toLowerCase();
  if (!/^[a-z0-9][a-z0-9._@+-]{0,63}$/.test(username)) {
    refuse('field_invalid', {
      field: 'username',
      why: 'must be 1 to 64 characters of a-z 0-9 . _ @ + - and start with a letter or digit',
    });
  }
  return username;
}

export function readRole(text: string): Role {
  if (text === 'admin' || text === 'member') return text;
  return refuse('field_invalid', { field: 'role', why: 'must be admin or member' });
}

export type ProfileDraft = { [F in keyof Profile]?: Profile[F] | undefined };

/** Checks what is sent of a profile; what is absent stays as it was. */
export function readProfile(draft: ProfileDraft, before: Profile | null): Profile {
  const name = (draft.name ?? before?.name ?? '').trim();
  const email = (draft.email ?? before?.email ?? '').trim();
  if (codePoints(name) > 255 || !name.isWellFormed()) {
    refuse('field_invalid', { field: 'name', why: 'must be at most 255 characters' });
  }
  if (email !== '' && (email.length > 254 || !/^[^\s@]+@[^\s@]+$/.test(email))) {
    refuse('field_invalid', { field: 'email', why: 'must look like someone@example.com' });
  }
  return { name, email, locale: draft.locale === undefined ? (before?.locale ?? null) : draft.locale };
}
