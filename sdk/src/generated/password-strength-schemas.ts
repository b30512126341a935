// Written by `npm run generate` from the operations of the server: change those, and run it again.

export type PasswordStrength = { strength: 'pending' | 'undefined' | 'poor' | 'bad' | 'good' | 'best' };
