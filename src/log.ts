/** Writes one line of what happened: ids and outcomes, never a text, a name, a phone or a token. */
export type Log = (entry: Readonly<Record<string, unknown>>) => void;

/**
 * The name by which a log tells a chat, an address or a task of others; `-` while the secret of the installation cannot
 * be had. It never throws.
 */
export type NameInLog = (text: string) => Promise<string>;

/** A log of JSON lines. */
export function createLog(write: (line: string) => void): Log {
  return (entry) => write(JSON.stringify(entry));
}

/**
 * The fields of an error that a log may hold: its kind and place. Its message is left out, because it may quote a chat.
 */
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

/**
 * The first place in the stack. The message in front of the stack is skipped: it may quote a text with lines that look
 * like places.
 */
function placeOf({ stack = '', message }: Error): string | undefined {
  const frames = stack.slice(stack.indexOf(message) + message.length);
  return frames.split('\n').find((line) => line.trimStart().startsWith('at '));
}
