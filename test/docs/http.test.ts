import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chat } from '#api/chat-routes';
import { message } from '#api/history-routes';

const page = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/http.md'), 'utf8');

/** The fields that the page names for it, with a question mark where one may be absent. */
function fieldsOf(name: string): string[] {
  const [, block = ''] =
    new RegExp(`^\\*\\*${name}\\*\\*\n\n\`\`\`text\n\\{([\\s\\S]*?)\\}\n\`\`\``, 'm').exec(page) ?? [];
  const flat = block.replaceAll(/\{[^{}]*\}/g, '').split(',');
  return flat.map((field) => /[\w?]+/.exec(field)?.[0] ?? '').sort();
}

function fieldsIn({ shape }: typeof chat | typeof message): string[] {
  return Object.entries(shape)
    .map(([name, schema]) => (schema.safeParse(undefined).success ? `${name}?` : name))
    .sort();
}

describe('docs/http.md names every field of', () => {
  test('a chat', () => expect(fieldsOf('Chat')).toEqual(fieldsIn(chat)));
  test('a message', () => expect(fieldsOf('Message')).toEqual(fieldsIn(message)));
});
