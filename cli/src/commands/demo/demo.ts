import { Command } from 'commander';
export function demo(): Command {
  return new Command('demo');
}
