/** Writes one line of what happened: ids and outcomes, never a text, a name, a phone or a token. */
export type Log = (entry: Readonly<Record<string, unknown>>) => void;

/** A log of JSON lines. */
export function createLog(write: (line: string) => void): Log {
  return (entry) => write(JSON.stringify(entry));
}

/** What a log may say of an error: messages may quote what was said in a chat, so kind and place have to do. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const at = placeOf(error);
  return {
    error: error.name,
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    ...(at && { at: at.trim().replace(/\(?file:\/\/\S*\/(?=[^/]+:\d)/, '(') }),
    ...(error.cause instanceof Error && { cause: error.cause.name }),
  };
}

/** The stack begins with the message, and a message that quotes a text may have lines that look like places. */
function placeOf({ stack = '', message }: Error): string | undefined {
  const frames = stack.slice(stack.indexOf(message) + message.length);
  return frames.split('\n').find((line) => line.trimStart().startsWith('at '));
}
