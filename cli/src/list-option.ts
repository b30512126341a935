import { InvalidArgumentError, Option } from 'commander';

/** Stands for the word that lifts a limit, such as `any`. Not null, which commander turns into an empty text. */
export const lifted = Symbol('lifted');

export type List = string[] | typeof lifted;

/**
 * An option that takes a list: texts between commas, the option repeated at will. An empty list is wrong usage, for a
 * shell variable that was not set must not lift a limit; only `word` does.
 */
export function listOption(flags: string, about: string, word?: string): Option {
  return new Option(flags, about).argParser((text: string, before: List | undefined): List => {
    const texts = text.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
    if (texts.length === 0) throw new InvalidArgumentError('It must not be empty.');
    const isLifted = word !== undefined && texts.includes(word);
    const alone = texts.length === 1 && before === undefined;
    if (before === lifted || (isLifted && !alone)) throw new InvalidArgumentError(`"${word}" stands alone.`);
    return isLifted ? lifted : [...(before ?? []), ...texts];
  });
}

/** An argument parser for a whole number from 1 on. */
export function readCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return Number(text);
}
