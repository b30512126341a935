import { useWords } from '../text/use-words.ts';

/** As the safe reads a username; it lower-cases what it gets. */
export function useUsernameRule(): (username: string) => string | true {
  const words = useWords();
  return (username) => {
    if (username.trim() === '') return words('users.missing.username');
    return /^[a-z0-9][a-z0-9._@+-]{0,63}$/.test(username.trim().toLowerCase()) || words('users.missing.usernameForm');
  };
}

export function useEmailRule(): (email: string) => string | true {
  const words = useWords();
  return (email) => email.trim() === '' || /^[^\s@]+@[^\s@]+$/.test(email.trim()) || words('users.missing.email');
}
