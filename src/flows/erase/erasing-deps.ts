import type { FoldChat } from '#flows/fold';
import type { BlobStore } from '#media/blob-store';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';

/** What erasing stands on: files go, and what was written since is folded anew. */
export interface ErasingDeps extends StoreDeps {
  readonly cipher: Cipher;
  readonly blobs: Pick<BlobStore, 'remove'>;
  readonly foldChat: FoldChat;
}
