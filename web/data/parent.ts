import type { ChatId } from '../models.ts';

/** What the page around the frame is told. Nothing that it says is heard. https://wazzup24.com/help/api-en/chat-window-iframe/ */
export type Told =
  | { readonly type: 'KONVERT_LINK_EXPIRED' }
  | { readonly type: 'WZ_OPEN_ENTITY'; readonly data: ChatOfEntity & { readonly entity: Entity } }
  | { readonly type: 'WZ_CREATE_ENTITY'; readonly data: ChatOfEntity };

/** The chat in which a deal is opened or made. */
export interface ChatOfEntity extends ChatId {
  readonly userId: string;
  readonly integrationId: string;
}

interface Entity {
  readonly id: string;
  readonly name: string;
  readonly link?: string;
  readonly closed: boolean;
  readonly responsibleUserName: string;
}

/** The page around the frame. It is told a few things, and nothing that it says is heard. */
export interface Parent {
  tell(told: Told): void;
}

/** The exact origin of the page around; nothing is ever sent to any origin. Undefined outside frames. */
export function parentOf(around: Window): Parent | undefined {
  if (around.parent === around) return undefined;
  const origin = originOf(around.location.ancestorOrigins?.[0] ?? around.document.referrer);
  return {
    tell(told) {
      if (origin !== undefined) around.parent.postMessage(told, origin);
    },
  };
}

function originOf(address: string): string | undefined {
  const { origin } = URL.parse(address) ?? {};
  // Also the origin of a sandboxed frame, to which nothing can be addressed.
  return origin === 'null' ? undefined : origin;
}
