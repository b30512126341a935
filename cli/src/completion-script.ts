import type { Command, Option } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

type Word = { word: string; about: string };
/** A command by the words that lead to it; the root by none. */
type Place = { at: string; commands: Word[]; options: Word[]; values: Map<string, readonly string[]> };

/** The completion of a program for a shell, from the program's own commands, options and choices. */
export function scriptFor(shell: Shell, program: Command): string {
  return { bash, zsh, fish }[shell](placesOf(program, ''));
}

function placesOf(command: Command, at: string): Place[] {
  const commands = command.commands.map((one) => ({ word: one.name(), about: firstSentence(one.description()) }));
  const shown = [...command.options, { long: '--help', description: 'tell what can be done' } as Option];
  const options = shown.map(({ long, short, description }) => ({ word: long ?? short ?? '', about: description }));
  const choices = command.registeredArguments[0]?.argChoices ?? [];
  const values = new Map<string, readonly string[]>();
  for (const { long, required, optional, argChoices } of command.options) {
    if (required || optional) values.set(long ?? '', argChoices ?? []);
  }
  const here = { at, commands: [...commands, ...choices.map((word) => ({ word, about: '' }))], options, values };
  return [here, ...command.commands.flatMap((one) => placesOf(one, `${at} ${one.name()}`.trim()))];
}

const firstSentence = (text: string) => text.split(/(?<=[.:;]) /)[0]?.replace(/[.:;]$/, '') ?? '';
/** In single quotes, which nothing in a shell opens again. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const wordsOf = (words: readonly Word[]) => words.map(({ word }) => word).join(' ');
const below = (places: readonly Place[]) => places.filter(({ at }) => at !== '').map(({ at }) => at);

function bash(places: readonly Place[]): string {
  const values = places.flatMap(({ at, values }) =>
    [...values].map(([option, words]) => `    ${quoted(`${at} ${option}`)}) words=${quoted(words.join(' '))} ;;`),
  );
  return `# Completion of arca for bash: source <(arca completion bash)
_arca() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} at= words= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${at:+$at }\${COMP_WORDS[i]}" in
      ${below(places).map(quoted).join(' | \\\n      ')}) at="\${at:+$at }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$at $prev" in
${values.join('\n')}
    *)
      case "$at" in
${places.map(({ at, commands, options }) => `        ${quoted(at)}) words=${quoted(wordsOf(commands))}; [[ $cur == -* ]] && words=${quoted(wordsOf(options))} ;;`).join('\n')}
      esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _arca arca
`;
}

function zsh(places: readonly Place[]): string {
  const told = ({ word, about }: Word) => quoted(`${word}:${about.replaceAll(':', '\\:')}`);
  const values = places.flatMap(({ at, values }) =>
    [...values].map(([option, words]) => `    ${quoted(`${at} ${option}`)}) found=(${words.map(quoted).join(' ')}) ;;`),
  );
  return `#compdef arca
# Completion of arca for zsh: source <(arca completion zsh)
_arca() {
  local at= word
  local -a found
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${at:+$at }$word" in
      ${below(places).map(quoted).join(' | \\\n      ')}) at="\${at:+$at }$word" ;;
    esac
  done
  case "$at \${words[CURRENT-1]}" in
${values.join('\n')}
    *)
      case "$at" in
${places.map(({ at, commands, options }) => `        ${quoted(at)}) found=(${commands.map(told).join(' ')}); [[ \${words[CURRENT]} == -* ]] && found=(${options.map(told).join(' ')}) ;;`).join('\n')}
      esac ;;
  esac
  if ((\${#found})); then _describe arca found; else _files; fi
}
compdef _arca arca
`;
}

function fish(places: readonly Place[]): string {
  const escaped = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = places.flatMap(({ at, commands, options, values }) => {
    const when = `complete -c arca -n ${escaped(`test (__arca_at) = "${at}"`)}`;
    return [
      ...commands.map(({ word, about }) => `${when} -f -a ${word} -d ${escaped(about)}`),
      ...options.map(({ word, about }) => {
        const words = values.get(word);
        const takes = words === undefined ? '' : words.length === 0 ? ' -r' : ` -x -a ${escaped(words.join(' '))}`;
        return `${when} -l ${word.replace(/^-+/, '')}${takes} -d ${escaped(about)}`;
      }),
    ];
  });
  return `# Completion of arca for fish: arca completion fish > ~/.config/fish/completions/arca.fish
function __arca_at
  set -l at ''
  for word in (commandline -opc)[2..]
    set -l longer (string trim "$at $word")
    contains -- "$longer" ${below(places).map(escaped).join(' ')}; and set at $longer
  end
  echo "$at"
end
${lines.join('\n')}
`;
}
