import type { BrowserContext, ConsoleMessage } from 'playwright-core';

/** What a browser said of the pages that a test opened. */
export interface Watched {
  /** Each thing that a policy refused, in any frame. There is to be none. */
  readonly violations: readonly string[];
  /** Errors that nobody caught, and what the page itself put on the console as an error. There is to be none. */
  readonly errors: readonly string[];
}

const MARK = 'Konvert test saw a violation:';
const TELL_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (seen) =>
  console.error('${MARK}', seen.effectiveDirective, seen.blockedURI, seen.sample, seen.sourceFile))`;
/** What a browser writes there for an answer that a test wanted to be an error, or for none. */
const OF_ANSWERS = /^Failed to load resource|^WebSocket connection to \S+ failed: /;

/** Watches all pages and frames of a context, from now on. */
export async function watch(context: BrowserContext): Promise<Watched> {
  const violations: string[] = [];
  const errors: string[] = [];
  await context.addInitScript({ content: TELL_VIOLATIONS });
  context.on('console', (message: ConsoleMessage) => {
    const text = message.text();
    if (text.startsWith(MARK) || /Content Security Policy|TrustedHTML|TrustedScript/.test(text)) violations.push(text);
    else if (message.type() === 'error' && !OF_ANSWERS.test(text)) errors.push(text);
  });
  context.on('weberror', (error) => {
    const { name, message, stack } = error.error();
    errors.push(`${name}: ${message} ${stack}`);
  });
  return { violations, errors };
}
