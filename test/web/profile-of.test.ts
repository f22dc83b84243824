import { expect, test } from 'vitest';
import type { Entry, Message } from '../../web/models.ts';
import { profileOf } from '../../web/parts/chat/profile-of.ts';

const line = (of: Partial<Message>) => ({ kind: 'message', message: of }) as unknown as Entry;
const sending = { kind: 'sending' } as unknown as Entry;

test('the profile at Avito is the one that the newest message tells, also if newer lines tell none', () => {
  const entries = [line({ avitoProfileId: '1' }), line({ avitoProfileId: '2' }), line({ isEcho: true }), sending];

  expect(profileOf(entries)).toBe('2');
  expect(profileOf([line({}), sending])).toBeUndefined();
});
