import { newPageToken } from '#api/page-routes';
import { presentScope } from '#api/present-page';
import { presentTime } from '#api/present-time';
import { invalidRequest, RequestError } from '#http/errors';
import { readBody } from '#http/read-body';
import type { HttpRequest, HttpResponse } from '#http/route';
import type { Links } from '#store/pages/links';
import type { PageTokens } from '#store/pages/tokens';

export interface SpendLinkDeps {
  readonly links: Pick<Links, 'spend'>;
  readonly tokens: Pick<PageTokens, 'make'>;
}

/** `POST /v1/page-tokens`: a link is spent for a token. One answer for links that were spent, have ended or never were. */
export async function spendLink({ links, tokens }: SpendLinkDeps, { body }: HttpRequest): Promise<HttpResponse> {
  const { link } = readBody(newPageToken, body, invalidRequest);
  const holder = await links.spend(link);
  if (!holder) throw new RequestError(410, 'LINK_USED', 'This link was used, or has ended: make a new one');
  const { token, expiresAt } = await tokens.make(holder);
  return {
    status: 201,
    body: { token, expiresAt: presentTime(expiresAt), scope: presentScope(holder.scope) },
    noted: { account: holder.account },
  };
}
