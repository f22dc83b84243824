import type { Message, Sending } from '../../models.ts';

/** How far a message of the team got. */
export type Progress = 'uploading' | 'waiting' | 'asks' | 'accepted' | 'sent' | 'delivered' | 'read' | 'failed';

/** How far a message got; undefined for what has no ticks: the client's messages and lines about the chat. */
export function progressOf(message: Message): Progress | undefined {
  if (!message.isEcho || message.type === 'system') return undefined;
  switch (message.status) {
    case 'sent':
    case 'delivered':
    case 'read':
      return message.status;
    case 'error':
      return 'failed';
    default:
      // Stored by Konvert, and not yet at the messenger.
      return message.error ? 'failed' : 'accepted';
  }
}

/** How far a reply got that is on its way to Konvert. */
export function progressOfSending({ state }: Sending): Progress {
  switch (state) {
    case 'uploading':
    case 'asks':
      return state;
    case 'waits':
    case 'sending':
      return 'waiting';
    default:
      return state satisfies never;
  }
}
