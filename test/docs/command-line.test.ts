import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from '../../bin/program.ts';
import { createTerminal } from '../../bin/terminal/terminal.ts';

const FILE = 'docs/command-line.md';
const text = readFileSync(FILE, 'utf8');
const BLOCK = /(?<=<!-- commands -->\n)[\s\S]*(?=<!-- \/commands -->)/;

const program = createProgram(createTerminal());

/** Every command that does something, with the words that lead to it. */
function verbsOf(command: Command, path: readonly string[]): { words: string; command: Command }[] {
  const words = [...path, command.name()];
  if (command.commands.length > 0) return command.commands.flatMap((inner) => verbsOf(inner, words));
  const takes = command.registeredArguments.map((one) => {
    const name = one.variadic ? `${one.name()}...` : one.name();
    return one.required ? `<${name}>` : `[${name}]`;
  });
  return [{ words: [...words, ...takes].join(' '), command }];
}

const verbs = program.commands.flatMap((command) => verbsOf(command, []));

/** The table of all commands, in the form that the formatter leaves alone. */
function tableOfCommands(): string {
  const rows = verbs.map(({ words, command }) => {
    const options = command.options.map(({ long }) => `\`${long}\``).join(' ');
    return [`\`${words}\``, command.description(), options];
  });
  const all = [['command', 'what it does', 'options'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lineOf = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const [head, ...body] = all.map(lineOf);
  return `\n${[head, rule, ...body].join('\n')}\n\n`;
}

test('the document names every command with its options, in the words of --help', () => {
  // To make the table anew: KONVERT_DOCS=write npx vitest run test/docs/command-line.test.ts
  if (process.env.KONVERT_DOCS === 'write') writeFileSync(FILE, text.replace(BLOCK, tableOfCommands()));

  expect(BLOCK.exec(readFileSync(FILE, 'utf8'))?.[0]).toBe(tableOfCommands());
});

test('each line that the documents type is a command with options that it takes', () => {
  const files = [
    'README.md',
    FILE,
    'docs/operations.md',
    'docs/deploying.md',
    'docs/webhooks.md',
    'bin/start/welcome.ts',
  ];
  const lines = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(?:run konvert --|^konvert) ([^`\n#]*)/gm)].map(([, words = '']) => ({
      file,
      words,
    })),
  );
  const wrong = lines.filter(({ words }) => !/^(…|<)/.test(words) && !isTyped(words));

  expect(lines.length).toBeGreaterThan(40);
  expect(wrong).toEqual([]);
});

/** Whether the words lead to a command, and it takes their options. */
function isTyped(line: string): boolean {
  const words = [...line.matchAll(/"[^"]*"|\S+/g)].map(([word]) => word);
  let command = program;
  while (command.commands.length > 0) {
    const word = words[0] ?? '';
    const next = command.commands.find((one) => one.name() === word);
    // `deliveries` alone is its list; a group alone is fine with --help.
    if (!next) {
      if (command.name() !== 'deliveries') return word === '' || word === '--help';
      command = command.commands.find((one) => one.name() === 'list') ?? command;
      break;
    }
    words.shift();
    command = next;
  }
  const known = [...command.options, ...program.options].map(({ long }) => long);
  return words.filter((word) => word.startsWith('--')).every((word) => known.includes(word) || word === '--help');
}
