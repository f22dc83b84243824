import type * as z from 'zod/mini';
import type { briefcase } from '#api/desk-routes';
import type { Deal } from '#domain/directory';
import type { NoFields } from '#no-fields';

/** A deal of the briefcase. Its link leads into the CRM; one that is no address of a page is left out. */
export function presentDeal({
  id,
  name,
  uri,
  closed,
  responsibleUserId: _,
  contacts: _contacts,
  ...rest
}: Deal): z.infer<typeof briefcase>['deals'][number] {
  rest satisfies NoFields;
  return { id, name, ...(uri !== undefined && isPage(uri) && { link: uri }), closed };
}

/** A CRM may push any text, and a script in the place of an address would run in the page of the user who clicks it. */
function isPage(uri: string): boolean {
  const protocol = URL.parse(uri)?.protocol;
  return protocol === 'https:' || protocol === 'http:';
}
