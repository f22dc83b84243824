import type * as z from 'zod/mini';
import { presentAssignment } from '#api/assignment-routes';
import type { exportedChat, exportedFile, exportedMessage, exportedPerson, exportPage } from '#api/export-routes';
import { presentNoReply, presentOwed, shownName } from '#api/present-chat';
import { presentMessage } from '#api/present-message';
import { presentTime } from '#api/present-time';
import { personOfKey } from '#domain/address';
import type { Contact, Deal } from '#domain/directory';
import { idOfKey, isSaid } from '#domain/fact';
import type { PersonId } from '#domain/message';
import { messageIdOf } from '#domain/message-id';
import type { Person } from '#flows/erase/find-person';
import type { AboutPerson } from '#flows/export/about-person';
import type { Exported } from '#flows/export/export-messages';
import { contentUriOf } from '#media/content-uri';
import type { NoFields } from '#no-fields';
import type { ChatRow } from '#store/chats/chats';

type Page = z.infer<typeof exportPage>;

/** A page without its `next`. `about` is given for the first one; `filesAt` is the base of the addresses of files. */
export function presentExport(
  asked: PersonId,
  person: Person,
  about: AboutPerson | undefined,
  exported: readonly Exported[],
  filesAt: string | undefined,
): Omit<Page, 'next'> {
  const { chatType, chatId } = asked;
  return {
    person: { chatType, chatId, ...(about && presentPerson(person, about)) },
    chats: (about?.chats ?? []).map(presentRow),
    messages: exported.map((one) => presentOne(one, filesAt)),
    files: exported.flatMap((one) => presentFiles(one, filesAt)),
  };
}

function presentPerson(
  { addresses }: Person,
  { contacts, deals, viewers, assignments, chats }: AboutPerson,
): Omit<z.infer<typeof exportedPerson>, 'chatType' | 'chatId'> {
  const named = new Map(chats.map((row) => [row.chatId, shownName(row)]));
  return {
    ids: addresses.map(personOfKey),
    contacts: contacts.map(presentContact),
    deals: deals.map(presentDeal),
    responsibleUserIds: [...viewers],
    assignments: assignments.map((one) => presentAssignment(one, named.get(one.chatId) ?? one.chatId)),
  };
}

function presentContact({ id, name, responsibleUserId, contactData, uri, ...rest }: Contact) {
  rest satisfies NoFields;
  return {
    id,
    name,
    responsibleUserId,
    contactData: contactData.map(({ chatType, chatId, username, phone }) => ({ chatType, chatId, username, phone })),
    ...(uri !== undefined && { uri }),
  };
}

function presentDeal({ id, name, responsibleUserId, closed, uri, contacts: _, ...rest }: Deal) {
  rest satisfies NoFields;
  return { id, name, responsibleUserId, closed, ...(uri !== undefined && { uri }) };
}

function presentRow({ channelId, chatType, chatId, chat, viewers, ids = [] }: ChatRow): z.infer<typeof exportedChat> {
  const { profile, unansweredSince, unansweredCount, noReplyNeeded, stillOwed, lastMessageAt, preview } = chat;
  return {
    channelId,
    chatType,
    chatId,
    ...(profile?.name !== undefined && { name: profile.name }),
    ...(profile?.username !== undefined && { username: profile.username }),
    ids: ids.map((id) => ({ chatType: id.chatType, chatId: id.chatId })),
    responsibleUserIds: [...viewers],
    unanswered: unansweredSince !== undefined,
    unansweredSince: unansweredSince === undefined ? null : presentTime(unansweredSince),
    unansweredCount,
    noReplyNeeded: noReplyNeeded ? presentNoReply(noReplyNeeded) : null,
    stillOwed: stillOwed ? presentOwed(stillOwed) : null,
    lastMessageAt: presentTime(lastMessageAt),
    preview,
  };
}

function presentOne(
  { chatKey, fact, outcomes }: Exported,
  filesAt: string | undefined,
): z.infer<typeof exportedMessage> {
  const outcome = outcomes.get(idOfKey(fact.key));
  const raw = isSaid(fact) ? fact.content.raw : undefined;
  const isWaiting = fact.kind === 'reply' && (outcome?.status === undefined || outcome.attempt !== fact.attempt);
  return {
    ...presentMessage(chatKey, fact, outcomes, filesAt),
    ...(raw !== undefined && { raw }),
    ...(isWaiting && { isWaiting }),
  };
}

function presentFiles({ chatKey, fact, files }: Exported, filesAt: string | undefined): z.infer<typeof exportedFile>[] {
  const messageId = messageIdOf(chatKey, fact.key);
  return files.map(({ file, name, state, type, size, sha256 }) => ({
    messageId,
    name,
    state,
    ...(type !== undefined && { type }),
    ...(size !== undefined && { size }),
    ...(sha256 !== undefined && { sha256 }),
    ...(filesAt !== undefined && { contentUri: contentUriOf(filesAt, { file, name }) }),
  }));
}
