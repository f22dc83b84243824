import { type Entry, keyOf } from '../../models.ts';
import { isService } from './rows.ts';

type MessageEntry = Extract<Entry, { kind: 'message' }>;

/**
 * Whether a decision of the team still stands: nobody took it back, and nothing was answered or decided after it in the
 * same chat, so that taking it back changes something.
 */
export function stillStands(entries: readonly Entry[], decision: MessageEntry): boolean {
  const said = decision.message.noReplyNeeded ?? decision.message.stillOwed;
  if (!said || said.withdrawnAt !== null) return false;
  const chat = keyOf(decision.chat);
  const newest = entries.findLast((entry) => keyOf(entry.chat) === chat && (isDecision(entry) || isAnswer(entry)));
  return newest?.key === decision.key;
}

function isDecision(entry: Entry): boolean {
  if (entry.kind !== 'message') return false;
  const { noReplyNeeded, stillOwed } = entry.message;
  return (noReplyNeeded ?? stillOwed)?.withdrawnAt === null;
}

/** A reply, also one that is on its way. What a machine wrote answers nothing. */
function isAnswer(entry: Entry): boolean {
  if (entry.kind === 'sending') return true;
  return entry.message.isEcho && !isService(entry) && entry.message.by !== 'automatic';
}
