import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { SAFE_HEADERS } from '#http/safe-headers';
import { answerJson, type PlainAnswer } from '#local/server/gateway';
import type { Desk, KindCall } from '../kit/demo-kind.ts';

const phoneSchema = z.object({ linked: z.boolean() });
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The phones that somebody has unlinked. After a start every phone is linked. */
const unlinked = new WeakSet<Desk>();

/** Whether the bridge has the phone. */
export function isLinked(desk: Desk): boolean {
  return !unlinked.has(desk);
}

/** The text of the QR code of a phone that is not linked. As the real one, it changes every half minute. */
export function codeOf({ secret }: Desk): string {
  const halfMinute = Math.floor(Date.now() / 30_000);
  const part = (name: string) => createHash('sha256').update(`${secret}${halfMinute}${name}`).digest('base64');
  return `2@${part('ref')},${part('noise')},${part('identity')}`;
}

/**
 * The phone itself, at `/phone`: a page with one button, which scans the code or ends the link. `told` gets the state that
 * the bridge has to tell then.
 */
export async function playPhone(
  { method, path, sent }: KindCall,
  desk: Desk,
  told: (state: object) => Promise<unknown>,
): Promise<PlainAnswer | undefined> {
  switch (`${method} ${path}`) {
    case 'GET /phone':
      return file('html', PAGE);
    case 'GET /phone.js':
      return file('javascript', SCRIPT);
    case 'GET /phone.json':
      return answerJson(200, { linked: isLinked(desk) });
    case 'POST /phone': {
      const { linked } = phoneSchema.safeParse(sent).data ?? {};
      if (linked === undefined)
        return answerJson(400, { error: 'INVALID_REQUEST', description: 'Send {"linked": true}' });
      if (linked) unlinked.delete(desk);
      else unlinked.add(desk);
      await told(linked ? { state: 'open', statusReason: 200 } : { state: 'close', statusReason: 401 });
      return answerJson(200, { linked });
    }
    default:
      return undefined;
  }
}

function file(type: 'html' | 'javascript', body: string): PlainAnswer {
  const headers = { ...SAFE_HEADERS, 'content-type': `text/${type}; charset=utf-8`, 'content-security-policy': POLICY };
  return { status: 200, headers, body };
}

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>The phone</title>
<link rel="icon" href="data:,">
<h1>The phone of the demo company</h1>
<p id="state" role="status"></p>
<button id="turn" type="button" hidden></button>
<script src="phone.js"></script>
</html>
`;

const SCRIPT = `const state = document.getElementById('state');
const turn = document.getElementById('turn');
let linked;
async function ask(init) {
  ({ linked } = await (await fetch(init ? 'phone' : 'phone.json', init)).json());
  state.textContent = linked
    ? 'It is linked to Konvert. What clients write to it arrives there.'
    : 'It is not linked. Konvert shows a QR code: Settings, Channels, Demo WhatsApp phone, QR code.';
  turn.textContent = linked ? 'End the link' : 'Scan the QR code';
  turn.hidden = false;
}
turn.addEventListener('click', () =>
  ask({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ linked: !linked }) }),
);
ask();
`;
