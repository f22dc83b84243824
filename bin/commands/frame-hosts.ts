import { dataOf, type KonvertClient } from '../../clients/typescript/index.ts';
import { WrongWordsError } from '../terminal/errors.ts';
import { didYouMean } from '../terminal/similar.ts';
import type { Noun, Told } from '../terminal/verb.ts';

/** The commands of the sites that may show the page in a frame. */
export function addFrameHosts({ verb }: Noun): void {
  const change = async (konvert: KonvertClient, of: (now: readonly string[]) => readonly string[]): Promise<Told> => {
    const { frameAncestors: now, version } = await dataOf(konvert.GET('/v1/settings'));
    const body = { frameAncestors: [...of(now)], version };
    const { frameAncestors } = await dataOf(konvert.PATCH('/v1/settings', { body }));
    return { json: frameAncestors, text: hostWords(frameAncestors) };
  };

  verb(
    'list',
    'The sites, beside those of the CRMs that Konvert knows',
    'settings frame-hosts list',
    async ({ api }) => {
      const { frameAncestors } = await dataOf((await api()).GET('/v1/settings'));
      return { json: frameAncestors, text: hostWords(frameAncestors) };
    },
  );

  verb(
    'add <origin>',
    'Allow one more site',
    'settings frame-hosts add https://crm.example.com',
    async ({ api }, origin = '') => change(await api(), (now) => [...new Set([...now, origin])]),
  );

  verb(
    'remove <origin>',
    'Allow a site no more',
    'settings frame-hosts remove https://crm.example.com',
    async ({ api }, origin = '') =>
      change(await api(), (now) => {
        if (!now.includes(origin))
          throw new WrongWordsError(`${origin} is not among them. ${didYouMean(origin, now)}`.trim());
        return now.filter((one) => one !== origin);
      }),
  );
}

function hostWords(hosts: readonly string[]): string {
  return hosts.length === 0 ? 'None, beside the CRMs that Konvert knows.' : hosts.join('\n');
}
