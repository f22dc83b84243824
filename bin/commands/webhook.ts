import { InvalidArgumentError } from 'commander';
import { type components, dataOf } from '../../clients/typescript/index.ts';
import { secretOf } from '../terminal/access.ts';
import { StepError, WrongWordsError } from '../terminal/errors.ts';
import { didYouMean } from '../terminal/similar.ts';
import { type Column, fieldsOf, tableOf } from '../terminal/table.ts';
import { timeOf } from '../terminal/times.ts';
import type { Noun } from '../terminal/verb.ts';

type Receiver = components['schemas']['Receiver'];
type Events = keyof typeof EVENTS;
type Answer = components['schemas']['ReceiverTest'];

/** Our short words for the switches of a registration. */
const EVENTS = {
  messages: 'messagesAndStatuses',
  creations: 'contactsAndDealsCreation',
  channels: 'channelsUpdates',
  templates: 'templateStatus',
  assignments: 'assignments',
  waiting: 'waiting',
} as const;

const COLUMNS: readonly Column[] = [
  { head: 'WHEN' },
  { head: 'ANSWER', shrinks: true },
  { head: 'TOOK' },
  { head: 'EVENTS' },
];

/** The commands of the receiver of events. */
export function addWebhook({ verb }: Noun): void {
  verb('show', 'Where events go, and which', 'webhook show', async ({ api }) => {
    const receiver = await dataOf((await api()).GET('/v3/webhooks'));
    return { json: receiver, text: wordsOf(receiver) };
  });

  verb<{ events?: Events[]; crmKeyFile?: string; crmKey?: false }>(
    'set [address]',
    'Say where events go, and which. The address is tried first; what is left out stays',
    'webhook set https://crm.example.com/konvert --events messages,creations',
    async ({ api, options }, address) => {
      const { events, crmKeyFile, crmKey } = options;
      if (address === undefined && events === undefined && crmKeyFile === undefined && crmKey !== false) {
        throw new WrongWordsError('What changes? Say an address, --events, --crm-key-file or --no-crm-key');
      }
      const konvert = await api();
      const now = await dataOf(konvert.GET('/v3/webhooks'));
      const wanted = events ?? (now.webhooksUri === null ? ['messages'] : eventsOf(now));
      const key = crmKeyFile === undefined ? undefined : await secretOf(crmKeyFile, '--crm-key-file');
      const body = {
        subscriptions: Object.fromEntries(Object.entries(EVENTS).map(([word, name]) => [name, wanted.includes(word)])),
        ...(address !== undefined && { webhooksUri: address }),
        ...(key !== undefined && { crmKey: key }),
        ...(crmKey === false && { crmKey: null }),
      };
      await dataOf(konvert.PATCH('/v3/webhooks', { body }));
      const receiver = await dataOf(konvert.GET('/v3/webhooks'));
      return { json: receiver, text: wordsOf(receiver) };
    },
  )
    .option('--events <list>', `which: ${Object.keys(EVENTS).join(', ')}, with commas between; or none`, readEvents)
    .option('--crm-key-file <file>', 'the file of a key that goes with each event (Authorization)')
    .option('--no-crm-key', 'no key goes with events any more');

  verb('test', 'Call the address once', 'webhook test', async ({ api }) => {
    const answer = await dataOf((await api()).POST('/v1/webhooks/test'));
    if (answer.status !== 200) throw new StepError(`The address did not take it: ${answerWords(answer)}`);
    return { json: answer, text: `The address took it: ${answerWords(answer)}` };
  });

  verb('answers', 'What the address answered last', 'webhook answers', async ({ api, terminal }) => {
    const { answers } = await dataOf((await api()).GET('/v1/webhooks/answers'));
    if (answers.length === 0) return { json: [], text: 'It was not called yet.' };
    const rows = answers.map((one) => [
      timeOf(one.at),
      `${one.status ?? one.reason}`,
      `${one.tookMs} ms`,
      `${one.events}`,
    ]);
    return { json: answers, text: tableOf(COLUMNS, rows, terminal.width) };
  });

  verb(
    'secret',
    'Make a new secret that signs events; the former one signs beside it for 24 hours',
    'webhook secret',
    async ({ api }) => {
      const made = await dataOf((await api()).POST('/v1/webhooks/secret'));
      const former =
        made.formerSignsUntil === null ? [] : [`The former one signs until ${timeOf(made.formerSignsUntil)}.`];
      return { json: made, text: [`The secret, shown this once:`, made.secret].join('\n'), notes: former };
    },
  );
}

function wordsOf(receiver: Receiver): string {
  const { webhooksUri, endedAt } = receiver;
  if (webhooksUri === null) return 'Events go nowhere. Next: webhook set <address>';
  const ended = `at ${timeOf(endedAt)} the receiver said that it is gone (410): webhook set ${webhooksUri}`;
  return fieldsOf([
    ['address', webhooksUri],
    ['events', eventsOf(receiver).join(', ') || 'none'],
    ...(endedAt === undefined ? [] : [['ended', ended] as const]),
  ]);
}

function eventsOf({ subscriptions }: Receiver): string[] {
  return Object.entries(EVENTS).flatMap(([word, name]) => (subscriptions[name] ? [word] : []));
}

function answerWords({ status, reason, tookMs }: Answer): string {
  return `${status ?? reason}, after ${tookMs} ms`;
}

function readEvents(list: string): Events[] {
  const words = list === 'none' ? [] : list.split(',').map((word) => word.trim());
  const wrong = words.find((word) => !Object.hasOwn(EVENTS, word));
  if (wrong === undefined) return words as Events[];
  throw new InvalidArgumentError(`There are no events ${wrong}. ${didYouMean(wrong, Object.keys(EVENTS))}`.trim());
}
