import { type AuthenticateDeps, authenticate } from '#api/authenticate';
import { presentDeal } from '#api/present-deal';
import { type VisibleChatDeps, visibleChat } from '#api/visible-chat';
import type { Briefcase } from '#flows/briefcase';
import { createRoute, type HttpHandler } from '#http/route';
import type { Log } from '#log';

export interface ReadDealsDeps extends AuthenticateDeps, VisibleChatDeps {
  readonly briefcase: Briefcase;
  readonly log: Log;
}

/** The deals of a chat's contact: those of the user who asks, or all of them for the CRM (C5). */
export function createHandler(deps: ReadDealsDeps): HttpHandler {
  return createRoute(async (request) => {
    const actor = await authenticate(request, deps);
    const { row } = await visibleChat(request, actor, deps, 'sees');
    const deals = row.contact ? await deps.briefcase(actor, row.contact.id) : [];
    return { status: 200, body: { deals: deals.map(presentDeal) } };
  }, deps);
}
