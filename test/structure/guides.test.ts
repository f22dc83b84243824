import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { credentialSchemas } from '#channels/registry/credentials';
import { chatTypesOf } from '#domain/chat-types';
import { factsOf } from '../../web/core/messengers.ts';
import { fieldsOf } from '../../web/parts/settings/channels/messengers/guide.ts';
import { OFFERS } from '../../web/parts/settings/channels/messengers/guides.ts';
import { GUIDE_WORDS } from '../../web/words/guides/guide-words.ts';

test('every messenger that Konvert speaks can be connected by the page', () => {
  expect(OFFERS.map(({ transport }) => transport).sort()).toEqual(Object.keys(credentialSchemas).sort());
});

const guides = await Promise.all(OFFERS.map(async (offer) => ({ ...offer, ...(await offer.load()) })));

describe.each(guides)('$transport', ({ transport, guide }) => {
  const { steps } = guide;
  const schema = credentialSchemas[transport as keyof typeof credentialSchemas];
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties: Record<string, { pattern?: string }>;
    required: string[];
  };

  test('asks for each credential once, and needs what the API needs', () => {
    const fields = fieldsOf(guide);

    expect(fields.map(({ name }) => name).sort()).toEqual(Object.keys(described.properties).sort());
    const needed = fields.filter(({ isOptional }) => !isOptional).map(({ name }) => name);
    expect(needed.sort()).toEqual([...described.required].sort());
  });

  test('says nothing but words of its own, which begin with its transport', async () => {
    const [{ words: en }, { words: ru }] = await Promise.all([
      GUIDE_WORDS[transport].en(),
      GUIDE_WORDS[transport].ru(),
    ]);

    expect(guide.transport).toBe(transport);
    expect(Object.keys(en).filter((key) => !key.startsWith(`${transport}.`))).toEqual([]);
    expect(Object.keys(ru).sort()).toEqual(Object.keys(en).sort());
  });

  test('takes for a credential what the API takes for one', () => {
    for (const { name, looks } of fieldsOf(guide)) {
      const { pattern } = described.properties[name] ?? {};
      if (pattern !== undefined) expect(looks.source.replaceAll(/^\^|\$$/g, '')).toBe(plain(pattern));
    }
  });

  test('has the mark of its chats, and steps with addresses of their own', () => {
    const [first] = chatTypesOf(transport);

    expect(factsOf(transport).mark.split('-')[0]).toBe(first);
    const names = [...steps.map(({ name }) => name), 'name'];
    expect(new Set(names).size).toBe(names.length);
  });
});

/** A pattern without its ends, with letters, digits and the low line as one class. */
function plain(pattern: string): string {
  return pattern.replaceAll(/^\^|\$$/g, '').replaceAll('A-Za-z0-9_', '\\w');
}
