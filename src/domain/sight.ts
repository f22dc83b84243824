/** Who acts in a request, always bound to one account. */
export interface Actor {
  readonly account: string;
}

/** What a chat shows of itself to the rules of sight. */
export interface Seeable {
  /** The account of the chat's channel. */
  readonly account: string;
}

/**
 * What the actor may do with a chat (R1). The one question that lists, reads and writes all ask: until roles come,
 * whoever holds the account's key acts as its CRM, which sees and may do everything in the account (R4).
 */
export function sightOf(actor: Actor, chat: Seeable): 'writes' | 'sees' | 'nothing' {
  return actor.account === chat.account ? 'writes' : 'nothing';
}
