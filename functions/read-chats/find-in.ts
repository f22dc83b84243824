import * as z from 'zod/mini';
import { chatPlace } from '#api/cursor';
import { deletedOf, presentChat } from '#api/present-chat';
import { installationSecret } from '#api/seen-token';
import { comparable } from '#domain/find';
import type { InstallationSecret } from '#domain/hash';
import { openPlace, sealPlace } from '#domain/sealed-place';
import { NO_SETTINGS } from '#domain/settings';
import type { Actor } from '#domain/sight';
import type { FindChats, FindPlace } from '#flows/find-chats';
import { invalidRequest } from '#http/errors';
import type { HttpResponse } from '#http/route';
import type { Channels } from '#store/accounts/channels';
import type { Installation } from '#store/accounts/installation';

/** What a search needs. */
export interface FindInDeps {
  readonly installation: Pick<Installation, 'secret'>;
  readonly findChats: FindChats;
  readonly channels: Pick<Channels, 'get'>;
}

const findPlace = z.union([
  z.object({ part: z.literal('contacts'), after: z.exactOptional(z.string()) }),
  z.object({ part: z.literal('pools'), channelId: z.string(), after: z.exactOptional(chatPlace) }),
]);

/** A page of the chats that a text names. The cursor is sealed: it may name a contact that the actor does not see. */
export async function findIn(
  { installation, findChats, channels }: FindInDeps,
  actor: Actor,
  find: string,
  limit: number,
  cursor: string | undefined,
): Promise<HttpResponse> {
  if (comparable(find) === '') throw invalidRequest(['find']);
  const secret = await installationSecret(installation);
  const bound = JSON.stringify([actor.account, actor.userId ?? null, find]);
  const page = await findChats(actor, find, limit, placeIn(secret, bound, cursor));
  const deleted = await deletedOf(channels, page.rows);
  return {
    status: 200,
    body: {
      chats: page.rows.map((row) =>
        presentChat(row, actor, page.settings.get(row.channelId) ?? NO_SETTINGS, secret, deleted),
      ),
      ...(page.next && { nextCursor: sealPlace(secret, bound, JSON.stringify(page.next)) }),
    },
  };
}

function placeIn(secret: InstallationSecret, bound: string, cursor: string | undefined): FindPlace | undefined {
  if (cursor === undefined) return undefined;
  const opened = openPlace(secret, bound, cursor);
  if (opened === undefined) throw invalidRequest(['cursor'], 'cursor is not one of ours: begin again without it');
  return findPlace.parse(JSON.parse(opened));
}
