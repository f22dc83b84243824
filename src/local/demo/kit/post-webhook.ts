const WEBHOOK_MS = 15_000;

/** What became of a call of a webhook. Status 0 if it did not answer. */
export interface WebhookOutcome {
  readonly url: string;
  readonly status: number;
  readonly body: string;
}

/** Posts a body of JSON to a webhook, as a messenger does. */
export async function postWebhook(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<WebhookOutcome> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      signal: AbortSignal.timeout(WEBHOOK_MS),
    });
    return { url, status: response.status, body: await response.text() };
  } catch {
    return { url, status: 0, body: 'The webhook did not answer' };
  }
}
