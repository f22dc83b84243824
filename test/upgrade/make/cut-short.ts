import type { BotApiDouble } from '#test/channels/telegram/bot-api-double';
import { until } from '#test/e2e/call-api';
import type { Company } from '#test/upgrade/make/company';
import type { Engine, EngineCall, Verdict } from '#test/upgrade/make/engine';
import { connectPlayed } from '#test/upgrade/make/played-bot';
import type { Previous } from '#test/upgrade/make/previous';

/** The chats of the company, by what is cut short in them. */
export const CHATS = { pooled: 8001, waitingReply: 8002, unfolded: 8003, failedFold: 8004, unkept: 8005 } as const;

/**
 * Leaves bells of each kind behind: of a message that is not folded, a fold that failed, a reply in its lane, a task,
 * and a client who was given out and has no contact yet. Resolves when all are stored. After that comes the kill.
 */
export async function cutShort(konvert: Previous, engine: Engine, double: BotApiDouble, now: number): Promise<Company> {
  const operatorKey = await konvert.operatorKey();
  const { apiKey: key } = await konvert.ask(operatorKey, 'POST', '/v1/accounts', { name: 'Cut short' });
  const ask = (method: string, path: string, body?: unknown) => konvert.ask(key, method, path, body);
  const channel = await connectPlayed(konvert, key, 'Cut short', double, 6_300_000_001);
  const { channelId } = channel;
  const write = (chat: number, text: string) => channel.write(konvert.url, chat, text, now);
  await ask('POST', '/v3/users', [{ id: 'anna', name: 'Anna' }]);
  await ask('POST', '/v3/pipelines', [{ id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] }]);
  const contactData = [{ chatType: 'telegram', chatId: String(CHATS.waitingReply) }];
  await ask('POST', '/v3/contacts', [{ id: '801', responsibleUserId: 'anna', name: 'Known', contactData }]);
  const choose = (allowGetNewClients: boolean) =>
    ask('PUT', `/v1/settings/channels/${channelId}`, {
      newClients: { mode: 'round-robin', pipelineId: '1', stageId: '10' },
      userRoles: [{ userId: 'anna', role: 'seller', allowGetNewClients }],
    });
  await choose(false);
  await write(CHATS.pooled, 'Nobody is eligible');
  await write(CHATS.waitingReply, 'Is it ready?');
  await until('both are folded', async () => (await ask('GET', '/v1/chats')).chats.length === 2 || undefined);
  // The task of the settings is done twice, the second time after ten seconds.
  const hasTask = async () =>
    (await engine.items('konvert-outbox')).some(({ l }) => l?.S === `task#place#${channelId}`);
  await until('the task is done', async () => !(await hasTask()) || undefined);

  engine.decideBy(cutting);
  await write(CHATS.failedFold, 'The fold failed');
  const reply = { channelId, chatType: 'telegram', chatId: String(CHATS.waitingReply), text: 'It is.' };
  await ask('POST', '/v3/message', reply);
  await choose(true);
  await write(CHATS.unkept, 'Whose am I?');
  await allLeft('failed', 'lane', 'task', 'addresses');
  // This is the last message, because the reader of messages hangs on it.
  await write(CHATS.unfolded, 'Not folded yet');
  await allLeft('messages');
  return { apiKey: key, channelId };

  function allLeft(...kinds: string[]): Promise<boolean> {
    return until(`bells are left: ${kinds}`, async () => {
      const left = new Set((await engine.items('konvert-bells')).map(({ b }) => b?.S));
      return kinds.every((kind) => left.has(kind)) || undefined;
    });
  }
}

/** Serves bells as ever. The writes that would follow from the bells that have to stay hang or fail. */
function cutting({ operation, body }: EngineCall): Verdict {
  const isWrite = /^(PutItem|UpdateItem|TransactWriteItems|BatchWriteItem)$/.test(operation);
  if (!isWrite || body.includes('"konvert-bells"')) return 'serve';
  if (body.includes('"konvert-chats"') && body.includes(`#${CHATS.unfolded}"`)) return 'hang';
  if (body.includes('"konvert-chats"') && body.includes(`#${CHATS.failedFold}"`)) return 'refuse';
  if (body.includes('"konvert-outbox"') && body.includes('leaseUntil')) return 'hang';
  if (operation === 'UpdateItem' && body.includes('"task#')) return 'hang';
  return body.includes('"konvert-directory"') ? 'hang' : 'serve';
}
