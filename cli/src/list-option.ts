import { InvalidArgumentError, Option } from 'commander';

/**
 * An option that takes a list: texts between commas, the option repeated at will. An empty list is wrong usage, for a
 * shell variable that was not set must not lift a limit. `lifted` is the word that stands for no limit, and gives null.
 */
export function listOption(flags: string, about: string, lifted?: string): Option {
  return new Option(flags, about).argParser((text: string, before: string[] | null | undefined) => {
    const texts = text.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
    if (texts.length === 0) throw new InvalidArgumentError('It must not be empty.');
    if (lifted === undefined || !texts.includes(lifted)) {
      if (before === null) throw new InvalidArgumentError(`"${lifted}" stands alone.`);
      return [...(before ?? []), ...texts];
    }
    if (texts.length > 1 || before !== undefined) throw new InvalidArgumentError(`"${lifted}" stands alone.`);
    return null;
  });
}
