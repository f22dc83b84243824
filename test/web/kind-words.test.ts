import { beforeAll, expect, test } from 'vitest';
import { kindWords } from '../../web/parts/chat/kind-words.ts';
import { speak } from '../../web/words/words.ts';

beforeAll(() => speak('en'));

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', ''])(
  'a kind that is called %j breaks nothing',
  (name) => {
    const unknown = kindWords({ type: 'unknown' } as Parameters<typeof kindWords>[0]);

    expect(kindWords({ type: name, kind: name } as Parameters<typeof kindWords>[0])).toBe(unknown);
  },
);
