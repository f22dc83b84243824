/** What differs between the two messengers that Meta tells of in `messaging[]`. */
export interface Dialect {
  /** What Meta calls webhooks about it. */
  readonly object: 'instagram' | 'page';
  /** The type of its chats, and the name of its transport. */
  readonly chatType: 'instagram' | 'facebook';
  /** The ids of Meta's own apps, in which a person of the team writes. Whatever other app writes is a machine. */
  readonly inboxes: ReadonlySet<string>;
}
