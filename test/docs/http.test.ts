import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { chat } from '#api/chat-routes';
import { message } from '#api/history-routes';
import { credentialSchemas } from '#channels/registry/credentials';

const page = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/http.md'), 'utf8');

/** The fields that the page names for it, with a question mark where one may be absent. */
function fieldsOf(name: string): string[] {
  const [, block = ''] =
    new RegExp(`^\\*\\*${name}\\*\\*\n\n\`\`\`text\n\\{([\\s\\S]*?)\\}\n\`\`\``, 'm').exec(page) ?? [];
  const flat = block.replaceAll(/\{[^{}]*\}/g, '').split(',');
  return flat.map((field) => /[\w?]+/.exec(field)?.[0] ?? '').sort();
}

function fieldsIn({ shape }: { readonly shape: Readonly<Record<string, z.ZodMiniType>> }): string[] {
  return Object.entries(shape)
    .map(([name, schema]) => (schema.safeParse(undefined).success ? `${name}?` : name))
    .sort();
}

describe('docs/http.md names every field of', () => {
  test('a chat', () => expect(fieldsOf('Chat')).toEqual(fieldsIn(chat)));
  test('a message', () => expect(fieldsOf('Message')).toEqual(fieldsIn(message)));
});

describe('docs/http.md tells what a channel is connected with:', () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \(.*?\) +\| ((?:`\w+`(?:, )?)+) +\| `\{(.*?)\}`/gm)];
  const told = Object.fromEntries(
    rows.map(([, transport = '', , fields = '']) => [transport, fields.split(', ').sort()]),
  );

  test.each(Object.entries(credentialSchemas))('%s', (transport, schema) => {
    expect(told[transport]).toEqual(fieldsIn(schema));
  });
  test('each once, and no other', () => {
    expect(rows.map(([, transport]) => transport).sort()).toEqual(Object.keys(credentialSchemas).sort());
  });
});
