import { join } from 'node:path';
import { createEvolution } from '#channels/evolution/index';
import { textTo } from '#test/channels/messages';
import { startEvolution } from '#test/doubles/evolution';
import { startHttpDouble } from '#test/doubles/http';
import type { Ask } from '#test/judges/ask';
import { areSame, type Check } from '#test/judges/checks';
import { judgeWith } from '#test/judges/python';
import { PATIENCE_MS } from '#test/patience';

// node test/judges/evolutionapi/run.ts: the client evolutionapi, by somebody else and in another language, speaks to the
// double of the Evolution bridge. What it sends is taken, and is what our adapter sends; what the double posts, it reads.
// Python and the package index are needed: without them nothing is judged, and that is said.

const CLIENT = 'evolutionapi==0.1.2';
const DANA = '12025550142';

interface Judged {
  readonly state: string;
  readonly names: readonly string[];
  readonly sent: Readonly<Record<string, string>>;
  readonly edited: string;
  readonly file: string;
  readonly read: readonly Readonly<Record<string, unknown>>[];
}

await judgeWith(CLIENT, join(import.meta.dirname, 'judge.py'), judge);

async function judge(ask: Ask): Promise<boolean> {
  const heard = await startHttpDouble(
    ({ bytes }) => ({ method: 'POST', body: JSON.parse(bytes.toString('utf8')) }),
    () => ({ status: 200, body: '' }),
  );
  const dana = { phone: DANA, name: 'Дана / 😀' };
  const bridge = await startEvolution({ people: [dana] });
  const { name: instance } = bridge.instance;
  const credentials = { serverUrl: bridge.baseUrl, instance, apiKey: bridge.globalKey };
  const { setup, outbound } = createEvolution({ clock: bridge.clock });
  await setup.register({ credentials, webhookSecret: 'a1'.repeat(32) }, heard.baseUrl);

  const signal = () => AbortSignal.timeout(PATIENCE_MS);
  const ours = await outbound.send(credentials, textTo(DANA, 'Café?', {}, 'whatsapp'), signal());
  if (ours.kind !== 'sent') throw new Error(`Ours was not taken: ${JSON.stringify(ours)}`);
  await outbound.edit?.(credentials, textTo(DANA, 'Café!', {}, 'whatsapp'), ours.providerId, signal());
  const { id } = await bridge.writes(dana, { conversation: 'Café / 😀' });
  const media = await bridge.sendsFile(
    dana,
    'imageMessage',
    { mimetype: 'image/jpeg', caption: 'Look' },
    Buffer.from('jpeg'),
  );
  await bridge.emit('messages.update', { keyId: ours.providerId, remoteJid: DANA, fromMe: true, status: 'READ' });
  await bridge.emit('qrcode.updated', { qrcode: { instance, pairingCode: null, code: '2@abc', base64: 'data:' } });
  const webhooks = heard.calls.map(({ body }) => body);

  const given = { base: bridge.baseUrl, key: bridge.globalKey, instance, to: DANA, media, webhooks };
  const judged = await ask<Judged>(given);

  const bodies = (method: string) => bridge.calls.filter((call) => call.method === method).map(({ body }) => body);
  const [mine, theirs] = bodies('POST message/sendText') as [Record<string, string>, Record<string, string>];
  const [myEdit, theirEdit] = bodies('POST chat/updateMessage') as [{ text: string }, { text: string }];
  const checks: Check[] = [
    ['finds the phone', [judged.state, judged.names], ['open', [instance]]],
    // It names the number, and we name the address.
    ['sends a text', { ...theirs, number: `${theirs.number}@s.whatsapp.net` }, mine],
    ['edits it', [Object.keys(theirEdit).sort(), theirEdit.text], [Object.keys(myEdit).sort(), myEdit.text]],
    ['is told which was edited', judged.edited, judged.sent.text],
    ['reads a file', judged.file, 'jpeg'],
    [
      'reads what came',
      judged.read,
      [
        { event: 'messages.upsert', instance, text: 'Café / 😀', id, from: `${DANA}@s.whatsapp.net`, name: dana.name },
        {
          event: 'messages.upsert',
          instance,
          text: '[Imagem] Look',
          id: media,
          from: `${DANA}@s.whatsapp.net`,
          name: dana.name,
        },
        { event: 'messages.update', instance, id: ours.providerId, status: 'READ' },
        { event: 'qrcode.updated', instance, code: '2@abc' },
      ],
    ],
  ];
  await Promise.all([bridge.stop(), heard.stop()]);
  return areSame(CLIENT, checks);
}
