import { expect, test } from 'vitest';
import { parentOf, type Told } from '../../web/data/parent.ts';

const TOLD: Told = { type: 'KONVERT_LINK_EXPIRED' };

/** A frame, and what the page around it is told, with the origin to which that is addressed. */
function frame(ancestors: readonly string[] | undefined, referrer: string) {
  const posted: [unknown, string][] = [];
  const parent = { postMessage: (said: unknown, to: string) => posted.push([said, to]) };
  const around = { parent, location: { ancestorOrigins: ancestors }, document: { referrer } } as unknown as Window;
  return { around, posted };
}

test.each([
  [['https://crm.example'], '', 'https://crm.example'],
  // The page around it counts, and not the one around that.
  [['https://crm.example', 'https://evil.example'], 'https://evil.example/', 'https://crm.example'],
  [undefined, 'https://crm.example/deals/1?x=1', 'https://crm.example'],
  [undefined, '', undefined],
  [undefined, 'null', undefined],
  [[], '', undefined],
  [['null'], 'https://evil.example/', undefined],
  [['*'], '', undefined],
  [undefined, 'file:///etc/passwd', undefined],
])('the page around the frame with ancestors %j and referrer %j is addressed as %s', (ancestors, referrer, origin) => {
  const { around, posted } = frame(ancestors, referrer);

  parentOf(around)?.tell(TOLD);

  expect(posted).toEqual(origin === undefined ? [] : [[TOLD, origin]]);
});

test('outside frames nobody is told anything', () => {
  const { around } = frame(undefined, 'https://crm.example/');
  Object.assign(around, { parent: around });

  expect(parentOf(around)).toBeUndefined();
});
