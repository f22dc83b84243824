import type { App, ChatModel } from '../../models.ts';
import { size } from '../../words/times.ts';
import { t } from '../../words/words.ts';
import { channelOf } from '../chat/chat-of.ts';
import { type Refusal, refusalOf } from './limits.ts';

/** Puts files into the draft of a chat. What its messenger would not take stays out, and is said at once. */
export function addFiles(app: App, chat: ChatModel, files: readonly File[]): void {
  const taken = files.filter((file) => !isRefused(app, chat, file));
  if (taken.length > 0) chat.draft.files.value = [...chat.draft.files.peek(), ...taken];
}

/** Says that a file is not taken, if its messenger would not take it. */
export function isRefused(app: App, chat: ChatModel, file: File): boolean {
  const refusal = refusalOf(channelOf(app.me, chat.id.channelId)?.transport, file);
  if (refusal) app.toast(wordsOf(refusal, file.name));
  return refusal !== undefined;
}

function wordsOf(refusal: Refusal, name: string): string {
  switch (refusal.why) {
    case 'too-large':
      return t('composer.file-too-large', { name, most: size(refusal.most) });
    case 'empty':
      return t('composer.file-empty', { name });
    case 'type':
      return t('composer.file-type', { name });
    default:
      return refusal satisfies never;
  }
}
