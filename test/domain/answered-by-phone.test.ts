import { expect, test } from 'vitest';
import { type Ended, isAnsweredByPhone } from '#domain/answered-by-phone';

const ended = (by: 'crm' | 'phone', outcome: Ended['outcome'] = 'answered'): Ended => ({ outcome, author: { by } });
const ivan: Ended = { outcome: 'answered', author: { by: 'user', userId: 'ivan' } };

test.each<[string, readonly Ended[], boolean]>([
  ['nothing was answered', [], false],
  ['no phone answered', [ivan], false],
  ['a third of the answers came from phones', [ended('phone'), ended('crm'), ivan], false],
  ['a little more did', [...Array(34).fill(ended('phone')), ...Array(66).fill(ivan)], true],
  ['all did', [ended('phone')], true],
  ['what a phone sent by itself is no answer', [ended('phone', 'auto'), ivan], false],
  ['a word that no reply is needed is none', [ended('phone'), ended('crm', 'no-reply-needed')], true],
])('phones answer a channel if they give more than a third of the answers (T11): %s', (_what, waits, isByPhone) => {
  expect(isAnsweredByPhone(waits)).toBe(isByPhone);
});
