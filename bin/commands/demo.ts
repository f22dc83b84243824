import { type Command, Option } from 'commander';
import { DEMO_KINDS } from '#local/demo/kinds';
import { DEMO_CLIENTS } from '#local/demo/kit/clients';
import type { DemoOptions, DemoStep } from '../demo/run-step.ts';
import { withExample } from '../terminal/verb.ts';

const AS = () => new Option('--as <user>', 'as the user of that id');
const CLIENT = () => new Option('--client <client>', 'another client than Anna').choices(Object.keys(DEMO_CLIENTS));
const CHANNELS = ['telegram', 'whatsapp', ...DEMO_KINDS.map(({ name }) => name)];
const CHANNEL = () => new Option('--channel <messenger>', 'another messenger than Telegram').choices(CHANNELS);
const FILE = () => new Option('--file <file>', 'with that file');

/** Adds the steps of the demo company to its noun. */
export function addDemo(demo: Command): void {
  const step = (name: DemoStep, takes: string, says: string, example: string, ...options: readonly Option[]) => {
    const command = demo.command(`${name}${takes}`).description(says);
    withExample(command, `demo ${example}`);
    for (const option of options) command.addOption(option);
    command.action(async (...given: unknown[]) => {
      const [words] = takes === '' ? [[]] : (given as [string[] | string | undefined]);
      const { runStep } = await import('../demo/run-step.ts');
      await runStep(name, command.opts<DemoOptions>(), [words ?? []].flat());
    });
    return command;
  };
  // A text may hold words like `-5`, which are no options.
  step(
    'write',
    ' [text...]',
    'A client writes',
    'write "Are you open?"',
    CLIENT(),
    CHANNEL(),
    FILE(),
  ).allowUnknownOption();
  step('list', '', 'The chats, those who wait first', 'list --as ivan', AS());
  step(
    'reply',
    ' [text...]',
    'You reply',
    'reply "Until six."',
    AS(),
    CLIENT(),
    CHANNEL(),
    FILE(),
  ).allowUnknownOption();
  step('no-reply', '', 'You say that no reply is needed', 'no-reply --client bob', AS(), CLIENT(), CHANNEL());
  step('refuse', '', 'The messenger refuses your next reply', 'refuse --channel whatsapp', CHANNEL());
  step('people', '', 'Who works there, and who may see and do what', 'people');
  step('new-clients', '', 'Three clients write where new clients are given out in turn', 'new-clients');
  step('receive', ' [port]', 'Gets the events as a CRM would, until Ctrl-C', 'receive 9000');
}
