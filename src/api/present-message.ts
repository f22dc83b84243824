import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod/mini';
import { deliveryIdOf } from '#api/delivery-routes';
import type { message } from '#api/history-routes';
import { presentTime } from '#api/present-time';
import {
  type ClientMessage,
  type Echo,
  type Fact,
  factKey,
  idOfKey,
  messengerTime,
  PLACEHOLDER,
  type Sends,
} from '#domain/fact';
import { fileName, withSameFiles } from '#domain/file';
import {
  type Button,
  type Content,
  chatOfKey,
  type Forwarded,
  type Location,
  type Media,
  type PersonId,
  type Poll,
  type Quoted,
  type Vcard,
} from '#domain/message';
import { messageIdOf } from '#domain/message-id';
import { phoneBeside, profileBeside } from '#domain/person-ids';
import { contentUriOf } from '#media/content-uri';
import type { NoFields } from '#no-fields';
import type { Outcome } from '#store/chats/outcome-item';
import type { RowKey } from '#store/outbox/failed-rows';
import { replyLane } from '#store/outbox/lane-names';

type Line = z.infer<typeof message>;

/** The part of a line that its content fills. */
type Said = Partial<Line> & Pick<Line, 'type'>;

/**
 * A fact as an entry of the history: the fields of a `messages` webhook of the compatible API, and fields of Konvert
 * for the rest. `outcomes` are those of the shown facts and of the messages that they quote. `filesAt` is
 * the base of the addresses of files; without it files have none. `ids` are the other ids of the person that the chat
 * knows.
 */
export function presentMessage(
  chatKey: string,
  fact: Fact,
  outcomes: ReadonlyMap<string, Outcome>,
  filesAt: string | undefined,
  ids: readonly PersonId[] = [],
): Line {
  const outcome = outcomes.get(idOfKey(fact.key));
  const { channelId, chatType, chatId } = chatOfKey(chatKey);
  const avitoProfileId = profileBeside({ chatType, chatId }, ('ids' in fact && fact.ids) || [], ids);
  const base = {
    messageId: messageIdOf(chatKey, fact.key),
    channelId,
    chatType,
    chatId,
    ...(avitoProfileId !== undefined && { avitoProfileId }),
    dateTime: presentTime(messengerTime(fact)),
    isEcho: fact.kind !== 'client',
  };
  const { id, name, username } = fact.author;
  const author = { ...(id !== undefined && { authorId: id }), ...(name !== undefined && { authorName: name }) };
  switch (fact.kind) {
    case 'client': {
      const phone = phoneBeside({ chatType, chatId }, fact.ids ?? [], ids);
      const contact = {
        ...(name !== undefined && { name }),
        ...(username !== undefined && { username }),
        ...(phone !== undefined && { phone }),
      };
      return { ...base, ...said(fact), ...presentTold(fact), contact, status: 'inbound' };
    }
    case 'echo':
      return {
        ...base,
        ...said(fact),
        ...presentTold(fact),
        ...author,
        ...(fact.by === 'automatic' && { by: fact.by }),
        status: 'sent',
      };
    case 'reply':
      return {
        ...base,
        ...said(fact),
        ...presentSends(fact.sends),
        ...author,
        ...(fact.crmMessageId !== undefined && { crmMessageId: fact.crmMessageId }),
        ...(fact.fromPage && { sentFromApp: true }),
        ...presentStatus(outcome, { lane: replyLane(chatKey), event: fact.key }),
      };
    case 'no-reply-needed':
      return {
        ...base,
        type: 'system',
        ...author,
        noReplyNeeded: {
          userId: id ?? null,
          ...(fact.reason !== undefined && { reason: fact.reason }),
          withdrawnAt: fact.withdrawnAt === undefined ? null : presentTime(fact.withdrawnAt),
        },
      };
    case 'still-owed':
      return {
        ...base,
        type: 'system',
        ...author,
        stillOwed: {
          userId: id ?? null,
          withdrawnAt: fact.withdrawnAt === undefined ? null : presentTime(fact.withdrawnAt),
        },
      };
    default:
      return fact satisfies never;
  }

  function said({ content, fromEdit = false }: { readonly content: Content; readonly fromEdit?: boolean }): Said {
    const now = outcome?.edit ? withSameFiles(outcome.edit.content, content) : content;
    return { ...presentSaid(chatKey, content, outcome, outcomes, fromEdit), ...presentFiles(now, filesAt) };
  }
}

/** How the messenger came to tell the message. */
function presentTold({ history, standby }: ClientMessage | Echo): Pick<Line, 'isImported' | 'isStandby'> {
  return { ...(history && { isImported: true }), ...(standby && { isStandby: true }) };
}

/** What a message says now, and what became of it. Its first words are not known if only an edit told of it. */
function presentSaid(
  chatKey: string,
  content: Content,
  outcome: Outcome | undefined,
  outcomes: ReadonlyMap<string, Outcome>,
  fromEdit: boolean,
): Said {
  const first = presentContent(content);
  const now = outcome?.edit ? presentContent(outcome.edit.content) : first;
  // Messengers report edits that change nothing visible, such as a preview added to a link.
  const isEdited = fromEdit || (content.kind !== PLACEHOLDER && !isDeepStrictEqual(now, first));
  const knowsOld = content.text !== undefined && !fromEdit;
  return {
    ...now,
    ...(content.quoted && { quotedMessage: presentQuoted(chatKey, content.quoted, outcomes) }),
    ...(isEdited && { isEdited, ...(knowsOld && { oldInfo: { oldText: content.text } }) }),
    ...(outcome?.deletedAt !== undefined && { isDeleted: true }),
    ...(outcome?.reaction?.emojis.length && { reactions: [...outcome.reaction.emojis] }),
  };
}

