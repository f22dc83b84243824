import { describe, expect, test } from 'vitest';
import { startHttpDouble } from '#test/doubles/http';
import { ALL_BY_LID, rig, SECRET, signal, useRig } from './rig.ts';

useRig();

describe('setting up', () => {
  const connect = (more: object) => rig.evolution.setup.connect({ ...rig.credentials, ...more });

  test('an instance that is not there is created with the key of the bridge, and with no other', async () => {
    await expect(connect({ instance: 'new' })).rejects.toMatchObject({
      fields: ['credentials.instance', 'credentials.apiKey'],
    });
    expect(await connect({ instance: 'new', apiKey: rig.bridge.globalKey })).toEqual({
      id: 'new',
      plainId: 'new',
      name: 'new',
    });
    expect(rig.bridge.bridge.instances.get('new')?.state).toBe('close');
  });

  test('a refusal blames the key', async () => {
    await expect(connect({ apiKey: 'another-key' })).rejects.toMatchObject({ fields: ['credentials.apiKey'] });
  });

  test('a webhook of another program is not taken from it unasked', async () => {
    const channel = { credentials: rig.credentials, webhookSecret: SECRET };
    const url = 'https://konvert.example/w';
    rig.bridge.instance.webhook = { ...rig.bridge.instance.webhook!, url: 'https://n8n.example/secret-path' };

    await expect(rig.evolution.setup.register(channel, url)).rejects.toMatchObject({ webhookHost: 'n8n.example' });
    expect(await rig.evolution.setup.inspect!(channel, url, signal())).toMatchObject({
      kind: 'elsewhere',
      why: expect.not.stringContaining('secret-path'),
    });
    await rig.evolution.setup.register(channel, url, { takeOver: true });
    expect(rig.bridge.instance.webhook).toMatchObject({ url, webhookBase64: false, headers: { jwt_key: SECRET } });
  });

  test('an earlier address of the channel is its own, and a webhook of another program stays', async () => {
    const channel = { credentials: rig.credentials, webhookSecret: SECRET };
    const url = 'https://konvert.example/webhooks/whatsapp/c1';
    const leadTo = (set: string) => (rig.bridge.instance.webhook = { ...rig.bridge.instance.webhook!, url: set });

    leadTo('https://old.example/webhooks/whatsapp/c1');
    expect(await rig.evolution.setup.inspect!(channel, url, signal())).toMatchObject({ kind: 'deaf' });
    await rig.evolution.setup.register(channel, url);
    expect(rig.bridge.instance.webhook).toMatchObject({ url });

    const theirs = leadTo('https://n8n.example/hook');
    await rig.evolution.setup.unregister(rig.credentials, url);
    expect(rig.bridge.instance.webhook).toEqual(theirs);
  });

  test('a webhook that was switched off, or lost an event, is deaf; a key that was changed is unauthorized', async () => {
    const channel = { credentials: rig.credentials, webhookSecret: SECRET };
    const inspect = () => rig.evolution.setup.inspect!(channel, rig.heard.baseUrl, signal());

    rig.bridge.instance.webhook = { ...rig.bridge.instance.webhook!, events: ['MESSAGES_UPSERT'] };
    expect(await inspect()).toMatchObject({ kind: 'deaf', why: expect.stringContaining('MESSAGES_UPDATE') });
    await rig.evolution.setup.unregister(rig.credentials, rig.heard.baseUrl);
    expect(await inspect()).toMatchObject({ kind: 'deaf' });
    rig.credentials = { ...rig.credentials, apiKey: 'another-key' };
    expect(
      await rig.evolution.setup.inspect!({ ...channel, credentials: rig.credentials }, rig.heard.baseUrl, signal()),
    ).toEqual({
      kind: 'unauthorized',
    });
    await rig.bridge.stop();
    expect(await inspect()).toMatchObject({ kind: 'unknown' });
  });

  test('a kept file is read where the bridge keeps it, without the key, else by its message', async () => {
    const store = await startHttpDouble(
      ({ headers }) => ({ method: 'GET', apikey: headers.apikey }),
      () => ({ status: 200, body: Buffer.from('kept') }),
    );
    const id = await rig.bridge.sendsFile(
      ALL_BY_LID,
      'imageMessage',
      { mimetype: 'image/png', fileName: 'a.png' },
      Buffer.from('png'),
    );
    const read = async (fileId: string) => {
      const opened = await rig.evolution.inbound.openFile!(rig.credentials, fileId, signal());
      return opened.kind === 'file' ? Buffer.concat(await Array.fromAsync(opened.body)).toString() : opened.kind;
    };

    expect(await read(`${id} ${store.baseUrl}/a.png`)).toBe('kept');
    expect(store.calls).toEqual([{ method: 'GET', apikey: undefined }]);
    await store.stop();
    expect(await read(`${id} ${store.baseUrl}/a.png`)).toBe('png');
    expect(await read('3EB0GONE')).toBe('gone');
  });
});
