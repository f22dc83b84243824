import * as z from 'zod/mini';
import { type AuthenticateCrmDeps, authenticateCrm } from '#api/authenticate';
import { factPlace, readPlace, writeCursor } from '#api/cursor';
import { exportQuery } from '#api/export-routes';
import { addressKey } from '#domain/address';
import { shortHash } from '#domain/hash';
import type { FindPerson } from '#flows/erase/find-person';
import type { TellAboutPerson } from '#flows/export/about-person';
import type { ExportMessages, ExportPlace } from '#flows/export/export-messages';
import { invalidRequest, RequestError } from '#http/errors';
import { readValues } from '#http/read-body';
import type { HttpRequest, HttpResponse } from '#http/route';
import type { Audit } from '#store/accounts/audit';
import type { StoreDeps } from '#store/dynamo/client';
import { presentExport } from './present-export.ts';

export interface ExportDeps extends AuthenticateCrmDeps {
  readonly findPerson: FindPerson;
  readonly tellAboutPerson: TellAboutPerson;
  readonly exportMessages: ExportMessages;
  readonly audit: Pick<Audit, 'record'>;
  /** The base of the addresses of files. */
  readonly publicUrl: string | undefined;
  readonly newId: StoreDeps['newId'];
}

const MOST_CHATS = 1_000;
const hash = z.string().check(z.regex(/^[0-9a-z]{1,11}$/));

/** The person whom an export is about, and the place where it goes on. */
const exportPlace = z.object({
  of: hash,
  began: z.int(),
  round: z.literal([1, 2]),
  done: z.array(hash).check(z.maxLength(MOST_CHATS)),
  chat: z.exactOptional(hash),
  after: z.exactOptional(factPlace),
});

/** Answers with a page of everything that is known of a person. That it was begun is in the audit. */
export async function exportPerson(deps: ExportDeps, request: HttpRequest): Promise<HttpResponse> {
  const { account, keyId } = await authenticateCrm(request, deps);
  const { chatType = '', chatId = '' } = request.params;
  const { after } = readValues(exportQuery, request.query, invalidRequest);
  const of = shortHash(addressKey(account, chatType, chatId));
  const place = readPlace(exportPlace, 'after', after);
  if (place && place.of !== of) {
    throw invalidRequest(['after'], 'after is of the export of somebody else: begin again without it');
  }
  const { isKnown, ...person } = await deps.findPerson(account, chatType, chatId);
  if (!isKnown) throw personNotFound();
  if (!place) await deps.audit.record({ account, actor: keyId, act: 'person-exported', subject: deps.newId() });
  const about = place ? undefined : await deps.tellAboutPerson(account, person);
  const { exported, next } = await deps.exportMessages(person, place);
  const page = presentExport({ chatType, chatId }, person, about, exported, deps.publicUrl);
  return { status: 200, body: { ...page, next: next ? writePlace(of, next) : null } };
}

/** The refusal of an id by which nobody is known. */
export function personNotFound(): RequestError {
  return new RequestError(404, 'PERSON_NOT_FOUND', 'Nothing is stored of such a person');
}

function writePlace(of: string, place: ExportPlace): string {
  return writeCursor({ ...place, done: [...place.done], of } satisfies z.infer<typeof exportPlace>);
}
