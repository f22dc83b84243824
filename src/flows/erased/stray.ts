const PREFIX = 'stray#';

/** The bell that something of an erased person has come into that chat. */
export function writeStray(chatKey: string): string {
  return `${PREFIX}${chatKey}`;
}

/** The chat of such a bell; undefined for other bells. */
export function readStray(body: string): string | undefined {
  return body.startsWith(PREFIX) ? body.slice(PREFIX.length) : undefined;
}
