import { frameAncestor } from '../../src/domain/frame-ancestors.ts';

/** The origin that is meant, or why it cannot be one. */
export type FrameHost = { readonly origin: string } | { readonly why: 'none' | 'http' | 'wide' };

const SITE = /^(?:([a-z][\w+.-]*):\/\/)?(\*\.)?([^/?#]+)/i;

/**
 * The origin of a site as people write it: without `https://`, with a path, or `*.host` for all below it. Browsers do not
 * agree on the asterisk in an address, so that is looked at apart.
 */
export function frameHost(text: string): FrameHost {
  const [, scheme = 'https', below = '', rest = ''] = SITE.exec(text.trim()) ?? [];
  const address = `${scheme.toLowerCase()}://${rest}`;
  const isName = /[.:]|^localhost$/.test(rest) && URL.canParse(address);
  if (below !== '' && !rest.includes('.') && rest !== '') return { why: 'wide' };
  if (!isName) return { why: 'none' };
  const { origin } = new URL(address);
  if (frameAncestor(origin) === undefined) return { why: scheme.toLowerCase() === 'http' ? 'http' : 'none' };
  if (below === '') return { origin };
  // An address of a machine has nothing below it.
  return origin.startsWith('https:') && /[a-z]$/.test(origin)
    ? { origin: origin.replace('//', `//${below}`) }
    : { why: 'none' };
}
