import type { StartedAccount } from './started-konvert.ts';
import { SECRET_HEADER, type TextUpdate, textUpdate } from './telegram.ts';

/** Posts a client's text as Telegram does. Another answer than 200 ends the bench. */
export async function postText(
  url: string,
  { channelId, secret }: Pick<StartedAccount, 'channelId' | 'secret'>,
  text: Omit<TextUpdate, 'at'>,
): Promise<void> {
  const response = await fetch(`${url}/webhooks/telegram/${channelId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [SECRET_HEADER]: secret },
    body: JSON.stringify(textUpdate({ ...text, at: Date.now() })),
  });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`A webhook was answered with ${response.status}`);
}
