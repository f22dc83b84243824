import { IconButton } from '../../kit/button.tsx';
import type { ChatModel } from '../../models.ts';
import { t } from '../../words/words.ts';

/** Says that an answer is still owed although something was answered (U9). Set, never flipped. */
export function StillOwed({ chat }: { readonly chat: ChatModel }) {
  const row = chat.row.value;
  if (!row || !chat.mayWrite.value || row.unanswered) return null;
  return <IconButton icon="clock" label={t('chat.still-owed')} onClick={() => void chat.setStillOwed(true)} />;
}
