/** The users and the contact that a client belongs to. A chat takes them over from its address. */
export interface Belonging {
  /**
   * The responsible users of the contact and of its open deals, the contact's first. Empty while nobody is responsible.
   */
  readonly viewers: readonly string[];
  /** The contact that has the address; absent while no contact has it. */
  readonly contact?: { readonly id: string; readonly name: string };
}

/**
 * Whether the client belongs to no contact and nobody is responsible for them. The next message makes them a new
 * client.
 */
export function isUnowned({ contact, viewers }: Belonging): boolean {
  return !contact && viewers.length === 0;
}
