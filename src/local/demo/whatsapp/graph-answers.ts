import { answerJson, type PlainAnswer } from '#local/server/gateway';
import { DEMO_CLIENTS } from '../kit/clients.ts';
import type { MediaFiles } from '../kit/media-files.ts';
import type { NumberState } from './number-state.ts';

/** What the demo number keeps, and the secret that it signs with. */
export interface DemoNumberStores {
  readonly state: NumberState;
  readonly files: MediaFiles;
  readonly appSecret: string;
}

/** A refusal in the words of the Graph API. */
export function no(code: number, message: string, status = 400, details = message): PlainAnswer {
  return answerJson(status, {
    error: { message, type: 'OAuthException', code, error_data: { details }, fbtrace_id: 'demo' },
  });
}

/** The client with that number, as it may be written. */
export function clientOf(phone: string) {
  return Object.values(DEMO_CLIENTS).find((client) => client.phone === phone.replace(/^\+/, ''));
}
