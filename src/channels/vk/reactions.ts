import { wholeOf } from '#channels/fields';

/** The reactions of VK by their numbers: `messages.getReactionsAssets`, https://dev.vk.com/ru/method/messages.sendReaction */
const REACTIONS: readonly string[] = [
  '❤',
  '🔥',
  '😂',
  '👍',
  '💩',
  '❓',
  '😭',
  '😡',
  '👎',
  '👌',
  '😃',
  '🤔',
  '🙏',
  '😘',
  '😍',
  '🎉',
];

/** The emoji of a reaction, none if there is no reaction. */
export function emojiOf(reactionId: unknown): readonly string[] {
  const id = wholeOf(reactionId) ?? 0;
  return id > 0 ? [REACTIONS[id - 1] ?? '[emoji]'] : [];
}