/** The content in the fields of the API. `quoted` is presented apart; `raw` belongs to the messenger and is private. */
function presentContent(content: Content): Said {
  const {
    type,
    kind,
    text,
    media,
    furtherMedia,
    location,
    vcards,
    poll,
    forwarded,
    quoted: _quoted,
    albumId,
    referral,
    pressed,
    raw: _raw,
    ...rest
  } = content;
  rest satisfies NoFields;
  return {
    type,
    kind,
    text,
    location: location && presentLocation(location),
    albumId,
    referral,
    media: media && presentMedia(media),
    furtherMedia: furtherMedia?.map(presentMedia),
    vcards: vcards?.map(presentVcard),
    poll: poll && presentPoll(poll),
    forwarded: forwarded && presentForwarded(forwarded),
    pressed: pressed === undefined ? undefined : { text: text ?? '', payload: pressed },
  };
}

/** The files with their addresses. They are no part of what is compared to tell an edit. */
function presentFiles({ type, media, furtherMedia }: Content, filesAt: string | undefined): Partial<Line> {
  const uriOf = (one: Media | undefined) =>
    filesAt === undefined || one?.file === undefined
      ? undefined
      : contentUriOf(filesAt, { file: one.file, name: fileName(type, one) });
  const contentUri = uriOf(media);
  return {
    ...(contentUri !== undefined && { contentUri }),
    ...(furtherMedia && {
      furtherMedia: furtherMedia.map((one) => ({ ...presentMedia(one), contentUri: uriOf(one) })),
    }),
  };
}

/** A file. `fileId` belongs to the messenger and is private, `file` is shown in its address only. */
function presentMedia({
  fileId: _fileId,
  file: _file,
  name,
  mimeType,
  size,
  durationSeconds,
  emoji,
  ...rest
}: Media): NonNullable<Said['media']> {
  rest satisfies NoFields;
  return { name, mimeType, size, durationSeconds, emoji };
}

function presentLocation({ latitude, longitude, title, address, ...rest }: Location): Said['location'] {
  rest satisfies NoFields;
  return { latitude, longitude, title, address };
}

function presentVcard({ name, phone, isSender, text, ...rest }: Vcard): NonNullable<Said['vcards']>[number] {
  rest satisfies NoFields;
  return { name, phone, isSender, text };
}

function presentPoll({ question, options, ...rest }: Poll): Said['poll'] {
  rest satisfies NoFields;
  return { question, options: [...options] };
}

function presentForwarded({ from, at, ...rest }: Forwarded): Said['forwarded'] {
  rest satisfies NoFields;
  return { from, dateTime: at === undefined ? undefined : presentTime(at) };
}

/** A quote. It has an id if the quoted message is in the history of this chat. */
function presentQuoted(
  chatKey: string,
  { providerId, time, type, kind, text, authorName, ...rest }: Quoted,
  outcomes: ReadonlyMap<string, Outcome>,
): Line['quotedMessage'] {
  rest satisfies NoFields;
  return { messageId: messageIdOfQuoted(), type, kind, text, authorName };

  function messageIdOfQuoted(): string | undefined {
    if (providerId === undefined) return undefined;
    const key = outcomes.get(providerId)?.reply ?? (time === undefined ? undefined : factKey(time, providerId));
    return key === undefined ? undefined : messageIdOf(chatKey, key);
  }
}

/** What was sent beside the content. The values of a template are in its words. */
function presentSends({ buttons, template, ...rest }: Sends = {}): Pick<Line, 'buttons' | 'template'> {
  rest satisfies NoFields;
  return {
    ...(buttons && buttons.rows.length > 0 && { buttons: buttons.rows.map((row) => row.map(presentButton)) }),
    ...(template && { template: { name: template.name, language: template.language } }),
  };
}

function presentButton({ text, payload, url, ...rest }: Button): NonNullable<Line['buttons']>[number][number] {
  rest satisfies NoFields;
  return { text, payload, url };
}

function presentStatus(outcome: Outcome | undefined, row: RowKey): Pick<Line, 'status' | 'deliveryId' | 'error'> {
  if (!outcome?.status) return {};
  const { status, error } = outcome;
  return {
    status: status === 'sent' ? reached(outcome) : status,
    ...(status === 'error' && { deliveryId: deliveryIdOf(row) }),
    ...(error && { error: presentFailure(error) }),
  };
}

function presentFailure({ code, description, reason }: NonNullable<Outcome['error']>): NonNullable<Line['error']> {
  return { error: code, description, ...(reason !== undefined && { reason }) };
}

/** How far a message got that was sent. */
function reached({ deliveredAt, readAt }: Outcome): 'sent' | 'delivered' | 'read' {
  if (readAt !== undefined) return 'read';
  return deliveredAt === undefined ? 'sent' : 'delivered';
}
