import { beforeEach, describe, expect, test } from 'vitest';
import type { Asked, Session } from '#crms/crm';
import { type Connected, FRAME_URL, HOOKS_URL, wantedOf } from './kit/connected.ts';
import type { CrmRig } from './kit/rig.ts';

/** Every member that makes calls, called once. */
const MEMBERS: Readonly<Record<string, (rig: CrmRig, session: Session) => Promise<Asked<unknown>>>> = {
  identify: ({ crm }, session) => crm.identify(session),
  prepare: ({ crm }, session) => crm.prepare(session, HOOKS_URL, FRAME_URL),
  users: ({ crm }, session) => crm.users(session),
  pipelines: ({ crm }, session) => crm.pipelines(session),
  find: ({ crm }, session) => crm.find(session, { chatType: 'whatsapp', chatId: '79991234567' }),
  read: ({ crm }, session) => crm.read(session, [{ type: 'contact', id: '1' }]),
  dealsOf: ({ crm }, session) => crm.dealsOf(session, '1'),
  changedSince: ({ crm, clock }, session) => crm.changedSince(session, clock.now() - 60_000),
  look: ({ crm, clock }, session) => crm.look(session, wantedOf('1').keys, clock.now()),
  make: ({ crm }, session) => crm.make(session, wantedOf('1')),
  remove: ({ crm }, session) => crm.remove(session, { type: 'deal', id: '1' }),
  assign: ({ crm }, session) => crm.assign(session, { type: 'deal', id: '1' }, '1'),
  note: ({ crm, clock }, session) =>
    crm.note(session, [
      { refs: [{ type: 'contact', id: '1' }], text: 'Hello', links: [], chatType: 'telegram', sentAt: clock.now() },
    ]),
};

/** A refusal in the words of all CRMs, with that text wherever one of them has a text. */
function refusalOf(text: string) {
  const errors = [{ code: text, path: text, detail: text, context: { propertyName: [text] } }];
  return {
    ...{ message: text, category: text, errors },
    ...{ title: text, detail: text, hint: text, 'validation-errors': [{ errors }] },
    ...{ error: text, error_description: text },
  };
}

/** Tests that every call ends in a word for every way in which it can fail. */
export function describeOutcomes(now: () => Connected): void {
  describe.each(Object.entries(MEMBERS))('%s', (name, call) => {
    beforeEach(({ skip }) => skip(name === 'remove' && now().rig.traits.deletes === false));

    test('without rights: unauthorized', async () => {
      const { rig, session } = now();
      rig.hands.revoke();
      expect(await call(rig, session)).toMatchObject({ kind: 'unauthorized' });
    });

    test('throttled, with its seconds; blocked, with its problem (K11, K13)', async () => {
      const { rig, session } = now();
      const { throttled, blocked } = rig.answers;
      rig.double.answer(throttled);
      expect(await call(rig, session)).toMatchObject({ kind: 'throttled', retryAfterSeconds: throttled.seconds });
      if (!blocked) return;
      rig.double.answer(blocked);
      expect(await call(rig, session)).toMatchObject({ kind: 'throttled', retryAfterSeconds: blocked.seconds });
    });

    test('an answer that says nothing: unreachable', async () => {
      const { rig, session } = now();
      for (const answer of rig.answers.silent) {
        rig.double.answer(answer);
        expect(await call(rig, session), JSON.stringify(answer)).toMatchObject({ kind: 'unreachable' });
      }
    });

    test('no answer: unreachable', async () => {
      const { rig, session } = now();
      rig.double.down();
      expect(await call(rig, session)).toMatchObject({ kind: 'unreachable' });
    });

    test('ends with its signal', async () => {
      const { rig, session } = now();
      expect(await call(rig, { ...session, signal: AbortSignal.abort() })).toMatchObject({ kind: 'unreachable' });
      const giveUp = new AbortController();
      const before = rig.double.calls.length;
      rig.double.late();
      const asked = call(rig, { ...session, signal: giveUp.signal });
      await expect.poll(() => rig.double.calls.length).toBe(before + 1);
      giveUp.abort();
      expect(await asked).toMatchObject({ kind: 'unreachable' });
    });

    test('no part of the token is in what it says, wherever the CRM quotes it and texts are cut', async () => {
      const { rig, session } = now();
      const { accessToken } = session;
      const begin = accessToken.slice(0, 8);
      for (const status of [400, 401, 403, 404, 429, 500]) {
        for (const quote of [`no ${accessToken}`, `${'x'.repeat(490)} ${accessToken}`]) {
          rig.double.down({ status, body: refusalOf(quote) });
          expect(JSON.stringify(await call(rig, session)), String(status)).not.toContain(begin);
        }
      }
    });
  });

  test('forbidden: NOT_ADMIN, and no other call is lost for it', async () => {
    const { rig, session } = now();
    rig.double.answer(rig.answers.forbidden);
    expect(await rig.crm.users(session)).toMatchObject({ kind: 'refused', code: 'NOT_ADMIN' });
    expect((await rig.crm.users(session)).kind).toBe('ok');
  });
}
