import type { Answer } from '#test/doubles/http';

/** A refusal in MAX's shape: https://github.com/max-messenger/max-bot-api-client-go/blob/main/schema.yaml */
export const no = (status: number, code: string, message: string): Answer => ({ status, body: { code, message } });

export const yes = (body: object): Answer => ({ status: 200, body });

/** Whoever calls with another token. */
export const BAD_TOKEN = no(401, 'verify.token', 'Invalid access_token');

export const PAYLOAD = (message: string): Answer => no(400, 'proto.payload', message);
